//! Identity of a ledger's row: its own number, or what never changes about it.

use sha2::{Digest, Sha256};
use yanpan_kernel::form::Answers;
use yanpan_packs::Ledger;

/// The key of a row: its number if the ledger has one and the row too, else a hash of unit and identity columns with the
/// text normalised.
pub(super) fn row_key(ledger: &Ledger, values: &Answers) -> String {
    let unit = shown(values, &ledger.unit);
    match ledger.number.as_ref().map(|key| shown(values, key)).filter(|number| !number.is_empty()) {
        Some(number) => format!("n:{unit}:{number}"),
        None => format!("h:{}", hex(&Sha256::digest(format!("{unit}\0{}", content(ledger, values))))),
    }
}

/// What a row or a case says in the identity columns, without what people change between copies.
pub(super) fn content(ledger: &Ledger, values: &Answers) -> String {
    ledger.identity.iter().map(|key| normal(&shown(values, key))).collect::<Vec<_>>().join("\0")
}

fn shown(values: &Answers, key: &str) -> String {
    values.get(key).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).unwrap_or_default()
}

/// Text without what people change between copies: spaces, punctuation, width.
#[must_use]
pub fn normal(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    text.chars().map(narrow).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Hash of all values of a row.
#[must_use]
pub fn values_hash(values: &Answers) -> String {
    hex(&Sha256::digest(serde_json::to_vec(values).unwrap_or_default()))
}

/// Hash of a file's bytes.
#[must_use]
pub fn file_hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS.get(usize::from(half)).copied().unwrap_or(b'0'));
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn ledger() -> Ledger {
        Ledger {
            key: "l".into(),
            title: "台账".into(),
            case: "c".into(),
            number: Some("number".into()),
            unit: "unit".into(),
            identity: vec!["found_on".into(), "description".into()],
            columns: vec![],
            steps: vec![],
        }
    }

    fn row(text: &str) -> Answers {
        Answers::from([
            ("unit".into(), json!("u")),
            ("found_on".into(), json!("2026-10-08")),
            ("description".into(), json!(text)),
        ])
    }

    #[test]
    fn spaces_and_punctuation_do_not_make_another_row() {
        assert_eq!(row_key(&ledger(), &row("灯坏了,应换。")), row_key(&ledger(), &row("灯坏了, 应换")));
        assert_ne!(row_key(&ledger(), &row("灯坏了")), row_key(&ledger(), &row("门坏了")));
    }

    #[test]
    fn a_number_decides_alone() {
        let mut numbered = row("灯坏");
        numbered.insert("number".into(), json!("A-1"));
        assert_eq!(row_key(&ledger(), &numbered), "n:u:A-1");
    }

    #[test]
    fn hexadecimal_is_of_two_digits_a_byte() {
        assert_eq!(hex(&[0, 10, 255]), "000aff");
    }
}
