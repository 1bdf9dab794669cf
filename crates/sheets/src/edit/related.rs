//! Parts that refer to rows: drawings, comments, their old-style shapes; and lists of parts.

use super::RowMap;
use super::split::{split, with_attribute};
use crate::column_letters;
use crate::workbook::cell_reference;
use crate::xml;

/// A drawing part whose anchors follow their rows; those of removed rows go.
pub(crate) fn drawing(text: &str, map: &RowMap, row_of: impl Fn(&xml::Element) -> Option<u32>) -> Option<String> {
    let parts = split(text, "wsDr")?;
    let anchors = parts.children.iter().filter_map(|(name, slice)| {
        if !name.ends_with("Anchor") {
            return Some((*slice).to_owned());
        }
        let tree = xml::parse(slice)?;
        let Some(row) = row_of(&tree) else { return Some((*slice).to_owned()) };
        let shift = i64::from(map.of(row)?) - i64::from(row);
        Some(shifted(slice, "row>", shift))
    });
    let anchors: String = anchors.collect();
    Some(format!("{}{anchors}{}", parts.before, parts.after))
}

/// The slice with the number after every `…row>` moved.
fn shifted(slice: &str, mark: &str, shift: i64) -> String {
    let (mut out, mut rest) = (String::new(), slice);
    while let Some(at) = rest.find(mark) {
        let (before, after) = rest.split_at(at + mark.len());
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, tail) = after.split_at(digits);
        out.push_str(before);
        match number.parse::<i64>() {
            Ok(number) => out.push_str(&(number + shift).max(0).to_string()),
            Err(_) => out.push_str(number),
        }
        rest = tail;
    }
    out + rest
}

/// A comments part, classic (`commentList`) or threaded, or its shapes (`xml` with `v:shape`), moved with the rows.
pub(crate) fn comments(text: &str, map: &RowMap) -> Option<String> {
    let (holder, shapes) = if text.contains("commentList") {
        ("commentList", false)
    } else if text.contains("ThreadedComments") {
        ("ThreadedComments", false)
    } else {
        ("xml", true)
    };
    let parts = split(text, holder)?;
    let moved = parts.children.iter().filter_map(|(name, slice)| {
        if shapes {
            if name == "shape" { shape(slice, map) } else { Some((*slice).to_owned()) }
        } else {
            comment(slice, map)
        }
    });
    let moved: String = moved.collect();
    Some(format!("{}{moved}{}", parts.before, parts.after))
}

fn comment(slice: &str, map: &RowMap) -> Option<String> {
    let (row, column) = cell_reference(xml::parse(slice)?.attribute("ref")?)?;
    Some(with_attribute(slice, "ref", &format!("{}{}", column_letters(column), map.of(row)?)))
}

fn shape(slice: &str, map: &RowMap) -> Option<String> {
    let tree = xml::parse(slice)?;
    let Some(row) = tree.find("Row").and_then(|row| row.text.trim().parse::<u32>().ok()) else {
        return Some(slice.to_owned());
    };
    let shift = i64::from(map.of(row.checked_add(1)?)?) - i64::from(row) - 1;
    Some(shifted(slice, "Row>", shift))
}

/// A list of relations or content types without the children for which this holds.
pub(crate) fn without(text: &str, holder: &str, unwanted: impl Fn(&xml::Element) -> bool) -> Option<String> {
    let parts = split(text, holder)?;
    let kept = parts.children.iter().filter(|(_, slice)| !xml::parse(slice).is_some_and(|element| unwanted(&element)));
    let kept: String = kept.map(|(_, slice)| *slice).collect();
    Some(format!("{}{kept}{}", parts.before, parts.after))
}
