//! The zip package of an .xlsx: opened within limits, its parts fetched by path.

use super::Source;
use crate::xml::{self, Element};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use yanpan_kernel::problem::{Problem, WORKBOOK_ENCRYPTED, WORKBOOK_INFLATED, WORKBOOK_MACRO};
use zip::ZipArchive;

/// Parts below this size may have any ratio.
const SMALL: u64 = 1 << 20;

/// An opened package.
pub(crate) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Lower-case path → index, because writers disagree about case.
    index: BTreeMap<String, usize>,
}

impl<'a> Package<'a> {
    /// Opens and checks: entry count, sizes, ratio, encryption, macros.
    pub fn open(source: &Source<'_>, bytes: &'a [u8]) -> Result<Self, Problem> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| source.corrupt("压缩包不完整"))?;
        let limits = source.limits;
        let inflated =
            |reason: String| Err(Problem::new(&WORKBOOK_INFLATED, &[("file", &source.name), ("reason", &reason)]));
        if zip.len() > limits.entries {
            return inflated(format!("内含 {} 个部件", zip.len()));
        }
        let (mut total, mut index) = (0_u64, BTreeMap::new());
        for at in 0..zip.len() {
            let entry = zip.by_index_raw(at).map_err(|_| source.corrupt("压缩包的目录有误"))?;
            if entry.encrypted() {
                return Err(Problem::new(&WORKBOOK_ENCRYPTED, &[("file", &source.name)]));
            }
            let (size, packed) = (entry.size(), entry.compressed_size());
            total = total.saturating_add(size);
            if size > SMALL && size / packed.max(1) > limits.ratio {
                return inflated(format!("有部件膨胀 {} 倍", size / packed.max(1)));
            }
            let path = entry.name().map_err(|_| source.corrupt("部件的名字有误"))?;
            index.insert(path.replace('\\', "/").trim_start_matches('/').to_lowercase(), at);
        }
        if total > limits.inflated {
            return inflated(format!("解开后共 {total} 字节"));
        }
        if index.keys().any(|path| path.ends_with("vbaproject.bin") || path.contains("/macrosheets/")) {
            return Err(Problem::new(&WORKBOOK_MACRO, &[("file", &source.name)]));
        }
        Ok(Self { zip, index })
    }

    /// Opens a package that was checked before.
    pub fn reopen(bytes: &'a [u8]) -> Option<Self> {
        let limits = crate::Limits { bytes: u64::MAX, ..crate::Limits::default() };
        let source = Source { bytes, name: "", limits: &limits, watch: crate::Watch::default() };
        Self::open(&source, bytes).ok()
    }

    /// Whether the part exists.
    pub fn has(&self, path: &str) -> bool {
        self.index.contains_key(&path.to_lowercase())
    }

    /// Whether any part lies under this folder.
    pub fn has_folder(&self, folder: &str) -> bool {
        self.index.keys().any(|path| path.starts_with(folder))
    }

    /// A reader over one part. Its length is bounded by the size that the directory declares, which was checked.
    pub fn reader(&mut self, path: &str) -> Option<impl Read + '_> {
        let at = *self.index.get(&path.to_lowercase())?;
        let entry = self.zip.by_index(at).ok()?;
        let size = entry.size();
        Some(entry.take(size))
    }

    /// The declared size of a part after decompression.
    pub fn size(&mut self, path: &str) -> u64 {
        let at = self.index.get(&path.to_lowercase()).copied();
        at.and_then(|at| self.zip.by_index_raw(at).ok().map(|entry| entry.size())).unwrap_or(0)
    }

    /// The bytes of a part.
    pub fn bytes(&mut self, path: &str) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        self.reader(path)?.read_to_end(&mut out).ok()?;
        Some(out)
    }

    /// A part as text.
    pub fn text(&mut self, path: &str) -> Option<String> {
        let bytes = self.bytes(path)?;
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").map(<[u8]>::to_vec).unwrap_or(bytes);
        String::from_utf8(bytes).ok()
    }

    /// A small part as a tree.
    pub fn tree(&mut self, path: &str) -> Option<Element> {
        xml::parse(&self.text(path)?)
    }

    /// The relations of a part: id → (type's last word, target path resolved).
    pub fn relations(&mut self, path: &str) -> BTreeMap<String, (String, String)> {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let own = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let Some(tree) = self.tree(&own) else { return BTreeMap::new() };
        tree.named("Relationship")
            .filter(|relation| relation.attribute("TargetMode") != Some("External"))
            .filter_map(|relation| {
                let kind = relation.attribute("Type")?.rsplit('/').next()?.to_owned();
                let target = resolve(folder, relation.attribute("Target")?);
                Some((relation.attribute("Id")?.to_owned(), (kind, target)))
            })
            .collect()
    }

    /// The archive itself, for copying parts unchanged.
    pub fn archive(&mut self) -> &mut ZipArchive<Cursor<&'a [u8]>> {
        &mut self.zip
    }
}

/// A relation's target against the folder of its part: `../media/image1.png` under `xl/drawings` → `xl/media/image1.png`.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}
