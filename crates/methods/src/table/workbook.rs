//! Lines of cells from one sheet of an Excel or OpenDocument file.

use super::Line;
use calamine::{Data, Range, Reader, open_workbook_auto_from_rs};
use std::io::Cursor;

/// Name and lines of the wanted (else the first) sheet; wholly empty rows are left out but counted.
pub(super) fn lines(bytes: &[u8], wanted: Option<&str>) -> Result<(String, Vec<Line>), String> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let names = book.sheet_names();
    let name = match wanted {
        Some(wanted) => names.iter().find(|name| *name == wanted),
        None => names.first(),
    };
    let name = name.cloned().ok_or_else(|| format!("没有这个工作表;有的是:{}", names.join("、")))?;
    let range = book.worksheet_range(&name).map_err(|error| error.to_string())?;
    Ok((name, numbered(&range)))
}

fn numbered(range: &Range<Data>) -> Vec<Line> {
    let (first_row, first_column) = range.start().unwrap_or_default();
    let padding = usize::try_from(first_column).unwrap_or(0);
    (first_row + 1..)
        .zip(range.rows())
        .filter(|(_, cells)| cells.iter().any(|cell| !text(cell).is_empty()))
        .map(|(line, cells)| {
            let blank = std::iter::repeat_n(String::new(), padding);
            (line, blank.chain(cells.iter().map(text)).collect())
        })
        .collect()
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.trim().to_owned(),
        Data::DateTime(moment) => iso(moment),
        Data::Error(error) => error.to_string(),
        other => other.to_string(),
    }
}

/// `2026-11-23`, with the time of day only where there is one.
fn iso(moment: &calamine::ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}
