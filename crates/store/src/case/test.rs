//! What a list asks of a row besides its lane: tests of columns and the scope, as SQL.

use super::words::Candidates;
use crate::sql::{Dialect, Sql, json};
use jiff::civil::Date;
use yanpan_app::ports::{Column, Query, Test};
use yanpan_kernel::{
    id::Id,
    person::Account,
    problem::{FILTER_UNKNOWN, Problem},
    unit::Scope,
};

/// A list column and the index that leads to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    pub column: &'static str,
    pub index: &'static str,
    /// Whether it is a slot. Of these, equals stand by unit first: a value in a scope is sought unit by unit.
    pub slot: bool,
}

impl Key {
    const fn slot(column: &'static str, index: &'static str) -> Self {
        Self { column, index, slot: true }
    }

    const fn other(column: &'static str, index: &'static str) -> Self {
        Self { column, index, slot: false }
    }
}

const SLOTS: [Key; 8] = [
    Key::slot("slot0", "cases_slot0"),
    Key::slot("slot1", "cases_slot1"),
    Key::slot("slot2", "cases_slot2"),
    Key::slot("slot3", "cases_slot3"),
    Key::slot("slot4", "cases_slot4"),
    Key::slot("slot5", "cases_slot5"),
    Key::slot("slot6", "cases_slot6"),
    Key::slot("slot7", "cases_slot7"),
];

impl Key {
    /// Whether its texts are among the words of a case.
    fn has_words(self) -> bool {
        self.slot || ["number", "search"].contains(&self.column)
    }

    /// The key of a column; `None` for state and stage, which choose lanes.
    pub fn of(column: Column) -> Result<Option<Self>, Problem> {
        Ok(Some(match column {
            Column::State | Column::Stage => return Ok(None),
            Column::Number => Self::other("number", "cases_number"),
            Column::OpenedOn => Self::other("opened_on", "cases_opened_on"),
            Column::ClosedOn => Self::other("closed_on", "cases_closed_on"),
            Column::DueOn => Self::other("due_on", "cases_due_on"),
            Column::Search => Self::other("search", "cases_search"),
            Column::Slot(slot) => *SLOTS.get(slot).ok_or_else(|| {
                let values: [(&str, &dyn std::fmt::Display); 2] = [("field", &slot), ("known", &"0—7")];
                Problem::new(&FILTER_UNKNOWN, &values)
            })?,
        }))
    }
}

/// One test of a list row.
#[derive(Debug, Clone)]
pub(super) enum Demand<'a> {
    /// A column is one of these values.
    OneOf(Key, &'a [String]),
    /// A column lies between these values, both included, and is not empty.
    Between(Key, Option<&'a str>, Option<&'a str>),
    /// A column contains a text.
    Contains(Key, &'a str),
    /// Its unit.
    Scope(&'a Scope),
    /// Who has done something with it.
    Actor(Id<Account>),
    /// What the tests of texts ask of its words, all together: it tests nothing by itself and leads to the rows that may meet
    /// them.
    Words(Candidates),
}

/// Units up to which a scope is worth a seek for each.
const MOST_SOUGHT_UNITS: usize = 3_000;

impl<'a> Demand<'a> {
    /// Tests of the columns, the actor and the scope; those of state and stage are left to the lanes.
    pub fn all(query: &'a Query, scope: &'a Scope, dialect: Dialect) -> Result<Vec<Self>, Problem> {
        let mut demands = Vec::new();
        for filter in &query.filters {
            let Some(key) = Key::of(filter.column)? else { continue };
            match &filter.test {
                Test::OneOf(values) => demands.push(Self::OneOf(key, values)),
                Test::Between(least, most) => demands.push(Self::Between(key, least.as_deref(), most.as_deref())),
                Test::Contains(text) => demands.extend((!text.is_empty()).then_some(Self::Contains(key, text))),
            }
        }
        // First, because where they are few the others need not be counted.
        if let Some(words) = Self::words(&demands, dialect) {
            demands.insert(0, words);
        }
        demands.extend(query.actor.map(Self::Actor));
        if matches!(scope, Scope::Units(_)) {
            demands.push(Self::Scope(scope));
        }
        Ok(demands)
    }

    /// What these tests ask of the words. A single test of values has an index of its own.
    fn words(demands: &[Self], dialect: Dialect) -> Option<Self> {
        let contains = Self::any_contains(demands);
        let asked: Vec<Candidates> = demands.iter().filter_map(|demand| demand.candidates(dialect)).collect();
        (contains || asked.len() > 1).then(|| Candidates::among(&asked, dialect)).flatten().map(Self::Words)
    }

    fn candidates(&self, dialect: Dialect) -> Option<Candidates> {
        match self {
            Self::OneOf(key, values) if key.has_words() => Candidates::being(values, dialect),
            Self::Contains(_, text) => Candidates::containing(text, dialect),
            _ => None,
        }
    }

    /// Whether a text is to be contained.
    pub fn any_contains(demands: &[Self]) -> bool {
        demands.iter().any(|demand| matches!(demand, Self::Contains(..)))
    }

    /// The column that is tested.
    const fn key(&self) -> Option<Key> {
        match self {
            Self::OneOf(key, _) | Self::Between(key, ..) | Self::Contains(key, _) => Some(*key),
            Self::Scope(_) | Self::Actor(_) | Self::Words(_) => None,
        }
    }

    /// The index that finds the rows by this test; candidates and what entries name are rows already.
    pub const fn index(&self) -> Option<&'static str> {
        match self {
            Self::OneOf(key, _) | Self::Between(key, ..) => Some(key.index),
            Self::Contains(..) | Self::Words(_) | Self::Actor(_) => None,
            Self::Scope(_) => Some("cases_unit"),
        }
    }

    /// Whether it leads straight to the rows, so that counting them is cheap.
    pub fn is_sought(&self) -> bool {
        match self {
            Self::OneOf(..) | Self::Between(..) | Self::Words(_) | Self::Actor(_) => true,
            Self::Scope(Scope::Units(units)) => units.len() <= MOST_SOUGHT_UNITS,
            Self::Contains(..) | Self::Scope(Scope::Everything) => false,
        }
    }

    /// The shortest range of days, whose rows lie together.
    pub fn shortest(demands: &[Self]) -> Option<usize> {
        let ranges = demands.iter().enumerate().filter_map(|(index, demand)| Some((demand.days()?, index)));
        ranges.min().map(|(_, index)| index)
    }

    /// The test to go by when none has few matches: a range of days; candidates, which come in the order of their rows; an index
    /// that is narrower than the table.
    pub fn fallback(demands: &[Self]) -> Option<usize> {
        let words = || demands.iter().position(|demand| matches!(demand, Self::Words(_)));
        let broad = || demands.iter().position(|demand| matches!(demand, Self::Scope(_)) && !demand.is_sought());
        Self::shortest(demands).or_else(words).or_else(broad)
    }

    /// How many days a range of days has.
    fn days(&self) -> Option<i32> {
        let Self::Between(_, Some(first), Some(last)) = self else { return None };
        let (first, last): (Date, Date) = (first.parse().ok()?, last.parse().ok()?);
        first.until(last).ok().map(|span| span.get_days())
    }

    /// Adds ` AND …`.
    pub fn push(&self, sql: &mut Sql, dialect: Dialect) {
        self.push_on(sql, dialect, self.key().map_or("", |key| key.column));
    }

    /// Adds ` AND …` in a walk by `key`: a test of that column must not become the end to seek by.
    pub fn push_beside(&self, sql: &mut Sql, dialect: Dialect, key: Option<Key>) {
        match self.key() {
            Some(own) if Some(own) == key => self.push_on(sql, dialect, &format!("({} || '')", own.column)),
            _ => self.push(sql, dialect),
        }
    }

    /// Adds ` AND …` for the test that leads to the rows: one about entries names their cases instead of asking of each.
    pub fn push_lead(&self, sql: &mut Sql, dialect: Dialect) {
        match self {
            Self::Actor(account) => {
                sql.push(
                    " AND cases.words IN (SELECT done.words FROM entries JOIN cases done ON done.id = entries.chain",
                );
                sql.push(" WHERE entries.actor = ").bind(account.uuid().into()).push(")");
            }
            Self::Words(_) => {
                sql.push(" AND cases.words = led.words");
            }
            _ => self.push(sql, dialect),
        }
    }

    fn push_on(&self, sql: &mut Sql, dialect: Dialect, column: &str) {
        match self {
            Self::Scope(scope) => within(sql, dialect, scope),
            Self::Actor(account) => {
                sql.push(" AND EXISTS (SELECT 1 FROM entries WHERE actor = ").bind(account.uuid().into());
                sql.push(" AND chain = cases.id)");
            }
            Self::OneOf(_, []) => {
                sql.push(" AND 1 = 0");
            }
            Self::OneOf(_, values) => {
                sql.push(" AND ").push(column).push(" IN ").list(values.iter().map(|value| value.as_str().into()));
            }
            Self::Between(_, least, most) => {
                sql.push(" AND ").push(column);
                // No value is in no range, also in one that is open below.
                match least {
                    Some(least) if !least.is_empty() => sql.push(" >= ").bind((*least).into()),
                    _ => sql.push(" > ''"),
                };
                if let Some(most) = most {
                    sql.push(" AND ").push(column).push(" <= ").bind((*most).into());
                }
            }
            Self::Words(_) => {}
            Self::Contains(_, text) => {
                let place = if dialect == Dialect::Sqlite { "instr(lower(" } else { "strpos(lower(" };
                sql.push(" AND ").push(place).push(column).push("), ").bind(text.to_ascii_lowercase().into());
                sql.push(") > 0");
            }
        }
    }

    /// The value beyond which no row meets this test, where it is about the column of `key`.
    pub fn end(&self, key: Key, end: End) -> Option<&'a str> {
        if self.key() != Some(key) {
            return None;
        }
        match (self, end) {
            (Self::Between(_, least, _), End::Low) => *least,
            (Self::Between(_, _, most), End::High) => *most,
            (Self::OneOf(_, values), End::Low) => values.iter().min().map(String::as_str),
            (Self::OneOf(_, values), End::High) => values.iter().max().map(String::as_str),
            _ => None,
        }
    }
}

/// An end of an index.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    Low,
    High,
}

/// Adds ` AND unit …` for a scope.
pub(crate) fn within(sql: &mut Sql, dialect: Dialect, scope: &Scope) {
    let Scope::Units(units) = scope else { return };
    sql.push(" AND unit");
    one_of(sql, dialect, units.iter().map(ToString::to_string).collect());
}

/// Adds the test of a column for ids: one value however many they are.
pub(super) fn one_of(sql: &mut Sql, dialect: Dialect, ids: Vec<String>) {
    match dialect {
        Dialect::Sqlite => sql.push(" IN (SELECT unhex(value) FROM json_each(").bind(json(&ids)).push("))"),
        Dialect::Postgres => sql.push(" = ANY(string_to_array(").bind(ids.join(",").into()).push(", ',')::uuid[])"),
    };
}
