//! The values behind the names that expressions of cases see; their types are in `yanpan_packs::vocabulary`.

use jiff::civil::Date;
use std::collections::BTreeMap;
use yanpan_kernel::{
    calendar::Calendar,
    case::Case,
    form::{Answers, Field, Form},
    person::Grant,
    unit::{Tree, Version},
};
use yanpan_packs::{Ledger, LedgerColumn, LedgerKind, vocabulary::answer_type};
use yanpan_rules::{Names, Type, Value};

/// A unit as expressions see it.
#[must_use]
pub fn unit_value(version: &Version) -> Value {
    Value::map(UNIT.map(|key| (key, unit_member(version, key))))
}

const UNIT: [&str; 5] = ["code", "name", "kind", "school", "attributes"];

fn unit_member(version: &Version, key: &str) -> Value {
    match key {
        "code" => text(&version.code),
        "name" => text(&version.name),
        "kind" => text(&version.kind),
        "school" => Value::Bool(version.is_school()),
        "attributes" => Value::map(version.attributes.iter().map(|(key, value)| (key.clone(), text(value)))),
        _ => Value::Null,
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// Answers as expressions see them: every field of the form, missing ones null.
#[must_use]
pub fn answer_values(form: &Form, answers: &Answers) -> BTreeMap<String, Value> {
    form.fields.iter().map(|field| (field.key.clone(), answer_value(field, answers))).collect()
}

fn answer_value(field: &Field, answers: &Answers) -> Value {
    let found = answers.get(&field.key).map(|json| Value::from_json(json, &answer_type(&field.kind)));
    found.and_then(Result::ok).unwrap_or_default()
}

/// The names of one act.
pub struct ActNames<'a> {
    /// Form of the case.
    pub form: &'a Form,
    /// The case before the act.
    pub before: Option<&'a Case>,
    /// Answers after those given in the act.
    pub answers: &'a Answers,
    /// Account of the actor.
    pub actor: String,
    /// Name of the actor.
    pub actor_name: &'a str,
    /// The grant that is tried.
    pub grant: Option<&'a Grant>,
    /// The unit of the case.
    pub unit: &'a Version,
    /// The tree of the day.
    pub tree: &'a Tree,
    /// Business date.
    pub today: Date,
    /// Whether the act tells of the past.
    pub imported: bool,
    /// Whether a decision table has decided.
    pub decided: bool,
    /// Calendar.
    pub calendar: &'a Calendar,
}

/// What a case says beside its answers; the first of them at once, the others once it is.
const CASE: [&str; 6] = ["unit", "state", "stage", "number", "opened_on", "by"];

impl ActNames<'_> {
    fn case(&self) -> Value {
        let mut members = answer_values(self.form, self.answers);
        let own = CASE.iter().filter_map(|key| Some(((*key).to_owned(), self.case_own(key)?)));
        members.extend(own);
        Value::map(members)
    }

    /// What the case says beside its answers; `None` for a word that is an answer's or nobody's.
    fn case_own(&self, key: &str) -> Option<Value> {
        if key == "unit" {
            return Some(text(&self.unit.unit.to_string()));
        }
        let case = self.before?;
        Some(match key {
            "state" => text(&case.state),
            "stage" => text(case.stage.key()),
            "number" => text(&case.number),
            "opened_on" => Value::Date(case.opened_on),
            "by" => Value::map(case.done.iter().map(|(verb, done)| (verb.clone(), text(&done.actor.to_string())))),
            _ => return None,
        })
    }
}

impl Names for ActNames<'_> {
    /// One word of a case: most expressions ask for one or two of its many answers.
    fn member(&self, name: &str, key: &str) -> Option<Value> {
        match name {
            "case" => {
                let answer = || self.form.field(key).map(|field| answer_value(field, self.answers));
                Some(self.case_own(key).or_else(answer).unwrap_or_default())
            }
            "unit" => Some(unit_member(self.unit, key)),
            _ => None,
        }
    }

    fn name(&self, name: &str) -> Option<Value> {
        Some(match name {
            "case" => self.case(),
            "unit" => unit_value(self.unit),
            "actor" => Value::Text(self.actor.as_str().into()),
            "actor_name" => Value::Text(self.actor_name.into()),
            "today" => Value::Date(self.today),
            "imported" => Value::Bool(self.imported),
            "decided" => Value::Bool(self.decided),
            "grant" => self.grant.map_or(Value::Null, |grant| {
                Value::map([
                    ("role", Value::Text(grant.role.key().into())),
                    ("unit", Value::Text(grant.unit.to_string().as_str().into())),
                ])
            }),
            _ => return None,
        })
    }

    fn call(&self, function: &str, _: Option<&Value>, arguments: &[Value]) -> Option<Result<Value, String>> {
        let Some(Value::Text(argument)) = arguments.first() else {
            return matches!(function, "role" | "above" | "jurisdiction").then_some(Ok(Value::Bool(false)));
        };
        let over = |strict: bool| {
            let unit = argument.parse().ok();
            let covers = unit.zip(self.grant).is_some_and(|(unit, grant)| {
                self.tree.jurisdiction(grant.unit, unit) && !(strict && grant.unit == unit)
            });
            Ok(Value::Bool(covers))
        };
        match function {
            "role" => Some(Ok(Value::Bool(self.grant.is_some_and(|grant| grant.role.key() == &**argument)))),
            "above" => Some(over(true)),
            "jurisdiction" => Some(over(false)),
            _ => None,
        }
    }

    fn calendar(&self) -> Option<&Calendar> {
        Some(self.calendar)
    }
}

/// The names of one ledger row: `row` alone.
pub struct RowNames<'a> {
    /// The ledger.
    pub ledger: &'a Ledger,
    /// The form of its cases.
    pub form: &'a Form,
    /// The row's values by column key.
    pub values: &'a Answers,
    /// Calendar.
    pub calendar: &'a Calendar,
}

impl RowNames<'_> {
    fn cell(&self, column: &LedgerColumn) -> Value {
        let declared = || match column.kind {
            Some(LedgerKind::Date) => Type::Date,
            Some(_) => Type::Text,
            None => self.form.field(&column.key).map_or(Type::Text, |field| answer_type(&field.kind)),
        };
        let value = self.values.get(&column.key);
        value.and_then(|json| Value::from_json(json, &declared()).ok()).unwrap_or_default()
    }
}

impl Names for RowNames<'_> {
    /// One cell: an expression asks for one or two of a row's many.
    fn member(&self, name: &str, key: &str) -> Option<Value> {
        if name != "row" {
            return None;
        }
        let column = self.ledger.columns.iter().find(|column| column.key == key);
        Some(column.map(|column| self.cell(column)).unwrap_or_default())
    }

    fn name(&self, name: &str) -> Option<Value> {
        let cells = || self.ledger.columns.iter().map(|column| (column.key.clone(), self.cell(column)));
        (name == "row").then(|| Value::map(cells()))
    }

    fn calendar(&self) -> Option<&Calendar> {
        Some(self.calendar)
    }
}
