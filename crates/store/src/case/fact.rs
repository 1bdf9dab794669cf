//! Facts: what each entry made of a case, until analysis has moved them to files. Kept is what the entry does not say.

use crate::{
    session::{Line, Session},
    sql::{Insert, Json, Sql, bind, json},
};
use std::collections::BTreeSet;
use yanpan_app::ports::Fact;
use yanpan_kernel::{case::Stage, form::Answers, problem::Problem};

fn read(row: &mut Line) -> Result<Fact, Problem> {
    Ok(Fact {
        kind: row.take()?,
        entry: row.take()?,
        subject: row.take()?,
        sequence: row.take()?,
        unit: row.take()?,
        verb: row.take()?,
        state: row.take()?,
        stage_before: row.take::<Option<String>>()?.as_deref().and_then(Stage::parse),
        stage: row.key(Stage::parse)?,
        number: row.take()?,
        happened_on: row.take()?,
        recorded_at: row.take()?,
        actor: row.take()?,
        opened_on: row.take()?,
        closed_on: row.take()?,
        answers: row.take::<Json<Answers>>()?.0,
    })
}

/// Facts of a kind after an entry, ascending.
pub(super) async fn after(session: &Session, kind: &str, entry: i64) -> Result<Vec<Fact>, Problem> {
    let sql =
        "SELECT f.kind, f.entry, e.chain, e.sequence, e.unit, e.verb, e.to_state, f.stage_before, f.stage, f.number,
        e.happened_on, e.recorded_at, e.actor, f.opened_on, f.closed_on, f.answers
        FROM facts f JOIN entries e ON e.number = f.entry WHERE f.kind = $1 AND f.entry > $2 ORDER BY f.entry";
    session.each(Sql::new(sql, bind![kind, entry]), read).await
}

/// Adds facts and remembers their kinds.
pub(super) async fn put(session: &Session, facts: &[Fact]) -> Result<(), Problem> {
    let insert = Insert {
        head: "INSERT INTO facts (entry, kind, stage_before, stage, number, opened_on, closed_on, answers)",
        tail: "",
    };
    let rows = facts.iter().map(|fact| {
        let before = fact.stage_before.map(|stage| stage.key().to_owned());
        let mut row = bind![fact.entry, fact.kind, before, fact.stage.key(), fact.number];
        row.extend(bind![fact.opened_on, fact.closed_on]);
        row.push(json(&fact.answers));
        row
    });
    session.insert(insert, rows.collect()).await?;
    let kinds: BTreeSet<&str> = facts.iter().map(|fact| fact.kind.as_str()).collect();
    let new =
        session.known(|known| kinds.into_iter().filter(|kind| !known.watermarks.contains(*kind)).collect::<Vec<_>>());
    if new.is_empty() {
        return Ok(());
    }
    let insert = Insert { head: "INSERT INTO watermarks (kind, entry)", tail: " ON CONFLICT (kind) DO NOTHING" };
    session.insert(insert, new.iter().map(|kind| bind![*kind, 0_i64]).collect()).await?;
    session.known(|known| known.watermarks.extend(new.into_iter().map(str::to_owned)));
    Ok(())
}
