//! Rows of reports that were built; their files lie under their hashes.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use yanpan_kernel::{
    id::Id,
    person::Account,
    problem::Problem,
    unit::{Scope, Unit},
};

/// A report that was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Id.
    pub id: Id<Report>,
    /// Document key.
    pub document: String,
    /// Title of the document.
    pub title: String,
    /// The unit that it is about.
    pub unit: Id<Unit>,
    /// Its code when it was built.
    pub code: String,
    /// Period key.
    pub period: String,
    /// Who built it.
    pub made_by: Id<Account>,
    /// When, in Unix milliseconds.
    pub made_at: i64,
    /// Entry number up to which it knows.
    pub as_of: i64,
    /// Figures in it.
    pub figures: u32,
    /// Its files.
    pub files: Vec<ReportFile>,
}

/// One file of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFile {
    /// `docx`, `pdf`, `html`, `txt`.
    pub format: String,
    /// SHA-256, hexadecimal; also its name.
    pub hash: String,
    /// Bytes.
    pub size: i64,
}

/// Reading reports.
#[async_trait]
pub trait ReportRows {
    /// A report on a unit inside the scope.
    async fn report(&self, id: Id<Report>, scope: &Scope) -> Result<Option<Report>, Problem>;
    /// Reports on units inside the scope, newest first.
    async fn reports(&self, scope: &Scope, limit: u32) -> Result<Vec<Report>, Problem>;
}

/// Writing reports.
#[async_trait]
pub trait ReportWrites {
    /// Adds a report.
    async fn put_report(&self, report: &Report) -> Result<(), Problem>;
}
