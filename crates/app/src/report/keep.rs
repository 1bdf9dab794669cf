//! Keeping what was built: files under their hashes first, then the row together with the entry that tells of it.

use crate::{
    App,
    import::hex,
    ports::{MadePaper, Provenance, Report, ReportFile},
    record::record,
    write,
};
use serde_json::json;
use sha2::{Digest, Sha256};
use yanpan_kernel::{entry::Statement, id::Id, person::Grant, problem::Problem};

/// Format under which the plain text of a report is kept.
pub const TEXT: &str = "txt";

/// Keeps a report and its files; returns it with their hashes.
///
/// # Errors
/// `FILE_UNREADABLE`, `STORE_UNAVAILABLE`; then at most bytes without a row were written.
pub(super) async fn keep(
    app: &App,
    (mut report, provenance): (Report, &Provenance),
    grant: Id<Grant>,
    made: &MadePaper,
) -> Result<Report, Problem> {
    let text = (TEXT.to_owned(), made.text.clone().into_bytes());
    for (format, bytes) in made.files.iter().chain([&text]) {
        let hash = hex(&Sha256::digest(bytes));
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        app.files.put(&hash, bytes.clone()).await?;
        report.files.push(ReportFile { format: format.clone(), hash, size });
    }
    let statement = Statement {
        chain: report.unit.cast(),
        kind: "unit".to_owned(),
        verb: "build_report".to_owned(),
        unit: Some(report.unit),
        actor: report.made_by,
        grant: Some(grant),
        happened_on: app.environment.today(),
        from: None,
        to: None,
    };
    let body = json!({
        "report": report.id, "provenance": provenance, "figures": report.figures, "files": report.files,
    });
    let (environment, told, row) = (app.environment.clone(), vec![(statement, body.to_string())], report.clone());
    write(app, move |writing| {
        Box::pin(async move {
            record(writing, &environment, told).await?;
            writing.put_report(&row).await
        })
    })
    .await?;
    Ok(report)
}
