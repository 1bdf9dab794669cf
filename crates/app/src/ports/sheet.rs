//! The port to workbooks: a target's columns in, checked rows out; rejected rows and ledgers written.

use crate::ports::Cell;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering},
    },
};
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
    /// A person's name.
    Person,
    /// A citizen identity number (GB 11643), always text.
    Identity,
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
    /// An example for templates; empty for none.
    pub example: String,
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

impl SheetTarget {
    /// Keys of the columns that add up under a printed ledger: its decimals.
    #[must_use]
    pub fn summed(&self) -> Vec<String> {
        let decimals = self.columns.iter().filter(|column| matches!(column.kind, ColumnKind::Decimal { .. }));
        decimals.map(|column| column.key.clone()).collect()
    }
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

/// The mapping of one layout: which heading is which column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetLayout {
    /// Sheet in which the layout was found.
    #[serde(default)]
    pub sheet: String,
    /// What is equal for equal layouts.
    pub fingerprint: String,
    /// Heading → key; an empty key leaves the column out.
    pub headings: BTreeMap<String, String>,
}

/// How a file is to be read.
#[derive(Debug, Clone, Default)]
pub struct SheetHints {
    /// Mapping of headings to keys, as TOML.
    pub mapping: Option<String>,
    /// Mappings confirmed earlier; the one whose layout fits is used.
    pub layouts: Vec<SheetLayout>,
    /// Day against which days without a year are read.
    pub today: Option<Date>,
    /// Replacements agreed upon for all cells alike: key → text as found → text instead.
    pub corrections: BTreeMap<String, BTreeMap<String, String>>,
    /// Replacements for one cell: (sheet, row, key) → text instead.
    pub cells: BTreeMap<(String, u32, String), String>,
    /// Units that names may mean.
    pub units: Vec<UnitName>,
}

/// How far a long reading has come, and the wish to stop it.
#[derive(Debug, Default)]
pub struct Progress {
    phase: AtomicU8,
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
}

/// What is being done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Bytes are read.
    Reading,
    /// Rows are checked.
    Checking,
    /// Rows are compared with what is known.
    Comparing,
}

impl Progress {
    /// Says how far the work has come.
    pub fn report(&self, phase: Phase, done: u64, total: u64) {
        self.phase.store(phase as u8, Ordering::Relaxed);
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// Phase, done, total.
    #[must_use]
    pub fn seen(&self) -> (Phase, u64, u64) {
        let phases = [Phase::Reading, Phase::Checking, Phase::Comparing];
        let phase = phases.get(usize::from(self.phase.load(Ordering::Relaxed))).copied().unwrap_or(Phase::Comparing);
        (phase, self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }

    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Set once the work should stop.
    #[must_use]
    pub const fn cancelled(&self) -> &AtomicBool {
        &self.cancelled
    }

    /// Whether the work should stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// A picture of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetPicture {
    /// Column key, where it lies in a bound column.
    pub key: Option<String>,
    /// Bytes, shared with the workbook.
    pub bytes: Arc<[u8]>,
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
    /// Sheet.
    pub sheet: Arc<str>,
    /// Row in the sheet, from 1.
    pub row: u32,
    /// Values by column key, in the normal form of answers; a unit is its id.
    pub values: Answers,
    /// Problems and doubts.
    pub problems: Vec<SheetProblem>,
    /// Pictures.
    pub pictures: Vec<SheetPicture>,
    /// Whether the unit is only what stands above the table, for want of a column.
    pub unit_above: bool,
}

/// What a file holds besides its rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SheetReading {
    /// What stops the import as a whole.
    pub problems: Vec<Problem>,
    /// What should be known: sheets left out, unsure columns, rows skipped.
    pub notes: Vec<String>,
    /// Headings with the keys they were read as and the confidence, per table.
    pub mapping: Vec<SheetBinding>,
    /// The mapping of each table, in the form that is remembered.
    pub layouts: Vec<SheetLayout>,
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
    /// Keys of the columns that are summed in a 合计 line.
    pub totals: Vec<String>,
}

/// The port.
pub trait Sheets: Send + Sync {
    /// Reads a file (bytes and name) against a target, handing out row after row.
    ///
    /// # Errors
    /// One problem when the file as a whole is refused, `READING_CANCELLED` when told to stop.
    fn read(
        &self,
        file: (&[u8], &str),
        wanted: (&SheetTarget, &SheetHints),
        progress: &Progress,
        row: &mut dyn FnMut(SheetRow),
    ) -> Result<SheetReading, Problem>;

    /// The rows of these places as a workbook of the user's own layout, wrong cells marked and explained.
    ///
    /// # Errors
    /// When the file cannot be read again.
    fn rejects(
        &self,
        file: (&[u8], &str),
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

    /// Writes rows into the user's own workbook (bytes and name): placeholders are filled, the row that holds those of
    /// columns is repeated.
    ///
    /// # Errors
    /// When it is no .xlsx, or has no row to repeat.
    fn fill(
        &self,
        template: (&[u8], &str),
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
