//! Overlays: a bureau's own changes to a pack, with a version of their own, that give a new pack.
//!
//! `overlay.toml` names its `base` and its own `version` (a number), replaces or adds whole definitions (`[form.x]`, `[case.x]`, …),
//! and under `[set]` single keys by path: `"case.hazard.deadline.rectification.remind" = ["-5wd"]`. In lists a step of the path is
//! the element's `key`, `verb`, `field` or `id`. Other files of its folder replace those of the base.

use super::{Folder, draft::refusal, folder};
use crate::{Pack, toml as placed};
use std::collections::BTreeMap;
use toml::{Table, Value};
use yanpan_kernel::problem::{Place, Problem};
use yanpan_rules::nearest;

const FILE: &str = "overlay.toml";
const SECTIONS: [&str; 8] = ["form", "case", "table", "round", "ledger", "indicator", "listing", "document"];
/// Keys that name an element of a list.
const NAMES: [&str; 4] = ["key", "verb", "field", "id"];

/// The pack that an overlay makes of its base, and every problem: those of the base, of the overlay, and of what comes of both.
#[must_use]
pub fn overlay(base: &Folder, site: &Folder) -> (Pack, Vec<Problem>) {
    let (pack, problems) = folder(base);
    if !problems.is_empty() {
        return (pack, problems);
    }
    let text = site.get(FILE).map_or("", String::as_str);
    let (heading, problems) = placed::read(FILE, text, heading);
    let (Some(heading), Ok(values), true) = (heading, text.parse::<Table>(), problems.is_empty()) else {
        return (pack, problems);
    };
    let mut merge = Merge { files: BTreeMap::new(), changed: BTreeMap::new(), problems: Vec::new() };
    if heading.base.value != pack.key {
        merge.refuse("base", &heading.base.value, &format!("这里的业务包是「{}」", pack.key), &heading.base.place);
    }
    for (file, text) in base.iter().filter(|(file, _)| file.ends_with(".toml")) {
        merge.files.extend(text.parse::<Table>().ok().map(|table| (file.clone(), table)));
    }
    merge.definitions(&values, &heading.places);
    if let Some(Value::Table(set)) = values.get("set") {
        for (path, value) in set {
            let place = heading.places.get(path).cloned().unwrap_or_default();
            merge.set(path, value, &place);
        }
    }
    if let Some(meta) = merge.files.get_mut("pack.toml") {
        meta.insert("version".to_owned(), Value::String(format!("{}+site.{}", pack.version, heading.version)));
        merge.changed.insert("pack.toml".to_owned(), heading.base.place);
    }
    merge.finish(base, site)
}

struct Heading {
    base: placed::Placed<String>,
    version: i64,
    /// Where paths and definitions stand, by path.
    places: BTreeMap<String, Place>,
}

fn heading(root: &placed::Table<'_>) -> Option<Heading> {
    let base = root.text("base").required_placed();
    let version = root.integer_in("version", 1..=999_999).required();
    let mut places = BTreeMap::new();
    if let Some(set) = root.table("set").optional() {
        places.extend(set.items().into_iter().map(|(path, _)| (path.value, path.place)));
    }
    for section in SECTIONS {
        for (key, table) in root.named_tables(section) {
            table.ignore_rest();
            places.insert(format!("{section}.{}", key.value), key.place);
        }
    }
    Some(Heading { base: base?, version: version?, places })
}

struct Merge {
    files: BTreeMap<String, Table>,
    /// Files that the overlay touched, with the place that did.
    changed: BTreeMap<String, Place>,
    problems: Vec<Problem>,
}

impl Merge {
    fn refuse(&mut self, key: &str, value: &str, reason: &str, place: &Place) {
        self.problems.push(refusal(key, value, reason, place));
    }

    /// The file that holds a definition.
    fn home(&self, section: &str, key: &str) -> Option<String> {
        let holds = |table: &Table| table.get(section).is_some_and(|inner| inner.get(key).is_some());
        self.files.iter().find(|(_, table)| holds(table)).map(|(file, _)| file.clone())
    }

    fn definitions(&mut self, values: &Table, places: &BTreeMap<String, Place>) {
        for section in SECTIONS {
            let Some(Value::Table(definitions)) = values.get(section) else { continue };
            for (key, value) in definitions {
                let file = self.home(section, key).unwrap_or_else(|| "site.toml".to_owned());
                let table = self.files.entry(file.clone()).or_default();
                let inner = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
                if let Value::Table(inner) = inner {
                    inner.insert(key.clone(), value.clone());
                }
                let place = places.get(&format!("{section}.{key}")).cloned().unwrap_or_default();
                self.changed.insert(file, place);
            }
        }
    }

    fn set(&mut self, path: &str, value: &Value, place: &Place) {
        let mut steps = path.split('.');
        let (section, key) = (steps.next().unwrap_or_default(), steps.next().unwrap_or_default());
        let Some(file) = self.home(section, key) else {
            return self.refuse("set", path, "业务包里没有这个定义", place);
        };
        let mut rest = vec![section, key];
        rest.extend(steps);
        let found = self.files.get_mut(&file).map(|table| walk(table, &rest));
        match found {
            Some(Ok(target)) => {
                *target = value.clone();
                self.changed.insert(file, place.clone());
            }
            Some(Err(reason)) => self.refuse("set", path, &reason, place),
            None => {}
        }
    }

    fn finish(mut self, base: &Folder, site: &Folder) -> (Pack, Vec<Problem>) {
        let mut merged = base.clone();
        let own = site.iter().filter(|(file, _)| *file != FILE);
        merged.extend(own.map(|(file, text)| (file.clone(), text.clone())));
        for (file, table) in self.files.iter().filter(|(file, _)| self.changed.contains_key(*file)) {
            merged.insert(file.clone(), table.to_string());
        }
        let (pack, problems) = folder(&merged);
        // Lines of a rewritten file mean nothing to its author: what went wrong there came of the overlay's own line.
        let at_home = |problem: Problem| match problem.place.file.as_ref().and_then(|file| self.changed.get(file)) {
            Some(place) => problem.at(place.clone()),
            None => problem,
        };
        self.problems.extend(problems.into_iter().map(at_home).collect::<Vec<_>>());
        (pack, self.problems)
    }
}

/// The value at a path, or why there is none.
fn walk<'a>(table: &'a mut Table, path: &[&str]) -> Result<&'a mut Value, String> {
    let (first, rest) = path.split_first().ok_or("路径是空的")?;
    let mut value = table.get_mut(*first).ok_or_else(|| format!("没有「{first}」"))?;
    for step in rest {
        let known = names(value);
        let near = nearest(step, known.iter().map(String::as_str));
        let meant =
            near.map_or_else(|| format!("，可用：{}", known.join("、")), |near| format!("，是不是想写「{near}」？"));
        value = inner(value, step).ok_or_else(|| format!("没有「{step}」{meant}"))?;
    }
    Ok(value)
}

fn named(item: &Value) -> Option<&str> {
    NAMES.iter().find_map(|name| item.get(name)?.as_str())
}

fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Table(table) => table.keys().cloned().collect(),
        Value::Array(items) => items.iter().filter_map(named).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

fn inner<'a>(value: &'a mut Value, step: &str) -> Option<&'a mut Value> {
    match value {
        Value::Table(table) => table.get_mut(step),
        Value::Array(items) => items.iter_mut().find(|item| named(item) == Some(step)),
        _ => None,
    }
}
