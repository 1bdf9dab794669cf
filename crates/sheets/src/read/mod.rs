//! Bytes of any kind → a [`Workbook`], or one clear reason why not.

mod compound;
mod delimited;
mod package;
mod xls;
mod xlsx;

pub(crate) use delimited::{decode, delimiter};
pub(crate) use package::Package;
pub(crate) use xlsx::{date_formats, row_of_anchor, sheet_parts};

use crate::{Limits, Watch, Workbook};
use yanpan_kernel::problem::{Problem, WORKBOOK_CORRUPT, WORKBOOK_TOO_LARGE, WORKBOOK_UNKNOWN};

/// Reads .xlsx, .xls, .et (when one of these inside), .csv and .tsv; `name` is the user's file name.
///
/// # Errors
/// One [`Problem`] placed at the file: not a workbook, encrypted, with macros, corrupt, inflated, too large, or too many
/// sheets, rows, columns or cells.
pub fn workbook(bytes: &[u8], name: &str, limits: &Limits) -> Result<Workbook, Problem> {
    workbook_watched(bytes, name, limits, Watch::default())
}

/// [`workbook`], reporting bytes read of bytes expected, and stopping when the watch says so.
///
/// # Errors
/// As [`workbook`], and [`READING_CANCELLED`](yanpan_kernel::problem::READING_CANCELLED).
pub fn workbook_watched(bytes: &[u8], name: &str, limits: &Limits, watch: Watch<'_>) -> Result<Workbook, Problem> {
    let source = Source { bytes, name, limits, watch };
    let read = match kind(bytes) {
        _ if bytes.len() as u64 > limits.bytes => {
            Err(Problem::new(&WORKBOOK_TOO_LARGE, &[("file", &name), ("size", &bytes.len()), ("limit", &limits.bytes)]))
        }
        Container::Zip => xlsx::read(&source),
        Container::Compound => xls::read(&source),
        Container::Other(reason) => Err(source.unknown(reason)),
        Container::Text => delimited::read(&source),
    };
    read.map_err(|mut problem| {
        problem.place.file = Some(name.to_owned());
        problem
    })
}

/// The file being read, with what bounds and watches the reading.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub bytes: &'a [u8],
    pub name: &'a str,
    pub limits: &'a Limits,
    pub watch: Watch<'a>,
}

impl Source<'_> {
    /// «Damaged», with the reason.
    pub fn corrupt(&self, reason: &str) -> Problem {
        Problem::new(&WORKBOOK_CORRUPT, &[("file", &self.name), ("reason", &reason)])
    }

    /// «Not a workbook», with the reason.
    pub fn unknown(&self, reason: &str) -> Problem {
        Problem::new(&WORKBOOK_UNKNOWN, &[("file", &self.name), ("reason", &reason)])
    }
}

enum Container {
    Zip,
    Compound,
    Text,
    Other(&'static str),
}

/// What the first bytes say; the extension is not asked, because people rename files.
fn kind(bytes: &[u8]) -> Container {
    const OTHERS: [(&[u8], &str); 9] = [
        (b"%PDF", "这是 PDF"),
        (b"\x89PNG", "这是图片"),
        (b"\xFF\xD8\xFF", "这是图片"),
        (b"GIF8", "这是图片"),
        (b"Rar!", "这是压缩包"),
        (b"7z\xBC\xAF", "这是压缩包"),
        (b"\x1F\x8B", "这是压缩包"),
        (b"{\\rtf", "这是文字文稿"),
        (b"MZ", "这是程序"),
    ];
    if bytes.is_empty() {
        return Container::Other("文件是空的");
    }
    if bytes.starts_with(b"PK") {
        return Container::Zip;
    }
    if bytes.starts_with(&compound::SIGNATURE) {
        return Container::Compound;
    }
    if let Some((_, reason)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Container::Other(reason);
    }
    let head: Vec<u8> =
        bytes.iter().skip_while(|b| b.is_ascii_whitespace() || **b >= 0xEF).take(512).copied().collect();
    let head = head.to_ascii_lowercase();
    if [&b"<html"[..], b"<!doctype", b"<table", b"<?xml"].iter().any(|start| head.starts_with(start)) {
        return Container::Other("这是改了扩展名的网页或 XML");
    }
    Container::Text
}

#[cfg(test)]
mod tests;
