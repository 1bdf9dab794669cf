//! Noncharacters that carry structure through the text that a template prints; no text of users or authors may hold them.

use minijinja::{Error, Output, State, Value};

/// Begins the number of a figure.
pub const FIGURE: char = '\u{FDD0}';
/// Begins the number of a block (table or chart).
pub const BLOCK: char = '\u{FDD1}';
/// Begins the number of a template line.
pub const LINE: char = '\u{FDD2}';
/// Ends each of the above.
pub const END: char = '\u{FDD3}';
/// Begins words of data, which are never markup.
pub const DATA: char = '\u{FDD4}';
/// Ends words of data.
pub const DATA_END: char = '\u{FDD5}';

/// Whether a character is one of ours, another noncharacter, or a control character that XML cannot hold.
#[must_use]
pub fn forbidden(letter: char) -> bool {
    matches!(letter, '\u{FDD0}'..='\u{FDEF}' | '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}')
        || u32::from(letter) & 0xFFFE == 0xFFFE
}

/// Words as every format can hold them: forbidden characters gone, line breaks and tabs as spaces.
#[must_use]
pub fn clean(text: &str) -> String {
    text.chars()
        .filter(|letter| !forbidden(*letter))
        .map(|letter| if matches!(letter, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') { ' ' } else { letter })
        .collect()
}

/// The mark of a numbered thing.
#[must_use]
pub fn mark(kind: char, number: usize) -> String {
    format!("{kind}{number}{END}")
}

/// Prints a value into the text: what functions made goes through, everything else is data.
pub fn write(out: &mut Output, _state: &State, value: &Value) -> Result<(), Error> {
    if value.is_none() || value.is_undefined() {
        return Ok(());
    }
    let text = value.to_string();
    if value.is_safe() {
        out.write_str(&text)?;
    } else {
        out.write_str(&protect(&text))?;
    }
    Ok(())
}

/// Data between its marks; figures and blocks inside (a text joined with a figure) stay what they are.
fn protect(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(at) = rest.find([FIGURE, BLOCK]) {
        let (before, mark) = rest.split_at(at);
        let Some(end) = mark.find(END) else { break };
        let (mark, after) = mark.split_at(end + END.len_utf8());
        data(&mut out, before);
        out.push_str(mark);
        rest = after;
    }
    data(&mut out, rest);
    out
}

fn data(out: &mut String, text: &str) {
    let text = clean(text);
    if !text.is_empty() {
        out.push(DATA);
        out.push_str(&text);
        out.push(DATA_END);
    }
}
