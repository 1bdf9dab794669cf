//! Reports that were built: the list, and each file.

use super::{READERS, TEXT};
use crate::{App, Caller, ports::Report};
use serde::Serialize;
use std::collections::HashMap;
use yanpan_kernel::{
    id::Id,
    period::Period,
    problem::{NOT_FOUND, Problem},
    unit::Unit,
};

/// Most reports of one list.
const MOST: u32 = 200;

/// A report in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Id.
    pub id: Id<Report>,
    /// Document key.
    pub document: String,
    /// Its title.
    pub title: String,
    /// Unit.
    pub unit: Id<Unit>,
    /// Its name today, or its code once it is closed.
    pub unit_name: String,
    /// Period key.
    pub period: String,
    /// Period in words.
    pub label: String,
    /// Name of who made it.
    pub made_by: String,
    /// When, in Unix milliseconds.
    pub made_at: i64,
    /// Entry number up to which it knows.
    pub as_of: i64,
    /// Figures in it.
    pub figures: u32,
    /// Formats that are kept.
    pub formats: Vec<String>,
}

/// Reports on units that the caller may report on, newest first, at most 200.
///
/// # Errors
/// `FORBIDDEN` for a caller without such a role, `STORE_UNAVAILABLE`.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<Listed>, Problem> {
    caller.grant_of(&READERS)?;
    let reading = app.store.read().await?;
    let reports = reading.reports(&caller.scope_as(&READERS), MOST).await?;
    let makers: Vec<_> = reports.iter().map(|report| report.made_by).collect();
    let names: HashMap<_, _> = reading.account_names(&makers).await?.into_iter().collect();
    let name = |report: &Report| names.get(&report.made_by).cloned().unwrap_or_default();
    Ok(reports
        .into_iter()
        .map(|report| (name(&report), report))
        .map(|(by, report)| shown(app, caller, report, by))
        .collect())
}

/// A report as lists show it.
#[must_use]
pub fn shown(app: &App, caller: &Caller, report: Report, made_by: String) -> Listed {
    let unit_name = caller.tree.get(report.unit).map_or_else(|| report.code.clone(), |version| version.name.clone());
    let label =
        Period::parse(&report.period, &app.calendar).map_or_else(|_| report.period.clone(), |period| period.label());
    let formats = report.files.into_iter().map(|file| file.format).filter(|format| format != TEXT).collect();
    Listed {
        id: report.id,
        document: report.document,
        title: report.title,
        unit: report.unit,
        unit_name,
        period: report.period,
        label,
        made_by,
        made_at: report.made_at,
        as_of: report.as_of,
        figures: report.figures,
        formats,
    }
}

/// A kept file: its name without ending, and its bytes.
///
/// # Errors
/// `NOT_FOUND` for an unknown report or format, also when the caller may not report on its unit.
pub async fn file(app: &App, caller: &Caller, id: Id<Report>, format: &str) -> Result<(String, Vec<u8>), Problem> {
    let missing = || Problem::new(&NOT_FOUND, &[("what", &"这份报告")]);
    let reading = app.store.read().await?;
    let report = reading.report(id, &caller.scope_as(&READERS)).await?.ok_or_else(missing)?;
    drop(reading);
    let file = report.files.iter().find(|file| file.format == format).ok_or_else(missing)?;
    let name = format!("{}-{}-{}", report.title, report.code, report.period);
    Ok((name, app.files.get(&file.hash).await?))
}
