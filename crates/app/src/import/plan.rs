//! From a file to a plan: every row sorted into 新增 / 更新 / 未变 / 疑似重复 / 有问题; nothing is written.

use super::{
    identity::values_hash,
    memory::remembered,
    pictures,
    target::{Target, target_of, unit_names},
};
use crate::{
    App, Caller,
    ports::{Progress, SheetBinding, SheetHints, SheetLayout, SheetPicture, SheetProblem, SheetRow, SheetTarget},
};
use serde::Serialize;
use std::{
    collections::HashMap,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
    sync::{Arc, mpsc::sync_channel},
};
use yanpan_kernel::{
    case::Case,
    form::Answers,
    id::Id,
    problem::{INTERNAL, Place, Problem},
    unit::Unit,
};

/// A file to be imported, and how it is to be read.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// What it is imported into.
    pub kind: String,
    /// The unit of rows that name none.
    pub unit: Option<Id<Unit>>,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// How it is to be read.
    pub hints: SheetHints,
}

/// How a row compares with what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// 新增
    New,
    /// 更新
    Update,
    /// 未变
    Same,
    /// 疑似重复: another row says the same in everything, or a case says it that came in otherwise; goes in only when told to.
    Suspect,
    /// 有问题
    Refused,
}

impl Sort {
    /// Every sort with its key.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::New, "new"),
        (Self::Update, "update"),
        (Self::Same, "same"),
        (Self::Suspect, "suspect"),
        (Self::Refused, "refused"),
    ];
}

/// A row with what becomes of it. Kept small: a plan holds every row of a file.
#[derive(Debug, Clone)]
pub struct RowPlan {
    /// Sheet.
    pub sheet: Arc<str>,
    /// Row in the sheet, from 1.
    pub row: u32,
    /// Sorting.
    pub sort: Sort,
    /// Problems of the row; empty unless refused.
    pub problems: Vec<Problem>,
    /// What the cells' reading found: problems with the corrections that could be applied, and doubts.
    pub suggestions: Vec<SheetProblem>,
    /// What it says otherwise than what is known: key → (before, after); empty unless an update.
    pub changes: Vec<(String, [serde_json::Value; 2])>,
    /// The unit that it names, where each row of the target belongs to one.
    pub unit: Option<Id<Unit>>,
    /// Identity key.
    pub key: Box<str>,
    /// Hash of the values.
    pub hash: Box<str>,
    /// The thing it continues, where it is known.
    pub known: Option<Id<Case>>,
    /// Pictures whose names the values hold.
    pub pictures: Vec<SheetPicture>,
    /// Values read, as JSON text.
    packed: Box<str>,
}

impl RowPlan {
    /// Values read.
    #[must_use]
    pub fn values(&self) -> Answers {
        serde_json::from_str(&self.packed).unwrap_or_default()
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { sheet: Some(self.sheet.to_string()), row: Some(self.row), ..Place::default() }
    }

    /// Keeps the row out.
    pub(super) fn refuse(&mut self, problems: Vec<Problem>) {
        self.sort = Sort::Refused;
        self.known = None;
        self.problems = problems;
    }
}

/// The plan of a file.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Rows in file order.
    pub rows: Vec<RowPlan>,
    /// What stops the import as a whole.
    pub problems: Vec<Problem>,
    /// What should be known.
    pub notes: Vec<String>,
    /// How columns were read.
    pub mapping: Vec<SheetBinding>,
    /// The mapping of each table, to be remembered.
    pub layouts: Vec<SheetLayout>,
}

impl Plan {
    /// Rows of a sort.
    #[must_use]
    pub fn count(&self, sort: Sort) -> usize {
        self.rows.iter().filter(|row| row.sort == sort).count()
    }

    /// All problems: of the file, then of its rows.
    #[must_use]
    pub fn all_problems(&self) -> Vec<Problem> {
        self.problems.iter().chain(self.rows.iter().flat_map(|row| &row.problems)).cloned().collect()
    }
}

/// Rows that are handed from the reading thread to the looking one at a time.
const ROWS_AT_A_TIME: usize = 64;

/// Such handfuls that may wait.
const MOST_WAITING: usize = 8;

/// Reads a file and sorts its rows.
///
/// # Errors
/// When the file as a whole is refused, the target is not known or not the caller's, or the work was cancelled.
pub async fn plan(app: &Arc<App>, caller: &Caller, upload: &Upload, progress: &Arc<Progress>) -> Result<Plan, Problem> {
    caller.grant_of(target_of(app, caller, &upload.kind)?.writers())?;
    let upload = Upload { hints: hints(app, caller, upload).await?, ..upload.clone() };
    let (app_in, caller_in, progress_in) = (app.clone(), caller.clone(), progress.clone());
    let kind = upload.kind.clone();
    let work = tokio::task::spawn_blocking(move || read(&app_in, &caller_in, &upload, &progress_in));
    let mut plan = work.await.map_err(|_| Problem::new(&INTERNAL, &[("reference", &"sheet")]))??;
    let target = target_of(app, caller, &kind)?;
    let reading = app.store.read().await?;
    target.compare(reading.as_ref(), &mut plan.rows, progress).await?;
    Ok(plan)
}

/// The hints completed by what the installation knows: units by name, today, mappings confirmed before.
pub(super) async fn hints(app: &App, caller: &Caller, upload: &Upload) -> Result<SheetHints, Problem> {
    let reading = app.store.read().await?;
    let mut hints = upload.hints.clone();
    hints.units = unit_names(reading.as_ref(), &caller.tree, &caller.scope()).await?;
    hints.today = hints.today.or(Some(app.environment.today()));
    hints.layouts.extend(remembered(reading.as_ref(), caller, upload).await?);
    Ok(hints)
}

/// Reads the rows one after the other and looks at them beside, so that only plans accumulate.
fn read(app: &App, caller: &Caller, upload: &Upload, progress: &Progress) -> Result<Plan, Problem> {
    let target = target_of(app, caller, &upload.kind)?;
    let sheet = wanted(target.as_ref(), upload);
    let mut look = Look {
        target: target.as_ref(),
        caller,
        unit: upload.unit,
        seen: HashMap::new(),
        short: BuildHasherDefault::default(),
    };
    let album = pictures::Album::of(&sheet);
    let file = (upload.bytes.as_ref(), upload.name.as_str());
    let (read, rows) = std::thread::scope(|scope| {
        let (queue, waiting) = sync_channel::<Vec<SheetRow>>(MOST_WAITING);
        let looking = scope.spawn(move || waiting.into_iter().flatten().map(|row| look.at(row)).collect());
        let mut some = Vec::new();
        let read = app.sheets.read(file, (&sheet, &upload.hints), progress, &mut |row| {
            some.push(album.name(row));
            if some.len() == ROWS_AT_A_TIME {
                // It fails only when the looking thread has panicked, which its end tells.
                let _ = queue.send(std::mem::take(&mut some));
            }
        });
        let _ = queue.send(some);
        drop(queue);
        (read, looking.join())
    });
    let read = read?;
    let rows: Vec<RowPlan> = rows.map_err(|_| Problem::new(&INTERNAL, &[("reference", &"look")]))?;
    Ok(Plan { rows, problems: read.problems, notes: read.notes, mapping: read.mapping, layouts: read.layouts })
}

/// The columns that are sought: where a unit was given, none needs to be named in the file.
pub(super) fn wanted(target: &dyn Target, upload: &Upload) -> SheetTarget {
    let mut sheet = target.sheet();
    let unit = target.unit_column().filter(|_| upload.unit.is_some());
    if let Some(column) = unit.and_then(|unit| sheet.columns.iter_mut().find(|column| column.key == unit)) {
        column.required = false;
    }
    sheet
}

struct Look<'a> {
    target: &'a dyn Target,
    caller: &'a Caller,
    unit: Option<Id<Unit>>,
    short: BuildHasherDefault<DefaultHasher>,
    /// Keys met → hashes of the rows that bore them, both shortened: they are only counted and compared here.
    seen: HashMap<u64, Vec<u64>>,
}

impl Look<'_> {
    /// A first look at a row: its unit, whose it is, and whether its own rules hold.
    fn at(&mut self, mut row: SheetRow) -> RowPlan {
        let column = self.target.unit_column();
        let inside = |unit: &serde_json::Value| {
            let unit = unit.as_str().and_then(|unit| unit.parse().ok());
            self.unit.is_none_or(|given| unit.is_some_and(|unit| self.caller.tree.covers(given, unit)))
        };
        // What is printed above a table may narrow the unit that was chosen, never widen it.
        if let Some(column) = column.filter(|column| row.unit_above && !row.values.get(*column).is_some_and(inside)) {
            row.values.remove(column);
        }
        if let (Some(column), Some(unit)) = (column, self.unit)
            && !row.values.contains_key(column)
            && row.problems.iter().all(|found| found.key.as_deref() != Some(column) || found.found.is_empty())
        {
            row.values.insert(column.to_owned(), unit.to_string().into());
            row.problems.retain(|found| found.key.as_deref() != Some(column));
        }
        let place = Place { sheet: Some(row.sheet.to_string()), row: Some(row.row), ..Place::default() };
        let mut problems: Vec<Problem> =
            row.problems.iter().filter(|found| !found.doubt).map(|found| found.problem.clone()).collect();
        let unit = column.and_then(|column| row.values.get(column)?.as_str()?.parse::<Id<Unit>>().ok());
        if let Some(Err(problem)) = unit.map(|unit| self.caller.grant_over(unit, self.target.writers())) {
            problems.push(problem.at(place.clone()));
        }
        if problems.is_empty() {
            problems = self.target.look(&row.values, &place);
        }
        let (key, hash) = (self.target.key(&row.values), values_hash(&row.values));
        let short = |text: &str| self.short.hash_one(text);
        let (own, said) = (short(&key), short(&hash));
        let equals = self.seen.entry(own).or_default();
        let again = equals.contains(&said) || !(equals.is_empty() || self.target.keeps_equals());
        let sort = match (problems.is_empty(), again) {
            (false, _) => Sort::Refused,
            (true, false) => Sort::New,
            (true, true) => Sort::Suspect,
        };
        equals.push(said);
        let ordinal = equals.len();
        RowPlan {
            sort,
            unit,
            key: format!("{key}:{ordinal}").into(),
            hash: hash.into(),
            suggestions: row.problems,
            packed: serde_json::to_string(&row.values).unwrap_or_default().into(),
            sheet: row.sheet,
            row: row.row,
            problems,
            changes: Vec::new(),
            known: None,
            pictures: row.pictures,
        }
    }
}
