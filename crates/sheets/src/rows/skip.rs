//! Rows that are no records: blank, totals, footers, repeated headers, examples, column numbers.

use crate::layout::Found;
use crate::{Line, Value, text};

/// Rows that were passed over, by reason; nothing is dropped without being counted here.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Skipped {
    /// Nothing but a running number, or nothing at all.
    pub blank: u32,
    /// 合计, 小计.
    pub totals: u32,
    /// 填报人, 审核人, notes below the table.
    pub footers: u32,
    /// The header again, or a line of column numbers below it.
    pub headers: u32,
    /// Examples in templates.
    pub examples: u32,
    /// Rows that only continue a merge from above.
    pub continued: u32,
    /// Rows that name the unit of those below them.
    pub sections: u32,
    /// Declarations such as 「本月无新增隐患」, with their rows: the caller may take them as a zero report.
    pub statements: Vec<(u32, String)>,
}

/// Why a row is no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reason {
    Blank,
    Total,
    Footer,
    Header,
    Example,
    Continued,
    Section,
    Statement(String),
}

const FOOTERS: [&str; 24] = [
    "填报人",
    "填表人",
    "制表人",
    "制表",
    "审核人",
    "审核",
    "主要负责人",
    "负责人",
    "单位负责人",
    "分管领导",
    "校长",
    "园长",
    "填报单位",
    "填报时间",
    "填报日期",
    "填表日期",
    "联系人",
    "联系电话",
    "备注",
    "注",
    "说明",
    "填表说明",
    "填写说明",
    "签字",
];

impl Skipped {
    /// Counts a row passed over.
    pub(super) fn count(&mut self, row: u32, reason: Reason) {
        match reason {
            Reason::Blank => self.blank += 1,
            Reason::Total => self.totals += 1,
            Reason::Footer => self.footers += 1,
            Reason::Header => self.headers += 1,
            Reason::Example => self.examples += 1,
            Reason::Continued => self.continued += 1,
            Reason::Section => self.sections += 1,
            Reason::Statement(text) => self.statements.push((row, text)),
        }
    }

    /// Rows passed over in all.
    #[must_use]
    pub fn total(&self) -> u32 {
        let statements = u32::try_from(self.statements.len()).unwrap_or(u32::MAX);
        self.blank
            + self.totals
            + self.footers
            + self.headers
            + self.examples
            + self.continued
            + self.sections
            + statements
    }
}

/// Whether a row below the records is a footer.
pub(crate) fn is_footer(line: &Line, found: &Found) -> bool {
    matches!(reason(line, found, true), Some(Reason::Footer | Reason::Statement(_)))
}

/// Why a row is no record; nothing if it is one. `below` says that a total or footer came before.
pub(super) fn reason(line: &Line, found: &Found, below: bool) -> Option<Reason> {
    if line.continued {
        return Some(Reason::Continued);
    }
    let columns = found.columns.0..=found.columns.1;
    let inside = (1_u32..).zip(&line.cells).filter(|(column, value)| columns.contains(column) && !value.is_blank());
    let mut held = inside.filter(|(column, _)| !found.neutral.contains(column)).peekable();
    // Only what stands left of the record may speak of the row: an explanation at its end quotes headings.
    let left = found.bindings.iter().map(|binding| binding.column).min().unwrap_or(u32::MAX);
    let serial = found
        .neutral
        .iter()
        .filter(|column| **column < left)
        .map(|column| line.cell(*column))
        .find(|value| !value.is_blank());
    if let Some(Value::Text(text)) = serial
        && let Some(reason) = spoken(text, found, line)
    {
        return Some(reason);
    }
    let Some((_, first)) = held.peek().copied() else {
        return Some(match serial {
            Some(Value::Text(text)) if is_statement(text) => Reason::Statement(text::trim(text).to_owned()),
            Some(Value::Text(text)) if text.chars().count() > 8 => Reason::Footer,
            _ => Reason::Blank,
        });
    };
    if let Value::Text(text) = first
        && let Some(reason) = spoken(text, found, line)
    {
        return Some(reason);
    }
    let alone = || serial.is_none() && held.clone().count() == 1;
    match first {
        Value::Text(text) if alone() && is_statement(text) => Some(Reason::Statement(text::trim(text).to_owned())),
        Value::Text(_) if below && alone() => Some(Reason::Footer),
        Value::Number(_) | Value::Text(_) if line.number == found.body.0 && is_numbering(line) => Some(Reason::Header),
        _ => None,
    }
}

/// What the first text of a row says about the row.
fn spoken(text: &str, found: &Found, line: &Line) -> Option<Reason> {
    // Most rows begin with a short word that is none of these: look at its first letter before anything dearer.
    let first = text.chars().find(|c| !text::is_blank(*c))?;
    let short = || text::squeeze(text);
    if "合小总累共本".contains(first) && is_total(&short()) {
        return Some(Reason::Total);
    }
    if "示样例(（【[".contains(first) && is_example(&short()) {
        return Some(Reason::Example);
    }
    if text.contains([':', '：']) || text.ends_with(['章', '）', ')']) {
        let half = text::half_width(text).into_owned();
        let (label, _) = half.split_once(':').unwrap_or((&half, ""));
        let label = text::squeeze(&text::split_brackets(label).0).into_owned();
        let few = line.cells.iter().filter(|value| !value.is_blank()).count() <= 6;
        if few && FOOTERS.contains(&label.as_str()) {
            return Some(Reason::Footer);
        }
    }
    is_header_again(line, found).then_some(Reason::Header)
}

fn is_total(text: &str) -> bool {
    let words = ["合计", "小计", "总计", "累计", "共计", "本页小计", "本页合计", "总合计"];
    words.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '：', '(', '（']))
    }) || (text.starts_with('共') && text.chars().any(|c| c.is_ascii_digit()) && text.chars().count() <= 8)
}

fn is_example(text: &str) -> bool {
    let text = text.trim_start_matches(['(', '（', '【', '[']);
    ["示例", "样例", "例如", "例:", "例：", "例)", "例）", "例】"].iter().any(|word| text.starts_with(word))
        || text == "例"
}

fn is_statement(text: &str) -> bool {
    let text = text::trim(text);
    let period = ["本月", "本周", "本期", "本季度", "本学期", "本年度", "今日", "本旬"];
    text.contains('无') && period.iter().any(|start| text.starts_with(start)) || matches!(text, "零报告" | "零报")
}

/// Two or more cells repeat their own headings.
fn is_header_again(line: &Line, found: &Found) -> bool {
    let repeats = |binding: &&crate::layout::Binding| match line.cell(binding.column) {
        Value::Text(text) => {
            let leaf = binding.heading.rsplit('/').next().unwrap_or_default();
            text.len() <= leaf.len() + 12 && text::squeeze(text) == leaf
        }
        _ => false,
    };
    found.bindings.iter().filter(repeats).take(2).count() == 2
}

/// 1, 2, 3 … in every cell.
fn is_numbering(line: &Line) -> bool {
    let texts = line.cells.iter().filter(|value| !value.is_blank()).map(|value| value.text().into_owned());
    let numbers: Option<Vec<u32>> =
        texts.map(|text| text::squeeze(&text).trim_matches(['(', ')', '（', '）']).parse().ok()).collect();
    numbers.is_some_and(|numbers| numbers.len() >= 3 && numbers.iter().zip(1..).all(|(have, want)| *have == want))
}
