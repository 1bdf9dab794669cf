//! Cases that retention has to go through, and how far it has come.

use super::{lane, row};
use crate::{
    session::Session,
    sql::{Sql, bind},
};
use async_trait::async_trait;
use yanpan_app::ports::{CaseRow, Overdue, RetentionRows, RetentionWrites};
use yanpan_kernel::{
    case::{Case, Stage},
    id::Id,
    problem::Problem,
};

/// Adds the WHERE of cases that ended by the day and that nobody has gone through since their last entry.
async fn ended(session: &Session, sql: &mut Sql, overdue: &Overdue) -> Result<(), Problem> {
    let lanes = lane::of_kind(session, &overdue.kind).await?;
    let over = lanes.iter().filter(|lane| lane.stage != Stage::Open);
    sql.push(" WHERE c.lane IN ").list(over.map(|lane| lane.lane.into()));
    sql.push(" AND c.closed_on > '' AND c.closed_on <= ").bind(overdue.ended_by.to_string().into());
    sql.push(" AND NOT EXISTS (SELECT 1 FROM erasures e WHERE e.case_id = c.id AND e.days = ");
    sql.bind(i64::from(overdue.days).into()).push(" AND e.entry >= c.entry)");
    Ok(())
}

#[async_trait]
impl RetentionRows for Session {
    async fn to_erase(&self, overdue: &Overdue, limit: u32) -> Result<Vec<CaseRow>, Problem> {
        let mut sql = row::select();
        ended(self, &mut sql, overdue).await?;
        sql.push(" ORDER BY c.closed_on, c.id LIMIT ").bind(i64::from(limit).into());
        self.each(sql, row::read).await
    }

    async fn count_to_erase(&self, overdue: &Overdue) -> Result<u32, Problem> {
        let mut sql = Sql::new("SELECT count(*) FROM cases c", vec![]);
        ended(self, &mut sql, overdue).await?;
        self.one(sql).await?.map_or(Ok(0), |mut row| row.take())
    }
}

#[async_trait]
impl RetentionWrites for Session {
    async fn put_erasure(&self, case: Id<Case>, days: u32, entry: i64) -> Result<(), Problem> {
        let sql = "INSERT INTO erasures (case_id, days, entry) VALUES ($1, $2, $3)
            ON CONFLICT (case_id, days) DO UPDATE SET entry = excluded.entry";
        self.run(Sql::new(sql, bind![case, days, entry])).await
    }
}
