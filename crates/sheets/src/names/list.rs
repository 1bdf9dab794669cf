//! A matcher over a supplied list of units (or of anything that has a code, a name and aliases).

use super::short::{shorten, without_place};
use super::{Candidate, Match, distance};
use crate::text;
use std::collections::BTreeMap;

/// One line of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Id given out.
    pub id: String,
    /// Code, if any.
    pub code: String,
    /// Its own name.
    pub name: String,
    /// Other names in use, learned ones included.
    pub aliases: Vec<String>,
}

/// A list indexed for matching.
#[derive(Debug, Clone, Default)]
pub struct List {
    entries: Vec<Entry>,
    exact: BTreeMap<String, Vec<usize>>,
    aliases: BTreeMap<String, Vec<usize>>,
    short: Vec<(String, usize)>,
}

/// Near misses that are given out.
const GIVEN: usize = 5;
/// Least likeness of a near miss.
const LIKE: f64 = 0.62;

impl List {
    /// Indexes a list.
    #[must_use]
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut list = Self { entries: Vec::new(), ..Self::default() };
        for (at, entry) in entries.iter().enumerate() {
            for key in [&entry.code, &entry.name].into_iter().map(|key| text::fold(key)).filter(|key| !key.is_empty()) {
                list.exact.entry(key).or_default().push(at);
            }
            for alias in entry.aliases.iter().map(|alias| text::fold(alias)).filter(|alias| !alias.is_empty()) {
                list.aliases.entry(alias).or_default().push(at);
            }
            for name in std::iter::once(&entry.name).chain(&entry.aliases) {
                list.short.push((shorten(without_place(&text::fold(name))), at));
            }
        }
        list.entries = entries;
        list
    }

    /// What a name means in this list. Two entries of one name are never chosen between.
    #[must_use]
    pub fn find(&self, name: &str) -> Match {
        let folded = text::fold(name);
        if folded.is_empty() {
            return Match::None;
        }
        let outside = text::fold(&text::split_brackets(name).0);
        for key in [&folded, &outside] {
            match self.exact.get(key).map(|hits| self.distinct(hits)).as_deref() {
                Some([only]) => return Match::Exact(only.id.clone()),
                Some(several) if !several.is_empty() => return Match::Near(candidates(several)),
                _ => {}
            }
            match self.aliases.get(key).map(|hits| self.distinct(hits)).as_deref() {
                Some([only]) => return Match::Alias(only.id.clone()),
                Some(several) if !several.is_empty() => return Match::Near(candidates(several)),
                _ => {}
            }
        }
        self.near(&folded)
    }

    fn distinct(&self, hits: &[usize]) -> Vec<&Entry> {
        let mut out: Vec<&Entry> = hits.iter().filter_map(|at| self.entries.get(*at)).collect();
        out.dedup_by(|a, b| a.id == b.id);
        out
    }

    fn near(&self, folded: &str) -> Match {
        let short = shorten(without_place(folded));
        let mut best: BTreeMap<usize, f64> = BTreeMap::new();
        for (name, at) in &self.short {
            let score = likeness(&short, name);
            if score >= LIKE {
                let known = best.entry(*at).or_insert(0.0);
                *known = known.max(score);
            }
        }
        let mut near: Vec<Candidate> = best
            .into_iter()
            .filter_map(|(at, score)| self.entries.get(at).map(|entry| (entry, score)))
            .map(|(entry, score)| Candidate { id: entry.id.clone(), name: entry.name.clone(), score })
            .collect();
        near.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.name.cmp(&b.name)));
        // When one stands out, the others would only confuse.
        if let [first, second, ..] = near.as_slice()
            && first.score >= 0.95
            && second.score < 0.9
        {
            near.truncate(1);
        }
        near.truncate(GIVEN);
        if near.is_empty() { Match::None } else { Match::Near(near) }
    }
}

fn candidates(entries: &[&Entry]) -> Vec<Candidate> {
    let of = |entry: &&Entry| Candidate { id: entry.id.clone(), name: entry.name.clone(), score: 1.0 };
    entries.iter().map(of).collect()
}

/// Likeness of two shortened names: equal 1, contained by length, else by edit distance; different numbers never.
fn likeness(a: &str, b: &str) -> f64 {
    let (long, less) = (a.chars().count().max(b.chars().count()), a.chars().count().min(b.chars().count()));
    if less == 0 || numbers(a) != numbers(b) && !numbers(a).is_empty() && !numbers(b).is_empty() {
        return 0.0;
    }
    if a == b {
        return 0.98;
    }
    if less >= 2 && (a.contains(b) || b.contains(a)) {
        return 0.6 + 0.35 * less as f64 / long as f64;
    }
    // Two short names that differ in one letter are two schools as often as one.
    if long < 4 {
        return 0.0;
    }
    1.0 - distance(a, b) as f64 / long as f64
}

/// The numbers in a name: 一小 and 二小 are no misspellings of each other.
fn numbers(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c)).collect()
}
