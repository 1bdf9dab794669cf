//! What a new version of a pack changes, in sentences, and what of it open cases and printed reports would feel.

mod cases;
mod forms;

use crate::Pack;
use serde::Serialize;
use std::{collections::BTreeMap, fmt};

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// 新增
    Added,
    /// 删去
    Removed,
    /// 改动
    Changed,
}

impl ChangeKind {
    fn word(self) -> &'static str {
        match self {
            Self::Added => "新增",
            Self::Removed => "删去",
            Self::Changed => "改动",
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// Whether open cases, or figures already reported, would not mean the same any more.
    pub breaking: bool,
    /// Dotted path of what changed, `case.hazard.accept`.
    pub path: String,
    /// Chinese sentence.
    pub text: String,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.breaking { "!" } else { " " };
        write!(f, "{mark} {} {}({})", self.kind.word(), self.text, self.path)
    }
}

/// The differences from one version of a pack to another, in the order of the loop: forms, cases, rules, rounds, figures.
#[must_use]
pub fn diff(before: &Pack, after: &Pack) -> Vec<Change> {
    let mut found = Found::default();
    if before.key != after.key {
        found.say(ChangeKind::Changed, true, "pack", format!("业务包由「{}」换成「{}」", before.key, after.key));
    }
    if before.version == after.version && before.hash != after.hash {
        let text = format!("文件有改动而版本仍是 {}，请提高版本号", after.version);
        found.say(ChangeKind::Changed, true, "version", text);
    }
    found.forms(before, after);
    found.cases(before, after);
    found.whole(("table", "判定表", true), &before.tables, &after.tables);
    found.whole(("round", "任务", true), &before.rounds, &after.rounds);
    found.whole(("indicator", "指标", true), &before.indicators, &after.indicators);
    found.whole(("listing", "清单", false), &before.listings, &after.listings);
    found.whole(("ledger", "台账", false), &before.ledgers, &after.ledgers);
    found.whole(("document", "文书", false), &before.documents, &after.documents);
    found.changes
}

#[derive(Default)]
struct Found {
    changes: Vec<Change>,
}

impl Found {
    fn say(&mut self, kind: ChangeKind, breaking: bool, path: impl Into<String>, text: String) {
        self.changes.push(Change { kind, breaking, path: path.into(), text });
    }

    /// Definitions added, removed, or changed in whatever way; `breaking` says whether a change of one is.
    fn whole<T: PartialEq>(
        &mut self,
        (path, what, breaking): (&str, &str, bool),
        before: &BTreeMap<String, T>,
        after: &BTreeMap<String, T>,
    ) {
        for (key, old) in before {
            let path = format!("{path}.{key}");
            match after.get(key) {
                None => self.say(ChangeKind::Removed, true, path, format!("{what}「{key}」")),
                Some(new) if new != old => {
                    self.say(ChangeKind::Changed, breaking, path, format!("{what}「{key}」"));
                }
                Some(_) => {}
            }
        }
        for key in after.keys().filter(|key| !before.contains_key(*key)) {
            self.say(ChangeKind::Added, false, format!("{path}.{key}"), format!("{what}「{key}」"));
        }
    }
}

#[cfg(test)]
mod tests;
