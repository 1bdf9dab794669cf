//! The zip package: fixed times, fixed order, so that equal documents are equal bytes.

use std::io::{Cursor, Write};
use yanpan_kernel::problem::{DOCUMENT_NOT_WRITTEN, Problem};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// One file of the package.
pub struct Part {
    /// Path inside the package.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// An XML part.
pub fn part(name: &str, xml: String) -> Part {
    Part { name: name.to_owned(), bytes: xml.into_bytes() }
}

/// The package of these parts in this order.
pub fn zip(parts: &[Part]) -> Result<Vec<u8>, Problem> {
    write(parts).map_err(|error| Problem::new(&DOCUMENT_NOT_WRITTEN, &[("reason", &error)]))
}

fn write(parts: &[Part]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        zip.start_file(part.name.as_str(), options)?;
        zip.write_all(&part.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
