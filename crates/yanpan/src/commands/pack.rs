//! `yanpan pack check | list | diff | test`.

use crate::{
    outcome::Outcome,
    wiring::{schemas, shipped},
};
use clap::Subcommand;
use serde_json::json;
use std::path::PathBuf;
use yanpan_kernel::problem::Problem;
use yanpan_packs::{Pack, Shelf, read};

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
    let (dirs, listing) = match command {
        Command::Check { dirs } => (dirs, false),
        Command::List { dirs } => (dirs, true),
    };
    let folders = match folders(&dirs) {
        Ok(folders) => folders,
        Err(problems) => return problems.into(),
    };
    let mut outcome = Outcome::default();
    let mut rows = Vec::new();
    for (name, files) in &folders {
        let (pack, problems) = check(name, files);
        let facts = schemas(&Shelf::new(vec![pack.clone()])).len();
        outcome.say(format!(
            "{} {} {}:表单{}、事项{}、任务{}、判定表{}、指标{}、清单{}、文书{};{}个问题",
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
    outcome
}
