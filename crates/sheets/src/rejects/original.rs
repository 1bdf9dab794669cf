//! The user's own .xlsx, edited.

use super::{EXPLANATION, Rejected, explanation, explanation_column};
use crate::edit::{self, Changes, Marks, RowMap, SheetXml};
use crate::read::{Package, row_of_anchor, sheet_parts};
use crate::rows::{self, Standing, Weight};
use crate::{Sheet, Workbook};
use std::collections::BTreeSet;

/// Edits the package; nothing when some part cannot be followed.
pub(super) fn edit(bytes: &[u8], workbook: &Workbook, tables: &[Rejected<'_>]) -> Option<Vec<u8>> {
    let mut package = Package::reopen(bytes)?;
    let parts = sheet_parts(&mut package)?;
    let relations = package.relations(&parts.workbook);
    let styles_path = relations.values().find(|(kind, _)| kind == "styles").map(|(_, path)| path.clone())?;
    let styles = package.text(&styles_path)?;
    let mut marks = Marks::new(&styles)?;
    let mut changes = Changes::new();
    for (index, part) in parts.sheets.iter().enumerate() {
        let here: Vec<&Rejected<'_>> = tables.iter().filter(|table| table.found.sheet == index).collect();
        let Some(sheet) = workbook.sheets.get(index).filter(|_| !here.is_empty()) else { continue };
        let mut xml = SheetXml::parse(&package.text(&part.path)?)?;
        let map = row_map(sheet, &here);
        for table in &here {
            fill(&mut xml, (workbook, sheet), table, &mut marks);
        }
        xml.renumber(&map);
        changes.insert(part.path.to_lowercase(), Some(xml.text().into_bytes()));
        follow(&mut package, &part.path, (&map, sheet), &mut changes);
    }
    changes.insert(styles_path.to_lowercase(), Some(marks.add_to(&styles)?.into_bytes()));
    edit::without_chain(&mut package, &parts.workbook, &mut changes);
    edit::rewrite(&mut package, &changes).ok()
}

/// Within each table only rejected rows, what names their unit, their continuations and the footer stay.
fn row_map(sheet: &Sheet, tables: &[&Rejected<'_>]) -> RowMap {
    let mut map = RowMap::default();
    for table in tables {
        let named = table.rows.iter().filter_map(|row| match row.standing {
            Some(Standing::Row(row)) => Some(row),
            _ => None,
        });
        let rejected: BTreeSet<u32> = table.rows.iter().map(|row| row.row).chain(named).collect();
        let (first, last) = table.found.body;
        let mut kept = Vec::new();
        let mut owner_kept = false;
        for line in sheet.lines.iter().filter(|line| (first..=last).contains(&line.number)) {
            let keep = if line.continued {
                owner_kept
            } else {
                owner_kept = rejected.contains(&line.number);
                owner_kept || rows::is_footer(line, table.found)
            };
            if keep {
                kept.push(line.number);
            }
        }
        map.keep_only(first, last, kept);
    }
    map
}

/// Puts carried values, marks and explanations into the rows of a table.
fn fill(xml: &mut SheetXml, (workbook, sheet): (&Workbook, &Sheet), table: &Rejected<'_>, marks: &mut Marks) {
    let column = explanation_column(workbook, table.found);
    xml.widen(column, 48.0);
    if let Some(header) = xml.row(table.found.header.1) {
        let style = header.cells.iter().rev().find(|cell| cell.column < column).and_then(|cell| cell.style);
        if let Some(cell) = header.cell(column) {
            cell.set_text(EXPLANATION);
            cell.style = style;
        }
    }
    for row in &table.rows {
        let copied =
            sheet.line(row.row).map(|line| line.copied.iter().map(|at| (*at, line.cell(*at).text().into_owned())));
        let carried: Vec<(u32, String)> = copied.into_iter().flatten().chain(row.carried.iter().cloned()).collect();
        let Some(target) = xml.row(row.row) else { continue };
        for (at, text) in &carried {
            if let Some(cell) = target.cell(*at) {
                cell.set_text(text);
            }
        }
        for finding in row.findings.iter().filter(|finding| finding.weight == Weight::Wrong && finding.column > 0) {
            if let Some(cell) = target.cell(finding.column) {
                cell.style = Some(marks.of(cell.style));
            }
        }
        if let Some(cell) = target.cell(column) {
            cell.set_text(&explanation(row));
        }
    }
}

/// Drawings, comments and tables that belong to the sheet.
fn follow(package: &mut Package<'_>, path: &str, (map, sheet): (&RowMap, &Sheet), changes: &mut Changes) {
    for (kind, target) in package.relations(path).into_values() {
        let Some(text) = package.text(&target) else { continue };
        let changed = match kind.as_str() {
            "drawing" => edit::drawing(&text, map, |anchor| {
                let row = row_of_anchor(anchor)?;
                Some(owner(sheet, row))
            }),
            "comments" | "threadedComment" | "vmlDrawing" => edit::comments(&text, map),
            _ => None,
        };
        if let Some(changed) = changed {
            changes.insert(target.to_lowercase(), Some(changed.into_bytes()));
        }
    }
    let relations = edit::rels_path(path);
    let is_table =
        |relation: &crate::xml::Element| relation.attribute("Type").is_some_and(|kind| kind.ends_with("/table"));
    if let Some(text) = package.text(&relations)
        && let Some(changed) = edit::without(&text, "Relationships", is_table)
    {
        changes.insert(relations.to_lowercase(), Some(changed.into_bytes()));
    }
}

/// The row where the record of a row begins.
fn owner(sheet: &Sheet, row: u32) -> u32 {
    let upto = sheet.lines.partition_point(|line| line.number <= row);
    let above = sheet.lines.get(..upto).unwrap_or_default();
    match above.last() {
        Some(line) if line.number == row && line.continued => {
            above.iter().rev().find(|line| !line.continued).map_or(row, |line| line.number)
        }
        _ => row,
    }
}
