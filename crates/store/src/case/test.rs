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
}

const SLOTS: [Key; 8] = [
    Key { column: "slot0", index: "cases_slot0" },
    Key { column: "slot1", index: "cases_slot1" },
    Key { column: "slot2", index: "cases_slot2" },
    Key { column: "slot3", index: "cases_slot3" },
    Key { column: "slot4", index: "cases_slot4" },
    Key { column: "slot5", index: "cases_slot5" },
    Key { column: "slot6", index: "cases_slot6" },
    Key { column: "slot7", index: "cases_slot7" },
];

impl Key {
    /// The key of a column; `None` for state and stage, which choose lanes.
    pub fn of(column: Column) -> Result<Option<Self>, Problem> {
        Ok(Some(match column {
            Column::State | Column::Stage => return Ok(None),
            Column::Number => Self { column: "number", index: "cases_number" },
            Column::OpenedOn => Self { column: "opened_on", index: "cases_opened_on" },
            Column::ClosedOn => Self { column: "closed_on", index: "cases_closed_on" },
            Column::DueOn => Self { column: "due_on", index: "cases_due_on" },
            Column::Search => Self { column: "search", index: "cases_search" },
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
    /// A column of the row.
    Column(Key, &'a Test),
    /// A column that contains a text, and the cases that may.
    Led(Key, &'a str, Candidates),
    /// Its unit.
    Scope(&'a Scope),
    /// Who has done something with it.
    Actor(Id<Account>),
}

/// Units up to which a scope is worth a seek for each.
const MOST_SOUGHT_UNITS: usize = 3_000;

impl Demand<'_> {
    /// Tests of the columns, the actor and the scope; those of state and stage are left to the lanes.
    pub fn all<'a>(query: &'a Query, scope: &'a Scope) -> Result<Vec<Demand<'a>>, Problem> {
        let mut demands = Vec::new();
        for filter in &query.filters {
            if let Some(key) = Key::of(filter.column)? {
                demands.push(Demand::Column(key, &filter.test));
            }
        }
        demands.extend(query.actor.map(Demand::Actor));
        if matches!(scope, Scope::Units(_)) {
            demands.push(Demand::Scope(scope));
        }
        Ok(demands)
    }

    /// The index that finds the rows by this test; candidates are rows already.
    pub const fn index(&self) -> Option<&'static str> {
        match self {
            Self::Column(key, _) => Some(key.index),
            Self::Led(..) => None,
            Self::Scope(_) => Some("cases_unit"),
            Self::Actor(_) => Some("cases_id"),
        }
    }

    /// Whether the index leads straight to the rows, so that counting them is cheap.
    pub fn is_sought(&self) -> bool {
        match self {
            Self::Column(_, test) => !matches!(test, Test::Contains(_)),
            Self::Scope(Scope::Units(units)) => units.len() <= MOST_SOUGHT_UNITS,
            Self::Scope(Scope::Everything) => false,
            Self::Actor(_) | Self::Led(..) => true,
        }
    }

    /// The test to go by when no test is rare: by its candidates; by the shortest range of days, whose rows lie together; by an
    /// index that is narrower than the table.
    pub fn fallback(demands: &[Self]) -> Option<usize> {
        let led = demands.iter().position(|demand| matches!(demand, Self::Led(..)));
        let days = || {
            let ranges = demands.iter().enumerate().filter_map(|(index, demand)| Some((demand.days()?, index)));
            ranges.min().map(|(_, index)| index)
        };
        led.or_else(days).or_else(|| demands.iter().position(|demand| !demand.is_sought()))
    }

    /// How many days a range of days has.
    fn days(&self) -> Option<i32> {
        let Self::Column(_, Test::Between(Some(first), Some(last))) = self else { return None };
        let (first, last): (Date, Date) = (first.parse().ok()?, last.parse().ok()?);
        first.until(last).ok().map(|span| span.get_days())
    }

    /// Adds ` AND …`.
    pub fn push(&self, sql: &mut Sql, dialect: Dialect) {
        match self {
            Self::Scope(scope) => within(sql, dialect, scope),
            Self::Actor(account) => {
                sql.push(" AND EXISTS (SELECT 1 FROM entries WHERE actor = ").bind(account.uuid().into());
                sql.push(" AND chain = cases.id)");
            }
            Self::Column(key, test) => {
                sql.push(" AND ");
                column(sql, key.column, test, dialect);
            }
            Self::Led(key, text, _) => {
                sql.push(" AND ");
                contains(sql, key.column, text, dialect);
            }
        }
    }

    /// Adds ` AND …` for the test that leads to the rows: one about entries names their cases instead of asking of each.
    pub fn push_lead(&self, sql: &mut Sql, dialect: Dialect) {
        match self {
            Self::Actor(account) => {
                sql.push(" AND id IN (SELECT chain FROM entries WHERE actor = ").bind(account.uuid().into()).push(")");
            }
            Self::Led(..) => {
                sql.push(" AND cases.words = led.words");
                self.push(sql, dialect);
            }
            _ => self.push(sql, dialect),
        }
    }

    /// Adds ` AND …` in a walk by `key`: a test of that column must not become the end to seek by.
    pub fn push_beside(&self, sql: &mut Sql, dialect: Dialect, key: Option<Key>) {
        match self {
            Self::Column(own, test) if Some(*own) == key => {
                sql.push(" AND ");
                column(sql, &format!("({} || '')", own.column), test, dialect);
            }
            _ => self.push(sql, dialect),
        }
    }

    /// The value beyond which no row meets this test, where it is about the column of `key`.
    pub fn end(&self, key: Key, end: End) -> Option<&str> {
        let Self::Column(own, test) = self else { return None };
        if *own != key {
            return None;
        }
        match (test, end) {
            (Test::Between(least, _), End::Low) => least.as_deref(),
            (Test::Between(_, most), End::High) => most.as_deref(),
            (Test::OneOf(values), End::Low) => values.iter().min().map(String::as_str),
            (Test::OneOf(values), End::High) => values.iter().max().map(String::as_str),
            (Test::Contains(_), _) => None,
        }
    }
}

/// An end of an index.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    Low,
    High,
}

fn column(sql: &mut Sql, name: &str, test: &Test, dialect: Dialect) {
    match test {
        Test::OneOf(values) if values.is_empty() => {
            sql.push("1 = 0");
        }
        Test::OneOf(values) => {
            sql.push(name).push(" IN ").list(values.iter().map(|value| value.as_str().into()));
        }
        Test::Between(least, most) => {
            // No value is in no range, also in one that is open below.
            match least {
                Some(least) if !least.is_empty() => sql.push(name).push(" >= ").bind(least.as_str().into()),
                _ => sql.push(name).push(" > ''"),
            };
            if let Some(most) = most {
                sql.push(" AND ").push(name).push(" <= ").bind(most.as_str().into());
            }
        }
        Test::Contains(text) => contains(sql, name, text, dialect),
    }
}

fn contains(sql: &mut Sql, name: &str, text: &str, dialect: Dialect) {
    let place = if dialect == Dialect::Sqlite { "instr(lower(" } else { "strpos(lower(" };
    sql.push(place).push(name).push("), ").bind(text.to_ascii_lowercase().into()).push(") > 0");
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
