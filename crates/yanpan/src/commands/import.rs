//! `yanpan import KIND FILE` and `yanpan undo BATCH`.

use super::session::{Session, unit};
use crate::{outcome::Outcome, wiring::Installation};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value as Json, json};
use std::{io::IsTerminal, path::PathBuf, sync::Arc, time::Duration};
use yanpan_app::{
    Caller,
    import::{Choice, Committed, Plan, Sort, Upload, commit, plan, rejects, undo as undo_batch},
    ports::{Phase, Progress, SheetHints},
};
use yanpan_kernel::{
    id::Id,
    problem::{FILE_UNREADABLE, Problem, USAGE},
};

/// Words of `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    #[command(flatten)]
    session: Session,
    /// units、people、pupils、teaching,或业务包的台账 / units, people, pupils, teaching, or a pack's ledger
    kind: String,
    /// 文件 / File
    file: PathBuf,
    /// 没有单位列时的单位编码 / Unit where the ledger names none
    #[arg(long, value_name = "CODE")]
    unit: Option<String>,
    /// 列对应关系 / Mapping of headings, TOML
    #[arg(long, value_name = "TOML")]
    mapping: Option<PathBuf>,
    /// 只看不写 / Look only
    #[arg(long)]
    dry_run: bool,
    /// 有任何问题就整批不收 / All or nothing
    #[arg(long)]
    all_or_nothing: bool,
    /// 疑似重复的也收 / Take suspected duplicates too
    #[arg(long)]
    suspects: bool,
    /// 退回的行写到 / Rejects as a workbook
    #[arg(long, value_name = "XLSX")]
    rejects: Option<PathBuf>,
}

/// Words of `undo`.
#[derive(Debug, Args)]
pub struct UndoArgs {
    #[command(flatten)]
    session: Session,
    /// 批次 / Batch
    batch: String,
    /// 已有人办理的也撤销(逐条写编号的 id)/ Confirmed cases
    #[arg(long, value_name = "CASE", value_delimiter = ',')]
    confirm: Vec<String>,
}

impl ImportArgs {
    /// The session, and the paths that it names, unless it only looks.
    pub fn writing(&mut self) -> Option<(&mut Session, Vec<&mut PathBuf>)> {
        let mut paths = vec![&mut self.file];
        paths.extend(self.mapping.as_mut());
        paths.extend(self.rejects.as_mut());
        (!self.dry_run).then_some((&mut self.session, paths))
    }
}

impl UndoArgs {
    /// The session.
    pub const fn writing(&mut self) -> &mut Session {
        &mut self.session
    }
}

/// Runs `import`.
pub async fn import(args: ImportArgs) -> Outcome {
    let done = async {
        let bytes = read(&args.file)?;
        let opened = if args.dry_run { args.session.read().await? } else { args.session.write().await? };
        run(&opened, &args, bytes).await
    };
    done.await.unwrap_or_else(Outcome::refused)
}

fn read(path: &PathBuf) -> Result<Vec<u8>, Vec<Problem>> {
    std::fs::read(path)
        .map_err(|error| vec![Problem::new(&FILE_UNREADABLE, &[("file", &path.display()), ("reason", &error)])])
}

fn upload(caller: &Caller, args: &ImportArgs, bytes: Vec<u8>) -> Result<Upload, Vec<Problem>> {
    let mapping = match &args.mapping {
        Some(path) => Some(String::from_utf8_lossy(&read(path)?).into_owned()),
        None => None,
    };
    let unit = args.unit.as_deref().map(|code| unit(caller, code)).transpose();
    Ok(Upload {
        kind: args.kind.clone(),
        unit: unit.map_err(|problem| vec![problem])?,
        name: args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        bytes: bytes.into(),
        hints: SheetHints { mapping, ..SheetHints::default() },
    })
}

async fn run(
    (installation, caller): &(Installation, Caller),
    args: &ImportArgs,
    bytes: Vec<u8>,
) -> Result<Outcome, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let app = &installation.app;
    let upload = upload(caller, args, bytes)?;
    let progress = Arc::new(Progress::default());
    let bar = shown(&progress);
    let planned = plan(app, caller, &upload, &progress).await;
    bar.abort();
    let planned = Arc::new(planned.map_err(one)?);
    let mut outcome = summary(&planned);
    if let Some(path) = &args.rejects
        && let Some(workbook) = rejects(app, caller, (&upload, &planned)).await.map_err(one)?
    {
        std::fs::write(path, workbook)
            .map_err(|error| one(Problem::new(&FILE_UNREADABLE, &[("file", &path.display()), ("reason", &error)])))?;
        outcome.put("rejects", path.display().to_string()).say(format!("退回的行：{}", path.display()));
    }
    outcome.problems = planned.all_problems();
    if args.dry_run {
        return Ok(outcome);
    }
    let choice = Choice { good_rows_only: !args.all_or_nothing, suspects: args.suspects };
    match commit(app, caller, (&upload, &planned), choice).await {
        Ok(done) => tell(&mut outcome, &done, (&upload, &planned)),
        Err(problems) => {
            outcome.put("accepted", 0);
            outcome.problems = problems;
        }
    }
    Ok(outcome)
}

/// A bar on standard error while a person looks on.
fn shown(progress: &Arc<Progress>) -> tokio::task::JoinHandle<()> {
    let progress = progress.clone();
    tokio::spawn(async move {
        if !std::io::stderr().is_terminal() {
            return;
        }
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {percent}%") {
            bar.set_style(style);
        }
        loop {
            let (phase, done, total) = progress.seen();
            bar.set_message(match phase {
                Phase::Reading => "读取",
                Phase::Checking => "检查",
                Phase::Comparing => "比对",
            });
            bar.set_length(total);
            bar.set_position(done);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    })
}

/// Says what was written: the batch, and first passwords of new accounts.
fn tell(outcome: &mut Outcome, done: &Committed, (upload, plan): (&Upload, &Plan)) {
    outcome.put("batch", done.batch.id.to_string());
    outcome.say(format!("批次 {}(可用 yanpan undo 撤销)", done.batch.id));
    if upload.kind != "people" {
        return;
    }
    let mut passwords = Vec::new();
    for (row, password) in &done.given {
        let login = plan.rows.iter().find(|planned| planned.row == *row).map(|planned| planned.values());
        let login = login.and_then(|values| values.get("login").cloned()).unwrap_or_default();
        outcome.say(format!("账号 {login} 一次性密码 {password}"));
        passwords.push(json!({ "login": login, "password": password }));
    }
    outcome.put("passwords", passwords);
}

fn summary(plan: &Plan) -> Outcome {
    let mut outcome = Outcome::default();
    let count = |sort| plan.count(sort);
    let accepted = count(Sort::New) + count(Sort::Update) + count(Sort::Same);
    outcome.put("rows", plan.rows.len()).put("accepted", accepted).put("rejected", count(Sort::Refused));
    outcome.put("new", count(Sort::New)).put("updated", count(Sort::Update)).put("unchanged", count(Sort::Same));
    outcome.put("suspect", count(Sort::Suspect)).put("notes", json!(plan.notes)).put("mapping", json!(plan.mapping));
    let told = plan.rows.iter().flat_map(|row| &row.suggestions);
    let told = told.filter(|found| found.suggestion.is_some() || found.doubt);
    let suggestions: Vec<Json> = told.map(|found| json!(found)).collect();
    outcome.put("suggestions", suggestions);
    outcome.say(format!(
        "共{}行：新增{}，更新{}，未变{}，疑似重复{}，有问题{}",
        plan.rows.len(),
        count(Sort::New),
        count(Sort::Update),
        count(Sort::Same),
        count(Sort::Suspect),
        count(Sort::Refused)
    ));
    for note in &plan.notes {
        outcome.say(note.clone());
    }
    outcome
}

/// Undoes a batch.
pub async fn undo(args: UndoArgs) -> Outcome {
    let done = async {
        let (installation, caller) = args.session.write().await?;
        let bad = |text: &String| vec![Problem::new(&USAGE, &[("reason", &format!("「{text}」不是批次或事项的 id"))])];
        let batch: Id<_> = args.batch.parse().map_err(|_| bad(&args.batch))?;
        let mut confirmed = std::collections::BTreeSet::new();
        for text in &args.confirm {
            confirmed.insert(text.parse().map_err(|_| bad(text))?);
        }
        undo_batch(&installation.app, &caller, batch, confirmed).await
    };
    match done.await {
        Err(problems) => problems.into(),
        Ok(count) => {
            let mut outcome = Outcome::default();
            outcome.put("withdrawn", count).say(format!("已撤销，{count}件事项转为已撤销"));
            outcome
        }
    }
}
