//! A package written again with some parts changed; all others are copied without unpacking.

use super::Changes;
use crate::read::Package;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipWriter, result::ZipError};

/// Writes the package with the changes applied.
pub(crate) fn rewrite(package: &mut Package<'_>, changes: &Changes) -> Result<Vec<u8>, ZipError> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let archive = package.archive();
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at)?;
        let path = entry.name()?.into_owned();
        match changes.get(&path.to_lowercase()) {
            None => out.raw_copy_file(entry)?,
            Some(None) => {}
            Some(Some(content)) => {
                out.start_file(path, SimpleFileOptions::default())?;
                out.write_all(content)?;
            }
        }
    }
    Ok(out.finish()?.into_inner())
}
