//! Lines of cells from delimited text in the encodings that Chinese offices save: UTF-8, UTF-16 with a mark, GB18030.

use super::Line;
use encoding_rs::{Encoding, GB18030, UTF_8};

/// Decodes and splits; blank lines are left out but counted.
pub(super) fn lines(bytes: &[u8]) -> Result<Vec<Line>, String> {
    let text = decode(bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        if record.iter().any(|cell| !cell.is_empty()) {
            lines.push((first_line(&record, &text), record.iter().map(str::to_owned).collect()));
        }
    }
    Ok(lines)
}

/// The reader's position is taken before the blank lines that it skips.
fn first_line(record: &csv::StringRecord, text: &str) -> u32 {
    let Some(position) = record.position() else { return 0 };
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let skipped = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    u32::try_from(position.line()).unwrap_or(u32::MAX).saturating_add(u32::try_from(skipped).unwrap_or(0))
}

fn decode(bytes: &[u8]) -> Result<String, String> {
    let (encoding, skip) = Encoding::for_bom(bytes).unwrap_or_else(|| {
        let is_utf8 = std::str::from_utf8(bytes).is_ok();
        (if is_utf8 { UTF_8 } else { GB18030 }, 0)
    });
    let (text, malformed) = encoding.decode_without_bom_handling(bytes.get(skip..).unwrap_or_default());
    if malformed {
        let line = text.split('\u{FFFD}').next().map_or(1, |before| before.matches('\n').count() + 1);
        return Err(format!("第{line}行有无法识别的字符,请另存为 UTF-8 或 GB18030 编码"));
    }
    Ok(text.into_owned())
}

/// A comma, unless the first line has none and does have tabs or semicolons.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    [b',', b'\t', b';'].into_iter().find(|mark| first.as_bytes().contains(mark)).unwrap_or(b',')
}
