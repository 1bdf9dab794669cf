//! Dates as people write them; those without a year are read against the table's period.

use crate::layout::Anchor;
use crate::text;
use jiff::ToSpan;
use jiff::civil::Date;

/// A date that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Read {
    pub date: Date,
    /// Another reading, when the writing allows two.
    pub other: Option<Date>,
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wrong {
    NotADate(Option<Date>),
    NoYear,
    Either(Date, Date),
}

/// The day of an Excel serial number (ECMA-376 part 1, 18.17.4.1), between 1950 and 2150.
pub(crate) fn from_serial(serial: f64, from_1904: bool) -> Option<Date> {
    let days = serial.floor() + if from_1904 { 1462.0 } else { 0.0 };
    if !(18_264.0..91_312.0).contains(&days) {
        return None;
    }
    jiff::civil::date(1899, 12, 30).checked_add((days as i64).days()).ok()
}

/// A number in a date column: 20261008, a serial, or 10.8 for 8 October.
pub(crate) fn parse_number(number: f64, from_1904: bool, anchor: Option<Anchor>) -> Result<Read, Wrong> {
    if number.fract() == 0.0 && (19_000_101.0..=21_001_231.0).contains(&number) {
        let whole = number as i64;
        let part = |value: i64| i16::try_from(value).unwrap_or(0);
        return exact(part(whole / 10_000), part(whole / 100 % 100), part(whole % 100));
    }
    if let Some(date) = from_serial(number, from_1904) {
        return Ok(Read { date, other: None });
    }
    if (1.0..13.0).contains(&number) && number.fract() > 0.0 {
        let text = super::number::plain(number);
        let read = parse_text(&text, anchor)?;
        // As a number 10.20 loses its last digit: 10.2 may be the 2nd or the 20th.
        let tenfold =
            text.split_once('.').filter(|(_, day)| day.len() == 1).map(|(month, day)| format!("{month}.{day}0"));
        let other = tenfold.and_then(|text| parse_text(&text, anchor).ok()).map(|read| read.date);
        return Ok(Read { other, ..read });
    }
    Err(Wrong::NotADate(None))
}

/// Whether a text has the look of a date.
pub(crate) fn looks_like(text: &str) -> bool {
    parse_text(text, Some(Anchor::Year(2024))).is_ok()
        || text.parse().is_ok_and(|n: f64| from_serial(n, false).is_some())
}

/// 2026/1/5, 2026.1.5, 2026年1月5日, 20260105, 26.1.5, 10.8, 10月8日, 10月底, 二〇二六年十月八日, with 前, a weekday or a
/// time after it. Of two days, as 10.8至10.12, the first is suggested.
pub(crate) fn parse_text(input: &str, anchor: Option<Anchor>) -> Result<Read, Wrong> {
    let half = text::half_width(input);
    if let Some(first) = half.split(['至', '到', '~', '～']).next().filter(|first| first.len() < half.len()) {
        return Err(Wrong::NotADate(one(first, anchor).ok().map(|read| read.date)));
    }
    one(&half, anchor)
}

fn one(text: &str, anchor: Option<Anchor>) -> Result<Read, Wrong> {
    let cleaned = arabic(strip(text));
    let text = cleaned.as_str();
    if text.is_empty() || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(Wrong::NotADate(None));
    }
    if text.chars().all(|c| c.is_ascii_digit()) {
        return compact(text, anchor);
    }
    let (numbers, marks) = split(text).ok_or(Wrong::NotADate(None))?;
    match (numbers.as_slice(), marks.as_slice()) {
        ([year, month, day], _) if *year >= 1900 => exact(*year, *month, *day),
        ([a, b, year], ['/', '/'] | ['-', '-'] | ['.', '.']) if *year >= 1900 => either(*a, *b, *year),
        ([year, month, day], _) if *year < 100 && *year >= 10 => exact(2000 + year, *month, *day),
        ([month, day], ['月', '日' | '号'] | ['.' | '/' | '-' | '月'] | ['.', '日' | '号']) => {
            undated(*month, *day, anchor)
        }
        _ => Err(Wrong::NotADate(None)),
    }
}

/// Without space, brackets, time of day, 前, 之前, weekday; 底 becomes the last day.
fn strip(text: &str) -> String {
    let (mut text, _) = text::split_brackets(text::trim(text));
    if let Some((day, _)) = text.split_once('T').filter(|(day, _)| day.len() >= 8) {
        text = day.to_owned();
    }
    if let Some(colon) = text.find(':') {
        let head = text.get(..colon).unwrap_or_default();
        let head = head.trim_end_matches(|c: char| c.is_ascii_digit());
        text = head.trim_end_matches(['上', '下', '午', ' ']).to_owned();
    }
    if let Some(at) = text.find("星期").or_else(|| text.find("周")) {
        text.truncate(at);
    }
    let text = text::squeeze(&text).into_owned();
    let mut text = text.as_str();
    for tail in ["完成", "以前", "之前", "前", "内", "止", "起", "上午", "下午", "当天"] {
        text = text.strip_suffix(tail).unwrap_or(text);
    }
    text.replace(['·', '。', '、', '．', '–', '—', '~'], ".")
        .replace("月份", "月")
        .trim_end_matches(['.', ',', ';'])
        .to_owned()
}

/// Chinese numerals as digits: 二〇二六年十月二十八日 → 2026年10月28日.
fn arabic(text: String) -> String {
    const DIGITS: &str = "〇一二三四五六七八九";
    if !text.starts_with(is_numeral) {
        return text;
    }
    let mut made = String::with_capacity(text.len());
    let mut numeral = String::new();
    let write = |numeral: &mut String, made: &mut String| {
        let digit =
            |c: char| DIGITS.chars().position(|known| known == if c == '零' || c == '○' { '〇' } else { c });
        let digits: Option<String> =
            numeral.chars().map(|c| char::from_digit(digit(c)?.try_into().ok()?, 10)).collect();
        match digits.or_else(|| text::chinese_number(numeral).map(|number| number.to_string())) {
            Some(written) => made.push_str(&written),
            None => made.push_str(numeral),
        }
        numeral.clear();
    };
    for c in text.chars() {
        if is_numeral(c) {
            numeral.push(c);
        } else {
            write(&mut numeral, &mut made);
            made.push(c);
        }
    }
    write(&mut numeral, &mut made);
    made
}

fn is_numeral(c: char) -> bool {
    matches!(c, '〇' | '零' | '○' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// Numbers and the marks between and after them: 10月8日 → [10, 8], [月, 日]. 底 and 末 give day 0.
fn split(text: &str) -> Option<(Vec<i16>, Vec<char>)> {
    let (mut numbers, mut marks, mut digits) = (Vec::new(), Vec::new(), String::new());
    for c in text.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if matches!(c, '底' | '末') && digits.is_empty() && marks.last() == Some(&'月') {
            numbers.push(0);
            marks.push('日');
            continue;
        }
        if !matches!(c, '年' | '月' | '日' | '号' | '.' | '/' | '-' | '\\') || digits.is_empty() {
            return None;
        }
        numbers.push(digits.parse().ok()?);
        digits.clear();
        marks.push(if c == '\\' { '/' } else { c });
    }
    if !digits.is_empty() {
        numbers.push(digits.parse().ok()?);
    }
    (numbers.len() <= 3).then_some((numbers, marks))
}

fn compact(text: &str, anchor: Option<Anchor>) -> Result<Read, Wrong> {
    let part = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    match text.len() {
        8 => exact(part(0, 4), part(4, 6), part(6, 8)),
        5 => text
            .parse()
            .ok()
            .and_then(|serial| from_serial(serial, false))
            .map_or(Err(Wrong::NotADate(None)), |date| Ok(Read { date, other: None })),
        4 if part(0, 2) <= 12 => undated(part(0, 2), part(2, 4), anchor),
        6 if part(0, 2) >= 20 && part(2, 4) <= 12 => exact(2000 + part(0, 2), part(2, 4), part(4, 6)),
        _ => Err(Wrong::NotADate(None)),
    }
}

/// A day of a year; day 0 is the month's last. A day that does not exist suggests the month's last.
fn exact(year: i16, month: i16, day: i16) -> Result<Read, Wrong> {
    let month = i8::try_from(month).map_err(|_| Wrong::NotADate(None))?;
    let first = Date::new(year, month, 1).map_err(|_| Wrong::NotADate(None))?;
    if !(1950..=2150).contains(&year) {
        return Err(Wrong::NotADate(None));
    }
    match i8::try_from(day) {
        Ok(0) => Ok(Read { date: first.last_of_month(), other: None }),
        Ok(day) => match Date::new(year, month, day) {
            Ok(date) => Ok(Read { date, other: None }),
            Err(_) if (1..=31).contains(&day) => Err(Wrong::NotADate(Some(first.last_of_month()))),
            Err(_) => Err(Wrong::NotADate(None)),
        },
        Err(_) => Err(Wrong::NotADate(None)),
    }
}

/// 10/8/2026: which is the month is known only when one of them exceeds 12.
fn either(a: i16, b: i16, year: i16) -> Result<Read, Wrong> {
    match (exact(year, a, b), exact(year, b, a)) {
        (Ok(first), Ok(second)) if first != second => Err(Wrong::Either(first.date, second.date)),
        (Ok(read), _) | (_, Ok(read)) => Ok(read),
        (wrong, _) => wrong,
    }
}

/// A day without a year.
fn undated(month: i16, day: i16, anchor: Option<Anchor>) -> Result<Read, Wrong> {
    if !(1..=12).contains(&month) || !(0..=31).contains(&day) {
        return Err(Wrong::NotADate(None));
    }
    match anchor {
        None => Err(Wrong::NoYear),
        Some(Anchor::Year(year)) => exact(year, month, day),
        Some(Anchor::Near(near)) => {
            let years = [near.year(), near.year() - 1, near.year() + 1];
            let far = |read: &Read| (read.date.duration_since(near).as_hours()).abs();
            let nearest = years.iter().filter_map(|year| exact(*year, month, day).ok()).min_by_key(far);
            nearest.map_or_else(|| exact(near.year(), month, day), Ok)
        }
    }
}

#[cfg(test)]
mod tests;
