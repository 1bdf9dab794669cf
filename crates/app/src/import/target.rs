//! What a file may be imported into: the one trait behind ledgers, returns, units, people, pupils and teaching.

use super::{
    ledger::Ground, people::People, plan::RowPlan, pupils::Pupils, returns::Returns, teaching::Teachings, units::Units,
};
use crate::{
    App, Caller,
    ports::{Batch, Progress, Reading, SheetTarget, UnitName, Writing},
};
use async_trait::async_trait;
use std::collections::{BTreeSet, HashMap};
use yanpan_kernel::{
    case::Case,
    form::Answers,
    id::Id,
    person::Role,
    problem::{BATCH_KEPT, Place, Problem},
    unit::{Scope, Tree, Unit},
};

/// Roles that may bring in the ledgers of their units.
pub(super) const WRITERS: &[Role] = &[Role::Admin, Role::Authority, Role::Head, Role::SafetyOfficer, Role::Teacher];

/// Rows handled at a time, so that memory does not grow with the file.
pub(super) const CHUNK: usize = 512;

/// The first password of an account to be made.
pub(super) struct Secret {
    pub login: String,
    pub password: String,
    pub hash: String,
}

/// Something that rows of a file become.
#[async_trait]
pub(super) trait Target: Send + Sync {
    /// Its columns.
    fn sheet(&self) -> SheetTarget;

    /// Roles of which one must be held over a row's unit.
    fn writers(&self) -> &'static [Role];

    /// Key of the column that names the row's unit, where each row belongs to one.
    fn unit_column(&self) -> Option<&str>;

    /// What stays the same about a row from one file to the next; rows that share it are told apart by their ordinal.
    fn key(&self, values: &Answers) -> String;

    /// Whether rows of one key are several things when they differ otherwise; else the later ones are suspects.
    fn keeps_equals(&self) -> bool {
        false
    }

    /// What is wrong with a row taken alone, each problem at its column. Asks nothing of the store.
    fn look(&self, values: &Answers, place: &Place) -> Vec<Problem>;

    /// Sorts the good rows beside what is known, and refuses those that cannot be.
    ///
    /// # Errors
    /// `STORE_UNAVAILABLE`, `READING_CANCELLED`.
    async fn compare(&self, reading: &dyn Reading, rows: &mut [RowPlan], progress: &Progress) -> Result<(), Problem>;

    /// First passwords of the accounts that rows make: hashing takes long and must not hold up the writer.
    ///
    /// # Errors
    /// When hashing fails.
    async fn secrets(&self, _rows: &[&RowPlan]) -> Result<Vec<Secret>, Problem> {
        Ok(Vec::new())
    }

    /// Writes rows with the entries that tell of them; returns what was given, by row: numbers, first passwords.
    ///
    /// # Errors
    /// `PREVIEW_STALE` when what was compared with has changed, `STORE_UNAVAILABLE`.
    async fn write(
        &self,
        writing: &dyn Writing,
        batch: &Batch,
        rows: &[&RowPlan],
        secrets: &[Secret],
    ) -> Result<Vec<(u32, String)>, Problem>;

    /// Takes a batch back; returns how many things were withdrawn, or what must be confirmed first.
    ///
    /// # Errors
    /// `BATCH_KEPT` where nothing can be taken back by rows, `STORE_UNAVAILABLE`.
    async fn undo(
        &self,
        _writing: &dyn Writing,
        _batch: &Batch,
        _confirmed: &BTreeSet<Id<Case>>,
    ) -> Result<Result<usize, Vec<Problem>>, Problem> {
        Err(Problem::new(&BATCH_KEPT, &[]))
    }
}

/// The target of a key: `units`, `people`, `pupils`, `teaching`, a round with a form, or a ledger of a pack.
///
/// # Errors
/// `NOT_FOUND` for an unknown ledger.
pub(super) fn target_of<'a>(app: &'a App, caller: &'a Caller, key: &str) -> Result<Box<dyn Target + 'a>, Problem> {
    Ok(match key {
        "units" => Box::new(Units { app, caller }),
        "people" => Box::new(People { app, caller }),
        "pupils" => Box::new(Pupils { app, caller }),
        "teaching" => Box::new(Teachings { app, caller }),
        key => match Returns::of(app, caller, key) {
            Some(returns) => Box::new(returns),
            None => Box::new(Ground::of(app, caller, key)?),
        },
    })
}

/// The targets into which a caller may import: ledgers first, then returns, then what the house itself keeps.
#[must_use]
pub fn targets(app: &App, caller: &Caller) -> Vec<SheetTarget> {
    let rounds = app.packs.rounds().filter(|(_, round)| round.form.is_some()).map(|(_, round)| round.key.as_str());
    let keys = app.packs.ledgers().chain(rounds).chain(["units", "people", "pupils", "teaching"]);
    let open =
        keys.filter_map(|key| target_of(app, caller, key).ok().filter(|one| caller.grant_of(one.writers()).is_ok()));
    open.map(|target| target.sheet()).collect()
}

/// The columns of a target by its key.
///
/// # Errors
/// `NOT_FOUND`.
pub fn sheet_target(app: &App, caller: &Caller, key: &str) -> Result<SheetTarget, Problem> {
    Ok(target_of(app, caller, key)?.sheet())
}

/// An empty workbook to be filled in for a target.
///
/// # Errors
/// `NOT_FOUND`, `WORKBOOK_UNWRITABLE`.
pub fn template(app: &App, caller: &Caller, key: &str) -> Result<Vec<u8>, Problem> {
    app.sheets.template(&sheet_target(app, caller, key)?)
}

/// The names by which units inside a scope may be written.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub(super) async fn unit_names(reading: &dyn Reading, tree: &Tree, scope: &Scope) -> Result<Vec<UnitName>, Problem> {
    let mut aliases: HashMap<Id<Unit>, Vec<String>> = HashMap::new();
    for (unit, alias) in reading.unit_aliases().await? {
        aliases.entry(unit).or_default().push(alias);
    }
    let inside = tree.all().into_iter().filter(|version| scope.contains(version.unit));
    Ok(inside
        .map(|version| UnitName {
            unit: version.unit,
            code: version.code.clone(),
            name: version.name.clone(),
            aliases: aliases.remove(&version.unit).unwrap_or_default(),
        })
        .collect())
}

/// A problem of a field said at the row, in the column of this title.
pub(super) fn at_column(place: &Place, mut problem: Problem, title: impl Fn(&str) -> Option<String>) -> Problem {
    let field = problem.place.field.take();
    *problem.place = Place { column: field.as_deref().and_then(title), field, ..place.clone() };
    problem
}

/// A text value; empty where there is none.
pub(super) fn text(values: &Answers, key: &str) -> String {
    values.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}
