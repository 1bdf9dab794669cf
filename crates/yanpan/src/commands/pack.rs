//! `yanpan pack check | list | diff | test`.

use crate::{
    outcome::Outcome,
    wiring::{schemas, shipped},
};
use clap::Subcommand;
use serde_json::json;
use std::path::{Path, PathBuf};
use yanpan_app::scenario;
use yanpan_kernel::{
    calendar::{CHINA, Calendar},
    problem::Problem,
};
use yanpan_packs::{Pack, Shelf, diff, read};

/// Words of `pack`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 检查业务包 / Check packs
    Check {
        /// 业务包目录;不写则检查随程序的 / Folders; none for the shipped ones
        dirs: Vec<PathBuf>,
    },
    /// 列出业务包 / List packs
    List {
        /// 业务包目录 / Folders
        dirs: Vec<PathBuf>,
    },
    /// 比较两个版本 / What an upgrade changes
    Diff {
        /// 原来的 / Before
        before: PathBuf,
        /// 新的 / After
        after: PathBuf,
    },
    /// 运行业务包自带的情景 / Run the scenarios of packs
    Test {
        /// 业务包目录;不写则为随程序的 / Folders; none for the shipped ones
        dirs: Vec<PathBuf>,
    },
}

type Named = (String, read::Folder);

fn folders(dirs: &[PathBuf]) -> Result<Vec<Named>, Vec<Problem>> {
    if dirs.is_empty() {
        return Ok(shipped());
    }
    let folder = |dir: &PathBuf| Ok((dir.display().to_string(), read::directory(dir)?));
    dirs.iter().map(folder).collect::<Result<_, Problem>>().map_err(|problem| vec![problem])
}

fn placed(name: &str, mut problem: Problem) -> Problem {
    problem.place.file = problem.place.file.take().map(|file| format!("{name}/{file}"));
    problem
}

/// Reads and checks a pack: definitions, templates, and that each template names figures that exist.
fn check(name: &str, files: &read::Folder) -> (Pack, Vec<Problem>) {
    let (pack, problems) = read::folder(files);
    let mut problems: Vec<Problem> = problems.into_iter().map(|problem| placed(name, problem)).collect();
    problems.extend(crate::wiring::check_papers(&pack).into_iter().map(|problem| placed(name, problem)));
    (pack, problems)
}

/// Runs `pack`.
pub fn run(command: Command) -> Outcome {
    let done = match command {
        Command::Check { dirs } => list(&dirs, false),
        Command::List { dirs } => list(&dirs, true),
        Command::Diff { before, after } => compare(&before, &after),
        Command::Test { dirs } => test(&dirs),
    };
    done.unwrap_or_else(Outcome::refused)
}

fn compare(before: &Path, after: &Path) -> Result<Outcome, Vec<Problem>> {
    let read = |path: &Path| {
        let name = path.display().to_string();
        let files = read::directory(path).map_err(|problem| vec![problem])?;
        let (pack, problems) = check(&name, &files);
        if problems.is_empty() { Ok(pack) } else { Err(problems) }
    };
    let (before, after) = (read(before)?, read(after)?);
    let changes = diff(&before, &after);
    let mut outcome = Outcome::default();
    for change in &changes {
        outcome.say(change.to_string());
    }
    outcome.put("from", before.version).put("to", after.version).put("changes", json!(changes));
    Ok(outcome)
}

fn test(dirs: &[PathBuf]) -> Result<Outcome, Vec<Problem>> {
    let (calendar, problems) = Calendar::read("calendar-cn.json", CHINA);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut outcome = Outcome::default();
    let (mut passed, mut failed) = (0, 0);
    for (name, files) in folders(dirs)? {
        let (pack, problems) = check(&name, &files);
        outcome.problems.extend(problems);
        for scenario in &pack.scenarios {
            let found = scenario::run(&pack, scenario, &calendar);
            let mark = if found.is_empty() { "通过" } else { "不符" };
            outcome.say(format!("{mark} {} {}", pack.key, scenario.title));
            if found.is_empty() {
                passed += 1
            } else {
                failed += 1
            }
            outcome.problems.extend(found.into_iter().map(|problem| placed(&name, problem)));
        }
    }
    outcome.put("passed", passed).put("failed", failed).say(format!("{passed} 通过，{failed} 不符"));
    Ok(outcome)
}

fn list(dirs: &[PathBuf], listing: bool) -> Result<Outcome, Vec<Problem>> {
    let folders = folders(dirs)?;
    let mut outcome = Outcome::default();
    let mut rows = Vec::new();
    for (name, files) in &folders {
        let (pack, problems) = check(name, files);
        let facts = schemas(&Shelf::new(vec![pack.clone()])).len();
        outcome.say(format!(
            "{} {} {}：表单{}、事项{}、任务{}、判定表{}、指标{}、清单{}、文书{};{}个问题",
            pack.key,
            pack.version,
            pack.title,
            pack.forms.len(),
            pack.cases.len(),
            pack.rounds.len(),
            pack.tables.len(),
            pack.indicators.len(),
            pack.listings.len(),
            pack.documents.len(),
            problems.len()
        ));
        rows.push(json!({
            "key": pack.key, "version": pack.version, "title": pack.title, "hash": pack.hash,
            "tables": facts, "problems": problems.len(),
        }));
        if !listing {
            outcome.problems.extend(problems);
        }
    }
    outcome.put("packs", rows);
    Ok(outcome)
}
