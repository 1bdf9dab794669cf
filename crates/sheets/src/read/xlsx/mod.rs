//! Office Open XML (ECMA-376 part 1, SpreadsheetML): one streaming pass over each sheet, small parts as trees.

mod comments;
mod drawings;
mod merge;
mod pictures;
mod sheet;
mod strings;
mod styles;

pub(crate) use drawings::row_of_anchor;
pub(super) use merge::fill as fill_merges;
pub(crate) use styles::date_formats;

use super::{Package, Source};
use crate::{Format, Sheet, Workbook};
use std::sync::Arc;
use yanpan_kernel::problem::{Problem, READING_CANCELLED, SHEETS_TOO_MANY};

/// Where the main parts of a package lie.
pub(crate) struct Parts {
    /// Path of the workbook part, usually `xl/workbook.xml`.
    pub workbook: String,
    /// Whether dates count from 1904.
    pub from_1904: bool,
    /// Worksheets in order.
    pub sheets: Vec<SheetPart>,
}

/// One worksheet in the package.
pub(crate) struct SheetPart {
    pub name: String,
    pub hidden: bool,
    pub path: String,
}

/// What all sheets of a workbook share.
pub(crate) struct Shared {
    pub strings: Vec<Arc<str>>,
    pub dates: Vec<bool>,
}

/// Finds the workbook part and its worksheets; chart and dialog sheets are left out.
pub(crate) fn sheet_parts(package: &mut Package<'_>) -> Option<Parts> {
    let root = package.relations("");
    let workbook = root
        .values()
        .find(|(kind, _)| kind == "officeDocument")
        .map_or_else(|| "xl/workbook.xml".to_owned(), |(_, target)| target.clone());
    let tree = package.tree(&workbook)?;
    let relations = package.relations(&workbook);
    let sheets = tree.child("sheets")?.named("sheet").filter_map(|sheet| {
        let (kind, path) = relations.get(sheet.attribute("id")?)?;
        (kind == "worksheet").then(|| SheetPart {
            name: sheet.attribute("name").unwrap_or_default().to_owned(),
            hidden: matches!(sheet.attribute("state"), Some("hidden" | "veryHidden")),
            path: path.clone(),
        })
    });
    let from_1904 = tree
        .child("workbookPr")
        .and_then(|properties| properties.attribute("date1904"))
        .is_some_and(|value| matches!(value, "1" | "true"));
    Some(Parts { sheets: sheets.collect(), from_1904, workbook })
}

/// Reads the package.
pub(super) fn read(source: &Source<'_>) -> Result<Workbook, Problem> {
    let mut package = Package::open(source, source.bytes)?;
    if !package.has("[content_types].xml") && !package.has("xl/workbook.xml") {
        return Err(source.unknown(other_package(&package)));
    }
    let parts = sheet_parts(&mut package).ok_or_else(|| source.unknown(other_package(&package)))?;
    if parts.sheets.len() > source.limits.sheets {
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("file", &source.name), ("count", &parts.sheets.len()), ("limit", &source.limits.sheets)];
        return Err(Problem::new(&SHEETS_TOO_MANY, &values));
    }
    let total: u64 = parts.sheets.iter().map(|part| package.size(&part.path)).sum();
    let relations = package.relations(&parts.workbook);
    let of = |kind: &str| relations.values().find(|(k, _)| k == kind).map(|(_, path)| path.clone());
    let shared = Shared {
        strings: strings::read(&mut package, of("sharedStrings").as_deref(), source)?,
        dates: styles::date_formats(&mut package, of("styles").as_deref()),
    };
    let in_cells = pictures::InCells::read(&mut package, &parts.workbook);
    let mut pictures = pictures::Store::new(source.limits.pictures);
    let mut counter = sheet::Counter { done: 0, total, cells: 0 };
    let mut sheets = Vec::with_capacity(parts.sheets.len());
    for part in &parts.sheets {
        let mut read = sheet::read(&mut package, part, &shared, (source, &mut counter))?;
        merge::fill(&mut read.lines, &mut read.merges);
        let mut sheet = Sheet {
            name: part.name.clone(),
            hidden: part.hidden,
            lines: read.lines,
            merges: read.merges,
            comments: comments::read(&mut package, &part.path),
            pictures: Vec::new(),
        };
        sheet.pictures = drawings::read(&mut package, &part.path, &read.heights, &mut pictures);
        sheet.pictures.extend(in_cells.place(&mut package, &read.inside, &mut pictures));
        sheets.push(sheet);
        if source.watch.cancelled() {
            return Err(Problem::new(&READING_CANCELLED, &[]));
        }
    }
    Ok(Workbook { name: source.name.to_owned(), format: Format::Xlsx, from_1904: parts.from_1904, sheets })
}

/// What a zip that is no workbook seems to be.
fn other_package(package: &Package<'_>) -> &'static str {
    if package.has("word/document.xml") {
        "这是 Word 文档"
    } else if package.has("ppt/presentation.xml") {
        "这是演示文稿"
    } else if package.has("content.xml") {
        "这是 ODF 文件"
    } else if package.has("xl/workbook.bin") {
        "这是 .xlsb"
    } else if package.has_folder("xl/") {
        "缺少工作表目录"
    } else {
        "这是压缩包"
    }
}
