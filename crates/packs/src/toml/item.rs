//! A value of a file, read as the type that is wanted of it.

use super::expression::PlacedExpression;
use super::field::Placed;
use super::origin::origins;
use super::reader::Reader;
use super::table::Table;
use ::toml::de::DeValue;
use jiff::civil::Date;
use std::collections::BTreeMap;
use yanpan_kernel::problem::{PACK_TYPE, PACK_VALUE, Place};
use yanpan_rules::{Decimal, Value};

/// A value with its place. Each reading reports what is wrong and then gives `None`.
#[derive(Clone)]
pub struct Item<'r> {
    pub(super) reader: &'r Reader<'r>,
    pub(super) value: &'r DeValue<'r>,
    /// First and last byte but one.
    pub(super) span: (usize, usize),
    pub(super) path: String,
}

impl<'r> Item<'r> {
    /// Where it begins.
    #[must_use]
    pub fn place(&self) -> Place {
        self.reader.place(self.span.0)
    }

    /// Where a character of a text stands in the file, counted from 0 in the text as read, through quotes and escapes.
    #[must_use]
    pub fn place_within(&self, character: usize) -> Place {
        let raw = self.reader.text.get(self.span.0..self.span.1).unwrap_or_default();
        let along = origins(raw).get(character).copied().unwrap_or_default();
        self.reader.place(self.span.0 + along)
    }

    /// Reports that another type is wanted.
    pub fn wrong<T>(&self, expected: &str) -> Option<T> {
        let found = match self.value {
            DeValue::String(text) => format!("文字「{}」", text.chars().take(20).collect::<String>()),
            DeValue::Integer(number) => format!("整数 {number}"),
            DeValue::Float(number) => format!("小数 {number}"),
            DeValue::Boolean(truth) => format!("是/否 {truth}"),
            DeValue::Datetime(date) => format!("日期时间 {date}"),
            DeValue::Array(_) => "列表".to_owned(),
            DeValue::Table(_) => "表".to_owned(),
        };
        self.reader.report(self.span.0, &PACK_TYPE, &[("key", &self.path), ("expected", &expected), ("found", &found)]);
        None
    }

    /// Reports that the value does not do, with the reason in Chinese.
    pub fn refuse<T>(&self, reason: &str) -> Option<T> {
        let value = self.reader.text.get(self.span.0..self.span.1).unwrap_or_default();
        let value: String = value.trim_matches(['"', '\'']).chars().take(30).collect();
        self.reader.report(self.span.0, &PACK_VALUE, &[("key", &self.path), ("value", &value), ("reason", &reason)]);
        None
    }

    /// A text that is not blank.
    pub fn text(&self) -> Option<String> {
        match self.value {
            DeValue::String(text) if text.trim().is_empty() => self.refuse("不能为空"),
            DeValue::String(text) => Some(text.to_string()),
            _ => self.wrong("文字"),
        }
    }

    /// A text that is not blank, with its place.
    pub fn placed_text(&self) -> Option<Placed<String>> {
        self.text().map(|value| Placed { value, place: self.place() })
    }

    /// Whether it is a text; reports nothing.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self.value, DeValue::String(_))
    }

    /// A whole number.
    pub fn integer(&self) -> Option<i64> {
        let DeValue::Integer(number) = self.value else { return self.wrong("整数") };
        i64::from_str_radix(number.as_str(), number.radix()).ok().or_else(|| self.refuse("整数太大"))
    }

    /// A number, exact.
    pub fn number(&self) -> Option<Decimal> {
        match self.value {
            DeValue::Integer(_) => self.integer().map(Decimal::from),
            DeValue::Float(number) => Decimal::from_str_exact(number.as_str())
                .or_else(|_| Decimal::from_scientific(number.as_str()))
                .ok()
                .or_else(|| self.refuse("应为最多 28 位有效数字的数")),
            _ => self.wrong("数"),
        }
    }

    /// A yes or no.
    pub fn boolean(&self) -> Option<bool> {
        match self.value {
            DeValue::Boolean(truth) => Some(*truth),
            _ => self.wrong("true 或 false"),
        }
    }

    /// A civil date, `2026-10-31` with or without quotes.
    pub fn date(&self) -> Option<Date> {
        match self.value {
            DeValue::Datetime(moment) if moment.time.is_none() => {
                moment.to_string().parse().ok().or_else(|| self.refuse("没有这个日期"))
            }
            DeValue::String(text) => text.trim().parse().ok().or_else(|| self.refuse("日期应写成 2026-10-31")),
            _ => self.wrong("日期，如 2026-10-31"),
        }
    }

    /// A list, each element read by the closure; elements that could not be read are left out.
    pub fn list<T>(&self, mut read: impl FnMut(&Self) -> Option<T>) -> Option<Vec<T>> {
        let DeValue::Array(items) = self.value else { return self.wrong("列表 [ … ]") };
        let items = items.iter().enumerate().map(|(index, item)| Self {
            reader: self.reader,
            value: item.get_ref(),
            span: (item.span().start, item.span().end),
            path: format!("{}[{index}]", self.path),
        });
        Some(items.filter_map(|item| read(&item)).collect())
    }

    /// A table.
    pub fn table(&self) -> Option<Table<'r>> {
        match self.value {
            DeValue::Table(entries) => Some(Table::new(self.reader, entries, self.span.0, self.path.clone())),
            _ => self.wrong("表"),
        }
    }

    /// An expression, with its columns mapped into the file.
    pub fn expression(&self) -> Option<PlacedExpression> {
        match self.value {
            DeValue::String(_) => PlacedExpression::read(self),
            _ => self.wrong("表达式，写在引号里"),
        }
    }

    /// Any value of the expression language; a date without quotes is a date.
    pub fn value(&self) -> Option<Value> {
        match self.value {
            DeValue::String(text) => Some(Value::from(text.as_ref())),
            DeValue::Integer(_) => self.integer().map(Value::Int),
            DeValue::Float(_) => self.number().map(Value::from),
            DeValue::Boolean(truth) => Some(Value::Bool(*truth)),
            DeValue::Datetime(_) => self.date().map(Value::Date),
            DeValue::Array(_) => self.list(Self::value).map(Value::list),
            DeValue::Table(_) => self.values().map(Value::map),
        }
    }

    /// A table of values under keys that are not known beforehand.
    pub fn values(&self) -> Option<BTreeMap<String, Value>> {
        let table = self.table()?;
        Some(table.items().into_iter().filter_map(|(key, item)| Some((key.value, item.value()?))).collect())
    }
}
