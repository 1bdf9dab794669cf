//! How much a printed heading looks like a column of the target.

use crate::{Kind, Target, text};
use std::collections::BTreeMap;

/// Headings that say nothing about the content, or that we write ourselves.
const NEUTRAL: [&str; 7] = ["序号", "序", "行号", "no", "错误说明", "修改建议", "图片"];

/// All names of all columns, folded.
pub(super) struct Names<'t> {
    target: &'t Target,
    names: Vec<Name>,
    exact: BTreeMap<String, usize>,
}

struct Name {
    column: usize,
    folded: String,
    bare: String,
    length: usize,
    weight: f64,
}

/// A column that a heading may be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Likeness {
    /// Index in the target.
    pub column: usize,
    /// 0 to 1.
    pub score: f64,
    /// The option that a tick in the column means.
    pub option: Option<String>,
}

impl<'t> Names<'t> {
    /// Collects titles, synonyms and keys.
    pub fn new(target: &'t Target) -> Self {
        let (mut names, mut exact) = (Vec::new(), BTreeMap::new());
        for (at, column) in target.columns.iter().enumerate() {
            let titles = std::iter::once((&column.title, 1.0));
            let others = column.synonyms.iter().map(|name| (name, 0.98)).chain([(&column.key, 0.9)]);
            for (name, weight) in titles.chain(others) {
                let folded = text::fold(name);
                if folded.is_empty() {
                    continue;
                }
                exact.entry(folded.clone()).or_insert(at);
                let bare = text::fold(&text::split_brackets(name).0);
                names.push(Name { column: at, length: folded.chars().count(), folded, bare, weight });
            }
        }
        Self { target, names, exact }
    }

    /// How many columns are sought.
    pub fn size(&self) -> usize {
        self.target.columns.len()
    }

    /// Whether the text is exactly a known heading.
    pub fn knows(&self, heading: &str) -> bool {
        let folded = text::fold(heading);
        self.exact.contains_key(&folded) || is_neutral(&folded)
    }

    /// The columns that a heading may be, best first; its path runs from the top line to the lowest.
    pub fn like(&self, path: &[String]) -> Vec<Likeness> {
        let heading = Heading::new(path);
        let mut best: BTreeMap<usize, f64> = BTreeMap::new();
        for name in &self.names {
            let score = heading.likeness(name) * name.weight;
            let known = best.entry(name.column).or_insert(0.0);
            *known = known.max(score);
        }
        let mut out: Vec<Likeness> = best
            .into_iter()
            .filter(|(_, score)| *score >= super::LEAST)
            .map(|(column, score)| Likeness { column, score, option: None })
            .collect();
        out.extend(self.ticked(path));
        out.sort_by(|a, b| b.score.total_cmp(&a.score));
        out
    }

    /// «等级 / 重大»: the parent is a choice, the leaf one of its options.
    fn ticked(&self, path: &[String]) -> Option<Likeness> {
        let (leaf, parents) = path.split_last()?;
        let leaf = text::fold(leaf);
        let column = parents.iter().rev().find_map(|parent| self.exact.get(&text::fold(parent)))?;
        let Kind::Choice { options } = &self.target.columns.get(*column)?.kind else { return None };
        let names =
            |o: &crate::Choice| std::iter::once(&o.title).chain(&o.synonyms).any(|name| text::fold(name) == leaf);
        let option = options.iter().find(|option| names(option))?;
        Some(Likeness { column: *column, score: 0.99, option: Some(option.value.clone()) })
    }
}

/// Whether a folded heading is one of those without meaning for the content.
pub(super) fn is_neutral(folded: &str) -> bool {
    NEUTRAL.contains(&folded)
}

struct Heading {
    full: String,
    leaf: String,
    bare: String,
    parent: String,
    length: usize,
}

impl Heading {
    fn new(path: &[String]) -> Self {
        let leaf = path.last().map_or("", String::as_str);
        let parent = path.len().checked_sub(2).and_then(|at| path.get(at)).map_or("", String::as_str);
        let folded = text::fold(leaf);
        Self {
            full: text::fold(&path.concat()),
            bare: text::fold(&text::split_brackets(leaf).0),
            parent: text::fold(parent),
            length: folded.chars().count(),
            leaf: folded,
        }
    }

    fn likeness(&self, name: &Name) -> f64 {
        if self.leaf.is_empty() || self.length > 30 {
            return 0.0;
        }
        if self.full == name.folded {
            return 1.0;
        }
        if !self.parent.is_empty() && name.folded.ends_with(&self.leaf) && shares_start(&name.folded, &self.parent) {
            return 0.98;
        }
        if self.leaf == name.folded {
            return 0.97;
        }
        if !self.bare.is_empty() && self.bare == name.bare {
            return 0.93;
        }
        if is_neutral(&self.leaf) || self.bare.is_empty() || name.bare.is_empty() {
            return 0.0;
        }
        let (mine, other) = (self.bare.chars().count() as f64, name.bare.chars().count() as f64);
        if name.length >= 2 && self.bare.contains(&name.bare) {
            // In a Chinese compound the head stands last: 责任人电话 is a 电话.
            let head = if self.bare.ends_with(&name.bare) { 0.06 } else { 0.0 };
            return 0.55 + 0.22 * other / mine + head;
        }
        if self.length >= 2 && name.bare.contains(&self.bare) {
            return 0.55 + 0.25 * mine / other;
        }
        if mine >= 4.0 && (mine - other).abs() <= 1.0 && crate::names::distance(&self.bare, &name.bare) <= 1 {
            return 0.78;
        }
        0.0
    }
}

/// Whether a name begins as the parent heading does, by two characters: 整改时限 under 整改情况.
fn shares_start(name: &str, parent: &str) -> bool {
    let two = |text: &str| text.chars().take(2).collect::<String>();
    name.chars().count() > 2 && two(name) == two(parent)
}
