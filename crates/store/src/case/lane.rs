//! Lanes: each (kind, stage, state) that cases have ever been in, by a small number that leads every list index.

use crate::{
    session::{Line, Session},
    sql::{Sql, bind},
};
use yanpan_app::ports::CaseRow;
use yanpan_kernel::{case::Stage, problem::Problem};

/// A lane.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    pub lane: i64,
    pub kind: String,
    pub stage: Stage,
    pub state: String,
}

fn read(row: &mut Line) -> Result<Lane, Problem> {
    Ok(Lane { lane: row.take()?, kind: row.take()?, stage: row.key(Stage::parse)?, state: row.take()? })
}

/// All lanes.
pub(super) async fn all(session: &Session) -> Result<Vec<Lane>, Problem> {
    session.each(Sql::new("SELECT lane, kind, stage, state FROM lanes ORDER BY lane", vec![]), read).await
}

/// The lanes of a kind of case.
pub(super) async fn of_kind(session: &Session, kind: &str) -> Result<Vec<Lane>, Problem> {
    let sql = "SELECT lane, kind, stage, state FROM lanes WHERE kind = $1 ORDER BY lane";
    session.each(Sql::new(sql, bind![kind]), read).await
}

/// The lane of each of these cases; those that are missing are made.
pub(super) async fn of_cases(session: &Session, cases: &[&CaseRow]) -> Result<Vec<i64>, Problem> {
    let key = |row: &CaseRow| (row.case.kind.clone(), row.case.stage.key(), row.case.state.clone());
    let lookup = |row: &&CaseRow| session.known(|known| known.lanes.get(&key(row)).copied());
    if let Some(lanes) = cases.iter().map(lookup).collect() {
        return Ok(lanes);
    }
    let stored = all(session).await?;
    let mut next = stored.iter().map(|lane| lane.lane).max().unwrap_or(0) + 1;
    session.known(|known| known.lanes.extend(stored.into_iter().map(|l| ((l.kind, l.stage.key(), l.state), l.lane))));
    let mut lanes = Vec::with_capacity(cases.len());
    for row in cases {
        if let Some(lane) = lookup(row) {
            lanes.push(lane);
            continue;
        }
        let (kind, stage, state) = key(row);
        let sql = "INSERT INTO lanes (lane, kind, stage, state) VALUES ($1, $2, $3, $4)";
        session.run(Sql::new(sql, bind![next, kind, stage, state])).await?;
        session.known(|known| known.lanes.insert(key(row), next));
        lanes.push(next);
        next += 1;
    }
    Ok(lanes)
}
