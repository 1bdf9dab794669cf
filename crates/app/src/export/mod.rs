//! Ledgers out: every case of a kind inside the caller's scope, one row each, in the ledger's own columns.

mod people;

pub use people::{pupil_rows, teaching_rows, unit_rows};

use crate::{
    App, Caller,
    case::{overdue_days, shown},
    import::ledger_target,
    ports::{CaseRow, Cell, Column, ColumnKind, Query, SheetColumn, SheetTarget},
};
use serde_json::Value as Json;
use yanpan_kernel::{
    case::{Definition, Stage},
    form::{Answers, FieldKind, Form},
    problem::{EXPORT_TOO_LARGE, FILTER_UNKNOWN, NOT_FOUND, Problem},
    unit::Scope,
};
use yanpan_packs::Pack;

/// Rows read at a time.
const PAGE: u32 = 1_000;

fn ground<'a>(app: &'a App, kind: &str) -> Result<(&'a Pack, &'a Definition, &'a Form), Problem> {
    let missing = || Problem::new(&NOT_FOUND, &[("what", &format!("事项「{kind}」"))]);
    let pack = app.packs.of_case(kind).ok_or_else(missing)?;
    let definition = pack.cases.get(kind).ok_or_else(missing)?;
    Ok((pack, definition, pack.forms.get(&definition.form).ok_or_else(missing)?))
}

/// The columns of an exported ledger: number, unit, the ledger's or form's fields, state, days overdue.
///
/// # Errors
/// `NOT_FOUND`.
pub fn ledger_columns(app: &App, kind: &str) -> Result<SheetTarget, Problem> {
    let (pack, definition, form) = ground(app, kind)?;
    let ledger = pack.ledgers.values().find(|ledger| ledger.case == kind);
    let title = ledger.map_or_else(|| format!("{}台账", definition.title), |ledger| ledger.title.clone());
    let fields = match ledger {
        Some(ledger) => ledger_target(ledger, form).columns,
        None => form.fields.iter().map(|field| column(&field.key, &field.title, ColumnKind::Text)).collect(),
    };
    let known = |column: &SheetColumn| {
        form.field(&column.key).is_some() && column.kind != ColumnKind::Picture && column.key != "number"
    };
    let mut columns = vec![column("number", "编号", ColumnKind::Text), column("unit", "单位", ColumnKind::Text)];
    columns.extend(fields.into_iter().filter(known));
    columns.push(column("state", "状态", ColumnKind::Text));
    columns.push(column("closed_on", "办结时间", ColumnKind::Date));
    columns.push(column("overdue", "超期天数", ColumnKind::Integer));
    Ok(SheetTarget { key: kind.to_owned(), title, columns })
}

/// Chosen columns of a list of cases in their order: those of the exported ledger, the form's other fields, and when a case
/// was opened, how far it is, by when it is due.
///
/// # Errors
/// `NOT_FOUND`, `FILTER_UNKNOWN` for a key that is no column.
pub fn chosen_columns(app: &App, kind: &str, keys: &[&str]) -> Result<SheetTarget, Problem> {
    let (_, _, form) = ground(app, kind)?;
    let whole = ledger_columns(app, kind)?;
    let mut known = whole.columns;
    for (key, title) in [("opened_on", "登记时间"), ("due_on", "时限")] {
        known.push(column(key, title, ColumnKind::Date));
    }
    known.push(column("stage", "阶段", ColumnKind::Text));
    for field in form.fields.iter().filter(|field| !matches!(field.kind, FieldKind::Files { .. })) {
        if !known.iter().any(|column| column.key == field.key) {
            known.push(column(&field.key, &field.title, ColumnKind::Text));
        }
    }
    let mut columns = Vec::with_capacity(keys.len());
    for key in keys {
        columns.push(known.iter().find(|column| column.key == *key).cloned().ok_or_else(|| {
            let known: Vec<&str> = known.iter().map(|column| column.key.as_str()).collect();
            Problem::new(&FILTER_UNKNOWN, &[("field", key), ("known", &known.join("、"))])
        })?);
    }
    Ok(SheetTarget { columns, ..whole })
}

fn column(key: &str, title: &str, kind: ColumnKind) -> SheetColumn {
    SheetColumn {
        key: key.to_owned(),
        title: title.to_owned(),
        synonyms: Vec::new(),
        kind,
        required: false,
        example: String::new(),
    }
}

/// Every case of a kind in the caller's scope, by number.
#[must_use]
pub fn whole_ledger(kind: &str) -> Query {
    Query {
        kind: kind.to_owned(),
        filters: Vec::new(),
        actor: None,
        sort: Column::Number,
        descending: false,
        after: None,
        limit: PAGE,
    }
}

/// The rows for those columns: all that a query finds in a scope, in its order, at most `most`. Personal answers are masked as on pages.
///
/// # Errors
/// `NOT_FOUND`, `EXPORT_TOO_LARGE`, `STORE_UNAVAILABLE`.
pub async fn ledger_rows(
    app: &App,
    caller: &Caller,
    columns: &[SheetColumn],
    (query, most): (Query, usize),
    scope: &Scope,
) -> Result<Vec<Vec<Cell>>, Problem> {
    let (_, definition, form) = ground(app, &query.kind)?;
    let reading = app.store.read().await?;
    let mut query = Query { after: None, limit: PAGE, ..query };
    let mut rows = Vec::new();
    loop {
        let page = reading.case_page(&query, scope).await?;
        let Some(last) = page.last() else { return Ok(rows) };
        query.after = Some(last.cursor(query.sort));
        for row in &page {
            rows.push(line(app, caller, (definition, form), row, columns));
        }
        if rows.len() > most {
            return Err(Problem::new(&EXPORT_TOO_LARGE, &[("limit", &most)]));
        }
    }
}

/// One case as a row of the columns.
fn line(
    app: &App,
    caller: &Caller,
    (definition, form): (&Definition, &Form),
    row: &CaseRow,
    columns: &[SheetColumn],
) -> Vec<Cell> {
    let answers = shown(app, caller, &row.case);
    columns.iter().map(|column| cell(app, caller, (definition, form), (row, &answers), &column.key)).collect()
}

fn cell(
    app: &App,
    caller: &Caller,
    (definition, form): (&Definition, &Form),
    (row, answers): (&CaseRow, &Answers),
    key: &str,
) -> Cell {
    let case = &row.case;
    match key {
        "number" => Cell::Text(case.number.clone()),
        "unit" => caller.tree.get(case.unit).map_or(Cell::Missing, |version| Cell::Text(version.name.clone())),
        "state" => definition.state(&case.state).map_or(Cell::Missing, |state| Cell::Text(state.title.clone())),
        "stage" => Cell::Text(stage(case.stage).to_owned()),
        "opened_on" => Cell::Date(case.opened_on),
        "due_on" => row.due_on.map_or(Cell::Missing, Cell::Date),
        "closed_on" => case.closed_on.map_or(Cell::Missing, Cell::Date),
        "overdue" => match overdue_days(row, app.environment.today()) {
            0 => Cell::Missing,
            days => Cell::Integer(i64::from(days)),
        },
        _ => answer(form, answers.get(key), key),
    }
}

fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Open => "未办结",
        Stage::Closed => "已办结",
        Stage::Withdrawn => "已撤销",
    }
}

fn answer(form: &Form, value: Option<&Json>, key: &str) -> Cell {
    let (Some(value), Some(field)) = (value, form.field(key)) else { return Cell::Missing };
    let text = || Cell::Text(value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    match &field.kind {
        FieldKind::Date => value.as_str().and_then(|date| date.parse().ok()).map_or_else(text, Cell::Date),
        FieldKind::Integer { .. } => value.as_i64().map_or_else(text, Cell::Integer),
        FieldKind::Decimal { scale, .. } => {
            let digits: Option<i128> = value.as_str().and_then(|number| number.replace('.', "").parse().ok());
            digits.map_or_else(text, |digits| Cell::Decimal(digits, *scale))
        }
        FieldKind::YesNo => Cell::Text(if value == &Json::Bool(true) { "是" } else { "否" }.to_owned()),
        _ => text(),
    }
}
