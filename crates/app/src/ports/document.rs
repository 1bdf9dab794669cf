//! The port to documents: a template with figures in, files out; and a file read back for verification.

use crate::ports::Cell;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use yanpan_kernel::problem::Problem;

/// Arguments of a figure.
pub type Arguments = BTreeMap<String, Json>;

/// An exact value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exact {
    /// Nothing known.
    Missing,
    /// Hidden because too few stand behind it.
    Suppressed,
    /// Whole number.
    Count(i64),
    /// Rate.
    Ratio(i64, i64),
}

/// A printed list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct List {
    /// Headings.
    pub columns: Vec<String>,
    /// Row keys and cells.
    pub rows: Vec<(String, Vec<Cell>)>,
}

/// Who answers a document's questions: synchronous, called on a thread that may block.
pub trait Figures {
    /// The value of an indicator.
    ///
    /// # Errors
    /// Unknown key or argument, or a query that failed.
    fn measure(&self, key: &str, arguments: &Arguments) -> Result<Exact, Problem>;

    /// The rows of a listing.
    ///
    /// # Errors
    /// Unknown key or argument, or a query that failed.
    fn list(&self, key: &str, arguments: &Arguments) -> Result<List, Problem>;
}

/// What a document is made from.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PaperOrder {
    /// Template file name, for messages.
    pub file: String,
    /// Template text.
    pub template: String,
    /// Variables.
    pub variables: Map<String, Json>,
    /// What the period before is called.
    pub previous: String,
    /// What the same period a year ago is called.
    pub year_ago: String,
    /// Provenance: template, pack and rule versions, unit, period, tree date, as_of, who and when.
    pub provenance: Provenance,
    /// Formats wanted: `docx`, `pdf`, `html`.
    pub formats: Vec<String>,
}

/// Where a document's figures come from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Document key.
    pub document: String,
    /// Pack key.
    pub pack: String,
    /// Pack version.
    pub version: String,
    /// Hash of the pack's files.
    pub hash: String,
    /// Unit code.
    pub unit: String,
    /// Period key.
    pub period: String,
    /// Date of the tree.
    pub tree_on: String,
    /// Entry number.
    pub as_of: i64,
    /// Sign-in name of who made it.
    pub made_by: String,
    /// When, as text in the installation's zone.
    pub made_at: String,
}

/// What was made.
#[derive(Debug, Clone, Default)]
pub struct MadePaper {
    /// Bytes by format.
    pub files: Vec<(String, Vec<u8>)>,
    /// The text without tables, charts and attachments, for notices.
    pub text: String,
    /// Figures in it.
    pub figures: usize,
    /// What should be said: fonts substituted, numbers without source.
    pub notes: Vec<String>,
}

/// A figure that does not stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Differing {
    /// Number in the document.
    pub figure: u32,
    /// Indicator or listing key.
    pub key: String,
    /// What the document shows.
    pub shown: String,
    /// What it should show.
    pub expected: String,
    /// Why: `edited` in the document, or `changed` in the data.
    pub reason: String,
}

/// What verification found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Figures in the document.
    pub figures: usize,
    /// Figures whose visible text is not what was printed.
    pub edited: Vec<Differing>,
    /// Edited ones and those that cannot be reproduced.
    pub differing: Vec<Differing>,
    /// Numbers outside controls, with the text around them.
    pub unsourced: Vec<String>,
    /// Whether the signature over the figures is this installation's.
    pub signed: bool,
    /// Figures whose controls are gone.
    pub missing: Vec<u32>,
}

/// The port.
pub trait Documents: Send + Sync {
    /// Makes a document.
    ///
    /// # Errors
    /// Every problem of the template, placed.
    fn make(&self, order: &PaperOrder, figures: &dyn Figures) -> Result<MadePaper, Vec<Problem>>;

    /// The provenance that a document carries.
    ///
    /// # Errors
    /// When the file is no document of ours or cannot be read.
    fn provenance(&self, docx: &[u8]) -> Result<Provenance, Problem>;

    /// Recomputes every figure of a document and compares it with the visible text.
    ///
    /// # Errors
    /// When the file is no document of ours or cannot be read.
    fn verify(&self, docx: &[u8], figures: &dyn Figures) -> Result<Verified, Problem>;
}
