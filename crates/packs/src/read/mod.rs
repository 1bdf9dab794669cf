//! Reads a pack folder: every definition and every problem of all its files at once.

mod case;
mod derived;
mod draft;
mod expressions;
mod form;
mod indicator;
mod ledger;
mod ledgers;
mod overlay;
mod paper;
mod personal;
mod references;
mod round;
mod scenario;
mod select;
mod states;
mod table;
mod tables;
mod view;

pub use overlay::overlay;

use crate::{Pack, toml};
use draft::{Draft, Wanted};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, io, path::Path};
use yanpan_kernel::problem::{FILE_UNREADABLE, PACK_VALUE, Place, Problem};

/// Files of a pack by their path inside the folder, with `/` between the parts.
pub type Folder = BTreeMap<String, String>;

/// Reads a folder from the disk: its TOML files and templates.
///
/// # Errors
/// When a file cannot be read or is not UTF-8.
pub fn directory(path: &Path) -> Result<Folder, Problem> {
    let mut folder = Folder::new();
    let mut waiting = vec![path.to_owned()];
    while let Some(next) = waiting.pop() {
        let unreadable =
            |error: io::Error| Problem::new(&FILE_UNREADABLE, &[("file", &next.display()), ("reason", &error)]);
        for entry in std::fs::read_dir(&next).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let found = entry.path();
            // A link is never followed: it could lead out of the folder, or round and round.
            let kind = entry.file_type().map_err(unreadable)?;
            let wanted = found.extension().is_some_and(|ending| ending == "toml" || ending == "md");
            if kind.is_dir() {
                waiting.push(found);
            } else if wanted
                && kind.is_file()
                && let Ok(inside) = found.strip_prefix(path)
            {
                let key = inside.to_string_lossy().replace('\\', "/");
                folder.insert(key, std::fs::read_to_string(&found).map_err(unreadable)?);
            }
        }
    }
    Ok(folder)
}

/// Makes a pack of the files of a folder. The pack is usable only when there is no problem.
#[must_use]
pub fn folder(files: &Folder) -> (Pack, Vec<Problem>) {
    let mut draft = Draft::default();
    let mut problems = Vec::new();
    for (file, text) in files.iter().filter(|(file, _)| file.ends_with(".toml")) {
        if file == "overlay.toml" {
            continue;
        }
        let ((), found) = toml::read(file, text, |root| section(&mut draft, file, root, files));
        problems.extend(found);
    }
    if !files.contains_key("pack.toml") {
        let place = Place { file: Some("pack.toml".to_owned()), ..Place::default() };
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("key", &"pack.toml"), ("value", &""), ("reason", &"业务包须有这个文件")];
        problems.push(Problem::new(&PACK_VALUE, &values).at(place));
    }
    problems.append(&mut draft.problems);
    for check in [references::check, expressions::check, tables::check, states::check, ledgers::check, indicator::check]
    {
        problems.extend(check(&draft));
    }
    in_order(&mut problems);
    let mut pack = draft.pack;
    pack.hash = hash(files);
    derived::add(&mut pack);
    (pack, problems)
}

fn section(draft: &mut Draft, file: &str, root: &toml::Table<'_>, files: &Folder) {
    if file == "pack.toml" {
        draft.pack.key = root.text("key").required_or(String::new());
        draft.pack.title = root.text("title").required_or(String::new());
        draft.pack.version = root.text("version").then(version).required_or(String::new());
        draft.pack.summary = root.text("summary").or(String::new());
        draft.pack.source = root.text("source").or(String::new());
        let colours = root.text("colours").placed();
        draft.refer(Wanted::Table, colours.as_ref());
        draft.pack.colours = colours.map(|table| table.value);
        return;
    }
    if file.starts_with("tests/") {
        scenario::read(draft, file, root);
        return;
    }
    for (key, table) in root.named_tables("form") {
        form::read(draft, &key, &table);
    }
    for (key, table) in root.named_tables("case") {
        case::read(draft, &key, &table);
    }
    for (key, table) in root.named_tables("table") {
        table::read(draft, &key, &table);
    }
    for (key, table) in root.named_tables("round") {
        round::read(draft, &key, &table);
    }
    for (key, table) in root.named_tables("ledger") {
        ledger::read(draft, &key, &table);
    }
    for (key, table) in root.named_tables("indicator") {
        indicator::read_indicator(draft, &key, &table);
    }
    for (key, table) in root.named_tables("listing") {
        indicator::read_listing(draft, &key, &table);
    }
    for (key, table) in root.named_tables("document") {
        paper::read(draft, &key, &table, files);
    }
    for (key, table) in root.named_tables("view") {
        view::read(draft, &key, &table);
    }
}

/// `major.minor.patch`, for an overlay with `+site.N` after it.
fn version(text: String) -> Result<String, String> {
    let (numbers, site) = text.split_once('+').unwrap_or((&text, "site.0"));
    let number = |part: &str| part.len() <= 6 && part.parse::<u32>().is_ok();
    let right = numbers.split('.').count() == 3
        && numbers.split('.').all(number)
        && site.strip_prefix("site.").is_some_and(number);
    if right { Ok(text) } else { Err("版本写作 1.0.0".to_owned()) }
}

/// By file, line and column; one thing is said once.
fn in_order(problems: &mut Vec<Problem>) {
    let column = |problem: &Problem| problem.place.column.as_deref().and_then(|column| column.parse::<u32>().ok());
    problems.sort_by_cached_key(|problem| {
        (problem.place.file.clone(), problem.place.line, column(problem), problem.message.clone())
    });
    problems.dedup();
}

/// SHA-256 over the paths and contents in the order of the paths.
fn hash(files: &Folder) -> String {
    let mut hasher = Sha256::new();
    for (file, text) in files {
        hasher.update(file.as_bytes());
        hasher.update([0]);
        hasher.update(text.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
