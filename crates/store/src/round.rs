//! Obligations of rounds.

use crate::{
    case::within,
    session::{Line, Session},
    sql::{Insert, Json, Sql, bind, json, latest},
};
use async_trait::async_trait;
use yanpan_app::ports::{Obligation, RoundRows, RoundWrites};
use yanpan_kernel::{
    form::Answers,
    id::Id,
    problem::Problem,
    round::Standing,
    unit::{Scope, Unit},
};

const OBLIGATION: &str = "SELECT id, round, period, unit, due_at, standing, received_at, late, revision, answers
    FROM obligations WHERE ";

fn obligation(row: &mut Line) -> Result<Obligation, Problem> {
    Ok(Obligation {
        id: row.take()?,
        round: row.take()?,
        period: row.take()?,
        unit: row.take()?,
        due_at: row.take()?,
        standing: row.key(Standing::parse)?,
        received_at: row.take()?,
        late: row.take()?,
        revision: row.take()?,
        answers: row.take::<Json<Answers>>()?.0,
    })
}

fn select(tests: &str, values: Vec<sea_orm::Value>) -> Sql {
    Sql { text: [OBLIGATION, tests].concat().into(), values }
}

#[async_trait]
impl RoundRows for Session {
    async fn obligations(&self, round: &str, period: &str, scope: &Scope) -> Result<Vec<Obligation>, Problem> {
        let mut sql = select("round = $1 AND period = $2", bind![round, period]);
        within(&mut sql, self.dialect, scope);
        sql.push(" ORDER BY unit");
        self.each(sql, obligation).await
    }

    async fn obligation(&self, round: &str, period: &str, unit: Id<Unit>) -> Result<Option<Obligation>, Problem> {
        let sql = select("round = $1 AND period = $2 AND unit = $3", bind![round, period, unit]);
        self.one(sql).await?.as_mut().map(obligation).transpose()
    }

    async fn owed_before(&self, unix_ms: i64, scope: &Scope) -> Result<Vec<Obligation>, Problem> {
        let owed = bind![unix_ms, Standing::Missing.key(), Standing::Returned.key()];
        let mut sql = select("due_at < $1 AND standing IN ($2, $3)", owed);
        within(&mut sql, self.dialect, scope);
        sql.push(" ORDER BY due_at, id");
        self.each(sql, obligation).await
    }

    async fn round_periods(&self, round: &str, scope: &Scope) -> Result<Vec<String>, Problem> {
        let mut sql = Sql::new("SELECT DISTINCT period FROM obligations WHERE round = $1", bind![round]);
        within(&mut sql, self.dialect, scope);
        self.each(sql, Line::take).await
    }
}

#[async_trait]
impl RoundWrites for Session {
    async fn put_obligations(&self, obligations: &[Obligation]) -> Result<(), Problem> {
        self.changes();
        let insert = Insert {
            head: "INSERT INTO obligations
                (id, round, period, unit, due_at, standing, received_at, late, revision, answers)",
            tail: " ON CONFLICT (id) DO UPDATE SET round = excluded.round, period = excluded.period,
                unit = excluded.unit, due_at = excluded.due_at, standing = excluded.standing,
                received_at = excluded.received_at, late = excluded.late, revision = excluded.revision,
                answers = excluded.answers",
        };
        let rows = latest(obligations, |obligation| obligation.id).into_iter().map(|o| {
            let mut row = bind![o.id, o.round, o.period, o.unit, o.due_at, o.standing.key(), o.received_at, o.late];
            row.extend(bind![o.revision]);
            row.push(json(&o.answers));
            row
        });
        self.insert(insert, rows.collect()).await
    }
}
