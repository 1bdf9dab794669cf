//! The columns of a ledger as a workbook's target.

use crate::ports::{ColumnKind, SheetColumn, SheetTarget};
use yanpan_kernel::form::{Field, FieldKind, Form};
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
        example: String::new(),
    });
    SheetTarget { key: ledger.key.clone(), title: ledger.title.clone(), columns: columns.collect() }
}

/// The columns of a form's fields, in its order.
pub(super) fn form_columns(form: &Form) -> impl Iterator<Item = SheetColumn> + '_ {
    form.fields.iter().map(|field| column(&field.key, &field.title, &[], field_kind(field, &[])))
}

/// A column of a target of our own.
pub(super) fn column(key: &str, title: &str, synonyms: &[&str], kind: ColumnKind) -> SheetColumn {
    let synonyms = synonyms.iter().map(|word| (*word).to_owned()).collect();
    SheetColumn {
        key: key.to_owned(),
        title: title.to_owned(),
        synonyms,
        kind,
        required: false,
        example: String::new(),
    }
}

/// The same column, which must be filled, with an example for templates.
pub(super) fn required(mut column: SheetColumn, example: &str) -> SheetColumn {
    column.required = true;
    column.example = example.to_owned();
    column
}

fn kind(column: &LedgerColumn, form: &Form) -> ColumnKind {
    match column.kind {
        Some(LedgerKind::Text) => return ColumnKind::Text,
        Some(LedgerKind::Date) => return ColumnKind::Date,
        Some(LedgerKind::Unit) => return ColumnKind::Unit,
        Some(LedgerKind::Choice) => return ColumnKind::Choice(column.options.clone()),
        None => {}
    }
    form.field(&column.key).map_or(ColumnKind::Text, |field| field_kind(field, &column.options))
}

/// What a column of a form's field holds, with the words that people write for its options.
fn field_kind(field: &Field, words: &[(String, Vec<String>)]) -> ColumnKind {
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
                    let known = words.iter().find(|(value, _)| value == option);
                    (option.clone(), known.map(|(_, words)| words.clone()).unwrap_or_default())
                })
                .collect(),
        ),
    }
}
