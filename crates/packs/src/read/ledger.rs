//! `[ledger.KEY]`: columns as people name them, and the steps of a row.

use super::draft::{Draft, Need, Outcome, Scope, Wanted};
use crate::{
    Ledger, LedgerColumn, LedgerKind, LedgerStep,
    toml::{Placed, Table},
};

/// Reads a ledger.
pub fn read(draft: &mut Draft, key: &Placed<String>, table: &Table<'_>) {
    draft.define("ledger", key);
    let scope = Scope::Row(key.value.clone());
    let case = table.text("case").required_placed();
    draft.refer(Wanted::Case, case.as_ref());
    let case = case.map(Placed::into_value).unwrap_or_default();
    let mut columns = Vec::new();
    let mut keys = Vec::new();
    for inner in table.tables("column") {
        let Some(column_key) = inner.text("key").required_placed() else {
            inner.ignore_rest();
            continue;
        };
        let column = column(&column_key.value, &inner);
        if column.kind.is_none() {
            draft.refer_field(&case, &column_key, Need::Field);
        }
        draft.mark(format!("ledger.{}.column.{}", key.value, column_key.value), column_key.place.clone());
        keys.push(column_key);
        columns.push(column);
    }
    table.unique(&keys);
    let mut steps = Vec::new();
    for (index, inner) in table.tables("step").into_iter().enumerate() {
        draft.mark(format!("ledger.{}.step.{index}", key.value), inner.place());
        let set = draft.pairs(&inner, &case, &scope);
        steps.push(LedgerStep {
            verb: inner.text("verb").required_or(String::new()),
            on: draft.expression(&inner, "on", None, (&scope, Outcome::Date)),
            when: draft.expression(&inner, "when", Some("true"), (&scope, Outcome::Truth)),
            set,
        });
    }
    let ledger = Ledger {
        key: key.value.clone(),
        title: table.text("title").required_or(String::new()),
        case,
        number: table.text("number").optional(),
        unit: table.text("unit").required_or(String::new()),
        identity: table.texts("identity").required_or(Vec::new()),
        columns,
        steps,
    };
    draft.pack.ledgers.insert(key.value.clone(), ledger);
}

fn column(key: &str, table: &Table<'_>) -> LedgerColumn {
    let kinds = [
        ("text", LedgerKind::Text),
        ("date", LedgerKind::Date),
        ("choice", LedgerKind::Choice),
        ("unit", LedgerKind::Unit),
    ];
    let options = table.list("options", |item| {
        let inner = item.table()?;
        Some((inner.text("value").required()?, inner.texts("synonyms").or(Vec::new())))
    });
    LedgerColumn {
        key: key.to_owned(),
        title: table.text("title").required_or(String::new()),
        synonyms: table.texts("synonyms").or(Vec::new()),
        kind: table.choice("kind", &kinds).optional(),
        required: table.boolean("required").or(false),
        options: options.or(Vec::new()),
    }
}
