//! Rows of cases, pages of them, and the facts that analysis reads.

use async_trait::async_trait;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use yanpan_kernel::{
    case::{Case, MOST_SLOTS, Stage},
    form::Answers,
    id::Id,
    person::Account,
    problem::Problem,
    unit::{Scope, Unit},
};

/// Sort keys of the fields that a pack declared for its lists; empty where there is no answer.
pub type Slots = [String; MOST_SLOTS];

/// A case with what lists need of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// The case.
    pub case: Case,
    /// Number of its last entry.
    pub entry: i64,
    /// The nearest deadline that runs in its state.
    pub due_on: Option<Date>,
    /// List keys.
    pub slots: Slots,
    /// What a text search looks through: number and summary, in lower case.
    pub search: String,
}

impl CaseRow {
    /// The value of a column, as it sorts; empty where there is none.
    #[must_use]
    pub fn value(&self, column: Column) -> String {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let case = &self.case;
        match column {
            Column::State => case.state.clone(),
            Column::Stage => case.stage.key().to_owned(),
            Column::Number => case.number.clone(),
            Column::OpenedOn => case.opened_on.to_string(),
            Column::ClosedOn => day(case.closed_on),
            Column::DueOn => day(self.due_on),
            Column::Search => self.search.clone(),
            Column::Slot(slot) => self.slots.get(slot).cloned().unwrap_or_default(),
        }
    }

    /// Where a page sorted by a column goes on after this row.
    #[must_use]
    pub fn cursor(&self, column: Column) -> Cursor {
        Cursor { value: self.value(column), id: self.case.id }
    }
}

/// A column by which cases are filtered and sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Column {
    /// State key.
    State,
    /// Stage key.
    Stage,
    /// Number.
    Number,
    /// Day of the first entry.
    OpenedOn,
    /// Day of the closing.
    ClosedOn,
    /// Nearest deadline.
    DueOn,
    /// Number and summary, for [`Test::Contains`].
    Search,
    /// A declared field.
    Slot(usize),
}

/// How a column is tested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// One of these values.
    OneOf(Vec<String>),
    /// At least and at most, either open.
    Between(Option<String>, Option<String>),
    /// Begins with or contains this text.
    Contains(String),
}

/// A filter of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Column.
    pub column: Column,
    /// Test.
    pub test: Test,
}

/// Where a page begins: after this row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Value of the sort column in the last row shown.
    pub value: String,
    /// Its id.
    pub id: Id<Case>,
}

/// A page of cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Kind of case.
    pub kind: String,
    /// Filters, all of which must hold.
    pub filters: Vec<Filter>,
    /// Only cases on which this account has done something.
    pub actor: Option<Id<Account>>,
    /// Sort column.
    pub sort: Column,
    /// Whether from high to low.
    pub descending: bool,
    /// Where to begin.
    pub after: Option<Cursor>,
    /// Rows wanted.
    pub limit: u32,
}

/// What one entry made of a thing: the row that analysis counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Entry number.
    pub entry: i64,
    /// Kind: a case key or a round key.
    pub kind: String,
    /// The case or obligation.
    pub subject: Id<Case>,
    /// Position in its chain.
    pub sequence: i64,
    /// The unit after the entry.
    pub unit: Id<Unit>,
    /// What was done.
    pub verb: String,
    /// State after.
    pub state: String,
    /// Stage before; `None` at the opening.
    pub stage_before: Option<Stage>,
    /// Stage after.
    pub stage: Stage,
    /// Number of the case.
    pub number: String,
    /// Business date of the entry.
    pub happened_on: Date,
    /// Server receipt, Unix milliseconds.
    pub recorded_at: i64,
    /// Who did it.
    pub actor: Id<Account>,
    /// Business date of the opening.
    pub opened_on: Date,
    /// Business date of the closing, while closed.
    pub closed_on: Option<Date>,
    /// All answers after the entry.
    pub answers: Answers,
}

/// Reading cases.
#[async_trait]
pub trait CaseRows {
    /// A case inside the scope.
    async fn case(&self, id: Id<Case>, scope: &Scope) -> Result<Option<CaseRow>, Problem>;
    /// Cases by id inside the scope.
    async fn cases(&self, ids: &[Id<Case>], scope: &Scope) -> Result<Vec<CaseRow>, Problem>;
    /// A case by its number inside the scope.
    async fn case_by_number(&self, kind: &str, number: &str, scope: &Scope) -> Result<Option<CaseRow>, Problem>;
    /// A page inside the scope.
    async fn case_page(&self, query: &Query, scope: &Scope) -> Result<Vec<CaseRow>, Problem>;
    /// How many there are, counted no further than `most`.
    async fn case_count(&self, query: &Query, scope: &Scope, most: u32) -> Result<u32, Problem>;
    /// Open cases of these kinds whose nearest deadline is no later than a day.
    async fn cases_due(&self, until: Date, scope: &Scope) -> Result<Vec<CaseRow>, Problem>;
    /// How many cases of a kind a unit opened between two days, withdrawn ones apart.
    async fn opened_between(&self, kind: &str, unit: Id<Unit>, first: Date, last: Date) -> Result<u32, Problem>;
    /// The case that an account wrote under an idempotency key of its own.
    async fn case_of_key(&self, account: Id<Account>, key: &str) -> Result<Option<Id<Case>>, Problem>;
    /// Facts of a kind after an entry number, ascending.
    async fn facts_after(&self, kind: &str, entry: i64) -> Result<Vec<Fact>, Problem>;
    /// Entry number up to which facts of a kind have been moved to files.
    async fn watermark(&self, kind: &str) -> Result<i64, Problem>;
    /// Kinds of which there are facts.
    async fn fact_kinds(&self) -> Result<Vec<String>, Problem>;
}

/// Writing cases.
#[async_trait]
pub trait CaseWrites {
    /// Adds cases, or replaces those of the same id.
    async fn put_cases(&self, cases: &[CaseRow]) -> Result<(), Problem>;
    /// Adds facts of entries that are stored; bookkeeping, as a fact only repeats its entry.
    async fn put_facts(&self, facts: &[Fact]) -> Result<(), Problem>;
    /// Remembers under which idempotency key an account wrote a case; bookkeeping, needs no entry.
    async fn put_case_key(&self, account: Id<Account>, key: &str, case: Id<Case>) -> Result<(), Problem>;
    /// Takes `count` numbers of a sequence and returns the first.
    async fn take_numbers(&self, sequence: &str, count: u32) -> Result<u64, Problem>;
    /// Moves a kind's watermark and drops the facts up to it; bookkeeping, needs no entry.
    async fn move_watermark(&self, kind: &str, entry: i64) -> Result<(), Problem>;
    /// Drops all facts of all kinds and their watermarks; bookkeeping, for the rebuilding of facts.
    async fn drop_facts(&self) -> Result<(), Problem>;
}
