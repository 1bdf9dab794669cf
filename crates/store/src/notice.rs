//! The outbox of notices.

use crate::{
    session::{Line, Session},
    sql::{Insert, Sql, bind, latest},
};
use async_trait::async_trait;
use yanpan_app::ports::{Notice, NoticeRows, NoticeWrites};
use yanpan_kernel::{id::Id, person::Account, problem::Problem};

#[async_trait]
impl NoticeRows for Session {
    async fn notices(&self, account: Id<Account>, unread: bool, limit: u32) -> Result<Vec<Notice>, Problem> {
        let text =
            "SELECT id, notice_key, account, case_id, subject, body, at, read_at FROM notices WHERE account = $1";
        let mut sql = Sql::new(text, bind![account]);
        sql.push(if unread { " AND read_at IS NULL" } else { "" });
        sql.push(" ORDER BY at DESC, id DESC LIMIT ").bind(i64::from(limit).into());
        self.each(sql, |row| {
            Ok(Notice {
                id: row.take()?,
                key: row.take()?,
                account: row.take()?,
                case: row.take()?,
                subject: row.take()?,
                text: row.take()?,
                at: row.take()?,
                read_at: row.take()?,
            })
        })
        .await
    }

    async fn unread_notices(&self, account: Id<Account>) -> Result<u32, Problem> {
        let sql = "SELECT count(*) FROM notices WHERE account = $1 AND read_at IS NULL";
        self.one(Sql::new(sql, bind![account])).await?.map_or(Ok(0), |mut row| row.take())
    }

    async fn told_notices(&self, keys: &[String]) -> Result<Vec<String>, Problem> {
        let mut told = Vec::new();
        for some in keys.chunks(500) {
            let mut sql = Sql::new("SELECT notice_key FROM notices WHERE notice_key IN ", vec![]);
            sql.list(some.iter().map(|key| key.as_str().into()));
            told.extend(self.each(sql, Line::take::<String>).await?);
        }
        Ok(told)
    }
}

#[async_trait]
impl NoticeWrites for Session {
    async fn put_notices(&self, notices: &[Notice]) -> Result<(), Problem> {
        let insert = Insert {
            head: "INSERT INTO notices (id, notice_key, account, case_id, subject, body, at, read_at)",
            tail: " ON CONFLICT (notice_key) DO NOTHING",
        };
        let rows = latest(notices, |notice| notice.key.as_str())
            .into_iter()
            .map(|n| bind![n.id, n.key, n.account, n.case, n.subject, n.text, n.at, n.read_at]);
        self.insert(insert, rows.collect()).await
    }

    async fn read_notice(&self, id: Id<Notice>, account: Id<Account>, at: i64) -> Result<bool, Problem> {
        let sql = "UPDATE notices SET read_at = coalesce(read_at, $3) WHERE id = $1 AND account = $2";
        Ok(self.touched(Sql::new(sql, bind![id, account, at])).await? > 0)
    }

    async fn read_notices(&self, account: Id<Account>, at: i64) -> Result<(), Problem> {
        let sql = "UPDATE notices SET read_at = $2 WHERE account = $1 AND read_at IS NULL";
        self.run(Sql::new(sql, bind![account, at])).await
    }
}
