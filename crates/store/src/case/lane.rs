//! Lanes: each (kind, stage, state) that cases have ever been in, by a small number that leads every list index.

use crate::{
    session::{Line, Session},
    sql::{Sql, bind},
};
use std::collections::HashMap;
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

/// Numbers of lanes, new ones made where these cases need them.
pub(super) struct Lanes(HashMap<(String, &'static str, String), i64>);

impl Lanes {
    /// Reads the lanes and adds those that are missing.
    pub async fn for_cases(session: &Session, cases: &[&CaseRow]) -> Result<Self, Problem> {
        let known = all(session).await?;
        let mut next = known.iter().map(|lane| lane.lane).max().unwrap_or(0) + 1;
        let mut lanes = Self(known.into_iter().map(|l| ((l.kind, l.stage.key(), l.state), l.lane)).collect());
        for row in cases {
            if lanes.of(row).is_none() {
                let (kind, stage, state) = Self::key(row);
                let sql = "INSERT INTO lanes (lane, kind, stage, state) VALUES ($1, $2, $3, $4)";
                session.run(Sql::new(sql, bind![next, kind, stage, state])).await?;
                lanes.0.insert(Self::key(row), next);
                next += 1;
            }
        }
        Ok(lanes)
    }

    /// The lane of a case.
    pub fn of(&self, row: &CaseRow) -> Option<i64> {
        self.0.get(&Self::key(row)).copied()
    }

    fn key(row: &CaseRow) -> (String, &'static str, String) {
        (row.case.kind.clone(), row.case.stage.key(), row.case.state.clone())
    }
}
