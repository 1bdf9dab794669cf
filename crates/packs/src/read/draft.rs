//! A pack while it is read: definitions so far, and what must still be looked up once all files are known.

use crate::{
    Pack,
    toml::{Placed, PlacedExpression, Table},
};
use std::collections::BTreeMap;
use yanpan_kernel::problem::{PACK_VALUE, Place, Problem};
use yanpan_rules::{Expression, nearest};

/// What a reference must name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Form,
    Case,
    Table,
    Document,
    Round,
}

/// A reference to be looked up.
#[derive(Debug)]
pub struct Reference {
    pub wanted: Wanted,
    pub key: Placed<String>,
}

/// What a field must be, where something refers to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Any field.
    Field,
    /// A date.
    Date,
    /// A text or choice that names no person: lists and statistics show it.
    Shown,
    /// Not personal: lists filter by it.
    Slot,
}

/// A field of a form that something refers to, through the form of a case.
#[derive(Debug)]
pub struct FieldReference {
    pub case: String,
    pub field: Placed<String>,
    pub need: Need,
}

/// Whose names an expression sees.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    Case(String),
    Row(String),
    Unit,
}

/// What an expression must come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Truth,
    Date,
    /// An answer to this field of the case kind.
    Answer(String, String),
}

/// An expression whose types are checked once all names are known.
#[derive(Debug)]
pub struct Pending {
    pub placed: PlacedExpression,
    pub scope: Scope,
    pub outcome: Outcome,
}

/// A word of a case kind that a scenario names.
#[derive(Debug)]
pub struct Told {
    pub kind: String,
    pub word: Placed<String>,
    /// A state, or else a verb.
    pub state: bool,
}

/// Where a decision table, its rows and their conditions stand.
#[derive(Debug)]
pub struct TablePlaces {
    pub table: Place,
    pub rows: Vec<(Place, Option<PlacedExpression>)>,
    /// Whether the table may leave a circumstance undecided.
    pub partial: bool,
}

/// The pack so far.
#[derive(Debug, Default)]
pub struct Draft {
    pub pack: Pack,
    pub references: Vec<Reference>,
    pub fields: Vec<FieldReference>,
    pub pending: Vec<Pending>,
    pub tables: BTreeMap<String, TablePlaces>,
    /// Verbs and states that scenarios name, by case kind.
    pub told: Vec<Told>,
    /// Opening acts that views name, by case kind.
    pub verbs: Vec<(String, Placed<String>)>,
    /// Columns by which views filter and sort, by case kind.
    pub tested: Vec<(String, Placed<String>)>,
    /// SELECTs with the views that they name.
    pub views: Vec<Placed<String>>,
    /// Filters of lists of a case kind.
    pub filters: Vec<(String, Placed<String>)>,
    /// Problems that lie between files.
    pub problems: Vec<Problem>,
    places: BTreeMap<String, Place>,
}

impl Draft {
    /// Notes where a definition stands, and reports one that stood elsewhere before; keys are lower-case identifiers,
    /// since they become names of tables and columns.
    pub fn define(&mut self, what: &str, key: &Placed<String>) {
        if !is_identifier(&key.value) {
            let reason = "只用小写字母、数字和下划线，以字母开头(它也是查询里的名字)";
            self.refuse(what, &key.value, reason, &key.place);
        }
        let path = format!("{what}.{}", key.value);
        if let Some(first) = self.places.get(&path) {
            let (file, line) = (first.file.as_deref().unwrap_or_default(), first.line.unwrap_or_default());
            let reason = format!("重复，第一次在 {file} 第{line}行");
            self.refuse(what, &key.value, &reason, &key.place);
        } else {
            self.places.insert(path, key.place.clone());
        }
    }

    /// Notes where a part of a definition stands.
    pub fn mark(&mut self, path: String, place: Place) {
        self.places.entry(path).or_insert(place);
    }

    /// Where it stands, if it was noted.
    pub fn place(&self, path: &str) -> Place {
        self.places.get(path).cloned().unwrap_or_default()
    }

    /// Reports a value.
    pub fn refuse(&mut self, key: &str, value: &str, reason: &str, place: &Place) {
        self.problems.push(refusal(key, value, reason, place));
    }

    /// Notes a reference.
    pub fn refer(&mut self, wanted: Wanted, key: Option<&Placed<String>>) {
        if let Some(key) = key {
            self.references.push(Reference { wanted, key: key.clone() });
        }
    }

    /// Notes that a field of a case's form is meant.
    pub fn refer_field(&mut self, case: &str, field: &Placed<String>, need: Need) {
        self.fields.push(FieldReference { case: case.to_owned(), field: field.clone(), need });
    }

    /// The source text of an expression, kept compiled; `default` stands where the key is absent.
    pub fn expression(
        &mut self,
        table: &Table<'_>,
        key: &str,
        default: Option<&str>,
        (scope, outcome): (&Scope, Outcome),
    ) -> String {
        let read = match default {
            Some(_) => table.expression(key).optional(),
            None => table.expression(key).required(),
        };
        match read {
            Some(placed) => self.keep(placed, scope, outcome),
            None => self.literal(default.unwrap_or("false")),
        }
    }

    /// Keeps an expression, to be checked in its scope; gives its text.
    pub fn keep(&mut self, placed: PlacedExpression, scope: &Scope, outcome: Outcome) -> String {
        let source = placed.expression.source().to_owned();
        self.pack.expressions.insert(source.clone(), placed.expression.clone());
        self.pending.push(Pending { placed, scope: scope.clone(), outcome });
        source
    }

    fn literal(&mut self, source: &str) -> String {
        if let Ok(expression) = Expression::parse(source) {
            self.pack.expressions.insert(source.to_owned(), expression);
        }
        source.to_owned()
    }

    /// Pairs of a field of a case and an expression, `set = [["field", "expression"]]`.
    pub fn pairs(&mut self, table: &Table<'_>, case: &str, scope: &Scope) -> Vec<(String, String)> {
        let read = table.list("set", |pair| {
            let parts = pair.list(|part| Some(part.clone()))?;
            let [field, source] = parts.as_slice() else { return pair.wrong("[\"字段\", \"表达式\"]") };
            field.placed_text().zip(source.expression())
        });
        let mut pairs = Vec::new();
        for (field, placed) in read.or(Vec::new()) {
            self.refer_field(case, &field, Need::Field);
            let source = self.keep(placed, scope, Outcome::Answer(case.to_owned(), field.value.clone()));
            pairs.push((field.value, source));
        }
        pairs
    }
}

/// The problem of a value.
pub fn refusal(key: &str, value: &str, reason: &str, place: &Place) -> Problem {
    Problem::new(&PACK_VALUE, &[("key", &key), ("value", &value), ("reason", &reason)]).at(place.clone())
}

/// The problem of a word that names nothing, with the nearest that would.
pub fn unknown<'a>(what: &str, key: &Placed<String>, known: impl IntoIterator<Item = &'a str> + Clone) -> Problem {
    let meant = match nearest(&key.value, known.clone()) {
        Some(near) => format!("，是不是想写「{near}」？"),
        None => {
            let known: Vec<&str> = known.into_iter().take(12).collect();
            if known.is_empty() { String::new() } else { format!("，可用：{}", known.join("、")) }
        }
    };
    refusal(what, &key.value, &format!("没有这个{what}{meant}"), &key.place)
}

/// Whether a key may become a name in a query.
pub fn is_identifier(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_lowercase())
        && key.len() <= 48
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
