//! `yanpan report list | build | verify`.

use super::session::{Session, period, unit};
use crate::outcome::Outcome;
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;
use yanpan_app::report;
use yanpan_kernel::problem::{FILE_UNREADABLE, NOT_FOUND, Problem, USAGE};

/// Words of `report`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 能做哪些报告 / Reports that can be built
    List(ListArgs),
    /// 生成报告 / Build a report
    Build(BuildArgs),
    /// 核验报告中的每个数字 / Recompute every figure of a document
    Verify(VerifyArgs),
}

/// Words of `report list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    session: Session,
}

/// Words of `report build`.
#[derive(Debug, Args)]
pub struct BuildArgs {
    #[command(flatten)]
    session: Session,
    /// 报告或文书 / Key
    key: String,
    /// 单位编码 / Unit code
    #[arg(long, required_unless_present = "case")]
    unit: Option<String>,
    /// 期间,如 2026-10 或 2026-10@25 / Period
    #[arg(long, required_unless_present = "case")]
    period: Option<String>,
    /// 事项编号,用于一件事项的文书 / Number of a case, for a document of its own
    #[arg(long, conflicts_with_all = ["unit", "period"])]
    case: Option<String>,
    /// 输出目录 / Folder
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// 格式 / Formats
    #[arg(long, value_delimiter = ',', default_value = "docx,pdf,html")]
    format: Vec<String>,
}

/// Words of `report verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    session: Session,
    /// 要核验的 DOCX / Document
    file: PathBuf,
    /// 另按现在的数据比较 / Also against today's data
    #[arg(long)]
    now: bool,
}

impl Command {
    /// The session of a command that writes, and the paths that it names.
    pub fn writing(&mut self) -> Option<(&mut Session, Vec<&mut PathBuf>)> {
        match self {
            Self::Build(args) => Some((&mut args.session, vec![&mut args.out])),
            Self::List(_) | Self::Verify(_) => None,
        }
    }
}

/// Runs `report`.
pub async fn run(command: Command) -> Outcome {
    let done = match command {
        Command::List(args) => list(args).await,
        Command::Build(args) => build(args).await,
        Command::Verify(args) => verify(args).await,
    };
    done.unwrap_or_else(Outcome::refused)
}

async fn list(args: ListArgs) -> Result<Outcome, Vec<Problem>> {
    let (installation, _) = args.session.read().await?;
    let mut outcome = Outcome::default();
    let mut reports = Vec::new();
    for (pack, paper) in installation.app.packs.papers().filter(|(_, paper)| paper.period.is_some()) {
        outcome.say(format!("{}\t{}\t{} {}", paper.key, paper.title, pack.key, pack.version));
        reports.push(json!({ "key": paper.key, "title": paper.title, "pack": pack.key, "period": paper.period }));
    }
    outcome.put("reports", reports);
    Ok(outcome)
}

async fn build(args: BuildArgs) -> Result<Outcome, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let built = match (&args.case, &args.unit, &args.period) {
        (Some(number), ..) => paper(&args, number).await?,
        (None, Some(code), Some(key)) => {
            let (installation, caller) = args.session.write().await?;
            let unit = unit(&caller, code).map_err(one)?;
            let period = period(&installation, key).map_err(one)?;
            report::build(&installation.app, &caller, &args.key, (unit, period), args.format.clone()).await?
        }
        _ => return Err(one(Problem::new(&USAGE, &[("reason", &"须写 --unit 和 --period,或 --case")]))),
    };
    let unreadable = |path: &PathBuf, error: std::io::Error| {
        one(Problem::new(&FILE_UNREADABLE, &[("file", &path.display()), ("reason", &error)]))
    };
    std::fs::create_dir_all(&args.out).map_err(|error| unreadable(&args.out, error))?;
    let mut outcome = Outcome::default();
    let mut files = Vec::new();
    for (format, bytes) in &built.made.files {
        let path = args.out.join(format!("{}.{format}", built.name));
        std::fs::write(&path, bytes).map_err(|error| unreadable(&path, error))?;
        outcome.say(path.display().to_string());
        files.push(path.display().to_string());
    }
    outcome.notes.clone_from(&built.made.notes);
    outcome.put("files", files).put("figures", built.made.figures).put("as_of", built.provenance.as_of);
    outcome.put("notes", json!(built.made.notes));
    if let Some(kept) = &built.kept {
        outcome.put("report", kept.id.to_string());
    }
    Ok(outcome)
}

/// The document of one case.
async fn paper(args: &BuildArgs, number: &str) -> Result<report::Built, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let (installation, caller) = args.session.read().await?;
    let app = &installation.app;
    let missing = |what: &str| one(Problem::new(&NOT_FOUND, &[("what", &format!("「{what}」"))]));
    let kind = app.packs.paper(&args.key).and_then(|(_, paper)| paper.case.clone());
    let kind = kind.ok_or_else(|| missing(&args.key))?;
    let reading = app.store.read().await.map_err(one)?;
    let row = reading.case_by_number(&kind, number, &caller.scope()).await.map_err(one)?;
    drop(reading);
    let row = row.ok_or_else(|| missing(number))?;
    report::case_paper(app, &caller, &row, &args.key, args.format.clone()).await
}

async fn verify(args: VerifyArgs) -> Result<Outcome, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let (installation, caller) = args.session.read().await?;
    let bytes = std::fs::read(&args.file)
        .map_err(|error| one(Problem::new(&FILE_UNREADABLE, &[("file", &args.file.display()), ("reason", &error)])))?;
    let verified = report::verify(&installation.app, &caller, bytes, args.now).await.map_err(one)?;
    let found = &verified.found;
    let mut outcome = Outcome { failed: !verified.stands(), ..Outcome::default() };
    outcome.say(format!(
        "{}个数字，{}个不符；落款印记{}",
        found.figures,
        found.differing.len(),
        if found.signed { "完好" } else { "不符或缺失" }
    ));
    for differing in &found.differing {
        let why = if differing.reason == "edited" { "文中被改动" } else { "重算不符" };
        outcome.say(format!(
            "第{}个({}):文中 {}，应为 {},{why}",
            differing.figure, differing.key, differing.shown, differing.expected
        ));
    }
    for loose in &found.unsourced {
        outcome.say(format!("无来源的数字：{loose}"));
    }
    if let Some(changed) = &verified.changed_since {
        outcome.say(format!("按现在的数据，{}个数字已有变化", changed.len()));
    }
    if let Ok(serde_json::Value::Object(object)) = serde_json::to_value(&verified) {
        outcome.object = object;
    }
    Ok(outcome)
}
