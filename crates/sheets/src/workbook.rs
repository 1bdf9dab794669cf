//! A workbook in memory: compact, with merges filled downwards and pictures and comments kept by cell.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What kind of file it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML (.xlsx, or .et saved as such).
    Xlsx,
    /// Binary Excel 97–2003 (.xls, or .et saved as such).
    Xls,
    /// Delimited text.
    Csv,
}

/// A workbook that has been read.
#[derive(Debug, Clone)]
pub struct Workbook {
    /// File name as the user gave it.
    pub name: String,
    /// Kind of file.
    pub format: Format,
    /// Whether serial dates count from 1904.
    pub from_1904: bool,
    /// Worksheets in order.
    pub sheets: Vec<Sheet>,
}

/// One worksheet.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Name on the tab.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// Rows that hold anything, by rising number.
    pub lines: Vec<Line>,
    /// Merged ranges, by rising first row.
    pub merges: Vec<Span>,
    /// Comments by (row, column), both from 1; threaded replies joined by line breaks.
    pub comments: BTreeMap<(u32, u32), String>,
    /// Pictures in or over cells.
    pub pictures: Vec<Picture>,
}

/// One row of a sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// Row number, from 1.
    pub number: u32,
    /// Whether the row is hidden, for example by a filter.
    pub hidden: bool,
    /// Whether all that it holds comes from merges that began above.
    pub continued: bool,
    /// Columns (from 1) whose value comes from a merge that began above.
    pub copied: Vec<u32>,
    /// Values from column 1 to the last non-empty one.
    pub cells: Vec<Value>,
}

/// A merged range; all numbers from 1 and inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

/// What a cell holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Text, shared between equal cells.
    Text(Arc<str>),
    /// A number without a date format.
    Number(f64),
    /// A serial date or time: a number with a date format.
    Serial(f64),
    /// A truth value.
    Bool(bool),
    /// An error such as `#REF!`, or a formula that was never computed (empty text).
    Error(Arc<str>),
}

impl Value {
    /// Whether the cell holds nothing but space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(crate::text::is_blank),
            _ => false,
        }
    }

    /// The value as text: whole numbers without a point, truth values as 是 or 否, serial dates as dates.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) | Self::Error(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(crate::rows::number::plain(*number)),
            Self::Serial(serial) => match crate::rows::date::from_serial(*serial, false) {
                Some(date) => Cow::Owned(date.to_string()),
                None => Cow::Owned(crate::rows::number::plain(*serial)),
            },
            Self::Bool(value) => Cow::Borrowed(if *value { "是" } else { "否" }),
        }
    }
}

/// How a picture sits in the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    /// Floating, anchored to the cell that it covers most of.
    Over,
    /// Inside the cell (WPS DISPIMG, Excel «place in cell»).
    Inside,
}

/// A picture with the cell that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Row, from 1.
    pub row: u32,
    /// Column, from 1.
    pub column: u32,
    /// In or over the cell.
    pub kind: PictureKind,
    /// File name inside the package, for example `image1.jpeg`.
    pub name: String,
    /// The file, unchecked.
    pub bytes: Arc<[u8]>,
}

impl Line {
    /// The value in this column (from 1); empty beyond the last.
    #[must_use]
    pub fn cell(&self, column: u32) -> &Value {
        const EMPTY: &Value = &Value::Empty;
        let at = usize::try_from(column).unwrap_or_default();
        at.checked_sub(1).and_then(|at| self.cells.get(at)).unwrap_or(EMPTY)
    }

    /// The text of a row that says one thing only, however many merged cells repeat it.
    #[must_use]
    pub fn only_text(&self) -> Option<&str> {
        let mut said = self.cells.iter().filter(|value| !value.is_blank());
        let Some(Value::Text(text)) = said.next() else { return None };
        said.all(|value| matches!(value, Value::Text(other) if other == text)).then(|| crate::text::trim(text))
    }
}

impl Sheet {
    /// The row of this number, if it holds anything.
    #[must_use]
    pub fn line(&self, number: u32) -> Option<&Line> {
        self.lines.binary_search_by_key(&number, |line| line.number).ok().and_then(|at| self.lines.get(at))
    }

    /// The merged ranges that begin in these rows.
    #[must_use]
    pub fn merges_from(&self, first: u32, last: u32) -> &[Span] {
        let from = self.merges.partition_point(|span| span.top < first);
        let upto = self.merges.partition_point(|span| span.top <= last);
        self.merges.get(from..upto).unwrap_or_default()
    }
}

impl Span {
    /// Whether the cell lies in the range.
    #[must_use]
    pub fn covers(&self, row: u32, column: u32) -> bool {
        (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&column)
    }

    /// Reads `B3` or `B3:D5`, with or without `$`.
    #[must_use]
    pub fn parse(reference: &str) -> Option<Self> {
        let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
        let ((top, left), (bottom, right)) = (cell_reference(first)?, cell_reference(last)?);
        (top <= bottom && left <= right).then_some(Self { top, left, bottom, right })
    }
}

/// The (row, column), both from 1, of a reference such as `AB12`.
pub(crate) fn cell_reference(reference: &str) -> Option<(u32, u32)> {
    let (mut row, mut column) = (0_u32, 0_u32);
    for byte in reference.bytes() {
        match byte {
            b'A'..=b'Z' if row == 0 => column = column.checked_mul(26)?.checked_add(u32::from(byte - b'A') + 1)?,
            b'a'..=b'z' if row == 0 => column = column.checked_mul(26)?.checked_add(u32::from(byte - b'a') + 1)?,
            b'0'..=b'9' => row = row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?,
            b'$' => {}
            _ => return None,
        }
    }
    (row > 0 && column > 0).then_some((row, column))
}

/// The letters of a column counted from 1: 1 → A, 27 → AA.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let (mut rest, mut letters) = (column, Vec::new());
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    //! References to cells.
    use super::*;

    #[test]
    fn references_and_letters_are_inverse() {
        for column in [1, 26, 27, 52, 702, 703, 16_384] {
            assert_eq!(cell_reference(&format!("{}7", column_letters(column))), Some((7, column)));
        }
        assert_eq!(cell_reference("A99999999999"), None);
        assert_eq!(Span::parse("$B$3:D5"), Some(Span { top: 3, left: 2, bottom: 5, right: 4 }));
    }
}
