//! A package written again with some parts changed; all others are copied without unpacking.

use super::Changes;
use super::related::without;
use crate::read::Package;
use crate::xml::Element;
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

/// The chain lists formula cells, which have become values: Excel would call the file damaged.
pub(crate) fn without_chain(package: &mut Package<'_>, workbook: &str, changes: &mut Changes) {
    let relations = package.relations(workbook);
    let Some((_, chain)) = relations.values().find(|(kind, _)| kind == "calcChain").cloned() else { return };
    let rels = rels_path(workbook);
    let is_chain = |relation: &Element| relation.attribute("Type").is_some_and(|kind| kind.ends_with("/calcChain"));
    let is_type = |part: &Element| part.attribute("PartName").is_some_and(|name| name.ends_with("calcChain.xml"));
    let relations = package.text(&rels).and_then(|text| without(&text, "Relationships", is_chain));
    let types = package.text("[Content_Types].xml").and_then(|text| without(&text, "Types", is_type));
    if let (Some(relations), Some(types)) = (relations, types) {
        changes.insert(rels.to_lowercase(), Some(relations.into_bytes()));
        changes.insert("[content_types].xml".to_owned(), Some(types.into_bytes()));
        changes.insert(chain.to_lowercase(), None);
    }
}

/// Where the relations of a part lie.
pub(crate) fn rels_path(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{path}.rels"),
    }
}
