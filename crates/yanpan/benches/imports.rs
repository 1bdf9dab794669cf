//! A ledger of 50,000 rows through the whole use case: plan, commit, the same file again; rows a second and memory at its peak.

use std::{fmt::Write, sync::Arc, time::Instant};
use yanpan::wiring::{Opening, environment, open};
use yanpan_app::{
    App, Caller,
    import::{Choice, Plan, Sort, Upload, commit, plan},
    installation::{LOCAL_OPERATOR, init},
    person::standing_in,
    ports::Progress,
};

const ROWS: usize = 50_000;
const SCHOOLS: usize = 200;

/// The most memory that the process has held, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()).unwrap_or(0) / 1024
}

async fn caller(app: &Arc<App>) -> Option<Caller> {
    let account = app.store.read().await.ok()?.account_by_login(LOCAL_OPERATOR).await.ok()??;
    standing_in(app, account.id).await.ok()
}

fn units() -> String {
    let mut text = String::from("code,name,kind,parent,valid_from\n");
    for school in 0..SCHOOLS {
        let _ = writeln!(text, "S{school:04},第{school}号小学,primary,ROOT,2024-09-01");
    }
    text
}

fn ledger(key: &str) -> Option<Vec<u8>> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().ok()?;
    for (at, heading) in (0..).zip(["学校", "排查时间", "隐患部位", "隐患描述", "级别", "整改情况"])
    {
        sheet.write(0, at, heading).ok()?;
    }
    for row in 0..ROWS {
        let day = format!("2026-{:02}-{:02}", row % 9 + 1, row % 28 + 1);
        let cells =
            [format!("第{}号小学", row % SCHOOLS), day, format!("{}号楼", row % 40), format!("{key}第{row}处灯不亮")];
        for (at, cell) in (0..).zip(cells.iter().map(String::as_str).chain(["一般", "整改中"])) {
            sheet.write(u32::try_from(row).ok()? + 1, at, cell).ok()?;
        }
    }
    book.save_to_buffer().ok()
}

async fn planned(app: &Arc<App>, caller: &Caller, upload: &Upload) -> Option<Arc<Plan>> {
    let began = Instant::now();
    let made = plan(app, caller, upload, &Arc::new(Progress::default())).await.ok()?;
    let seconds = began.elapsed().as_secs_f64();
    let sorts = Sort::ALL.map(|(sort, key)| format!("{key} {}", made.count(sort))).join(", ");
    println!("plan: {seconds:.2} s, {:.0} rows/s ({sorts}); peak {} MiB", ROWS as f64 / seconds, peak());
    Some(Arc::new(made))
}

async fn measured(kind: &str) -> Option<()> {
    let folder = tempfile::tempdir().ok()?;
    let opening = Opening { create: true, exclusive: true, ..Opening::default() };
    let app = open(folder.path(), &opening, environment()).await.ok()?.app;
    init(&app, "ROOT", "测试市教育局").await.ok()?;
    let choice = Choice { good_rows_only: true, suspects: false };
    let upload = |kind: &str, name: &str, bytes: Vec<u8>| Upload {
        kind: kind.to_owned(),
        name: name.to_owned(),
        bytes: bytes.into(),
        ..Upload::default()
    };
    let file = upload("units", "units.csv", units().into_bytes());
    let made = planned(&app, &caller(&app).await?, &file).await?;
    commit(&app, &caller(&app).await?, (&file, &made), choice).await.ok()?;
    let caller = caller(&app).await?;
    let file = upload(kind, "ledger.xlsx", ledger("")?);
    println!("file: {} MiB; peak {} MiB before", file.bytes.len() >> 20, peak());
    let made = planned(&app, &caller, &file).await?;
    let began = Instant::now();
    let done = commit(&app, &caller, (&file, &made), choice).await.ok()?;
    let seconds = began.elapsed().as_secs_f64();
    let created = f64::from(done.batch.counts.first().copied().unwrap_or(0));
    println!("commit: {created} rows in {seconds:.2} s, {:.0} rows/s; peak {} MiB", created / seconds, peak());
    drop(made);
    planned(&app, &caller, &file).await.map(drop)
}

fn main() {
    let kind = std::env::args().nth(1).filter(|word| !word.starts_with('-')).unwrap_or_else(|| "hazard".to_owned());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = runtime.ok().and_then(|runtime| runtime.block_on(measured(&kind)));
    if done.is_none() {
        eprintln!("the import bench could not run");
        std::process::exit(1);
    }
}
