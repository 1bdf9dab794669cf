//! Reports that were built.

use crate::{
    case::within,
    session::{Line, Session},
    sql::{Json, Sql, bind, json},
};
use async_trait::async_trait;
use yanpan_app::ports::{Report, ReportFile, ReportRows, ReportWrites};
use yanpan_kernel::{id::Id, problem::Problem, unit::Scope};

const REPORT: &str = "SELECT id, document, title, unit, code, period, made_by, made_at, as_of, figures, files
    FROM reports WHERE ";

fn report(row: &mut Line) -> Result<Report, Problem> {
    Ok(Report {
        id: row.take()?,
        document: row.take()?,
        title: row.take()?,
        unit: row.take()?,
        code: row.take()?,
        period: row.take()?,
        made_by: row.take()?,
        made_at: row.take()?,
        as_of: row.take()?,
        figures: row.take()?,
        files: row.take::<Json<Vec<ReportFile>>>()?.0,
    })
}

#[async_trait]
impl ReportRows for Session {
    async fn report(&self, id: Id<Report>, scope: &Scope) -> Result<Option<Report>, Problem> {
        let mut sql = Sql { text: [REPORT, "id = $1"].concat().into(), values: bind![id] };
        within(&mut sql, self.dialect, scope);
        self.one(sql).await?.as_mut().map(report).transpose()
    }

    async fn reports(&self, scope: &Scope, limit: u32) -> Result<Vec<Report>, Problem> {
        let mut sql = Sql { text: [REPORT, "1 = 1"].concat().into(), values: vec![] };
        within(&mut sql, self.dialect, scope);
        sql.push(" ORDER BY made_at DESC, id DESC LIMIT ").bind(i64::from(limit).into());
        self.each(sql, report).await
    }
}

#[async_trait]
impl ReportWrites for Session {
    async fn put_report(&self, report: &Report) -> Result<(), Problem> {
        self.changes();
        let sql =
            "INSERT INTO reports (id, document, title, unit, code, period, made_by, made_at, as_of, figures, files)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        let mut values = bind![report.id, report.document, report.title, report.unit, report.code, report.period];
        values.extend(bind![report.made_by, report.made_at, report.as_of, report.figures]);
        values.push(json(&report.files));
        self.run(Sql::new(sql, values)).await
    }
}
