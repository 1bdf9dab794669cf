//! A table being read: it knows which of its keys were asked for, and reports the others.

use super::expression::PlacedExpression;
use super::field::{Field, Placed};
use super::item::Item;
use super::reader::Reader;
use ::toml::de::DeTable;
use jiff::civil::Date;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;
use yanpan_kernel::problem::{Kind, PACK_DUPLICATE, PACK_KEY_UNKNOWN, Place};
use yanpan_rules::{Decimal, Value, nearest};

/// A table. Keys that nobody asked for are reported when it is dropped.
pub struct Table<'r> {
    reader: &'r Reader<'r>,
    entries: &'r DeTable<'r>,
    byte: usize,
    path: String,
    asked: RefCell<Vec<String>>,
    strict: Cell<bool>,
}

impl<'r> Table<'r> {
    pub(super) fn root(reader: &'r Reader<'r>, entries: &'r DeTable<'r>) -> Self {
        Self::new(reader, entries, 0, String::new())
    }

    pub(super) fn new(reader: &'r Reader<'r>, entries: &'r DeTable<'r>, byte: usize, path: String) -> Self {
        Self { reader, entries, byte, path, asked: RefCell::default(), strict: Cell::new(true) }
    }

    /// Where it begins.
    #[must_use]
    pub fn place(&self) -> Place {
        self.reader.place(self.byte)
    }

    /// Its dotted path from the root, `case.hazard.transition[2]`; empty for the root.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Reports a problem of the table as a whole.
    pub fn problem(&self, kind: &'static Kind, values: &[(&str, &dyn Display)]) {
        self.reader.report(self.byte, kind, values);
    }

    /// Reports a problem at a place that an earlier reading of this file gave.
    pub fn problem_at(&self, place: &Place, kind: &'static Kind, values: &[(&str, &dyn Display)]) {
        self.reader.report_at(place, kind, values);
    }

    /// Leaves the keys that nobody asked for unreported.
    pub fn ignore_rest(&self) {
        self.strict.set(false);
    }

    /// Whether a key is there; asks for it.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.item(key).is_some()
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn item(&self, key: &str) -> Option<Item<'r>> {
        let mut asked = self.asked.borrow_mut();
        if !asked.iter().any(|known| known == key) {
            asked.push(key.to_owned());
        }
        let (name, value) = self.entries.get_key_value(key)?;
        let span = value.span();
        // A table that only its children's headers imply has no place of its own.
        let start = if span.is_empty() { name.span().start } else { span.start };
        Some(Item { reader: self.reader, value: value.get_ref(), span: (start, span.end), path: self.path_of(key) })
    }

    /// A key read by a closure over its [`Item`]; `expected` says in Chinese what belongs there.
    pub fn field<T>(
        &self,
        key: &str,
        expected: &'static str,
        read: impl FnOnce(&Item<'r>) -> Option<T>,
    ) -> Field<'r, T> {
        let item = self.item(key);
        Field {
            reader: self.reader,
            byte: item.as_ref().map_or(self.byte, |item| item.span.0),
            path: self.path_of(key),
            expected,
            present: item.is_some(),
            value: item.as_ref().and_then(read),
        }
    }

    /// A text that is not blank.
    pub fn text(&self, key: &str) -> Field<'r, String> {
        self.field(key, "文字", Item::text)
    }

    /// A whole number.
    pub fn integer(&self, key: &str) -> Field<'r, i64> {
        self.field(key, "整数", Item::integer)
    }

    /// A whole number within bounds.
    pub fn integer_in(&self, key: &str, bounds: RangeInclusive<i64>) -> Field<'r, i64> {
        self.integer(key).then(|number| match bounds.contains(&number) {
            true => Ok(number),
            false => Err(format!("应在 {}—{} 之间", bounds.start(), bounds.end())),
        })
    }

    /// A number, exact.
    pub fn number(&self, key: &str) -> Field<'r, Decimal> {
        self.field(key, "数", Item::number)
    }

    /// A yes or no.
    pub fn boolean(&self, key: &str) -> Field<'r, bool> {
        self.field(key, "true 或 false", Item::boolean)
    }

    /// A civil date.
    pub fn date(&self, key: &str) -> Field<'r, Date> {
        self.field(key, "日期，如 2026-10-31", Item::date)
    }

    /// A list of texts; one text alone counts as a list of one.
    pub fn texts(&self, key: &str) -> Field<'r, Vec<String>> {
        self.field(key, "文字的列表", |item| match item.value {
            ::toml::de::DeValue::String(_) => item.text().map(|text| vec![text]),
            _ => item.list(Item::text),
        })
    }

    /// As [`Table::texts`], each with its place.
    pub fn placed_texts(&self, key: &str) -> Field<'r, Vec<Placed<String>>> {
        self.field(key, "文字的列表", |item| match item.value {
            ::toml::de::DeValue::String(_) => item.placed_text().map(|text| vec![text]),
            _ => item.list(Item::placed_text),
        })
    }

    /// A list, each element read by the closure.
    pub fn list<T>(&self, key: &str, read: impl FnMut(&Item<'r>) -> Option<T>) -> Field<'r, Vec<T>> {
        self.field(key, "列表 [ … ]", |item| item.list(read))
    }

    /// A text that is one of these words.
    pub fn choice<T: Clone>(&self, key: &str, words: &[(&str, T)]) -> Field<'r, T> {
        self.text(key).then(|text| match words.iter().find(|(word, _)| *word == text) {
            Some((_, value)) => Ok(value.clone()),
            None => {
                let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                let near = nearest(&text, known.iter().copied());
                let meant = near.map(|near| format!("，是不是想写「{near}」？")).unwrap_or_default();
                Err(format!("应为 {} 之一{meant}", known.join("、")))
            }
        })
    }

    /// A text read by its type's own reader, such as `-3wd`; the type's error is the reason given.
    pub fn parsed<T: FromStr<Err: Display>>(&self, key: &str) -> Field<'r, T> {
        self.text(key).then(|text| text.parse().map_err(|error: T::Err| error.to_string()))
    }

    /// An expression.
    pub fn expression(&self, key: &str) -> Field<'r, PlacedExpression> {
        self.field(key, "表达式", Item::expression)
    }

    /// Any value of the expression language.
    pub fn value(&self, key: &str) -> Field<'r, Value> {
        self.field(key, "值", Item::value)
    }

    /// A table of values under keys that are not known beforehand.
    pub fn values(&self, key: &str) -> Field<'r, BTreeMap<String, Value>> {
        self.field(key, "表", Item::values)
    }

    /// A table below.
    pub fn table(&self, key: &str) -> Field<'r, Table<'r>> {
        self.field(key, "表", Item::table)
    }

    /// Tables in a list, `[[key]]`; none when the key is absent.
    #[must_use]
    pub fn tables(&self, key: &str) -> Vec<Table<'r>> {
        self.field(key, "表的列表 [[…]]", |item| item.list(Item::table)).or(Vec::new())
    }

    /// Tables under names of their own, `[key.NAME]`, in the order of the file; none when the key is absent.
    #[must_use]
    pub fn named_tables(&self, key: &str) -> Vec<(Placed<String>, Table<'r>)> {
        let Some(table) = self.table(key).optional() else { return Vec::new() };
        table.items().into_iter().filter_map(|(name, item)| Some((name, item.table()?))).collect()
    }

    /// Every key with its value, in the order of the file; asks for all of them.
    #[must_use]
    pub fn items(&self) -> Vec<(Placed<String>, Item<'r>)> {
        let mut keys: Vec<(usize, &str)> =
            self.entries.iter().map(|(key, _)| (key.span().start, key.get_ref().as_ref())).collect();
        keys.sort_unstable();
        keys.into_iter()
            .filter_map(|(byte, key)| {
                let name = Placed { value: key.to_owned(), place: self.reader.place(byte) };
                Some((name, self.item(key)?))
            })
            .collect()
    }

    /// Reports every name that was there before, with the line of the first.
    pub fn unique<'a>(&self, names: impl IntoIterator<Item = &'a Placed<String>>) {
        let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
        for name in names {
            match seen.get(name.value.as_str()) {
                Some(first) => {
                    let line = first.line.unwrap_or_default();
                    self.problem_at(&name.place, &PACK_DUPLICATE, &[("key", &name.value), ("line", &line)]);
                }
                None => {
                    seen.insert(&name.value, &name.place);
                }
            }
        }
    }
}

impl Drop for Table<'_> {
    fn drop(&mut self) {
        if !self.strict.get() {
            return;
        }
        let asked = self.asked.borrow();
        for (key, _) in self.entries {
            let name = key.get_ref().as_ref();
            if asked.iter().any(|known| known == name) {
                continue;
            }
            let absent = asked.iter().map(String::as_str).filter(|known| !self.entries.contains_key(*known));
            let meant = nearest(name, absent).map(|near| format!("，是不是想写「{near}」？")).unwrap_or_default();
            let path = self.path_of(name);
            self.reader.report(key.span().start, &PACK_KEY_UNKNOWN, &[("key", &path), ("meant", &meant)]);
        }
    }
}
