//! Pictures inside cells (WPS `cellimages.xml`, Excel rich values) and the store that reads each file once.

use super::sheet::Inside;
use crate::read::Package;
use crate::xml::Element;
use crate::{Picture, PictureKind};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Media read so far, each once, within a budget of bytes.
pub(super) struct Store {
    left: u64,
    files: BTreeMap<String, Arc<[u8]>>,
}

impl Store {
    /// A store that keeps at most `budget` bytes; what comes after is left out.
    pub fn new(budget: u64) -> Self {
        Self { left: budget, files: BTreeMap::new() }
    }

    /// The file name and bytes of a media part.
    pub fn fetch(&mut self, package: &mut Package<'_>, path: &str) -> Option<(String, Arc<[u8]>)> {
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        if let Some(bytes) = self.files.get(path) {
            return Some((name, bytes.clone()));
        }
        let size = package.size(path);
        if size == 0 || size > self.left {
            return None;
        }
        self.left -= size;
        let bytes: Arc<[u8]> = package.bytes(path)?.into();
        self.files.insert(path.to_owned(), bytes.clone());
        Some((name, bytes))
    }
}

/// Where the media of in-cell pictures lie.
#[derive(Default)]
pub(super) struct InCells {
    /// WPS id → media path.
    named: BTreeMap<String, String>,
    /// Excel: value metadata index → media path.
    by_metadata: Vec<Option<String>>,
}

impl InCells {
    /// Reads `cellimages.xml` and the rich value parts, where present.
    pub fn read(package: &mut Package<'_>, workbook: &str) -> Self {
        let folder = workbook.rsplit_once('/').map_or("", |(folder, _)| folder);
        Self {
            named: wps(package, &format!("{folder}/cellimages.xml")),
            by_metadata: rich(package, folder).unwrap_or_default(),
        }
    }

    /// The pictures that the marked cells name.
    pub fn place(&self, package: &mut Package<'_>, marks: &[(u32, u32, Inside)], store: &mut Store) -> Vec<Picture> {
        let mut out = Vec::new();
        for (row, column, inside) in marks {
            let media = match inside {
                Inside::Named(id) => self.named.get(id),
                Inside::Metadata(index) => self.by_metadata.get(index.wrapping_sub(1)).and_then(Option::as_ref),
            };
            let Some((name, bytes)) = media.and_then(|path| store.fetch(package, path)) else { continue };
            out.push(Picture { row: *row, column: *column, kind: PictureKind::Inside, name, bytes });
        }
        out
    }
}

/// `etc:cellImages/etc:cellImage/xdr:pic`: the name in `cNvPr`, the relation in `blip`.
fn wps(package: &mut Package<'_>, path: &str) -> BTreeMap<String, String> {
    let Some(tree) = package.tree(path) else { return BTreeMap::new() };
    let relations = package.relations(path);
    tree.children
        .iter()
        .filter_map(|image| {
            let name = image.find("cNvPr")?.attribute("name")?.to_owned();
            let (_, media) = relations.get(image.find("blip")?.attribute("embed")?)?;
            Some((name, media.clone()))
        })
        .collect()
}

/// Value metadata → future metadata → rich value → relation → media ([MS-XLSX] 2.3.6, 2.6.205).
fn rich(package: &mut Package<'_>, folder: &str) -> Option<Vec<Option<String>>> {
    let metadata = package.tree(&format!("{folder}/metadata.xml"))?;
    let values = package.tree(&format!("{folder}/richData/rdrichvalue.xml"))?;
    let list = format!("{folder}/richData/richValueRel.xml");
    let names = package.tree(&list)?;
    let relations = package.relations(&list);
    let media: Vec<Option<String>> = names
        .named("rel")
        .map(|rel| rel.attribute("id").and_then(|id| relations.get(id)).map(|(_, path)| path.clone()))
        .collect();
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let of_value = |value: &Element| media.get(number(&value.child("v")?.text)?)?.clone();
    let paths: Vec<Option<String>> = values.named("rv").map(of_value).collect();
    let future: Vec<Option<usize>> = metadata
        .child("futureMetadata")?
        .named("bk")
        .map(|bk| bk.find("rvb").and_then(|rvb| number(rvb.attribute("i")?)))
        .collect();
    let index = |bk: &Element| {
        let value = number(bk.child("rc")?.attribute("v")?)?;
        paths.get((*future.get(value)?)?)?.clone()
    };
    Some(metadata.child("valueMetadata")?.named("bk").map(index).collect())
}
