//! One cell: points as a scaled integer, or one of the four ways of having none.

use yanpan_statistics::exams::matrix::{ABSENT, BLANK, MAX_DECIMALS, NOT_PRESENTED, NOT_REACHED};

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// `digits` ÷ 10^`places` points.
    Points {
        /// All digits as one number.
        digits: i64,
        /// Digits after the point, trailing zeros dropped.
        places: u32,
    },
    /// A negative code of the matrix.
    Code(i32),
    /// Less than zero.
    Negative,
    /// No mark at all.
    Text,
}

/// Reads a trimmed cell.
#[must_use]
pub fn cell(bytes: &[u8]) -> Cell {
    if let [digit @ b'0'..=b'9'] = bytes {
        return Cell::Points { digits: i64::from(digit - b'0'), places: 0 };
    }
    match bytes {
        b"" | b"blank" | b"-" => return Cell::Code(BLANK),
        b"NA" | b"NaN" | b"not_presented" => return Cell::Code(NOT_PRESENTED),
        b"NR" | b"not_reached" => return Cell::Code(NOT_REACHED),
        b"ABS" | b"absent" => return Cell::Code(ABSENT),
        _ => {}
    }
    match std::str::from_utf8(bytes) {
        Ok("空白" | "未答") => Cell::Code(BLANK),
        Ok("未达" | "未做到") => Cell::Code(NOT_REACHED),
        Ok("缺考") => Cell::Code(ABSENT),
        Ok("未施测") => Cell::Code(NOT_PRESENTED),
        Ok(text) => plain(text).unwrap_or_else(|| general(text)),
        Err(_) => Cell::Text,
    }
}

/// Digits with at most one point.
fn plain(text: &str) -> Option<Cell> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part = part.trim_end_matches('0');
    let digits_only = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || part.len() > MAX_DECIMALS as usize {
        return None;
    }
    if !digits_only(whole) || !digits_only(part) {
        return None;
    }
    let digits = format!("{whole}{part}").parse().ok()?;
    Some(Cell::Points { digits, places: part.len() as u32 })
}

/// Whatever else reads as a number and has at most six decimals.
fn general(text: &str) -> Cell {
    match text.parse::<f64>() {
        Ok(value) if value < 0.0 => Cell::Negative,
        Ok(value) if value.is_finite() => plain(&format!("{value}")).unwrap_or(Cell::Text),
        _ => Cell::Text,
    }
}

/// Marks of one table, column by column, on a common number of decimals.
#[derive(Debug, Default)]
pub struct Columns {
    /// Cells as the matrix wants them.
    pub cells: Vec<Vec<i32>>,
    /// Decimals kept so far.
    pub decimals: u32,
}

impl Columns {
    /// `count` empty columns.
    #[must_use]
    pub fn new(count: usize) -> Self {
        Self { cells: vec![Vec::new(); count], decimals: 0 }
    }

    /// Appends a cell; false when it does not fit (text, negative, too large).
    pub fn push(&mut self, column: usize, cell: Cell) -> bool {
        let value = match cell {
            Cell::Code(code) => Some(code),
            Cell::Points { digits, places } => {
                while places > self.decimals && self.refine() {}
                let scaled = self.decimals.checked_sub(places).and_then(|more| digits.checked_mul(10_i64.pow(more)));
                scaled.and_then(|value| i32::try_from(value).ok())
            }
            Cell::Negative | Cell::Text => None,
        };
        if let Some(column) = self.cells.get_mut(column) {
            column.push(value.unwrap_or(NOT_PRESENTED));
        }
        value.is_some()
    }

    /// One more decimal for every cell read so far; false when a cell would overflow.
    fn refine(&mut self) -> bool {
        if self.cells.iter().flatten().any(|cell| *cell > i32::MAX / 10) {
            return false;
        }
        for cell in self.cells.iter_mut().flatten().filter(|cell| **cell > 0) {
            *cell *= 10;
        }
        self.decimals += 1;
        true
    }
}
