//! What the expressions of a pack may name, by the place in which they stand; the host that evaluates them holds to the same.

use crate::{Ledger, LedgerKind};
use std::{collections::BTreeMap, sync::Arc};
use yanpan_kernel::{
    case::Definition,
    form::{FieldKind, Form},
};
use yanpan_rules::{Signature, Type, Vocabulary};

/// Members of `case` that are no answers; no field may take their names.
pub const CASE_MEMBERS: [&str; 6] = ["state", "stage", "unit", "number", "opened_on", "by"];

/// The type of a field's answer in expressions.
#[must_use]
pub fn answer_type(kind: &FieldKind) -> Type {
    match kind {
        FieldKind::Text { .. } => Type::Text,
        FieldKind::Integer { .. } => Type::Int,
        FieldKind::Decimal { .. } => Type::Number,
        FieldKind::Date => Type::Date,
        FieldKind::Choice { options } => Type::choice(options.iter().cloned()),
        FieldKind::YesNo => Type::Bool,
        FieldKind::Files { .. } => Type::list(Type::Any),
    }
}

/// What expressions of a case kind may name: guards, needs, checks, values set, tables that decide on cases.
#[must_use]
pub fn of_case(form: &Form, definition: &Definition) -> Vocabulary {
    let mut members: Vec<(String, Type)> =
        form.fields.iter().map(|field| (field.key.clone(), answer_type(&field.kind))).collect();
    let states = Type::choice(definition.states.iter().map(|state| state.key.clone()));
    let done = definition.transitions.iter().map(|transition| (transition.verb.clone(), Type::Text));
    members.extend([
        ("state".to_owned(), states),
        ("stage".to_owned(), Type::choice(["open", "closed", "withdrawn"])),
        ("unit".to_owned(), Type::Text),
        ("number".to_owned(), Type::Text),
        ("opened_on".to_owned(), Type::Date),
        ("by".to_owned(), Type::record(done.collect::<BTreeMap<_, _>>())),
    ]);
    let over_unit = || Signature { target: Some(grant_type()), parameters: vec![Type::Text], returns: Type::Bool };
    of_unit()
        .with("case", Type::record(members))
        .with("actor", Type::Text)
        .with("actor_name", Type::Text)
        .with("grant", grant_type())
        .with("today", Type::Date)
        .with("imported", Type::Bool)
        .with("decided", Type::Bool)
        .with_function("role", Signature { target: None, parameters: vec![Type::Text], returns: Type::Bool })
        .with_function("above", over_unit())
        .with_function("jurisdiction", over_unit())
}

fn grant_type() -> Type {
    Type::record([("role", Type::Text), ("unit", Type::Text)])
}

/// What expressions over a unit may name: the audience of a round.
#[must_use]
pub fn of_unit() -> Vocabulary {
    let unit = [("code", Type::Text), ("name", Type::Text), ("kind", Type::Text), ("school", Type::Bool)];
    let mut members: BTreeMap<String, Type> =
        unit.into_iter().map(|(key, declared)| (key.to_owned(), declared)).collect();
    members.insert("attributes".to_owned(), Type::Map(Arc::new(Type::Text)));
    Vocabulary::new().with("unit", Type::record(members))
}

/// The type of a ledger's column: its own kind, or that of the form's field of its key.
#[must_use]
pub fn column_type(kind: Option<LedgerKind>, key: &str, form: &Form) -> Type {
    match kind {
        Some(LedgerKind::Date) => Type::Date,
        Some(_) => Type::Text,
        None => form.field(key).map_or(Type::Text, |field| answer_type(&field.kind)),
    }
}

/// What expressions over a row of a ledger may name: `row` alone.
#[must_use]
pub fn of_row(ledger: &Ledger, form: &Form) -> Vocabulary {
    let members = ledger.columns.iter().map(|column| (column.key.clone(), column_type(column.kind, &column.key, form)));
    Vocabulary::new().with("row", Type::record(members.collect::<BTreeMap<_, _>>()))
}

/// What tables over figures may name: `month` of the coming period, `unit`, and `measure('indicator')`.
#[must_use]
pub fn of_figures() -> Vocabulary {
    let measure = Signature { target: None, parameters: vec![Type::Text], returns: Type::Number };
    of_unit().with("month", Type::Int).with_function("measure", measure)
}
