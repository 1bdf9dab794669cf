//! Identity of a ledger's row: its own number, or what never changes about it.

use sha2::{Digest, Sha256};
use std::collections::HashMap;
use yanpan_kernel::form::Answers;
use yanpan_packs::Ledger;

/// Gives rows their keys; equal rows of one file are told apart by their ordinal.
#[derive(Debug, Default)]
pub struct Identities {
    seen: HashMap<String, u32>,
}

impl Identities {
    /// The key of a row: its number if the ledger has one and the row too, else a hash of unit and identity columns with
    /// the text normalised, plus the ordinal among equals.
    pub fn key(&mut self, ledger: &Ledger, values: &Answers) -> String {
        let text =
            |key: &str| values.get(key).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        let unit = text(&ledger.unit).unwrap_or_default();
        if let Some(number) = ledger.number.as_ref().and_then(|key| text(key)).filter(|number| !number.is_empty()) {
            return format!("n:{unit}:{number}");
        }
        let mut hasher = Sha256::new();
        hasher.update(unit.as_bytes());
        for key in &ledger.identity {
            hasher.update([0]);
            hasher.update(normal(&text(key).unwrap_or_default()).as_bytes());
        }
        let hash = hex(&hasher.finalize());
        let ordinal = self.seen.entry(hash.clone()).or_insert(0);
        *ordinal += 1;
        format!("h:{hash}:{ordinal}")
    }
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
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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
        let mut first = Identities::default();
        let mut second = Identities::default();
        assert_eq!(first.key(&ledger(), &row("灯坏了,应换。")), second.key(&ledger(), &row("灯坏了, 应换")));
        assert_ne!(first.key(&ledger(), &row("灯坏了")), second.key(&ledger(), &row("门坏了")));
    }

    #[test]
    fn equal_rows_of_one_file_are_two_and_a_number_decides_alone() {
        let mut keys = Identities::default();
        let first = keys.key(&ledger(), &row("灯坏"));
        assert_ne!(first, keys.key(&ledger(), &row("灯坏")));
        let mut numbered = row("灯坏");
        numbered.insert("number".into(), json!("A-1"));
        assert_eq!(keys.key(&ledger(), &numbered), "n:u:A-1");
    }
}
