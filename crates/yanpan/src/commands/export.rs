//! `yanpan export KIND --out FILE`.

use super::{import::unit_columns, session::Session};
use crate::outcome::Outcome;
use clap::Args;
use std::path::PathBuf;
use yanpan_app::{
    export::{ledger_columns, ledger_rows, whole_ledger},
    ports::{Cell, SheetFrame},
};
use yanpan_kernel::{
    calendar::wording,
    problem::{FILE_UNREADABLE, Problem},
};

/// Words of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    session: Session,
    /// units 或事项种类 / units or a kind of case
    kind: String,
    /// 输出文件 .xlsx、.csv / File
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Runs `export`.
pub async fn run(args: ExportArgs) -> Outcome {
    let done = async {
        let one = |problem: Problem| vec![problem];
        let (installation, caller) = args.session.read().await?;
        let app = &installation.app;
        let today = app.environment.today();
        let (target, rows) = if args.kind == "units" {
            let versions = app.store.read().await.map_err(one)?.unit_versions().await.map_err(one)?;
            let mut target = unit_columns();
            target.columns.truncate(9);
            if args.out.extension().is_some_and(|ending| ending == "csv") {
                for column in &mut target.columns {
                    column.title = column.key.clone();
                }
            }
            let code = |id| versions.iter().find(|version| version.unit == id).map(|version| version.code.clone());
            let mut sorted: Vec<_> = versions.iter().collect();
            sorted.sort_by_key(|version| (version.position, version.valid_from));
            let text = |text: Option<String>| text.map_or(Cell::Missing, Cell::Text);
            let rows: Vec<Vec<Cell>> = sorted
                .into_iter()
                .map(|version| {
                    let attribute = |key: &str| text(version.attributes.get(key).cloned());
                    vec![
                        Cell::Text(version.code.clone()),
                        Cell::Text(version.name.clone()),
                        Cell::Text(version.kind.clone()),
                        text(version.parent.and_then(code)),
                        Cell::Date(version.valid_from),
                        version.valid_to.map_or(Cell::Missing, Cell::Date),
                        attribute("ownership"),
                        attribute("setting"),
                        attribute("stage"),
                    ]
                })
                .collect();
            (target, rows)
        } else {
            let target = ledger_columns(app, &args.kind).map_err(one)?;
            let rows = ledger_rows(app, &caller, (whole_ledger(&args.kind), usize::MAX), &caller.scope())
                .await
                .map_err(one)?;
            (target, rows)
        };
        let unit = caller.grants.first().and_then(|grant| caller.tree.get(grant.unit));
        let frame = SheetFrame {
            title: target.title.clone(),
            unit: unit.map(|version| version.name.clone()).unwrap_or_default(),
            date: wording::full(today),
            filled_by: String::new(),
        };
        let count = rows.len();
        let name = args.out.display().to_string();
        let bytes = app.sheets.write(&name, &target, &frame, &mut rows.into_iter()).map_err(one)?;
        std::fs::write(&args.out, bytes)
            .map_err(|error| one(Problem::new(&FILE_UNREADABLE, &[("file", &name), ("reason", &error)])))?;
        Ok::<_, Vec<Problem>>(count)
    };
    match done.await {
        Err(problems) => problems.into(),
        Ok(count) => {
            let mut outcome = Outcome::default();
            outcome.put("rows", count).put("file", args.out.display().to_string());
            outcome.say(format!("{count}行 → {}", args.out.display()));
            outcome
        }
    }
}
