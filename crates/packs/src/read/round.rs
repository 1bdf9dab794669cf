//! `[round.KEY]`: periodic rounds.

use super::draft::{Draft, Outcome, Scope, Wanted};
use crate::toml::{Placed, Table};
use yanpan_kernel::{
    calendar::Offset,
    period::PeriodKind,
    problem::PACK_VALUE,
    round::{Definition, Zero},
};

/// Reads a round.
pub fn read(draft: &mut Draft, key: &Placed<String>, table: &Table<'_>) {
    draft.define("round", key);
    let form = table.text("form").placed();
    draft.refer(Wanted::Form, form.as_ref());
    let words: Vec<(&str, PeriodKind)> = PeriodKind::ALL.into_iter().map(|kind| (kind.key(), kind)).collect();
    let period = table.choice("period", &words).required().unwrap_or(PeriodKind::Month);
    let due = table.parsed::<Offset>("due").required();
    let due_text = due.map(|offset| offset.to_string()).unwrap_or_default();
    let due_time = table.text("due_time").or("17:00".to_owned());
    let clock = due_time
        .split_once(':')
        .and_then(|(hour, minute)| Some((hour.parse::<u8>().ok()?, minute.parse::<u8>().ok()?)));
    if !clock.is_some_and(|(hour, minute)| hour < 24 && minute < 60) {
        table.problem(&PACK_VALUE, &[("key", &"due_time"), ("value", &due_time), ("reason", &"写作 17:00")]);
    }
    let zero = table.table("zero").optional().map(|inner| {
        let unless = inner.text("unless").placed();
        draft.refer(Wanted::Case, unless.as_ref());
        let fulfilled_by_case = inner.boolean("fulfilled_by_case").or(false);
        if fulfilled_by_case && unless.is_none() {
            let reason = "须同时写 unless,说明登记哪类事项算作已报";
            inner.problem(&PACK_VALUE, &[("key", &"fulfilled_by_case"), ("value", &true), ("reason", &reason)]);
        }
        Zero {
            statement: inner.text("statement").required_or(String::new()),
            unless: unless.map(Placed::into_value),
            fulfilled_by_case,
        }
    });
    let definition = Definition {
        key: key.value.clone(),
        title: table.text("title").required_or(String::new()),
        form: form.map(Placed::into_value),
        period: period.key().to_owned(),
        audience: draft.expression(table, "audience", None, (&Scope::Unit, Outcome::Truth)),
        due: due_text,
        due_time,
        zero,
    };
    draft.pack.rounds.insert(key.value.clone(), definition);
}
