//! The desk at which a document's questions are answered: one unit, one period, one `as_of`, asked synchronously.

use super::{
    answers::{Filter, measure_of, shifted_dates, values_of},
    ground::Ground,
};
use crate::{
    App,
    balance::{Statement, statement},
    ports::{Arguments, Cell, Exact, Figures, List, Question, Rows},
};
use jiff::civil::Date;
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex},
};
use tokio::runtime::Handle;
use yanpan_kernel::{
    id::Id,
    indicator::{self, Measure},
    period::Period,
    problem::{INDICATOR_FAILED, NOT_FOUND, PERIOD_INVALID, Problem},
    unit::{Scope, Tree, Unit},
};
use yanpan_packs::Pack;

/// Which period a question is about, relative to the document's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shift {
    /// The document's period.
    Own,
    /// The one before it.
    Previous,
    /// The same one a year ago.
    YearAgo,
    /// The one `n` years ago.
    Years(u8),
    /// The one `n` periods before it.
    Back(u8),
    /// The one after it.
    Next,
}

/// Rows of one indicator and period, kept for the next question.
type Kept<T> = Mutex<HashMap<(String, Shift), Arc<T>>>;

/// A unit's figures of a period as known at an entry number.
pub struct Desk {
    app: Arc<App>,
    pack: Arc<Pack>,
    unit: Id<Unit>,
    period: Period,
    ground: Ground,
    scope: Scope,
    until: Option<Date>,
    runtime: Handle,
    rows: Kept<Rows>,
    sheets: Kept<Statement>,
    schools: Mutex<HashMap<String, Arc<BySchool>>>,
}

/// Rows of an indicator by the school that they are of.
type BySchool = HashMap<Id<Unit>, Rows>;

impl Desk {
    /// A desk for a unit and everything below it on the tree of the period's end.
    #[must_use]
    pub fn new(app: Arc<App>, pack: Arc<Pack>, (unit, period): (Id<Unit>, Period), ground: Ground) -> Self {
        let tree = &ground.tree;
        let scope = if tree.roots() == [unit] { Scope::Everything } else { Scope::of(tree, &[unit], false) };
        let (rows, sheets, schools) = Default::default();
        Self { app, pack, unit, period, ground, scope, until: None, runtime: Handle::current(), rows, sheets, schools }
    }

    /// A period that has not ended is asked for as it stands on this day.
    #[must_use]
    pub const fn until(mut self, today: Date) -> Self {
        self.until = Some(today);
        self
    }

    /// The last day that counts of a period.
    #[must_use]
    pub fn last(&self, period: &Period) -> Date {
        self.until.filter(|today| period.contains(*today)).unwrap_or_else(|| period.last())
    }

    /// The unit.
    #[must_use]
    pub const fn unit(&self) -> Id<Unit> {
        self.unit
    }

    /// The tree that names the units.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.ground.tree
    }

    /// The period, moved.
    ///
    /// # Errors
    /// `PERIOD_INVALID` when the calendar does not reach so far.
    pub fn period(&self, shift: Shift) -> Result<Period, Problem> {
        let calendar = &self.app.calendar;
        let moved = match shift {
            Shift::Own => Ok(self.period),
            Shift::Previous => self.period.previous(calendar),
            Shift::Next => self.period.next(calendar),
            Shift::YearAgo => self.period.year_ago(calendar),
            Shift::Years(years) => {
                let mut period = Ok(self.period);
                for _ in 0..years {
                    period = period.and_then(|period: Period| period.year_ago(calendar));
                }
                period
            }
            Shift::Back(count) => {
                let mut period = Ok(self.period);
                for _ in 0..count {
                    period = period.and_then(|period: Period| period.previous(calendar));
                }
                period
            }
        };
        moved.map_err(|error| Problem::new(&PERIOD_INVALID, &[("reason", &error)]))
    }

    /// Every unit and group for which a balanced kind of case does not add up.
    ///
    /// # Errors
    /// A query that failed.
    pub fn breaks(&self) -> Result<Vec<Problem>, Problem> {
        let mut found = Vec::new();
        for (key, definition) in &self.pack.cases {
            if !definition.balance.is_empty() {
                let sheet = self.sheet(key, Shift::Own)?;
                found.extend(sheet.breaks(&definition.title, &self.ground.tree));
            }
        }
        Ok(found)
    }

    fn ask(&self, key: &str, sql: &str, shift: Shift) -> Result<Arc<Rows>, Problem> {
        self.ask_of(&self.scope, (key, sql), shift)
    }

    fn ask_of(&self, scope: &Scope, (key, sql): (&str, &str), shift: Shift) -> Result<Arc<Rows>, Problem> {
        let kept = (key.to_owned(), shift);
        if let Some(rows) = self.rows.lock().ok().and_then(|rows| rows.get(&kept).cloned()) {
            return Ok(rows);
        }
        let question = Question {
            key: key.to_owned(),
            sql: sql.to_owned(),
            dates: shifted_dates(self, shift)?,
            as_of: self.ground.as_of,
            scope: scope.clone(),
            tree: self.ground.tree.clone(),
        };
        let rows = Arc::new(self.runtime.block_on(self.app.analysis.ask(&question))?);
        if let Ok(mut all) = self.rows.lock() {
            all.insert(kept, rows.clone());
        }
        Ok(rows)
    }

    fn sheet(&self, kind: &str, shift: Shift) -> Result<Arc<Statement>, Problem> {
        let kept = (kind.to_owned(), shift);
        if let Some(sheet) = self.sheets.lock().ok().and_then(|sheets| sheets.get(&kept).cloned()) {
            return Ok(sheet);
        }
        let definition = self.pack.cases.get(kind).ok_or_else(|| unknown(kind))?;
        let period = self.period(shift)?;
        let made =
            self.runtime.block_on(statement(&self.app, definition, &period, self.ground.as_of, &self.ground.tree))?;
        let made = Arc::new(made);
        if let Ok(mut all) = self.sheets.lock() {
            all.insert(kept, made.clone());
        }
        Ok(made)
    }

    /// `balance.<kind>.<part>`: a part of the conservation equation.
    fn balance(&self, key: &str, filter: &Filter) -> Result<Exact, Problem> {
        let mut words = key.splitn(3, '.').skip(1);
        let (kind, part) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let definition = self.pack.cases.get(kind).ok_or_else(|| unknown(key))?;
        filter.only(key, &definition.balance)?;
        let sheet = self.sheet(kind, filter.shift)?;
        let tally = sheet.tally(&|(unit, group)| {
            self.scope.contains(*unit)
                && filter.unit(&self.ground.tree, *unit)
                && definition.balance.iter().zip(group).all(|(field, value)| filter.allows(field, value))
        });
        let value = match part {
            "opening" => tally.opening,
            "late" => tally.late,
            "new" => tally.new,
            "reopened" => tally.reopened,
            "moved_in" => tally.moved_in,
            "moved_out" => tally.moved_out,
            "closed" => tally.closed,
            "withdrawn" => tally.withdrawn,
            "ending" => tally.ending,
            _ => return Err(unknown(key)),
        };
        Ok(Exact::Count(value))
    }

    fn indicator(&self, key: &str) -> Result<&indicator::Definition, Problem> {
        self.pack.indicators.get(key).ok_or_else(|| unknown(key))
    }
}

fn unknown(key: &str) -> Problem {
    Problem::new(&NOT_FOUND, &[("what", &format!("指标或清单「{key}」"))])
}

impl Figures for Desk {
    fn measure(&self, key: &str, arguments: &Arguments) -> Result<Exact, Problem> {
        let filter = Filter::read(key, arguments)?;
        if key.starts_with("balance.") {
            return self.balance(key, &filter);
        }
        self.figure(key, &filter)
    }

    fn list(&self, key: &str, arguments: &Arguments) -> Result<List, Problem> {
        let filter = Filter::read(key, arguments)?;
        let listing = self.pack.listings.get(key).ok_or_else(|| unknown(key))?;
        let rows = self.ask(key, &listing.sql, filter.shift)?;
        if rows.columns.len() != listing.columns.len() + 1 {
            let reason = format!("SELECT 有{}列，标题有{}个", rows.columns.len(), listing.columns.len());
            return Err(Problem::new(&INDICATOR_FAILED, &[("key", &key), ("reason", &reason)]));
        }
        let split = |row: &Vec<Cell>| {
            let mut cells = row.iter().cloned();
            let row_key = match cells.next() {
                Some(Cell::Text(text)) => text,
                Some(Cell::Integer(number)) => number.to_string(),
                Some(Cell::Date(date)) => date.to_string(),
                _ => String::new(),
            };
            let titled = listing.columns.iter().zip(cells);
            (row_key, titled.map(|(title, cell)| self.named(title, cell)).collect())
        };
        let most = filter.limit.unwrap_or(usize::MAX);
        Ok(List { columns: listing.columns.clone(), rows: rows.rows.iter().take(most).map(split).collect() })
    }
}

impl Desk {
    /// The value of an indicator under a filter.
    ///
    /// # Errors
    /// As [`Figures::measure`].
    pub fn figure(&self, key: &str, filter: &Filter) -> Result<Exact, Problem> {
        self.value(key, filter, self.ground.least)
    }

    /// The same without hiding small cells, for break-downs that hide them together.
    ///
    /// # Errors
    /// As [`Figures::measure`].
    pub(crate) fn bare(&self, key: &str, filter: &Filter) -> Result<Exact, Problem> {
        self.value(key, filter, 0)
    }

    fn value(&self, key: &str, filter: &Filter, least: i64) -> Result<Exact, Problem> {
        let definition = self.indicator(key)?;
        filter.only(key, &definition.dimensions)?;
        let rows = self.ask(key, &definition.sql, filter.shift)?;
        measure_of(definition, &rows, filter, (&self.ground.tree, least))
    }

    /// The value of one school under the unit; one pass over the rows serves all schools.
    ///
    /// # Errors
    /// As [`Figures::measure`].
    pub fn of_school(&self, key: &str, school: Id<Unit>) -> Result<Exact, Problem> {
        if key.starts_with("balance.") {
            let below = self.ground.tree.subtree(school).into_iter().collect();
            return self.balance(key, &Filter::of(Shift::Own).under(Scope::Units(below)));
        }
        let definition = self.indicator(key)?;
        let all = self.by_school(definition)?;
        match all.get(&school) {
            Some(rows) => measure_of(definition, rows, &Filter::of(Shift::Own), (self.tree(), self.ground.least)),
            // Of a school without a row a count is none, and a rate has no base.
            None => Ok(match definition.measure {
                Measure::Sum => Exact::Count(0),
                Measure::Most | Measure::Rate => Exact::Missing,
            }),
        }
    }

    fn by_school(&self, definition: &indicator::Definition) -> Result<Arc<BySchool>, Problem> {
        if let Some(known) = self.schools.lock().ok().and_then(|all| all.get(&definition.key).cloned()) {
            return Ok(known);
        }
        let rows = self.ask(&definition.key, &definition.sql, Shift::Own)?;
        let unit_at = rows.columns.iter().position(|column| column == "unit_id");
        let mut apart = BySchool::new();
        for row in &rows.rows {
            let Some(Cell::Text(unit)) = unit_at.and_then(|at| row.get(at)) else { continue };
            let Some(school) = unit.parse().ok().and_then(|unit| self.school_of(unit)) else { continue };
            let own = || Rows { columns: rows.columns.clone(), rows: Vec::new() };
            apart.entry(school).or_insert_with(own).rows.push(row.clone());
        }
        let apart = Arc::new(apart);
        if let Ok(mut all) = self.schools.lock() {
            all.insert(definition.key.clone(), apart.clone());
        }
        Ok(apart)
    }

    /// The school that a unit is, or is part of.
    fn school_of(&self, unit: Id<Unit>) -> Option<Id<Unit>> {
        self.tree()
            .path(unit)
            .into_iter()
            .filter_map(|above| self.tree().get(above))
            .find(|above| above.is_school())
            .map(|found| found.unit)
    }

    /// Fewest persons that a cell may show.
    #[must_use]
    pub const fn least(&self) -> i64 {
        self.ground.least
    }

    /// The first day that the facts behind an indicator tell of anywhere; before it nothing is known, which is not zero.
    ///
    /// # Errors
    /// A query that failed.
    pub fn begins(&self, key: &str) -> Result<Option<Date>, Problem> {
        let sql = &self.indicator(key)?.sql;
        let named = |kind: &&String| {
            sql.split(|c: char| !c.is_alphanumeric() && c != '_')
                .any(|word| word == kind.as_str() || word.strip_suffix("_entries") == Some(kind.as_str()))
        };
        let kinds: Vec<&String> = self.pack.cases.keys().chain(self.pack.rounds.keys()).filter(named).collect();
        let mut first: Option<Date> = None;
        for kind in kinds {
            let ask = format!("SELECT min(opened_on) AS first FROM {kind}");
            // Anywhere: a unit that had none yet had none, and that is known.
            let rows = self.ask_of(&Scope::Everything, (&format!("{kind}.begins"), &ask), Shift::Own)?;
            if let Some(Cell::Date(date)) = rows.rows.first().and_then(|row| row.first()) {
                first = Some(first.map_or(*date, |first| first.min(*date)));
            }
        }
        Ok(first)
    }

    /// The values that a dimension of an indicator takes in a period.
    ///
    /// # Errors
    /// As [`Figures::measure`].
    pub fn values(&self, key: &str, dimension: &str, shift: Shift) -> Result<BTreeSet<String>, Problem> {
        let definition = self.indicator(key)?;
        Filter::of(shift).with(dimension, "").only(key, &definition.dimensions)?;
        Ok(values_of(self.ask(key, &definition.sql, shift)?.as_ref(), dimension))
    }

    /// State keys are printed by their titles, and options in a column 「简称」 by their short names.
    fn named(&self, title: &str, cell: Cell) -> Cell {
        let Cell::Text(text) = cell else { return cell };
        if title == "简称" {
            let short = self.pack.shorts.values().find_map(|shorts| shorts.get(&text).cloned());
            return Cell::Text(short.unwrap_or(text));
        }
        let states = self.pack.cases.values().flat_map(|definition| &definition.states);
        let named = states.clone().find(|state| state.key == text).map(|state| state.title.clone());
        Cell::Text(named.unwrap_or(text))
    }
}
