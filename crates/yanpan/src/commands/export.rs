//! `yanpan export KIND --out FILE`.

use super::session::Session;
use crate::outcome::Outcome;
use clap::Args;
use std::path::PathBuf;
use yanpan_app::{
    App, Caller,
    export::{ledger_columns, ledger_rows, pupil_rows, teaching_rows, unit_rows, whole_ledger},
    ports::{Cell, SheetFrame, SheetTarget},
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
    /// units、pupils、teaching 或事项种类 / units, pupils, teaching or a kind of case
    kind: String,
    /// 输出文件 .xlsx、.csv / File
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// 自己的表头:写有 {{列名}} 的工作簿 / Own header: a workbook with {{column}} placeholders
    #[arg(long, value_name = "XLSX")]
    template: Option<PathBuf>,
}

/// What is exported: columns and rows.
async fn list(app: &App, caller: &Caller, args: &ExportArgs) -> Result<(SheetTarget, Vec<Vec<Cell>>), Problem> {
    match args.kind.as_str() {
        "units" => {
            let (mut target, rows) = unit_rows(app).await?;
            if args.out.extension().is_some_and(|ending| ending == "csv") {
                for column in &mut target.columns {
                    column.title = column.key.clone();
                }
            }
            Ok((target, rows))
        }
        "pupils" => pupil_rows(app, caller).await,
        "teaching" => teaching_rows(app, caller).await,
        kind => {
            let everything = (whole_ledger(kind), usize::MAX);
            let target = ledger_columns(app, kind)?;
            let rows = ledger_rows(app, caller, &target.columns, everything, &caller.scope()).await?;
            Ok((target, rows))
        }
    }
}

/// Runs `export`.
pub async fn run(args: ExportArgs) -> Outcome {
    let done = async {
        let one = |problem: Problem| vec![problem];
        let unreadable = |path: &PathBuf, error: std::io::Error| {
            one(Problem::new(&FILE_UNREADABLE, &[("file", &path.display()), ("reason", &error)]))
        };
        let (installation, caller) = args.session.read().await?;
        let app = &installation.app;
        let (target, rows) = list(app, &caller, &args).await.map_err(one)?;
        let unit = caller.grants.first().and_then(|grant| caller.tree.get(grant.unit));
        let frame = SheetFrame {
            title: target.title.clone(),
            unit: unit.map(|version| version.name.clone()).unwrap_or_default(),
            date: wording::full(app.environment.today()),
            filled_by: String::new(),
            totals: target.summed(),
        };
        let count = rows.len();
        let name = args.out.display().to_string();
        let mut rows = rows.into_iter();
        let bytes = match &args.template {
            Some(path) => {
                let template = std::fs::read(path).map_err(|error| unreadable(path, error))?;
                app.sheets.fill((&template, &path.display().to_string()), &target, &frame, &mut rows)
            }
            None => app.sheets.write(&name, &target, &frame, &mut rows),
        };
        std::fs::write(&args.out, bytes.map_err(one)?).map_err(|error| unreadable(&args.out, error))?;
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
