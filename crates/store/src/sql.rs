//! Statements with their values: what is bound, what is read back, and inserts of many rows.

use jiff::civil::Date;
use sea_orm::{DbErr, QueryResult, TryGetable, Value, sea_query::Nullable};
use serde::{Serialize, de::DeserializeOwned};
use std::{borrow::Cow, fmt::Write};
use uuid::Uuid;
use yanpan_kernel::id::Id;

/// Which database speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// SQL text and the values of its `$1`, `$2`, ….
#[derive(Debug, Clone, Default)]
pub(crate) struct Sql {
    pub text: Cow<'static, str>,
    pub values: Vec<Value>,
}

impl Sql {
    /// A fixed text with its values.
    pub fn new(text: &'static str, values: Vec<Value>) -> Self {
        Self { text: Cow::Borrowed(text), values }
    }

    /// Adds text.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Adds a value and its placeholder.
    pub fn bind(&mut self, value: Value) -> &mut Self {
        self.values.push(value);
        let place = self.values.len();
        // Writing into a String cannot fail.
        let _ = write!(self.text.to_mut(), "${place}");
        self
    }

    /// Adds `(a, b, …)`; for an empty list `(NULL)`, which nothing is in.
    pub fn list(&mut self, values: impl IntoIterator<Item = Value>) -> &mut Self {
        let before = self.values.len();
        self.push("(");
        for value in values {
            self.push(if self.values.len() > before { ", " } else { "" }).bind(value);
        }
        self.push(if self.values.len() > before { ")" } else { "NULL)" })
    }

    /// Adds `(?, ?, …)`: SQLite looks numbered places up by name, one after the other, which thousands of them make slow.
    fn unnumbered(&mut self, values: Vec<Value>) -> &mut Self {
        for position in 0..values.len() {
            self.push(if position == 0 { "(?" } else { ", ?" });
        }
        self.values.extend(values);
        self.push(")")
    }
}

/// A type that has one column.
pub(crate) trait Stored: Sized {
    /// What the driver binds and reads.
    type Raw: TryGetable + Into<Value> + Nullable;
    fn raw(&self) -> Self::Raw;
    fn of(raw: Self::Raw) -> Option<Self>;
}

macro_rules! stored_as_is {
    ($($kind:ty),*) => {$(
        impl Stored for $kind {
            type Raw = Self;
            fn raw(&self) -> Self { self.clone() }
            fn of(raw: Self) -> Option<Self> { Some(raw) }
        }
    )*};
}
stored_as_is!(i64, bool, String, Vec<u8>);

impl Stored for u32 {
    type Raw = i64;
    fn raw(&self) -> i64 {
        i64::from(*self)
    }
    fn of(raw: i64) -> Option<Self> {
        Self::try_from(raw).ok()
    }
}

impl<T> Stored for Id<T> {
    type Raw = Uuid;
    fn raw(&self) -> Uuid {
        self.uuid()
    }
    fn of(raw: Uuid) -> Option<Self> {
        Some(Self::new(raw))
    }
}

impl Stored for Date {
    type Raw = String;
    fn raw(&self) -> String {
        self.to_string()
    }
    fn of(raw: String) -> Option<Self> {
        raw.parse().ok()
    }
}

impl<const N: usize> Stored for [u8; N] {
    type Raw = Vec<u8>;
    fn raw(&self) -> Vec<u8> {
        self.to_vec()
    }
    fn of(raw: Vec<u8>) -> Option<Self> {
        raw.try_into().ok()
    }
}

/// A structure kept as JSON text.
pub(crate) struct Json<T>(pub T);

impl<T: Serialize + DeserializeOwned> Stored for Json<T> {
    type Raw = String;
    fn raw(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }
    fn of(raw: String) -> Option<Self> {
        serde_json::from_str(&raw).ok().map(Self)
    }
}

/// A structure bound as JSON text.
pub(crate) fn json<T: Serialize>(structure: &T) -> Value {
    serde_json::to_string(structure).unwrap_or_default().into()
}

/// A column or a nullable column.
pub(crate) trait Cell: Sized {
    fn cell(&self) -> Value;
    fn read(row: &QueryResult, at: usize) -> Result<Self, DbErr>;
}

fn unreadable(at: usize) -> DbErr {
    DbErr::Type(format!("column {at} does not hold what its type demands"))
}

impl<T: Stored> Cell for T {
    fn cell(&self) -> Value {
        self.raw().into()
    }
    fn read(row: &QueryResult, at: usize) -> Result<Self, DbErr> {
        T::of(row.try_get_by_index(at)?).ok_or_else(|| unreadable(at))
    }
}

impl<T: Stored> Cell for Option<T> {
    fn cell(&self) -> Value {
        self.as_ref().map(Stored::raw).into()
    }
    fn read(row: &QueryResult, at: usize) -> Result<Self, DbErr> {
        let raw: Option<T::Raw> = row.try_get_by_index(at)?;
        raw.map(|raw| T::of(raw).ok_or_else(|| unreadable(at))).transpose()
    }
}

/// Whatever can be bound: columns, and text that is only lent.
pub(crate) trait Bind {
    fn value(&self) -> Value;
}

impl<T: Cell> Bind for T {
    fn value(&self) -> Value {
        self.cell()
    }
}

impl Bind for str {
    fn value(&self) -> Value {
        self.to_owned().into()
    }
}

/// The values of a statement, in order.
macro_rules! bind {
    ($($value:expr),* $(,)?) => {{
        use $crate::sql::Bind as _;
        vec![$($value.value()),*]
    }};
}
pub(crate) use bind;

/// An insert of many rows: `head` (INSERT INTO …) ends before VALUES, `tail` follows the rows. A row that is refused stops
/// the act, which undoes what went before; so SQLite is told not to keep each page as it was before the statement.
pub(crate) struct Insert {
    pub head: &'static str,
    pub tail: &'static str,
}

/// Row counts of one statement: few different texts, so that prepared statements are found again, and with the widest table
/// (19 columns) far within SQLite's 32,766 parameters.
const STEPS: [usize; 5] = [256, 64, 16, 4, 1];

impl Insert {
    /// The statements that insert these rows.
    pub fn statements(&self, rows: Vec<Vec<Value>>, dialect: Dialect) -> Vec<Sql> {
        let mut statements = Vec::new();
        let mut left = rows.len();
        let mut rows = rows.into_iter();
        for step in STEPS {
            while left >= step {
                let mut sql = Sql::new("", Vec::new());
                sql.push(if dialect == Dialect::Sqlite { "INSERT OR FAIL" } else { "INSERT" });
                sql.push(self.head.trim_start_matches("INSERT")).push(" VALUES ");
                for (index, row) in rows.by_ref().take(step).enumerate() {
                    sql.push(if index > 0 { ", " } else { "" });
                    match dialect {
                        Dialect::Sqlite => sql.unnumbered(row),
                        Dialect::Postgres => sql.list(row),
                    };
                }
                sql.push(self.tail);
                statements.push(sql);
                left -= step;
            }
        }
        statements
    }
}

/// The last of those that share a key, in order of first appearance: one statement may not write a row twice.
pub(crate) fn latest<'a, T, K: std::hash::Hash + Eq>(items: &'a [T], key: impl Fn(&'a T) -> K) -> Vec<&'a T> {
    let mut places = std::collections::HashMap::with_capacity(items.len());
    let mut kept: Vec<&T> = Vec::with_capacity(items.len());
    for item in items {
        match places.entry(key(item)) {
            std::collections::hash_map::Entry::Occupied(place) => {
                if let Some(slot) = kept.get_mut(*place.get()) {
                    *slot = item;
                }
            }
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(kept.len());
                kept.push(item);
            }
        }
    }
    kept
}
