//! Where the tables are: headers in any of the first rows, columns under any usual name, context lines, what was ignored.

mod context;
mod header;
mod headings;
mod mapping;
mod samples;
mod tables;

pub use context::{Anchor, Context};
pub use mapping::Mapping;

use crate::{Target, Workbook};
use yanpan_kernel::problem::{
    HEADING_MISSING, HEADING_UNKNOWN, HEADING_UNSURE, Place, Problem, SHEET_IGNORED, TABLE_NOT_FOUND,
};

/// Confidence from which a binding needs no question.
pub const SURE: f64 = 0.85;
/// Confidence below which a heading counts as unknown.
pub const LEAST: f64 = 0.6;

/// What the caller knows beforehand.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// A mapping that the user gave; it overrides every guess.
    pub mapping: Option<Mapping>,
    /// Mappings confirmed earlier, for any layout; the one whose fingerprint fits is used.
    pub remembered: Vec<Mapping>,
    /// Year and month that the ledger is for, when the caller knows them; overrides the title.
    pub period: Option<(i16, Option<i8>)>,
    /// Only this sheet, by name.
    pub sheet: Option<String>,
    /// Whether hidden sheets are read too.
    pub hidden: bool,
}

/// Everything found in a workbook.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Tables in the order of the workbook.
    pub found: Vec<Found>,
    /// Sheets in which no table was found, with the reason.
    pub ignored: Vec<Ignored>,
    /// What stops the import: no table at all, required columns missing, columns unknown, mapping wrong.
    pub problems: Vec<Problem>,
    /// What should be confirmed or known, but stops nothing: unsure columns, ignored sheets.
    pub notes: Vec<Problem>,
}

/// One table.
#[derive(Debug, Clone)]
pub struct Found {
    /// Index of the sheet in the workbook.
    pub sheet: usize,
    /// Name of the sheet.
    pub name: String,
    /// First and last row of the header, from 1.
    pub header: (u32, u32),
    /// First and last row below the header that belong to the table, from 1; footer rows included.
    pub body: (u32, u32),
    /// First and last column that the header covers, from 1.
    pub columns: (u32, u32),
    /// Columns that were recognised.
    pub bindings: Vec<Binding>,
    /// Columns that were not, and hold something.
    pub unknown: Vec<Unknown>,
    /// Headings that a mapping leaves out.
    pub left_out: Vec<String>,
    /// Columns that only number the rows, or that we wrote ourselves (错误说明).
    pub neutral: Vec<u32>,
    /// Keys of required columns that have no heading here.
    pub missing: Vec<String>,
    /// The unit where it has no column: it stands above the table (填报单位) or in rows of its own between the records.
    pub standing: Option<Binding>,
    /// What the lines around the table say.
    pub context: Context,
    /// Mean confidence of the bindings, 0 to 1.
    pub confidence: f64,
    /// Hash of the headings in order: equal for equal layouts.
    pub fingerprint: String,
}

/// A heading that was recognised.
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// Column in the sheet, from 1.
    pub column: u32,
    /// Heading as printed; the lines of a merged heading joined by `/`.
    pub heading: String,
    /// Key of the column in the [`Target`].
    pub key: String,
    /// 0 to 1; 1 for a mapping.
    pub confidence: f64,
    /// How it was recognised.
    pub by: By,
    /// For a column to be ticked (√ under 等级/重大): the option that a tick means.
    pub option: Option<String>,
    /// What the heading says in brackets, for example 万元.
    pub bracket: Option<String>,
}

/// How a heading was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By title or synonym.
    Name,
    /// By likeness to a title or synonym.
    Likeness,
    /// By the mapping given.
    Mapping,
    /// By a mapping remembered for this layout.
    Memory,
}

/// A heading that was not recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// Column in the sheet, from 1.
    pub column: u32,
    /// Heading as printed.
    pub heading: String,
    /// The first values below, for the person who maps it.
    pub samples: Vec<String>,
}

/// A sheet without a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// Sheet name.
    pub sheet: String,
    /// Why, in Chinese.
    pub reason: &'static str,
}

impl Found {
    /// The binding of a key.
    #[must_use]
    pub fn binding(&self, key: &str) -> Option<&Binding> {
        self.bindings.iter().find(|binding| binding.key == key)
    }

    /// The mapping as it stands, to be confirmed and remembered for this layout.
    #[must_use]
    pub fn mapping(&self) -> Mapping {
        let known = self.bindings.iter().filter(|binding| binding.option.is_none());
        let pairs = known.map(|binding| (binding.heading.clone(), binding.key.clone()));
        let unknown = self.unknown.iter().map(|unknown| &unknown.heading).chain(&self.left_out);
        let unknown = unknown.map(|heading| (heading.clone(), String::new()));
        Mapping { fingerprint: Some(self.fingerprint.clone()), headings: pairs.chain(unknown).collect() }
    }
}

/// Finds the tables of `target` in a workbook.
#[must_use]
pub fn find(workbook: &Workbook, target: &Target, hints: &Hints) -> Layout {
    let mut layout = Layout::default();
    if let Some(mapping) = &hints.mapping {
        layout.problems.extend(mapping.check(target));
    }
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        let ignore = |reason| Ignored { sheet: sheet.name.clone(), reason };
        if hints.sheet.as_ref().is_some_and(|only| *only != sheet.name) {
            layout.ignored.push(ignore("没有选它"));
        } else if sheet.hidden && !hints.hidden && hints.sheet.is_none() {
            layout.ignored.push(ignore("是隐藏的"));
        } else if sheet.lines.is_empty() {
            layout.ignored.push(ignore("是空表"));
        } else {
            let tables = tables::find(workbook, index, target, hints);
            if tables.is_empty() {
                let reason =
                    if tables::is_instruction(&sheet.name) { "是填写说明" } else { "没有认出的表头" };
                layout.ignored.push(ignore(reason));
            }
            layout.found.extend(tables);
        }
    }
    drop_lists(&mut layout, target);
    layout.complain(target);
    layout
}

/// Tables that lack most required columns are lists or examples when a fuller table exists.
fn drop_lists(layout: &mut Layout, target: &Target) {
    let required = target.columns.iter().filter(|column| column.required).count();
    let weak = |found: &Found| found.missing.len() * 2 > required;
    if layout.found.iter().all(weak) {
        return;
    }
    let (kept, dropped): (Vec<_>, Vec<_>) = layout.found.drain(..).partition(|found| !weak(found));
    layout.found = kept;
    for found in dropped {
        if layout.found.iter().all(|kept| kept.sheet != found.sheet) {
            let reason =
                if tables::is_instruction(&found.name) { "是填写说明" } else { "缺少大部分必填的列" };
            layout.ignored.push(Ignored { sheet: found.name, reason });
        }
    }
}

impl Layout {
    fn complain(&mut self, target: &Target) {
        if self.found.is_empty() {
            let titles: Vec<&str> = target.columns.iter().map(|column| column.title.as_str()).collect();
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("target", &target.title), ("columns", &titles.join("、"))];
            self.problems.push(Problem::new(&TABLE_NOT_FOUND, &values));
        }
        let title =
            |key: &str| target.columns.iter().find(|column| column.key == key).map_or("", |column| &column.title);
        for found in &self.found {
            let at = |column: &str| Place::cell(&found.name, found.header.1, column);
            for key in &found.missing {
                let problem = Problem::new(&HEADING_MISSING, &[("heading", &title(key))]);
                self.problems.push(problem.at(at(title(key))));
            }
            for unknown in &found.unknown {
                let problem = Problem::new(&HEADING_UNKNOWN, &[("heading", &unknown.heading)]);
                self.problems.push(problem.at(at(&unknown.heading)));
            }
            for binding in found.bindings.iter().filter(|binding| binding.confidence < SURE) {
                let values: [(&str, &dyn std::fmt::Display); 2] =
                    [("heading", &binding.heading), ("title", &title(&binding.key))];
                self.notes.push(Problem::new(&HEADING_UNSURE, &values).at(at(&binding.heading)));
            }
        }
        for ignored in &self.ignored {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("sheet", &ignored.sheet), ("reason", &ignored.reason)];
            let place = Place { sheet: Some(ignored.sheet.clone()), ..Place::default() };
            self.notes.push(Problem::new(&SHEET_IGNORED, &values).at(place));
        }
    }
}

#[cfg(test)]
mod tests;
