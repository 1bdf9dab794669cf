//! `[form.KEY]`: fields in their order.

use super::{
    draft::{Draft, is_identifier},
    personal,
};
use crate::toml::{Placed, Table};
use std::collections::{BTreeMap, BTreeSet};
use yanpan_kernel::{
    form::{Field, FieldKind, Form},
    problem::PACK_VALUE,
};

/// Names of the columns that every case has; a field may not take them.
const RESERVED: [&str; 14] = [
    "state",
    "stage",
    "unit",
    "number",
    "opened_on",
    "by",
    "unit_id",
    "subject",
    "sequence",
    "verb",
    "stage_before",
    "happened_on",
    "recorded_at",
    "closed_on",
];

/// Reads a form.
pub fn read(draft: &mut Draft, key: &Placed<String>, table: &Table<'_>) {
    draft.define("form", key);
    let mut form =
        Form { key: key.value.clone(), title: table.text("title").required_or(String::new()), fields: Vec::new() };
    let mut keys = Vec::new();
    for inner in table.tables("field") {
        let Some(field_key) = inner.text("key").required_placed() else {
            inner.ignore_rest();
            continue;
        };
        if !is_identifier(&field_key.value) || RESERVED.contains(&field_key.value.as_str()) {
            let reason = if is_identifier(&field_key.value) {
                "是系统自用的名字，请换一个"
            } else {
                "只用小写字母、数字和下划线，以字母开头"
            };
            inner.problem_at(
                &field_key.place,
                &PACK_VALUE,
                &[("key", &"key"), ("value", &*field_key), ("reason", &reason)],
            );
        }
        let Some(field) = field(draft, &key.value, &field_key.value, &inner) else { continue };
        keys.push(field_key);
        form.fields.push(field);
    }
    table.unique(&keys);
    draft.pack.forms.insert(form.key.clone(), form);
}

fn field(draft: &mut Draft, form: &str, key: &str, table: &Table<'_>) -> Option<Field> {
    let title = table.text("title").required_or(String::new());
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
    let personal = table.table("personal").optional().map(|inner| personal::read(&inner));
    personal::check(table, &title, &kind, personal.is_some());
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
    let mut seen = BTreeSet::new();
    for twice in options.iter().filter(|option| !seen.insert(*option)) {
        table.problem(&PACK_VALUE, &[("key", &"options"), ("value", twice), ("reason", &"写了两次")]);
    }
    if !shorts.is_empty() {
        draft.pack.shorts.insert((form.to_owned(), key.to_owned()), shorts);
    }
    options
}
