//! What became of each daily job, kept as a setting, so that pages and `doctor` can say it.

use crate::{App, ports::Reading, write};
use serde::{Deserialize, Serialize};
use yanpan_kernel::problem::Problem;

/// First word of the settings that hold runs.
const WORD: &str = "job.";

/// Daily jobs: key and title, in their order. A flat list.
pub(super) const JOBS: &[(&str, &str)] = &[
    ("rounds", "下达和结清填报"),
    ("remind", "提醒和督办"),
    ("balances", "封存期末数"),
    ("retain", "到期清除个人信息"),
    ("forget", "清除离校满三年的学生信息"),
    ("compact", "整理事实表"),
    ("sweep", "清理无主附件"),
    ("sessions", "清理过期会话"),
];

/// The last run of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Key.
    pub key: String,
    /// Chinese title.
    pub title: String,
    /// When it last ran, in Unix milliseconds.
    pub last_at: Option<i64>,
    /// 「完成」, or what was wrong.
    pub outcome: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    at: i64,
    outcome: String,
}

/// Keeps what became of a job.
pub(super) async fn note(app: &App, key: &str, done: &Result<(), Problem>) -> Result<(), Problem> {
    let outcome = done.as_ref().map_or_else(ToString::to_string, |()| "完成".to_owned());
    let stored = serde_json::to_string(&Stored { at: app.environment.now_ms(), outcome }).unwrap_or_default();
    let key = format!("{WORD}{key}");
    write(app, move |writing| Box::pin(async move { writing.put_setting(&key, &stored).await })).await
}

/// The last run of every daily job.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn runs(reading: &dyn Reading) -> Result<Vec<Run>, Problem> {
    let kept = reading.settings(WORD).await?;
    let run = |(key, title): &(&str, &str)| {
        let found = kept.iter().find(|(kept, _)| kept.strip_prefix(WORD) == Some(key));
        let stored: Option<Stored> = found.and_then(|(_, stored)| serde_json::from_str(stored).ok());
        let (last_at, outcome) = stored.map(|stored| (stored.at, stored.outcome)).unzip();
        Run { key: (*key).to_owned(), title: (*title).to_owned(), last_at, outcome }
    };
    Ok(JOBS.iter().map(run).collect())
}
