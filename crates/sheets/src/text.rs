//! Text as typed, made comparable: full-width forms, stray spaces, brackets, Chinese numerals.

use std::borrow::Cow;

/// Full-width ASCII and the ideographic space as their ordinary forms; borrowed when nothing changes.
#[must_use]
pub fn half_width(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| matches!(c, '\u{FF01}'..='\u{FF5E}' | '\u{3000}' | '\u{A0}')) {
        Cow::Owned(text.chars().map(half).collect())
    } else {
        Cow::Borrowed(text)
    }
}

fn half(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        other => other,
    }
}

/// Whether a character is space or invisible (zero-width, byte order mark, soft hyphen).
#[must_use]
pub fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{AD}' | '\u{2060}' | '\u{202A}'..='\u{202E}')
}

/// The text without space or invisible characters at its ends.
#[must_use]
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// The text without any space or invisible character.
#[must_use]
pub fn squeeze(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_blank) {
        Cow::Owned(text.chars().filter(|c| !is_blank(*c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// A key for comparing headings, options and names: half-width, lower case, no space, no marks such as `*` or `:`.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars()
        .map(half)
        .filter(|c| {
            !is_blank(*c)
                && !matches!(
                    c,
                    '*' | '★'
                        | ':'
                        | '：'
                        | '、'
                        | ','
                        | '.'
                        | '。'
                        | '·'
                        | '_'
                        | '-'
                        | '—'
                        | '/'
                        | '\\'
                        | '"'
                        | '“'
                        | '”'
                        | '「'
                        | '」'
                )
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The text outside brackets, and the first text inside them: 「资金(万元)」 → (资金, Some(万元)).
#[must_use]
pub fn split_brackets(text: &str) -> (String, Option<String>) {
    let (mut outside, mut inside, mut depth, mut groups) = (String::new(), String::new(), 0_u32, 0_u32);
    for c in text.chars() {
        match c {
            '(' | '（' | '[' | '【' | '〔' => {
                depth += 1;
                groups += u32::from(depth == 1);
            }
            ')' | '）' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ if groups == 1 => inside.push(c),
            _ => {}
        }
    }
    (outside, (groups > 0).then_some(inside))
}

/// A whole number written in Chinese numerals up to 万 (三, 十二, 一百零五, 两千), else nothing.
#[must_use]
pub fn chinese_number(text: &str) -> Option<i64> {
    let (mut total, mut section, mut digit, mut seen) = (0_i64, 0_i64, None, false);
    for c in text.chars() {
        if let Some(value) = "零一二三四五六七八九".chars().position(|d| d == c) {
            digit = Some(i64::try_from(value).ok()?);
        } else if matches!(c, '〇' | '两') {
            digit = Some(if c == '两' { 2 } else { 0 });
        } else {
            let power = match c {
                '十' => 10,
                '百' => 100,
                '千' => 1000,
                '万' => 10_000,
                _ => return None,
            };
            if power == 10_000 {
                total = total.checked_add((section + digit.unwrap_or(0)).checked_mul(power)?)?;
                section = 0;
            } else {
                section += digit.unwrap_or(if power == 10 { 1 } else { 0 }) * power;
            }
            digit = None;
        }
        seen = true;
    }
    seen.then(|| total + section + digit.unwrap_or(0))
}

/// At most `limit` characters of the text, with an ellipsis when cut: for quoting in messages.
#[must_use]
pub fn quote(text: &str, limit: usize) -> Cow<'_, str> {
    match text.char_indices().nth(limit) {
        Some((at, _)) => Cow::Owned(format!("{}…", text.get(..at).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests;
