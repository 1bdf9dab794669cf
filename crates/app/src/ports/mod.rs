//! Ports: what the use cases need from the world, as traits; adapters implement them.

mod analysis;
mod case;
mod document;
mod draft;
mod enrolment;
mod entry;
mod environment;
mod file;
mod import;
mod job;
mod notice;
mod person;
mod report;
mod retention;
mod round;
mod sheet;
mod site;
mod unit;
mod vault;

pub use analysis::{Analysis, Cell, Leaf, Question, Rows};
pub use case::{CaseRow, CaseRows, CaseWrites, Column, Cursor, Fact, Filter, Query, Slots, Test};
pub use document::{
    Arguments, Differing, Documents, Exact, Figures, List, MadePaper, PaperOrder, Provenance, Verified,
};
pub use draft::Drafts;
pub use enrolment::{EnrolmentRows, EnrolmentWrites};
pub use entry::{EntryQuery, EntryRows, EntryWrites, SealRow, Told};
pub use environment::{Clock, Entropy, Environment};
pub use file::{File, FileRows, FileWrites, Files};
pub use import::{Batch, BatchRow, BatchState, ImportRows, ImportWrites, KnownRow};
pub use job::{Balance, JobRows, JobWrites};
pub use notice::{Notice, NoticeRows, NoticeWrites};
pub use person::{Holder, PersonRows, PersonWrites};
pub use report::{Report, ReportFile, ReportRows, ReportWrites};
pub use retention::{Overdue, RetentionRows, RetentionWrites};
pub use round::{Obligation, RoundRows, RoundWrites};
pub use sheet::{
    ColumnKind, Phase, Progress, SheetBinding, SheetColumn, SheetFrame, SheetHints, SheetLayout, SheetPicture,
    SheetProblem, SheetReading, SheetRow, SheetTarget, Sheets, UnitName,
};
pub use site::{Backup, Site};
pub use unit::{UnitRows, UnitWrites};
pub use vault::Vault;

use async_trait::async_trait;
use futures::future::BoxFuture;
use yanpan_kernel::problem::Problem;

/// Everything that can be read, in one snapshot.
pub trait Reading:
    CaseRows
    + EnrolmentRows
    + EntryRows
    + FileRows
    + ImportRows
    + JobRows
    + NoticeRows
    + PersonRows
    + ReportRows
    + RetentionRows
    + RoundRows
    + UnitRows
    + Send
    + Sync
{
}

/// Everything that can be written, inside one transaction; what it reads is what it would commit over.
pub trait Writing:
    Reading
    + CaseWrites
    + EnrolmentWrites
    + EntryWrites
    + FileWrites
    + ImportWrites
    + JobWrites
    + NoticeWrites
    + PersonWrites
    + ReportWrites
    + RetentionWrites
    + RoundWrites
    + UnitWrites
{
}

/// One use case's work inside the writer. It commits whole or not at all.
pub type Act = Box<dyn for<'a> FnOnce(&'a dyn Writing) -> BoxFuture<'a, Result<(), Problem>> + Send>;

/// Makes an act of a closure: `act(move |store| Box::pin(async move { … }))`.
#[must_use]
pub fn act<F>(work: F) -> Act
where
    F: for<'a> FnOnce(&'a dyn Writing) -> BoxFuture<'a, Result<(), Problem>> + Send + 'static,
{
    Box::new(work)
}

/// The store: one snapshot to read, one writer to write.
#[async_trait]
pub trait Store: Send + Sync {
    /// A snapshot; what it shows does not move while it lives.
    ///
    /// # Errors
    /// `STORE_UNAVAILABLE`.
    async fn read(&self) -> Result<Box<dyn Reading>, Problem>;

    /// Runs one act in the writer, durable when it returns. Acts that wait together share one commit; each has its own
    /// savepoint, so that a refusal does not fail its neighbours. Domain writes without an entry are refused.
    ///
    /// # Errors
    /// The act's own problem, or `STORE_UNAVAILABLE`; then nothing of it was written.
    async fn write(&self, act: Act) -> Result<(), Problem>;

    /// Which database it is, in a word.
    fn database(&self) -> &'static str;

    /// Writes a consistent copy of everything into an empty folder.
    ///
    /// # Errors
    /// `FILE_UNREADABLE`, `STORE_UNAVAILABLE`.
    async fn backup(&self, into: &std::path::Path) -> Result<(), Problem>;
}
