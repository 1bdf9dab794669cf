//! Lines around a table: title, 填报单位, 填报时间, who filled and reviewed it, the period that undated days belong to.

use super::Hints;
use crate::rows::date;
use crate::{Line, Sheet, Workbook, text};
use jiff::civil::Date;

/// What the lines around a table say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// The title line.
    pub title: Option<String>,
    /// The unit that reports, as printed.
    pub unit: Option<String>,
    /// Year, and month if said, of what is reported.
    pub period: Option<(i16, Option<i8>)>,
    /// The day on which it was filled in or closed.
    pub filled_on: Option<Date>,
    /// 填报人.
    pub filled_by: Option<String>,
    /// 审核人.
    pub reviewed_by: Option<String>,
    /// 主要负责人.
    pub head: Option<String>,
}

/// What a day without a year is read against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The year that brings it nearest to this day.
    Near(Date),
    /// This year.
    Year(i16),
}

impl Context {
    /// What is not said here is taken from the table above in the same sheet.
    pub(super) fn inherit(&mut self, above: &Self) {
        self.unit = self.unit.take().or_else(|| above.unit.clone());
        self.period = self.period.or(above.period);
        self.filled_on = self.filled_on.or(above.filled_on);
    }

    /// What days without a year in this table are read against.
    #[must_use]
    pub fn anchor(&self) -> Option<Anchor> {
        match (self.period, self.filled_on) {
            (Some((year, Some(month))), _) => Date::new(year, month, 15).ok().map(Anchor::Near),
            (Some((year, None)), Some(on)) if on.year() == year => Some(Anchor::Near(on)),
            (Some((year, None)), _) => Some(Anchor::Year(year)),
            (None, Some(on)) => Some(Anchor::Near(on)),
            (None, None) => None,
        }
    }
}

/// Puts the value of a label where it belongs.
type Give = fn(&mut Context, &str);

/// Labels by what they give.
const LABELS: [(&str, Give); 17] = [
    ("填报单位", |c, v| first(&mut c.unit, v)),
    ("填表单位", |c, v| first(&mut c.unit, v)),
    ("报送单位", |c, v| first(&mut c.unit, v)),
    ("单位名称", |c, v| first(&mut c.unit, v)),
    ("学校名称", |c, v| first(&mut c.unit, v)),
    ("学校", |c, v| first(&mut c.unit, v)),
    ("单位", |c, v| first(&mut c.unit, v)),
    ("填报时间", on),
    ("填表时间", on),
    ("填报日期", on),
    ("填表日期", on),
    ("截止时间", on),
    ("日期", on),
    ("填报人", |c, v| first(&mut c.filled_by, v)),
    ("填表人", |c, v| first(&mut c.filled_by, v)),
    ("审核人", |c, v| first(&mut c.reviewed_by, v)),
    ("主要负责人", |c, v| first(&mut c.head, v)),
];

fn first(slot: &mut Option<String>, value: &str) {
    if slot.is_none() && !value.is_empty() {
        *slot = Some(value.to_owned());
    }
}

fn on(context: &mut Context, value: &str) {
    if context.filled_on.is_none() {
        context.filled_on = date::parse_text(value, None).ok().map(|read| read.date);
    }
}

/// Reads the lines from `above` up to the header, and the last lines of the body.
pub(super) fn read(workbook: &Workbook, sheet: &Sheet, above: (u32, u32), body: (u32, u32), hints: &Hints) -> Context {
    let mut context = Context::default();
    let head: Vec<&Line> = sheet.lines.iter().filter(|line| (above.0..above.1).contains(&line.number)).collect();
    // Only what follows the last table's body can be this table's head; its rows are no title.
    for line in head.iter().rev().take(8).rev() {
        labelled(line, &mut context);
    }
    let titles = head.iter().rev().take(8).rev().filter_map(|line| title(line));
    context.title = titles.max_by_key(|title| title.chars().count());
    let within = |line: &&Line| (body.0..=body.1).contains(&line.number);
    for line in sheet.lines.iter().rev().filter(within).take(6) {
        labelled(line, &mut context);
    }
    let spoken = [context.title.as_deref(), Some(sheet.name.as_str()), Some(workbook.name.as_str())];
    let said = spoken.into_iter().flatten().find_map(period);
    context.period = hints.period.or(said).or_else(|| month_only(&sheet.name, &context));
    context
}

/// A title is the only text of its line and has no colon.
fn title(line: &Line) -> Option<String> {
    let mut texts = line.cells.iter().filter(|value| !value.is_blank());
    let only = texts.next()?.text().into_owned();
    let text = text::trim(&only);
    (texts.next().is_none() && !text.contains([':', '：']) && text.chars().count() >= 4).then(|| text.to_owned())
}

/// Reads `label:value` pairs; a value may stand in the next cell, and one cell may hold several pairs.
fn labelled(line: &Line, context: &mut Context) {
    let cells: Vec<String> =
        line.cells.iter().filter(|v| !v.is_blank()).map(|v| text::half_width(&v.text()).into_owned()).collect();
    for (at, cell) in cells.iter().enumerate() {
        let mut rest = cell.as_str();
        while let Some((before, after)) = rest.split_once(':') {
            let label = text::squeeze(&text::split_brackets(before).0).into_owned();
            let (mut value, next) = cut(after);
            if text::trim(value).is_empty() {
                value = cells.get(at + 1).map(String::as_str).filter(|cell| !cell.contains(':')).unwrap_or_default();
            }
            if let Some((_, give)) = LABELS.iter().find(|(name, _)| label.ends_with(name)) {
                give(context, text::trim(value));
            }
            rest = next;
        }
    }
}

/// Parts a value from the label that follows it in the same cell.
fn cut(after: &str) -> (&str, &str) {
    let Some(colon) = after.find(':') else { return (after, "") };
    let before = after.get(..colon).unwrap_or_default();
    let start = LABELS.iter().filter_map(|(name, _)| before.rfind(name)).filter(|at| *at > 0).min().unwrap_or(0);
    match start {
        0 => (before, ""),
        at => (after.get(..at).unwrap_or_default(), after.get(at..).unwrap_or_default()),
    }
}

/// The year, and the month if said, in a title, sheet name or file name.
pub(super) fn period(text: &str) -> Option<(i16, Option<i8>)> {
    let text: Vec<char> = text::half_width(text).chars().map(arabic).collect();
    for at in 0..text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|at| text.get(at));
        let Some(year) = digits(rest, 4).filter(|year| (2000..2100).contains(year)) else { continue };
        if before.is_some_and(char::is_ascii_digit) {
            continue;
        }
        let year = i16::try_from(year).ok()?;
        let after: String = rest.iter().skip(4).collect();
        if after.contains("学年") && !after.starts_with('年') {
            return Some(if after.contains("第二学期") || after.contains("第2学期") {
                (year + 1, Some(4))
            } else {
                (year, Some(11))
            });
        }
        let month = after.trim_start_matches(['年', '-', '.', '/', '_', ' ']);
        let month = month_in(month).filter(|month| (1..=12).contains(month));
        return Some((year, month.or_else(|| quarter(&after))));
    }
    None
}

/// The month at the start of a text: 10, 十, 十一.
fn month_in(text: &str) -> Option<i8> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).take(2).collect();
    let (head, _) = text.split_once('月').unwrap_or_default();
    // 二〇二六 has already become 2026, and with it 十一 has become 十1.
    let head: String = head
        .chars()
        .map(|c| c.to_digit(10).and_then(|d| "〇一二三四五六七八九".chars().nth(d as usize)).unwrap_or(c))
        .collect();
    let spoken = text::chinese_number(&head).filter(|_| digits.is_empty());
    digits.parse().ok().or_else(|| i8::try_from(spoken?).ok())
}

/// The middle month of a quarter.
fn quarter(text: &str) -> Option<i8> {
    ["一季度", "二季度", "三季度", "四季度"]
        .iter()
        .zip([2, 5, 8, 11])
        .find(|(name, month)| text.contains(*name) || text.contains(&format!("{}季度", (month + 1) / 3)))
        .map(|(_, month)| month)
}

/// 「10月」 in the sheet's name, with the year of the day on which it was filled in.
fn month_only(name: &str, context: &Context) -> Option<(i16, Option<i8>)> {
    let on = context.filled_on?;
    let (before, _) = name.split_once('月')?;
    let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
    let month: i8 = digits.chars().rev().collect::<String>().parse().ok()?;
    let year = if month > on.month() { on.year() - 1 } else { on.year() };
    (1..=12).contains(&month).then_some((year, Some(month)))
}

fn digits(text: &[char], count: usize) -> Option<u32> {
    let head = text.get(..count)?;
    head.iter().try_fold(0, |sum, c| c.to_digit(10).map(|digit| sum * 10 + digit))
}

/// 二〇二六 as 2026.
fn arabic(c: char) -> char {
    "〇一二三四五六七八九"
        .chars()
        .position(|d| d == c)
        .or((c == '○').then_some(0))
        .map_or(c, |digit| char::from_digit(u32::try_from(digit).unwrap_or(0), 10).unwrap_or(c))
}
