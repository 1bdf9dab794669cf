//! `[form.KEY]`: fields in their order.

use super::draft::Draft;
use crate::toml::{Placed, Table};
use std::collections::BTreeMap;
use yanpan_kernel::{
    form::{CATEGORIES, Field, FieldKind, Form, PURPOSES, Personal, REFUSED_TITLES},
    problem::PACK_VALUE,
};

/// Reads a form.
pub fn read(draft: &mut Draft, key: &Placed<String>, table: &Table<'_>) {
    let mut form =
        Form { key: key.value.clone(), title: table.text("title").required_or(String::new()), fields: Vec::new() };
    let mut keys = Vec::new();
    for inner in table.tables("field") {
        let Some(field_key) = inner.text("key").required_placed() else {
            inner.ignore_rest();
            continue;
        };
        let Some(field) = field(draft, &key.value, &field_key.value, &inner) else { continue };
        keys.push(field_key);
        form.fields.push(field);
    }
    table.unique(&keys);
    draft.pack.forms.insert(form.key.clone(), form);
}

fn field(draft: &mut Draft, form: &str, key: &str, table: &Table<'_>) -> Option<Field> {
    let title = table.text("title").required_or(String::new());
    if let Some(word) = REFUSED_TITLES.iter().find(|word| title.contains(**word)) {
        let reason = format!("不得按「{word}」登记个人");
        table.problem(&PACK_VALUE, &[("key", &"title"), ("value", &title), ("reason", &reason)]);
    }
    let word = table.text("kind").required().unwrap_or_default();
    let kind = match word.as_str() {
        "text" => Some(FieldKind::Text { max: small(table.integer_in("max", 1..=5000).or(200)) }),
        "integer" => {
            Some(FieldKind::Integer { min: table.integer("min").or(0), max: table.integer("max").or(i64::MAX) })
        }
        "decimal" => Some(FieldKind::Decimal {
            scale: small(table.integer_in("scale", 0..=6).or(2)),
            unit: table.text("unit").or(String::new()),
        }),
        "date" => Some(FieldKind::Date),
        "yes-no" => Some(FieldKind::YesNo),
        "files" => Some(FieldKind::Files { max: small(table.integer_in("max", 1..=99).or(9)) }),
        "choice" => Some(FieldKind::Choice { options: options(draft, form, key, table) }),
        other => {
            let reason = "可用 text、integer、decimal、date、choice、yes-no、files";
            table.problem(&PACK_VALUE, &[("key", &"kind"), ("value", &other), ("reason", &reason)]);
            table.ignore_rest();
            None
        }
    }?;
    let hint = table.text("hint").optional();
    let personal = table.table("personal").optional().map(|inner| personal(&inner));
    Some(Field { key: key.to_owned(), title, kind, hint, personal })
}

fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

fn options(draft: &mut Draft, form: &str, key: &str, table: &Table<'_>) -> Vec<String> {
    let mut shorts = BTreeMap::new();
    let read = table.list("options", |item| {
        if item.is_text() {
            return item.text();
        }
        let inner = item.table()?;
        let value = inner.text("value").required()?;
        if let Some(short) = inner.text("short").optional() {
            shorts.insert(value.clone(), short);
        }
        Some(value)
    });
    let options = read.required_or(Vec::new());
    if !shorts.is_empty() {
        draft.pack.shorts.insert((form.to_owned(), key.to_owned()), shorts);
    }
    options
}

fn personal(table: &Table<'_>) -> Personal {
    let pairs = |words: &'static [&'static str]| words.iter().map(|word| (*word, *word)).collect::<Vec<_>>();
    Personal {
        category: table.choice("category", &pairs(CATEGORIES)).required_or("").to_owned(),
        purpose: table.choice("purpose", &pairs(PURPOSES)).required_or("").to_owned(),
        retention_days: small(table.integer_in("retention_days", 1..=36_500).required_or(365)),
    }
}
