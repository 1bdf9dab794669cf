//! Rows of cases: reading them whole, writing them whole.

use super::{lane, test::within, words};
use crate::{
    fault::internal,
    session::{Line, Session},
    sql::{Insert, Json, Sql, bind, json, latest},
};
use jiff::civil::Date;
use sea_orm::Value;
use std::collections::{BTreeMap, HashMap};
use yanpan_app::ports::{CaseRow, Slots};
use yanpan_kernel::{
    case::{Case, Done, Stage},
    entry::Head,
    form::Answers,
    id::Id,
    problem::Problem,
    unit::{Scope, Unit},
};

/// Ids asked for in one statement.
const MOST_IDS: usize = 500;

/// Whole rows of cases, without a WHERE.
pub(super) fn select() -> Sql {
    selecting("")
}

/// The same with more columns.
fn selecting(more: &str) -> Sql {
    let columns = "SELECT c.id, l.kind, l.stage, l.state, c.unit, c.number, c.revision, c.entry, c.opened_on, c.closed_on,
        c.due_on, c.slot0, c.slot1, c.slot2, c.slot3, c.slot4, c.slot5, c.slot6, c.slot7, c.search, b.version, b.answers, b.done";
    let from = " FROM cases c JOIN lanes l ON l.lane = c.lane JOIN case_bodies b ON b.id = c.id";
    Sql { text: [columns, more, from].concat().into(), values: vec![] }
}

/// An ISO date, empty where there is none, so that list columns are never NULL and sort alike in both databases.
fn date_text(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn date(text: &str) -> Result<Option<Date>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| internal(&format!("«{text}» is stored as a date")))
}

/// Reads a row of [`select`].
pub(super) fn read(row: &mut Line) -> Result<CaseRow, Problem> {
    let id = row.take()?;
    let kind = row.take()?;
    let stage = row.key(Stage::parse)?;
    let state = row.take()?;
    let unit = row.take()?;
    let number = row.take()?;
    let revision = row.take()?;
    let entry = row.take()?;
    let opened_on = row.take()?;
    let closed_on = date(&row.take::<String>()?)?;
    let due_on = date(&row.take::<String>()?)?;
    let mut slots = Slots::default();
    for slot in &mut slots {
        *slot = row.take()?;
    }
    let search = row.take()?;
    let version = row.take()?;
    let answers = row.take::<Json<Answers>>()?.0;
    let done = row.take::<Json<BTreeMap<String, Done>>>()?.0;
    let case = Case { id, kind, version, number, unit, state, stage, revision, answers, done, opened_on, closed_on };
    Ok(CaseRow { case, entry, due_on, slots, search })
}

/// A case inside the scope. Who reads one case in a transaction that writes is about to act on it.
pub(super) async fn by_id(session: &Session, id: Id<Case>, scope: &Scope) -> Result<Option<CaseRow>, Problem> {
    let mut sql = selecting(", c.words, e.sequence, e.hash");
    sql.push(" LEFT JOIN entries e ON e.chain = c.id AND e.sequence = (SELECT max(sequence) FROM entries WHERE chain = c.id)");
    sql.push(" WHERE c.id = ").bind(id.uuid().into());
    let Some(mut line) = session.one(sql).await? else { return Ok(None) };
    let row = read(&mut line)?;
    if !scope.contains(row.case.unit) {
        return Ok(None);
    }
    let texts = words::Stored::of(&row, line.take()?);
    let head = line.take::<Option<i64>>()?.zip(line.take()?).map(|(sequence, hash)| Head { sequence, hash });
    session.known(|known| {
        known.texts = Some(texts);
        known.head = head.map(|head| (id.cast(), head));
    });
    Ok(Some(row))
}

/// Where a case stands among those of one value: its unit and the number of its row.
pub(super) async fn place(session: &Session, id: Id<Case>) -> Result<Option<(Id<Unit>, i64)>, Problem> {
    let sql = Sql::new("SELECT unit, words FROM cases WHERE id = $1", bind![id]);
    session.one(sql).await?.map(|mut row| Ok((row.take()?, row.take()?))).transpose()
}

/// Cases by the numbers of their rows, which were found inside the scope, in this order.
pub(super) async fn by_numbers(session: &Session, numbers: &[i64]) -> Result<Vec<CaseRow>, Problem> {
    let mut found = HashMap::with_capacity(numbers.len());
    for some in numbers.chunks(MOST_IDS) {
        let mut sql = selecting(", c.words");
        sql.push(" WHERE c.words IN ").list(some.iter().map(|number| (*number).into()));
        for mut line in session.all(sql).await? {
            let row = read(&mut line)?;
            found.insert(line.take::<i64>()?, row);
        }
    }
    Ok(numbers.iter().filter_map(|number| found.remove(number)).collect())
}

/// Cases inside the scope in the order of their ids as asked for; those outside it are absent.
pub(super) async fn by_ids(session: &Session, ids: &[Id<Case>], scope: &Scope) -> Result<Vec<CaseRow>, Problem> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(MOST_IDS) {
        let mut sql = select();
        sql.push(" WHERE c.id IN ").list(some.iter().map(|id| id.uuid().into()));
        within(&mut sql, session.dialect, scope);
        for mut line in session.all(sql).await? {
            let row = read(&mut line)?;
            found.insert(row.case.id, row);
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

const CASES: &str =
    "INSERT INTO cases (id, lane, unit, number, revision, entry, opened_on, closed_on, due_on, slot0, slot1,
    slot2, slot3, slot4, slot5, slot6, slot7, search, words)";

/// What follows the rows of cases that are there already. An update makes SQLite keep the pages before it; new cases are
/// spared that.
const OVER: &str =
    " ON CONFLICT (id) DO UPDATE SET lane = excluded.lane, unit = excluded.unit, number = excluded.number,
    revision = excluded.revision, entry = excluded.entry, opened_on = excluded.opened_on,
    closed_on = excluded.closed_on, due_on = excluded.due_on, slot0 = excluded.slot0, slot1 = excluded.slot1,
    slot2 = excluded.slot2, slot3 = excluded.slot3, slot4 = excluded.slot4, slot5 = excluded.slot5,
    slot6 = excluded.slot6, slot7 = excluded.slot7, search = excluded.search";

const BODIES: &str = "INSERT INTO case_bodies (id, version, answers, done)";

/// What follows the rows of bodies that are there already.
const OVER_BODIES: &str = " ON CONFLICT (id) DO UPDATE SET version = excluded.version, answers = excluded.answers,
    done = excluded.done";

/// Adds or replaces cases.
pub(super) async fn put(session: &Session, cases: &[CaseRow]) -> Result<(), Problem> {
    let cases = latest(cases, |row| row.case.id);
    let lanes = lane::of_cases(session, &cases).await?;
    let lines = words::put(session, &cases).await?;
    let rows = cases.iter().zip(lanes).zip(&lines).map(|((row, lane), line)| {
        let case = &row.case;
        let mut values = bind![case.id, lane, case.unit, case.number, case.revision, row.entry];
        values.extend(bind![case.opened_on, date_text(case.closed_on), date_text(row.due_on)]);
        values.extend(row.slots.iter().map(|slot| slot.as_str().into()));
        values.extend(bind![row.search, line.number]);
        values
    });
    either(session, rows, &lines, (CASES, OVER)).await?;
    let rows = cases.iter().map(|row| {
        let mut values = bind![row.case.id, row.case.version];
        values.extend([json(&row.case.answers), json(&row.case.done)]);
        values
    });
    either(session, rows, &lines, (BODIES, OVER_BODIES)).await
}

/// Inserts the rows of new cases, and writes the others over what is there.
async fn either(
    session: &Session,
    rows: impl Iterator<Item = Vec<Value>>,
    lines: &[words::Numbered],
    (head, tail): (&'static str, &'static str),
) -> Result<(), Problem> {
    let (mut new, mut known) = (Vec::with_capacity(lines.len()), Vec::new());
    for (row, line) in rows.zip(lines) {
        if line.new { new.push(row) } else { known.push(row) }
    }
    session.insert(Insert { head, tail: "" }, new).await?;
    session.insert(Insert { head, tail }, known).await
}
