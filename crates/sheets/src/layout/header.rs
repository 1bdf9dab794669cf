//! A header of one to four lines: which rows it has, and each column's path of headings.

use super::headings::{Names, is_neutral};
use crate::{Sheet, Value, text};

/// Lines that a header may have.
const DEEPEST: u32 = 4;
/// A heading is no longer than this; longer text is prose.
const LONGEST: usize = 40;

/// A header as assembled.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// First row, from 1.
    pub top: u32,
    /// Last row, from 1.
    pub bottom: u32,
    /// Column → path from top to bottom; empty where nothing is printed.
    pub paths: Vec<(u32, Vec<String>)>,
    /// Sum of likenesses less what is strange.
    pub score: f64,
    /// Headings that look like a column.
    pub hits: usize,
}

impl Header {
    /// The lowest headings, folded, in order.
    pub fn leaves(&self) -> Vec<String> {
        self.paths.iter().map(|(_, path)| path.last().map(|leaf| text::fold(leaf)).unwrap_or_default()).collect()
    }
}

/// The best header that begins in this row, if it looks like one.
pub(super) fn starting_at(sheet: &Sheet, top: u32, names: &Names<'_>) -> Option<Header> {
    let line = sheet.line(top)?;
    let spans = sheet.merges_from(top, top).iter().filter(|span| span.bottom > top && span.bottom < top + DEEPEST);
    let forced = spans.map(|span| span.bottom).max().unwrap_or(top);
    // A single cell across the sheet is a title, whatever it says.
    let texts = line.cells.iter().filter(|value| !value.is_blank()).count();
    if texts < 2 && names.size() > 1 {
        return None;
    }
    let mut best: Option<Header> = None;
    for bottom in forced..=(top + DEEPEST - 1).max(forced) {
        if (top..=bottom).any(|row| sheet.line(row).is_some_and(looks_like_data)) {
            break;
        }
        if bottom > forced && sheet.line(bottom).is_none() {
            break;
        }
        let header = assemble(sheet, (top, bottom), names);
        if best.as_ref().is_none_or(|best| header.score > best.score + 0.4) {
            best = Some(header);
        }
    }
    best
}

/// Numbers and dates do not stand in headers.
fn looks_like_data(line: &crate::Line) -> bool {
    line.cells.iter().any(|value| match value {
        Value::Number(_) | Value::Serial(_) | Value::Bool(_) => true,
        Value::Text(text) => text.chars().count() > LONGEST || is_number_or_date(text) || is_pair(text),
        _ => false,
    })
}

/// 「填报单位:城关镇」: a label with its value, as stands above tables.
fn is_pair(text: &str) -> bool {
    text.split_once([':', '：']).is_some_and(|(_, value)| !value.chars().all(|c| text::is_blank(c) || c == '_'))
}

fn is_number_or_date(text: &str) -> bool {
    let text = text::half_width(text::trim(text));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits > 0 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '/' | '年' | '月' | '日' | ','))
}

fn assemble(sheet: &Sheet, (top, bottom): (u32, u32), names: &Names<'_>) -> Header {
    let widest = (top..=bottom).filter_map(|row| sheet.line(row)).map(|line| line.cells.len()).max().unwrap_or(0);
    let spread = sheet.merges_from(top, bottom).iter().map(|span| span.right);
    let right = spread.max().unwrap_or(0).min(512).max(u32::try_from(widest).unwrap_or(0));
    let mut header = Header { top, bottom, paths: Vec::new(), score: 0.0, hits: 0 };
    for column in 1..=right {
        let path = path(sheet, (top, bottom), column);
        // A heading that a merge spreads over several columns counts once.
        let spread = header.paths.last().is_some_and(|(_, before)| *before == path);
        if let Some(leaf) = path.last().filter(|_| !spread) {
            if is_neutral(&text::fold(leaf)) {
                header.score += 0.5;
            } else {
                match names.like(&path).first() {
                    Some(like) => {
                        header.hits += 1;
                        header.score += if like.score >= 0.9 { 1.0 } else { 0.5 };
                    }
                    None => header.score -= 0.2,
                }
            }
        }
        header.paths.push((column, path));
    }
    while header.paths.last().is_some_and(|(_, path)| path.is_empty()) {
        header.paths.pop();
    }
    header
}

/// The headings over a column, from top to bottom, each once.
fn path(sheet: &Sheet, (top, bottom): (u32, u32), column: u32) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for row in top..=bottom {
        let printed = heading(sheet, (top, bottom), row, column);
        let printed: String = text::squeeze(&printed).into_owned();
        if !printed.is_empty() && out.last() != Some(&printed) {
            out.push(printed);
        }
    }
    out
}

fn heading(sheet: &Sheet, (top, bottom): (u32, u32), row: u32, column: u32) -> String {
    let at = |row: u32, column: u32| sheet.line(row).map_or(&Value::Empty, |line| line.cell(column));
    let own = at(row, column);
    if !own.is_blank() {
        return own.text().into_owned();
    }
    if let Some(span) = sheet.merges_from(top, row).iter().find(|span| span.covers(row, column)) {
        return at(span.top, span.left).text().into_owned();
    }
    // Without merges (CSV, or merges lost on the way) a parent heading reaches right over blanks that have headings below.
    let below = (row + 1..=bottom).any(|row| !at(row, column).is_blank());
    let lost = sheet.merges.is_empty() && row < bottom && below;
    let left = || (1..column).rev().map(|column| (column, at(row, column))).find(|(_, value)| !value.is_blank());
    match left() {
        Some((from, value)) if lost && (row + 1..=bottom).any(|row| !at(row, from).is_blank()) => {
            value.text().into_owned()
        }
        _ => String::new(),
    }
}
