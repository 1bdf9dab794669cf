//! CSV in UTF-8 with a byte order mark, as Excel and WPS open it rightly.

use super::{Record, looks_like_formula, shown};
use crate::Target;
use crate::rows::Cell;
use std::borrow::Cow;

/// Writes CSV: comma, CRLF, text that looks like a formula behind an apostrophe (which the reader takes off again).
#[must_use]
pub fn csv(target: &Target, rows: impl Iterator<Item = Record>) -> Vec<u8> {
    let mut out = String::from("\u{FEFF}");
    line(&mut out, target.columns.iter().map(|column| Cow::Owned(super::ledger::heading(column))));
    for record in rows {
        let cells = record.iter().chain(std::iter::repeat(&None));
        line(
            &mut out,
            target.columns.iter().zip(cells).map(|(column, cell)| match cell {
                None => Cow::Borrowed(""),
                Some(cell @ (Cell::Integer(_) | Cell::Decimal(_) | Cell::Date(_))) => Cow::Owned(cell.to_string()),
                Some(cell) => {
                    let text = shown(column, cell);
                    if looks_like_formula(&text) { Cow::Owned(format!("'{text}")) } else { text }
                }
            }),
        );
    }
    out.into_bytes()
}

fn line<'a>(out: &mut String, fields: impl Iterator<Item = Cow<'a, str>>) {
    for (at, field) in fields.enumerate() {
        if at > 0 {
            out.push(',');
        }
        if field.contains([',', '"', '\n', '\r']) || field.starts_with(' ') || field.ends_with(' ') {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&field);
        }
    }
    out.push_str("\r\n");
}
