//! What was edited: the text of each control beside what was printed.

use super::Opened;
use super::loose::{Loose, narrow};
use crate::statement::value_tag;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A figure whose text was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edited {
    /// Tag of the control, `fig:N` or that of a chart's value.
    pub tag: String,
    /// Number of the figure; a chart's value has none.
    pub number: Option<u32>,
    /// Key of its indicator or listing.
    pub key: String,
    /// What was printed.
    pub printed: String,
    /// What stands there now.
    pub found: String,
}

/// A document beside its statement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// How many figures the statement has.
    pub figures: usize,
    /// Figures whose text was changed, one line per control.
    pub edited: Vec<Edited>,
    /// Figures without a control: deleted, or the control was removed around its text.
    pub missing: Vec<u32>,
    /// Figures with more than one control (copied).
    pub duplicated: Vec<u32>,
    /// Numbers of controls that the statement does not know.
    pub unknown: Vec<u32>,
    /// Numbers outside controls.
    pub unsourced: Vec<Loose>,
}

/// Whether two texts show the same, apart from spaces, width of characters and separators of thousands.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    normal(one) == normal(other)
}

fn normal(text: &str) -> String {
    let letters: Vec<char> = text.chars().map(narrow).filter(|letter| !letter.is_whitespace()).collect();
    let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let separator = |at: usize| letters.get(at) == Some(&',') && digit(at.checked_sub(1)) && digit(Some(at + 1));
    letters.iter().enumerate().filter(|(at, _)| !separator(*at)).map(|(_, letter)| letter).collect()
}

impl Opened {
    /// What was edited since it was printed.
    #[must_use]
    pub fn compare(&self) -> Comparison {
        let known: BTreeMap<u32, _> = self.figures.iter().map(|figure| (figure.number, figure)).collect();
        let mut out = Comparison { figures: known.len(), unsourced: self.loose.clone(), ..Comparison::default() };
        for (number, figure) in &known {
            let texts = self.shown.get(number).map_or(&[][..], Vec::as_slice);
            match texts {
                [] => out.missing.push(*number),
                [_] => {}
                _ => out.duplicated.push(*number),
            }
            let changed: BTreeSet<&String> = texts.iter().filter(|text| !same(text, &figure.shown)).collect();
            out.edited.extend(changed.into_iter().map(|found| Edited {
                tag: figure.tag(),
                number: Some(*number),
                key: figure.key.clone(),
                printed: figure.shown.clone(),
                found: found.clone(),
            }));
        }
        out.edited.extend(self.drawn_otherwise());
        out.unknown = self.shown.keys().filter(|number| !known.contains_key(number)).copied().collect();
        out
    }

    /// Values of charts printed as tables whose text was changed.
    fn drawn_otherwise(&self) -> Vec<Edited> {
        let mut out = Vec::new();
        for (at, chart) in self.charts.iter().enumerate() {
            for series in &chart.series {
                for (row, shown) in series.shown.iter().enumerate() {
                    let tag = value_tag(at + 1, &series.column, row);
                    let found = self.drawn.get(&tag).into_iter().flatten().find(|found| !same(found, shown));
                    out.extend(found.map(|found| Edited {
                        tag: tag.clone(),
                        number: None,
                        key: chart.key.clone(),
                        printed: shown.clone(),
                        found: found.clone(),
                    }));
                }
            }
        }
        out
    }
}
