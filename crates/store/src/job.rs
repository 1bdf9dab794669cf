//! Settings, leases of jobs, sealed month-end counts.

use crate::{
    session::Session,
    sql::{Insert, Json, Sql, bind, json},
};
use async_trait::async_trait;
use jiff::civil::Date;
use yanpan_app::ports::{Balance, JobRows, JobWrites};
use yanpan_kernel::problem::{DUPLICATE, Problem};

#[async_trait]
impl JobRows for Session {
    async fn setting(&self, key: &str) -> Result<Option<String>, Problem> {
        let sql = Sql::new("SELECT setting FROM settings WHERE setting_key = $1", bind![key]);
        self.one(sql).await?.map(|mut row| row.take()).transpose()
    }

    async fn settings(&self, word: &str) -> Result<Vec<(String, String)>, Problem> {
        let sql =
            "SELECT setting_key, setting FROM settings WHERE substr(setting_key, 1, $2) = $1 ORDER BY setting_key";
        let length = i64::try_from(word.chars().count()).unwrap_or(i64::MAX);
        self.each(Sql::new(sql, bind![word, length]), |row| Ok((row.take()?, row.take()?))).await
    }

    async fn balances(&self, kind: &str, on: Date) -> Result<Vec<Balance>, Problem> {
        let sql = "SELECT on_day, kind, unit, grouping_values, open_count, as_of FROM balances
            WHERE kind = $1 AND on_day = $2 ORDER BY unit, grouping_values";
        self.each(Sql::new(sql, bind![kind, on]), |row| {
            Ok(Balance {
                on: row.take()?,
                kind: row.take()?,
                unit: row.take()?,
                group: row.take::<Json<Vec<String>>>()?.0,
                count: row.take()?,
                as_of: row.take()?,
            })
        })
        .await
    }

    async fn balance_as_of(&self, kind: &str, on: Date) -> Result<Option<i64>, Problem> {
        let sql = "SELECT as_of FROM balance_days WHERE kind = $1 AND on_day = $2";
        self.one(Sql::new(sql, bind![kind, on])).await?.map(|mut row| row.take()).transpose()
    }
}

#[async_trait]
impl JobWrites for Session {
    async fn put_setting(&self, key: &str, value: &str) -> Result<(), Problem> {
        let sql = "INSERT INTO settings (setting_key, setting) VALUES ($1, $2)
            ON CONFLICT (setting_key) DO UPDATE SET setting = excluded.setting";
        self.run(Sql::new(sql, bind![key, value])).await
    }

    async fn lease(&self, job: &str, holder: &str, now_ms: i64, until_ms: i64) -> Result<bool, Problem> {
        let sql = "INSERT INTO leases (job, holder, until_at) VALUES ($1, $2, $3)
            ON CONFLICT (job) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at
            WHERE leases.holder = excluded.holder OR leases.until_at <= $4";
        Ok(self.touched(Sql::new(sql, bind![job, holder, until_ms, now_ms])).await? > 0)
    }

    async fn put_balances(&self, kind: &str, on: Date, as_of: i64, balances: &[Balance]) -> Result<(), Problem> {
        self.changes();
        if self.balance_as_of(kind, on).await?.is_some() {
            return Err(Problem::new(&DUPLICATE, &[("what", &"期末封存数"), ("value", &format!("{kind} {on}"))]));
        }
        let sql = "INSERT INTO balance_days (kind, on_day, as_of) VALUES ($1, $2, $3)";
        self.run(Sql::new(sql, bind![kind, on, as_of])).await?;
        let insert =
            Insert { head: "INSERT INTO balances (kind, on_day, unit, grouping_values, open_count, as_of)", tail: "" };
        let rows = balances.iter().map(|balance| {
            let mut row = bind![kind, on, balance.unit];
            row.push(json(&balance.group));
            row.extend(bind![balance.count, as_of]);
            row
        });
        self.insert(insert, rows.collect()).await
    }
}
