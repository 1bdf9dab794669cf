//! Personal fields: declared with a category and a purpose of the closed lists, and never by what nobody may be listed by.

use crate::toml::Table;
use yanpan_kernel::{
    form::{CATEGORIES, FieldKind, PURPOSES, Personal, REFUSED_TITLES},
    problem::PACK_VALUE,
};

/// Words whose fields hold a person's own particulars (GB/T 35273, 个人信息): they must be declared personal.
const PARTICULARS: [&str; 10] =
    ["姓名", "电话", "手机", "身份证", "证件号", "联系方式", "住址", "家庭地址", "责任人", "病历"];

/// Reads the declaration of a personal field.
pub fn read(table: &Table<'_>) -> Personal {
    let pairs = |words: &'static [&'static str]| words.iter().map(|word| (*word, *word)).collect::<Vec<_>>();
    let days = table.integer_in("retention_days", 1..=36_500).required_or(365);
    Personal {
        category: table.choice("category", &pairs(CATEGORIES)).required_or("").to_owned(),
        purpose: table.choice("purpose", &pairs(PURPOSES)).required_or("").to_owned(),
        retention_days: u32::try_from(days).unwrap_or_default(),
    }
}

/// Reports a field by which nobody may be listed, and particulars that are not declared personal.
pub fn check(table: &Table<'_>, title: &str, kind: &FieldKind, declared: bool) {
    if let Some(word) = REFUSED_TITLES.iter().find(|word| title.contains(**word)) {
        let reason = format!("不得按「{word}」登记个人");
        table.problem(&PACK_VALUE, &[("key", &"title"), ("value", &title), ("reason", &reason)]);
    }
    let text = matches!(kind, FieldKind::Text { .. });
    let outside = outside_brackets(title);
    if let Some(word) = PARTICULARS.iter().find(|word| text && !declared && outside.contains(**word)) {
        let reason = format!("「{word}」是个人信息，须写 personal = {{ category, purpose, retention_days }}");
        table.problem(&PACK_VALUE, &[("key", &"title"), ("value", &title), ("reason", &reason)]);
    }
}

/// The title without its asides: 「经过(不写姓名)」 asks for no name.
fn outside_brackets(title: &str) -> String {
    let mut depth = 0_u32;
    let mut outside = String::new();
    for letter in title.chars() {
        match letter {
            '(' | '\u{ff08}' => depth += 1,
            ')' | '\u{ff09}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(letter),
            _ => {}
        }
    }
    outside
}
