//! `[table.KEY]`: decision tables.

use super::draft::{Draft, TablePlaces};
use crate::toml::{Placed, Table};
use yanpan_kernel::problem::PACK_VALUE;
use yanpan_rules::{DecisionTable, HitPolicy, Row, RuleSource};

/// Reads a decision table. A row without `when` always holds; `otherwise = "undecided"` says that having no such row is meant.
pub fn read(draft: &mut Draft, key: &Placed<String>, table: &Table<'_>) {
    draft.define("table", key);
    let _title = table.text("title").required();
    let hit = table.choice("policy", &[("first", HitPolicy::First), ("collect", HitPolicy::Collect)]).required();
    let partial = table.choice("otherwise", &[("undecided", true)]).or(false);
    let mut rows = Vec::new();
    let mut places = Vec::new();
    let mut ids = Vec::new();
    for inner in table.tables("row") {
        let id = inner.text("id").required_placed();
        let when = inner.expression("when").optional();
        let then = inner.values("then").required();
        let source = RuleSource {
            document: inner.text("source").required_or(String::new()),
            clause: inner.text("clause").or(String::new()),
        };
        let row = Row {
            id: id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
            text: inner.text("text").or(String::new()),
            when: when.iter().map(|placed| placed.expression.clone()).collect(),
            then: then.unwrap_or_default(),
            source,
            verified: inner.boolean("verified").required_or(false),
            valid_from: inner.date("valid_from").optional(),
            valid_to: inner.date("valid_to").optional(),
            regions: inner.texts("regions").or(Vec::new()),
            kinds: inner.texts("kinds").or(Vec::new()),
        };
        ids.extend(id);
        rows.push(row);
        places.push((inner.place(), when));
    }
    table.unique(&ids);
    if rows.is_empty() {
        table.problem(&PACK_VALUE, &[("key", &"row"), ("value", &""), ("reason", &"判定表没有一行")]);
    }
    draft.tables.insert(key.value.clone(), TablePlaces { table: table.place(), rows: places, partial });
    let hit = hit.unwrap_or(HitPolicy::First);
    draft.pack.tables.insert(key.value.clone(), DecisionTable { key: key.value.clone(), hit, rows });
}
