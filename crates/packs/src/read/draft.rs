//! A pack while it is read: definitions so far, and what must still be looked up once all files are known.

use crate::{
    Pack,
    toml::{Placed, Table},
};
use yanpan_kernel::problem::{PACK_VALUE, Place, Problem};
use yanpan_rules::nearest;

/// What a reference must name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Form,
    Case,
    Table,
    Document,
}

/// A reference to be looked up.
#[derive(Debug)]
struct Reference {
    wanted: Wanted,
    key: String,
    place: Place,
}

/// A field of a form that something refers to, through the form of a case.
#[derive(Debug)]
struct FieldReference {
    case: String,
    field: String,
    place: Place,
}

/// The pack so far.
#[derive(Debug, Default)]
pub struct Draft {
    pub pack: Pack,
    references: Vec<Reference>,
    fields: Vec<FieldReference>,
}

impl Draft {
    /// Notes a reference.
    pub fn refer(&mut self, wanted: Wanted, key: Option<&Placed<String>>) {
        if let Some(key) = key {
            self.references.push(Reference { wanted, key: key.value.clone(), place: key.place.clone() });
        }
    }

    /// Notes that a field of a case's form is meant.
    pub fn refer_field(&mut self, case: &str, field: &str, place: Place) {
        self.fields.push(FieldReference { case: case.to_owned(), field: field.to_owned(), place });
    }

    /// The source text of an expression, kept compiled; `default` stands where the key is absent.
    pub fn expression(&mut self, table: &Table<'_>, key: &str, default: Option<&str>) -> String {
        let read = match default {
            Some(_) => table.expression(key).optional(),
            None => table.expression(key).required(),
        };
        match (read, default) {
            (Some(placed), _) => {
                let source = placed.expression.source().to_owned();
                self.pack.expressions.insert(source.clone(), placed.expression);
                source
            }
            (None, default) => self.literal(default.unwrap_or("false")),
        }
    }

    /// An expression of our own, compiled.
    pub fn literal(&mut self, source: &str) -> String {
        if let Ok(expression) = yanpan_rules::Expression::parse(source) {
            self.pack.expressions.insert(source.to_owned(), expression);
        }
        source.to_owned()
    }

    /// Pairs of a field and an expression, `set = [["field", "expression"]]`.
    pub fn pairs(&mut self, table: &Table<'_>, key: &str) -> Vec<(String, String)> {
        let mut compiled = Vec::new();
        let pairs = table
            .list(key, |pair| {
                let parts = pair.list(|part| part.text())?;
                let [field, source] = parts.as_slice() else { return pair.wrong("[\"字段\", \"表达式\"]") };
                match yanpan_rules::Expression::parse(source) {
                    Ok(expression) => compiled.push((source.clone(), expression)),
                    Err(faults) => {
                        for fault in faults {
                            pair.refuse::<()>(&fault.message);
                        }
                        return None;
                    }
                }
                Some((field.clone(), source.clone()))
            })
            .or(Vec::new());
        self.pack.expressions.extend(compiled);
        pairs
    }

    /// Every reference that names nothing.
    pub fn cross_check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for reference in &self.references {
            let pack = &self.pack;
            let known: Vec<&str> = match reference.wanted {
                Wanted::Form => pack.forms.keys().map(String::as_str).collect(),
                Wanted::Case => pack.cases.keys().map(String::as_str).collect(),
                Wanted::Table => pack.tables.keys().map(String::as_str).collect(),
                Wanted::Document => pack.documents.keys().map(String::as_str).collect(),
            };
            let what = match reference.wanted {
                Wanted::Form => "表单",
                Wanted::Case => "事项",
                Wanted::Table => "判定表",
                Wanted::Document => "文书",
            };
            if !known.contains(&reference.key.as_str()) {
                problems.push(unknown(what, &reference.key, &known, &reference.place));
            }
        }
        for reference in &self.fields {
            let form = self.pack.cases.get(&reference.case).and_then(|case| self.pack.forms.get(&case.form));
            let Some(form) = form else { continue };
            let known: Vec<&str> = form.fields.iter().map(|field| field.key.as_str()).collect();
            if !known.contains(&reference.field.as_str()) {
                problems.push(unknown("字段", &reference.field, &known, &reference.place));
            }
        }
        problems
    }
}

fn unknown(what: &str, key: &str, known: &[&str], place: &Place) -> Problem {
    let meant = nearest(key, known.iter().copied()).map(|near| format!(",是不是「{near}」?")).unwrap_or_default();
    let reason = format!("没有这个{what}{meant}");
    Problem::new(&PACK_VALUE, &[("key", &what), ("value", &key), ("reason", &reason)]).at(place.clone())
}
