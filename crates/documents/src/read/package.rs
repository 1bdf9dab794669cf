//! The zip package of a stranger: opened within limits.

use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};
use std::io::{Cursor, Read};
use yanpan_kernel::problem::{DOCUMENT_OVERSIZED, DOCUMENT_UNREADABLE, Problem};
use zip::ZipArchive;

/// Largest file accepted, in bytes.
const FILE: usize = 64 << 20;
/// Most entries in the package.
const ENTRIES: usize = 4096;
/// Largest XML part when unpacked, in bytes. A county's longest report has about 5 MB.
const PART: u64 = 48 << 20;

/// An opened package.
pub struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

/// A problem of unreadable content.
pub fn unreadable(reason: &dyn std::fmt::Display) -> Problem {
    Problem::new(&DOCUMENT_UNREADABLE, &[("reason", reason)])
}

/// A problem of size.
pub fn oversized(reason: &dyn std::fmt::Display) -> Problem {
    Problem::new(&DOCUMENT_OVERSIZED, &[("reason", reason)])
}

impl<'a> Package<'a> {
    /// Opens the zip.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Problem> {
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(unreadable(&"这是旧的 .doc 格式或加了密码的文件,请另存为不加密的 .docx"));
        }
        if bytes.len() > FILE {
            return Err(oversized(&"文件超过 64 MB"));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
        if zip.len() > ENTRIES {
            return Err(oversized(&format!("压缩包里有{}个文件", zip.len())));
        }
        Ok(Self { zip })
    }

    /// Names of all parts.
    pub fn names(&self) -> Vec<String> {
        self.zip.file_names().filter_map(|name| name.ok().map(std::borrow::Cow::into_owned)).collect()
    }

    /// An XML part as text, unpacked no further than the limit.
    pub fn text(&mut self, name: &str) -> Result<String, Problem> {
        let file = self.zip.by_name(name).map_err(|error| unreadable(&format!("{name}:{error}")))?;
        let mut bytes = Vec::new();
        file.take(PART + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&format!("{name}:{error}")))?;
        if bytes.len() as u64 > PART {
            return Err(oversized(&format!("{name} 展开后超过 48 MB")));
        }
        let text = String::from_utf8(bytes).map_err(|_| unreadable(&format!("{name} 不是 UTF-8")))?;
        Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
    }

    /// The part with the text, as the package's relations name it.
    pub fn main(&mut self) -> Result<String, Problem> {
        let relations = self.text("_rels/.rels")?;
        let mut reader = Reader::from_str(&relations);
        loop {
            match reader.read_event().map_err(|error| unreadable(&error))? {
                Event::Start(element) | Event::Empty(element) => {
                    let value = |name: &str| {
                        let found = element.try_get_attribute(name).ok().flatten()?;
                        found.normalized_value(XmlVersion::Implicit1_0).ok().map(String::from)
                    };
                    if value("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
                        && let Some(target) = value("Target")
                    {
                        return Ok(target.trim_start_matches('/').to_owned());
                    }
                }
                Event::DocType(_) => return Err(unreadable(&"XML 里有 DOCTYPE")),
                Event::Eof => return Err(unreadable(&"压缩包里没有正文")),
                _ => {}
            }
        }
    }

    /// Other parts in which text can stand: headers, footers, notes.
    pub fn stories(&self, main: &str) -> Vec<String> {
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut names = self.names();
        names.retain(|name| {
            let Some((place, file)) = name.rsplit_once('/') else { return false };
            let kinds = ["header", "footer", "footnotes", "endnotes"];
            place == folder && file.ends_with(".xml") && kinds.iter().any(|kind| file.starts_with(kind))
        });
        names.sort_unstable();
        names
    }
}
