//! Cases: list rows, pages of them, facts and numbers. Pages are in `page`, what they test in `test`.

mod erasure;
mod fact;
mod lane;
mod page;
mod plan;
mod row;
mod test;
mod words;

pub(crate) use test::within;
pub(crate) use words::{Stored, fill as fill_words};

use crate::{
    session::Session,
    sql::{Sql, bind},
};
use async_trait::async_trait;
use jiff::civil::Date;
use yanpan_app::ports::{CaseRow, CaseRows, CaseWrites, Fact, Query};
use yanpan_kernel::{
    case::{Case, Stage},
    id::Id,
    person::Account,
    problem::Problem,
    unit::{Scope, Unit},
};

#[async_trait]
impl CaseRows for Session {
    async fn case(&self, id: Id<Case>, scope: &Scope) -> Result<Option<CaseRow>, Problem> {
        row::by_id(self, id, scope).await
    }

    async fn cases(&self, ids: &[Id<Case>], scope: &Scope) -> Result<Vec<CaseRow>, Problem> {
        row::by_ids(self, ids, scope).await
    }

    async fn case_by_number(&self, kind: &str, number: &str, scope: &Scope) -> Result<Option<CaseRow>, Problem> {
        let lanes = lane::of_kind(self, kind).await?;
        let mut sql = row::select();
        sql.push(" WHERE c.lane IN ").list(lanes.iter().map(|lane| lane.lane.into()));
        sql.push(" AND c.number = ").bind(number.into());
        within(&mut sql, self.dialect, scope);
        sql.push(" ORDER BY c.id LIMIT 1");
        self.one(sql).await?.as_mut().map(row::read).transpose()
    }

    async fn case_page(&self, query: &Query, scope: &Scope) -> Result<Vec<CaseRow>, Problem> {
        page::page(self, query, scope).await
    }

    async fn case_count(&self, query: &Query, scope: &Scope, most: u32) -> Result<u32, Problem> {
        page::count(self, query, scope, most).await
    }

    async fn cases_due(&self, until: Date, scope: &Scope) -> Result<Vec<CaseRow>, Problem> {
        let lanes = lane::all(self).await?;
        let open = lanes.iter().filter(|lane| lane.stage == Stage::Open);
        let mut sql = row::select();
        sql.push(" WHERE c.lane IN ").list(open.map(|lane| lane.lane.into()));
        sql.push(" AND c.due_on > '' AND c.due_on <= ").bind(until.to_string().into());
        within(&mut sql, self.dialect, scope);
        sql.push(" ORDER BY c.due_on, c.id");
        self.each(sql, row::read).await
    }

    async fn opened_between(&self, kind: &str, unit: Id<Unit>, first: Date, last: Date) -> Result<u32, Problem> {
        let lanes = lane::of_kind(self, kind).await?;
        let counted = lanes.iter().filter(|lane| lane.stage != Stage::Withdrawn);
        let mut sql = Sql::new("SELECT count(*) FROM cases WHERE unit = $1 AND lane IN ", bind![unit]);
        sql.list(counted.map(|lane| lane.lane.into()));
        sql.push(" AND opened_on >= ").bind(first.to_string().into());
        sql.push(" AND opened_on <= ").bind(last.to_string().into());
        self.one(sql).await?.map_or(Ok(0), |mut row| row.take())
    }

    async fn case_of_key(&self, account: Id<Account>, key: &str) -> Result<Option<Id<Case>>, Problem> {
        let sql = "SELECT case_id FROM case_keys WHERE account = $1 AND write_key = $2";
        self.one(Sql::new(sql, bind![account, key])).await?.map(|mut row| row.take()).transpose()
    }

    async fn facts_after(&self, kind: &str, entry: i64) -> Result<Vec<Fact>, Problem> {
        fact::after(self, kind, entry).await
    }

    async fn watermark(&self, kind: &str) -> Result<i64, Problem> {
        let sql = Sql::new("SELECT entry FROM watermarks WHERE kind = $1", bind![kind]);
        self.one(sql).await?.map_or(Ok(0), |mut row| row.take())
    }

    async fn fact_kinds(&self) -> Result<Vec<String>, Problem> {
        let sql = Sql::new("SELECT kind FROM watermarks ORDER BY kind", vec![]);
        self.each(sql, crate::session::Line::take).await
    }
}

#[async_trait]
impl CaseWrites for Session {
    async fn put_cases(&self, cases: &[CaseRow]) -> Result<(), Problem> {
        self.changes();
        row::put(self, cases).await
    }

    async fn put_facts(&self, facts: &[Fact]) -> Result<(), Problem> {
        fact::put(self, facts).await
    }

    async fn put_case_key(&self, account: Id<Account>, key: &str, case: Id<Case>) -> Result<(), Problem> {
        let sql = "INSERT INTO case_keys (account, write_key, case_id) VALUES ($1, $2, $3)";
        self.run(Sql::new(sql, bind![account, key, case])).await
    }

    async fn take_numbers(&self, sequence: &str, count: u32) -> Result<u64, Problem> {
        self.changes();
        let sql = "INSERT INTO sequences (sequence_key, taken) VALUES ($1, $2)
            ON CONFLICT (sequence_key) DO UPDATE SET taken = sequences.taken + excluded.taken RETURNING taken";
        let taken: i64 = self.one(Sql::new(sql, bind![sequence, count])).await?.map_or(Ok(0), |mut row| row.take())?;
        Ok(u64::try_from(taken - i64::from(count) + 1).unwrap_or_default())
    }

    async fn move_watermark(&self, kind: &str, entry: i64) -> Result<(), Problem> {
        let sql = "INSERT INTO watermarks (kind, entry) VALUES ($1, $2)
            ON CONFLICT (kind) DO UPDATE SET entry = excluded.entry";
        self.run(Sql::new(sql, bind![kind, entry])).await?;
        self.run(Sql::new("DELETE FROM facts WHERE kind = $1 AND entry <= $2", bind![kind, entry])).await
    }

    async fn drop_facts(&self) -> Result<(), Problem> {
        self.known(|known| known.watermarks.clear());
        self.run(Sql::new("DELETE FROM facts", vec![])).await?;
        self.run(Sql::new("DELETE FROM watermarks", vec![])).await
    }
}
