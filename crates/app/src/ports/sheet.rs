//! The port to workbooks: a target's columns in, checked rows out; rejected rows and ledgers written.

use crate::ports::Cell;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use yanpan_kernel::{
    form::Answers,
    id::Id,
    problem::{Place, Problem},
    unit::Unit,
};

/// What a column holds.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// Whole number.
    Integer,
    /// Exact decimal.
    Decimal {
        /// Unit as printed.
        unit: String,
        /// Places.
        scale: u32,
    },
    /// Date.
    Date,
    /// One of these, each with the words people write for it.
    Choice(Vec<(String, Vec<String>)>),
    /// Yes or no.
    YesNo,
    /// A unit by code, name or alias.
    Unit,
    /// Telephone number.
    Phone,
    /// Pictures.
    Picture,
}

/// A column that is sought or written.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetColumn {
    /// Key.
    pub key: String,
    /// Heading.
    pub title: String,
    /// Other headings.
    pub synonyms: Vec<String>,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether it must be filled.
    pub required: bool,
}

/// A table to be read or written.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetTarget {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// Columns.
    pub columns: Vec<SheetColumn>,
}

/// A name by which a unit may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitName {
    /// The unit.
    pub unit: Id<Unit>,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Aliases.
    pub aliases: Vec<String>,
}

/// How a file is to be read.
#[derive(Debug, Clone, Default)]
pub struct SheetHints {
    /// Mapping of headings to keys, as TOML.
    pub mapping: Option<String>,
    /// A mapping remembered from an earlier import of the same layout.
    pub remembered: Vec<String>,
    /// Day against which days without a year are read.
    pub today: Option<Date>,
    /// Replacements agreed upon: key → text as found → text instead.
    pub corrections: BTreeMap<String, BTreeMap<String, String>>,
    /// Units that names may mean.
    pub units: Vec<UnitName>,
}

/// A picture of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetPicture {
    /// Column key, where it lies in a bound column.
    pub key: Option<String>,
    /// Bytes.
    pub bytes: Vec<u8>,
    /// Name for people.
    pub name: String,
}

/// A problem with the correction that may be applied to all alike.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetProblem {
    /// What and where.
    #[serde(flatten)]
    pub problem: Problem,
    /// Column key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Text as found.
    pub found: String,
    /// What to write instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// Whether the row may still be accepted.
    pub doubt: bool,
}

/// A row that was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SheetRow {
    /// Sheet and row.
    pub place: Place,
    /// Values by column key, in the normal form of answers; a unit is its id.
    pub values: Answers,
    /// Problems and doubts.
    pub problems: Vec<SheetProblem>,
    /// Pictures.
    pub pictures: Vec<SheetPicture>,
}

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SheetReading {
    /// Rows in their order.
    pub rows: Vec<SheetRow>,
    /// What stops the import as a whole.
    pub problems: Vec<Problem>,
    /// What should be known: sheets left out, unsure columns, rows skipped.
    pub notes: Vec<String>,
    /// Headings with the keys they were read as and the confidence, per table.
    pub mapping: Vec<SheetBinding>,
    /// The mapping in the form that is remembered.
    pub remember: Vec<String>,
}

/// A heading and what it was read as.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetBinding {
    /// Sheet.
    pub sheet: String,
    /// Heading.
    pub heading: String,
    /// Key; `None` for a heading that was not recognised.
    pub key: Option<String>,
    /// Confidence, 0 to 1.
    pub confidence: f64,
}

/// What a written ledger says around its rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SheetFrame {
    /// Title above the table.
    pub title: String,
    /// 填报单位.
    pub unit: String,
    /// 截止时间 or 填报时间, as printed.
    pub date: String,
    /// 填报人.
    pub filled_by: String,
}

/// The port.
pub trait Sheets: Send + Sync {
    /// Reads a file against a target.
    ///
    /// # Errors
    /// One problem when the file as a whole is refused.
    fn read(&self, bytes: &[u8], name: &str, target: &SheetTarget, hints: &SheetHints)
    -> Result<SheetReading, Problem>;

    /// The rows of these places as a workbook of the user's own layout, wrong cells marked and explained.
    ///
    /// # Errors
    /// When the file cannot be read again.
    fn rejects(
        &self,
        bytes: &[u8],
        name: &str,
        wanted: (&SheetTarget, &SheetHints),
        refused: &[(Place, Vec<Problem>)],
    ) -> Result<Vec<u8>, Problem>;

    /// Writes rows as .xlsx, or as .csv when the name ends so.
    ///
    /// # Errors
    /// When the format is not known or the rows do not fit.
    fn write(
        &self,
        name: &str,
        target: &SheetTarget,
        frame: &SheetFrame,
        rows: &mut dyn Iterator<Item = Vec<Cell>>,
    ) -> Result<Vec<u8>, Problem>;

    /// An empty workbook to be filled in.
    ///
    /// # Errors
    /// When the target cannot be written.
    fn template(&self, target: &SheetTarget) -> Result<Vec<u8>, Problem>;
}
