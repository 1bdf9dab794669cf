//! Numbers as people write them, kept exact: units, thousands marks, counting words, Chinese numerals.

use super::value::Decimal;
use crate::text;

/// A floating number as typed: whole numbers without a point, binary noise beyond 15 digits removed.
pub(crate) fn plain(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{}", number as i64);
    }
    let rounded = format!("{number:.12}");
    let significant = format!("{number}");
    if significant.len() > 17 && !significant.contains('e') {
        return rounded.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    significant
}

/// An exact number read from text: digits, scale, and what stood after it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Typed {
    digits: i64,
    scale: u32,
    unit: String,
}

/// Why a text is not the number wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wrong {
    NotANumber(Option<String>),
    NotWhole(Option<String>),
    TooPrecise(String),
}

fn typed(input: &str) -> Option<Typed> {
    let half = text::half_width(input);
    let text = text::squeeze(&half);
    let text = text.trim_start_matches(['¥', '￥', '+']);
    let (negative, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
    let (number, unit) = (text.get(..end)?, text.get(end..)?);
    if number.is_empty() {
        return chinese(text, negative);
    }
    let number = thousands(number)?;
    let (whole, part) = number.split_once('.').unwrap_or((&number, ""));
    if part.contains('.') || (whole.is_empty() && part.is_empty()) || part.len() > 12 {
        return None;
    }
    let digits: i64 = format!("{whole}{part}").parse().ok()?;
    let digits = if negative { -digits } else { digits };
    Some(Typed { digits, scale: u32::try_from(part.len()).ok()?, unit: unit.to_owned() })
}

/// 三处: Chinese numerals with what follows them; 万 is left to be read as a unit, since 三万 in a column of 万元 is 3.
fn chinese(text: &str, negative: bool) -> Option<Typed> {
    let end = text.find(|c: char| !"零〇一二两三四五六七八九十百千".contains(c)).unwrap_or(text.len());
    let value = text::chinese_number(text.get(..end)?)?;
    Some(Typed { digits: if negative { -value } else { value }, scale: 0, unit: text.get(end..)?.to_owned() })
}

/// Removes thousands marks when they stand where they should.
fn thousands(number: &str) -> Option<String> {
    if !number.contains(',') {
        return Some(number.to_owned());
    }
    let whole = number.split('.').next()?;
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let right = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    right.then(|| number.replace(',', ""))
}

/// Words after a count that change nothing.
fn is_counting_word(unit: &str) -> bool {
    const WORDS: &str = "人名个处项次间辆台件条所家份套天班户起座栋块张只本元位期轮场部批";
    let mut chars = unit.chars();
    matches!((chars.next(), chars.next()), (None, _)) || (unit.chars().count() == 1 && WORDS.contains(unit))
}

/// A whole number.
pub(crate) fn integer(text: &str) -> Result<i64, Wrong> {
    let typed = typed(text).ok_or(Wrong::NotANumber(None))?;
    let power = 10_i64.checked_pow(typed.scale).ok_or(Wrong::NotANumber(None))?;
    let (whole, rest) = (typed.digits / power, typed.digits % power);
    if rest != 0 {
        return Err(Wrong::NotWhole(None));
    }
    if typed.unit == "万" {
        return whole.checked_mul(10_000).ok_or(Wrong::NotANumber(None));
    }
    if is_counting_word(&typed.unit) { Ok(whole) } else { Err(Wrong::NotANumber(Some(whole.to_string()))) }
}

/// What a number is to become: the column's unit and scale, and the unit that the heading names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub unit: &'a str,
    pub scale: u8,
    pub heading: Option<&'a str>,
}

/// An exact decimal number in the unit wanted; 万 and 元 are converted.
pub(crate) fn decimal(text: &str, wanted: Wanted<'_>) -> Result<Decimal, Wrong> {
    let typed = typed(text).ok_or(Wrong::NotANumber(None))?;
    let said = if typed.unit.is_empty() { wanted.heading.unwrap_or(wanted.unit) } else { &typed.unit };
    let shift = shift(said, wanted.unit).ok_or_else(|| {
        Wrong::NotANumber(Some(
            Decimal { digits: typed.digits, scale: u8::try_from(typed.scale).unwrap_or(0) }.to_string(),
        ))
    })?;
    let have = i64::from(typed.scale) - i64::from(shift);
    rescale(typed.digits, have, wanted.scale)
}

/// Powers of ten from the unit said to the unit wanted: 万元 → 元 is 4, 元 → 万元 is −4.
fn shift(said: &str, wanted: &str) -> Option<i32> {
    let power = |unit: &str| match unit {
        "元" | "圆" | "块" => Some(0),
        "千元" => Some(3),
        "万元" | "万" => Some(4),
        "亿元" | "亿" => Some(8),
        _ => None,
    };
    if said == wanted || said.is_empty() {
        return Some(0);
    }
    match (power(said), power(wanted)) {
        (Some(said), Some(wanted)) => Some(said - wanted),
        (None, _) if is_counting_word(said) || said == "%" => Some(0),
        (Some(4), None) if said == "万" => Some(4),
        _ => None,
    }
}

/// The same number with `scale` digits after the point, from `have` digits after it (negative: zeros before it).
fn rescale(digits: i64, have: i64, scale: u8) -> Result<Decimal, Wrong> {
    let gap = i64::from(scale) - have;
    let power = u32::try_from(gap.unsigned_abs()).ok().and_then(|gap| 10_i64.checked_pow(gap));
    let power = power.ok_or(Wrong::NotANumber(None))?;
    if gap >= 0 {
        let digits = digits.checked_mul(power).ok_or(Wrong::NotANumber(None))?;
        return Ok(Decimal { digits, scale });
    }
    let (whole, rest) = (digits / power, digits % power);
    if rest == 0 {
        return Ok(Decimal { digits: whole, scale });
    }
    let away = if rest.abs() * 2 >= power { rest.signum() } else { 0 };
    Err(Wrong::TooPrecise(Decimal { digits: whole + away, scale }.to_string()))
}

#[cfg(test)]
mod tests;
