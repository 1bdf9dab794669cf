//! The columns of a ledger as a workbook's target.

use super::plan::Ground;
use crate::ports::{ColumnKind, Reading, SheetColumn, SheetTarget, UnitName};
use crate::{App, Caller};
use std::collections::HashMap;
use yanpan_kernel::{
    form::{FieldKind, Form},
    id::Id,
    problem::Problem,
    unit::{Scope, Tree, Unit},
};
use yanpan_packs::{Ledger, LedgerColumn, LedgerKind};

/// The target of a ledger: its own columns, and those of the form with the ledger's words for their options.
#[must_use]
pub fn ledger_target(ledger: &Ledger, form: &Form) -> SheetTarget {
    let columns = ledger.columns.iter().map(|column| SheetColumn {
        key: column.key.clone(),
        title: column.title.clone(),
        synonyms: column.synonyms.clone(),
        kind: kind(column, form),
        required: column.required,
    });
    SheetTarget { key: ledger.key.clone(), title: ledger.title.clone(), columns: columns.collect() }
}

fn kind(column: &LedgerColumn, form: &Form) -> ColumnKind {
    match column.kind {
        Some(LedgerKind::Text) => return ColumnKind::Text,
        Some(LedgerKind::Date) => return ColumnKind::Date,
        Some(LedgerKind::Unit) => return ColumnKind::Unit,
        Some(LedgerKind::Choice) => return ColumnKind::Choice(column.options.clone()),
        None => {}
    }
    let Some(field) = form.field(&column.key) else { return ColumnKind::Text };
    match &field.kind {
        FieldKind::Text { .. }
            if field.personal.as_ref().is_some_and(|personal| personal.category.ends_with("-contact")) =>
        {
            ColumnKind::Phone
        }
        FieldKind::Text { .. } => ColumnKind::Text,
        FieldKind::Integer { .. } => ColumnKind::Integer,
        FieldKind::Decimal { scale, unit } => ColumnKind::Decimal { unit: unit.clone(), scale: *scale },
        FieldKind::Date => ColumnKind::Date,
        FieldKind::YesNo => ColumnKind::YesNo,
        FieldKind::Files { .. } => ColumnKind::Picture,
        FieldKind::Choice { options } => ColumnKind::Choice(
            options
                .iter()
                .map(|option| {
                    let known = column.options.iter().find(|(value, _)| value == option);
                    (option.clone(), known.map(|(_, words)| words.clone()).unwrap_or_default())
                })
                .collect(),
        ),
    }
}

/// The names by which units inside a scope may be written.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn unit_names(reading: &dyn Reading, tree: &Tree, scope: &Scope) -> Result<Vec<UnitName>, Problem> {
    let mut aliases: HashMap<Id<Unit>, Vec<String>> = HashMap::new();
    for (unit, alias) in reading.unit_aliases().await? {
        aliases.entry(unit).or_default().push(alias);
    }
    let inside = tree.all().into_iter().filter(|version| scope.contains(version.unit));
    Ok(inside
        .map(|version| UnitName {
            unit: version.unit,
            code: version.code.clone(),
            name: version.name.clone(),
            aliases: aliases.remove(&version.unit).unwrap_or_default(),
        })
        .collect())
}

/// The target of a ledger by its key.
///
/// # Errors
/// `NOT_FOUND`.
pub fn ledger_target_of(app: &App, caller: &Caller, key: &str) -> Result<SheetTarget, Problem> {
    let ground = Ground::of(app, caller, key)?;
    Ok(ledger_target(ground.ledger, ground.form))
}

/// The names by which the caller's units may be written.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn unit_names_of(app: &App, caller: &Caller) -> Result<Vec<UnitName>, Problem> {
    unit_names(app.store.read().await?.as_ref(), &caller.tree, &caller.scope()).await
}
