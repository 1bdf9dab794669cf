//! Templates of packs: MiniJinja for choices and loops, a line-based markup for the document, figures from a [`Source`].
//!
//! The language is described in `docs/adding/document.md`.

mod arguments;
mod build;
mod instrument;
mod lines;
mod marks;
mod pen;
mod pieces;
mod row;
mod table;
mod typography;

pub use instrument::Call;
pub(crate) use marks::forbidden;

use crate::figure::Against;
use crate::model::Document;
use crate::source::Source;
use minijinja::Environment;
use serde::{Deserialize, Serialize};
use yanpan_kernel::problem::{Place, Problem, TEMPLATE_SYNTAX};

/// How many instructions one template may run: a county report takes some ten thousand.
const FUEL: u64 = 5_000_000;

/// A template that parsed.
#[derive(Debug, Clone)]
pub struct Template {
    file: String,
    marked: instrument::Marked,
}

/// What a template may name besides figures, and the words for other periods.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Context {
    /// Variables by name, for example `unit.name`, `period.name`, `cutoff`.
    pub variables: serde_json::Map<String, serde_json::Value>,
    /// What the period before is called in a sentence: 上月, 上周, 上学期.
    pub previous: String,
    /// What the same period a year ago is called: 上年同期.
    pub year_ago: String,
}

impl Context {
    fn name(&self, against: Against) -> &str {
        let (name, usual) = match against {
            Against::Previous => (&self.previous, "上期"),
            Against::YearAgo => (&self.year_ago, "上年同期"),
        };
        if name.is_empty() { usual } else { name }
    }
}

impl Template {
    /// Parses a template. `file` is the name that problems carry.
    ///
    /// # Errors
    /// Every syntax problem that can be found without running it, each with file, line and column.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let marked = instrument::mark(text);
        match environment().template_from_str(&marked.text) {
            Ok(_) => Ok(Self { file: file.to_owned(), marked }),
            Err(error) => Err(vec![syntax(file, &marked, &error)]),
        }
    }

    /// Every call of `fig`, `value`, `change`, `list`, `table` and `chart` whose key is written out, also in branches that a run
    /// may not take, so that a pack can be checked without data.
    #[must_use]
    pub fn calls(&self) -> &[Call] {
        &self.marked.calls
    }

    /// The name that problems carry.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Runs the template on a source: a document and everything that is wrong with it. With problems the document holds what could
    /// be made; a caller that wants only faultless documents looks at the problems first.
    #[must_use]
    pub fn build(&self, context: &Context, source: &dyn Source) -> (Document, Vec<Problem>) {
        build::run(self, context, source)
    }

    fn place(&self, position: usize) -> Place {
        let (line, column) = self.marked.position(position);
        Place::line(&self.file, line, column)
    }
}

/// An environment without files, includes or HTML escaping, whose output keeps data apart from markup.
fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::Custom("document"));
    environment.set_formatter(marks::write);
    environment.set_fuel(Some(FUEL));
    environment
}

/// A problem of the template engine, placed in the file as its author sees it.
fn syntax(file: &str, marked: &instrument::Marked, error: &minijinja::Error) -> Problem {
    let (line, column) = match error.range() {
        Some(range) => marked.position(marked.original(range.start)),
        None => (error.line().and_then(|line| u32::try_from(line).ok()).unwrap_or(1), 1),
    };
    let reason = match error.detail() {
        Some(detail) => format!("{}({detail})", error.kind()),
        None => error.kind().to_string(),
    };
    Problem::new(&TEMPLATE_SYNTAX, &[("reason", &reason)]).at(Place::line(file, line, column))
}

#[cfg(test)]
mod tests;
