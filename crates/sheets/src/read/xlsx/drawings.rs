//! Pictures that float over cells: each belongs to the row and column that it covers most of.

use super::pictures::Store;
use super::sheet::Heights;
use crate::read::Package;
use crate::xml::Element;
use crate::{Picture, PictureKind};

/// Pictures of the sheet at `path`.
pub(super) fn read(package: &mut Package<'_>, path: &str, heights: &Heights, store: &mut Store) -> Vec<Picture> {
    let mut out = Vec::new();
    for (kind, target) in package.relations(path).into_values() {
        if kind != "drawing" {
            continue;
        }
        let Some(tree) = package.tree(&target) else { continue };
        let relations = package.relations(&target);
        for anchor in tree.children.iter().filter(|anchor| anchor.name.ends_with("Anchor")) {
            let Some(id) = anchor.find("blip").and_then(|blip| blip.attribute("embed")) else { continue };
            let Some((_, media)) = relations.get(id) else { continue };
            let Some((row, column)) = cell_of(anchor, heights) else { continue };
            if let Some((name, bytes)) = store.fetch(package, media) {
                out.push(Picture { row, column, kind: PictureKind::Over, name, bytes });
            }
        }
    }
    out.sort_by_key(|picture| (picture.row, picture.column));
    out
}

/// One corner of an anchor: row and column from 0, offset within the row in EMU.
fn corner(element: &Element) -> Option<(u32, u32, f64)> {
    let number = |name: &str| element.child(name).map(|child| child.text.trim().parse::<f64>().unwrap_or(0.0));
    let whole = |name: &str| element.child(name)?.text.trim().parse::<u32>().ok();
    Some((whole("row")?, whole("col")?, number("rowOff").unwrap_or(0.0)))
}

/// The row from 1 that an anchor covers most of, rows taken as of one height.
pub(crate) fn row_of_anchor(anchor: &Element) -> Option<u32> {
    cell_of(anchor, &Heights::default()).map(|(row, _)| row)
}

/// The (row, column) from 1 that an anchor covers most of.
fn cell_of(anchor: &Element, heights: &Heights) -> Option<(u32, u32)> {
    let (top, left, offset) = corner(anchor.child("from")?)?;
    let mut middle = match anchor.child("to").and_then(corner) {
        Some((bottom, _, end)) if bottom >= top => {
            let between: f64 = (top..bottom.min(top.saturating_add(5_000))).map(|row| heights.emu(row + 1)).sum();
            offset + (between + end - offset).max(0.0) / 2.0
        }
        _ => {
            let extent = anchor.child("ext").and_then(|ext| ext.attribute("cy")).and_then(|cy| cy.parse::<f64>().ok());
            offset + extent.unwrap_or(0.0) / 2.0
        }
    };
    let mut row = top;
    while middle > heights.emu(row + 1) && row < top.saturating_add(5_000) {
        middle -= heights.emu(row + 1);
        row += 1;
    }
    Some((row.checked_add(1)?, left.checked_add(1)?))
}

#[cfg(test)]
mod tests {
    //! Anchors.
    use super::*;

    #[test]
    fn a_picture_that_straddles_rows_belongs_to_the_one_that_holds_its_middle() {
        let anchor = |from: (u32, f64), to: (u32, f64)| {
            let text = format!(
                "<a><from><col>2</col><row>{}</row><rowOff>{}</rowOff></from><to><col>3</col><row>{}</row><rowOff>{}</rowOff></to></a>",
                from.0, from.1, to.0, to.1
            );
            cell_of(&crate::xml::parse(&text).unwrap(), &Heights::default())
        };
        let height = 15.0 * 12_700.0;
        assert_eq!(anchor((4, 0.0), (4, height)), Some((5, 3)));
        assert_eq!(anchor((4, height * 0.8), (5, height * 0.7)), Some((6, 3)));
        assert_eq!(anchor((4, height * 0.1), (5, height * 0.2)), Some((5, 3)));
    }
}
