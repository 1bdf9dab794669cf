//! Sealing the count of open cases at the end of a day.

use super::flow::Key;
use crate::{
    App,
    ports::{Balance, Cell, Question, Rows},
    record::record,
    write,
};
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::Arc};
use yanpan_kernel::{
    case::Definition,
    entry::Statement,
    id::Id,
    person::Account,
    problem::{INTERNAL, Problem},
    unit::{Scope, Tree},
};

/// Counts and seals the open cases of a kind at the end of a day, once. Returns whether it was done now.
///
/// # Errors
/// `STORE_UNAVAILABLE`, `INDICATOR_FAILED`.
pub async fn seal_balance(app: &Arc<App>, actor: Id<Account>, kind: &str, on: Date) -> Result<bool, Problem> {
    let (definition, as_of, tree) = {
        let reading = app.store.read().await?;
        if reading.balance_as_of(kind, on).await?.is_some() {
            return Ok(false);
        }
        let definition = app.packs.of_case(kind).and_then(|pack| pack.cases.get(kind)).cloned();
        let definition = definition.ok_or_else(|| Problem::new(&INTERNAL, &[("reference", &"seal")]))?;
        (definition, reading.last_entry().await?, app.tree(reading.as_ref()).await?)
    };
    let counted = count_open(app, &definition, on, as_of, &tree).await?;
    let balances: Vec<Balance> = counted
        .into_iter()
        .map(|((unit, group), count)| Balance { on, kind: kind.to_owned(), unit, group, count, as_of })
        .collect();
    let (environment, kind) = (app.environment.clone(), kind.to_owned());
    write(app, move |writing| {
        Box::pin(async move {
            let statement = Statement {
                chain: environment.id(),
                kind: "balance".to_owned(),
                verb: "seal".to_owned(),
                unit: None,
                actor,
                grant: None,
                happened_on: environment.today(),
                from: None,
                to: None,
            };
            let total: i64 = balances.iter().map(|balance| balance.count).sum();
            let body = serde_json::json!({ "kind": kind, "on": on.to_string(), "as_of": as_of, "open": total });
            record(writing, &environment, vec![(statement, body.to_string())]).await?;
            writing.put_balances(&kind, on, as_of, &balances).await?;
            Ok(true)
        })
    })
    .await
}

/// Open cases at the end of a day, from the states of the cases as known at an entry number.
pub(super) async fn count_open(
    app: &App,
    definition: &Definition,
    on: Date,
    as_of: i64,
    tree: &Arc<Tree>,
) -> Result<BTreeMap<Key, i64>, Problem> {
    let groups = columns(definition);
    let sql = format!(
        "SELECT unit_id, {groups} count(*) AS counted FROM (SELECT *, row_number() OVER (PARTITION BY subject \
         ORDER BY sequence DESC) AS newest FROM {kind}_entries WHERE happened_on <= $on) \
         WHERE newest = 1 AND stage = 'open' GROUP BY {groups} unit_id",
        kind = definition.key
    );
    let question = Question {
        key: format!("{}.open", definition.key),
        sql,
        dates: BTreeMap::from([("on".to_owned(), on)]),
        as_of,
        scope: Scope::Everything,
        tree: tree.clone(),
    };
    let rows = app.analysis.ask(&question).await?;
    let mut counted = BTreeMap::new();
    for row in &rows.rows {
        let (Some(key), Some(Cell::Integer(count))) = (key(&rows, row, ""), row.last()) else { continue };
        *counted.entry(key).or_insert(0) += count;
    }
    Ok(counted)
}

/// `level, category, ` for the SELECT.
pub(super) fn columns(definition: &Definition) -> String {
    definition.balance.iter().map(|field| format!("{field}, ")).collect()
}

/// The key in a row whose columns begin with `unit_id` and the groups, each with a prefix.
pub(super) fn key(rows: &Rows, row: &[Cell], prefix: &str) -> Option<Key> {
    let start = rows.columns.iter().position(|column| *column == format!("{prefix}unit_id"))?;
    let unit = match row.get(start)? {
        Cell::Text(text) => text.parse().ok()?,
        _ => return None,
    };
    let others = rows.columns.iter().zip(row).skip(start + 1);
    let reserved = ["counted", "entry", "happened_on", "stage", "before_stage", "before_unit_id"];
    let group = others
        .take_while(|(column, _)| !reserved.contains(&column.as_str()))
        .map(|(_, cell)| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Missing => String::new(),
            Cell::Integer(number) => number.to_string(),
            Cell::Decimal(number, scale) => format!("{number}e-{scale}"),
            Cell::Date(date) => date.to_string(),
        })
        .collect();
    Some((unit, group))
}
