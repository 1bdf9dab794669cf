//! Pack 业务包: everything that defines one system, with its expressions compiled.

use crate::{Scenario, View};
use std::collections::{BTreeMap, HashMap};
use yanpan_kernel::{case, form::Form, indicator, round};
use yanpan_rules::{DecisionTable, Expression};

/// The four colours, the gravest first.
pub const COLOURS: [&str; 4] = ["红", "橙", "黄", "蓝"];

/// One version of one pack. Immutable once read.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    /// Key, also the folder's name.
    pub key: String,
    /// Chinese title.
    pub title: String,
    /// Version, `major.minor.patch`.
    pub version: String,
    /// What it is for, in a sentence.
    pub summary: String,
    /// Where its rules come from.
    pub source: String,
    /// Hash over all files of the folder.
    pub hash: String,
    /// Forms.
    pub forms: BTreeMap<String, Form>,
    /// Short names of options, by form, field and value, for documents.
    pub shorts: BTreeMap<(String, String), BTreeMap<String, String>>,
    /// Kinds of case.
    pub cases: BTreeMap<String, case::Definition>,
    /// Rounds.
    pub rounds: BTreeMap<String, round::Definition>,
    /// Decision tables.
    pub tables: BTreeMap<String, DecisionTable>,
    /// The table among them that gives a school one of the four colours.
    pub colours: Option<String>,
    /// Indicators.
    pub indicators: BTreeMap<String, indicator::Definition>,
    /// Listings.
    pub listings: BTreeMap<String, indicator::Listing>,
    /// Ledgers that can be imported.
    pub ledgers: BTreeMap<String, Ledger>,
    /// Documents.
    pub documents: BTreeMap<String, Paper>,
    /// Pages, in the order of the file.
    pub views: Vec<View>,
    /// Scenario tests.
    pub scenarios: Vec<Scenario>,
    /// Expressions by their source text.
    pub expressions: HashMap<String, Expression>,
}

impl Pack {
    /// The compiled expression of a source text that this pack holds.
    #[must_use]
    pub fn expression(&self, source: &str) -> Option<&Expression> {
        self.expressions.get(source)
    }
}

/// A document that a pack can make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Key.
    pub key: String,
    /// Chinese title, for lists of documents.
    pub title: String,
    /// Period kind for periodic reports; `None` for documents of one case.
    pub period: Option<String>,
    /// Case kind for documents of one case.
    pub case: Option<String>,
    /// Template text.
    pub template: String,
    /// File of the template, for messages.
    pub file: String,
}

/// A ledger: columns as people name them, and the way a row goes through the case's states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// Key, also the KIND of the import command.
    pub key: String,
    /// Chinese title.
    pub title: String,
    /// Case kind.
    pub case: String,
    /// Column that holds a number of the people's own.
    pub number: Option<String>,
    /// Column that names the unit.
    pub unit: String,
    /// Columns that, with the unit, identify a row without number.
    pub identity: Vec<String>,
    /// Columns.
    pub columns: Vec<LedgerColumn>,
    /// Steps, each done when its condition holds.
    pub steps: Vec<LedgerStep>,
}

/// A column of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerColumn {
    /// Key: a field of the form, or a word of the ledger's own.
    pub key: String,
    /// Usual heading.
    pub title: String,
    /// Other headings.
    pub synonyms: Vec<String>,
    /// What it holds; `None` takes the kind of the form's field of this key.
    pub kind: Option<LedgerKind>,
    /// Whether a row without it is refused.
    pub required: bool,
    /// Options with the words people write for them.
    pub options: Vec<(String, Vec<String>)>,
}

/// Kinds of a ledger's own columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerKind {
    /// Text.
    Text,
    /// Date.
    Date,
    /// One of the column's options.
    Choice,
    /// A unit by code, name or alias.
    Unit,
}

/// One act that a row leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerStep {
    /// Verb of the transition.
    pub verb: String,
    /// Business date: an expression over `row`.
    pub on: String,
    /// Condition: an expression over `row`.
    pub when: String,
    /// Answers computed for this step.
    pub set: Vec<(String, String)>,
}
