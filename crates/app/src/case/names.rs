//! The values behind the names that expressions of cases see; their types are in `yanpan_packs::vocabulary`.

use jiff::civil::Date;
use std::{cell::OnceCell, collections::BTreeMap};
use yanpan_kernel::{
    calendar::Calendar,
    case::Case,
    form::{Answers, FieldKind, Form},
    person::Grant,
    unit::{SCHOOLS, Tree, Version},
};
use yanpan_packs::vocabulary::answer_type;
use yanpan_rules::{Names, Value};

/// A unit as expressions see it.
#[must_use]
pub fn unit_value(version: &Version) -> Value {
    let text = |text: &str| Value::Text(text.into());
    let attributes = version.attributes.iter().map(|(key, value)| (key.clone(), text(value)));
    Value::map([
        ("code", text(&version.code)),
        ("name", text(&version.name)),
        ("kind", text(&version.kind)),
        ("school", Value::Bool(SCHOOLS.contains(&version.kind.as_str()))),
        ("attributes", Value::map(attributes)),
    ])
}

/// Answers as expressions see them: every field of the form, missing ones null.
#[must_use]
pub fn answer_values(form: &Form, answers: &Answers) -> BTreeMap<String, Value> {
    let value = |key: &str, kind: &FieldKind| {
        let found = answers.get(key).map(|json| Value::from_json(json, &answer_type(kind)));
        found.and_then(Result::ok).unwrap_or_default()
    };
    form.fields.iter().map(|field| (field.key.clone(), value(&field.key, &field.kind))).collect()
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
    /// The case as expressions see it, made when the first of them asks.
    pub seen: OnceCell<Value>,
}

impl ActNames<'_> {
    fn case(&self) -> Value {
        let mut members = answer_values(self.form, self.answers);
        let text = |text: &str| Value::Text(text.into());
        members.insert("unit".to_owned(), text(&self.unit.unit.to_string()));
        if let Some(case) = self.before {
            members.insert("state".to_owned(), text(&case.state));
            members.insert("stage".to_owned(), text(case.stage.key()));
            members.insert("number".to_owned(), text(&case.number));
            members.insert("opened_on".to_owned(), Value::Date(case.opened_on));
            let done = case.done.iter().map(|(verb, done)| (verb.clone(), text(&done.actor.to_string())));
            members.insert("by".to_owned(), Value::map(done));
        }
        Value::map(members)
    }
}

impl Names for ActNames<'_> {
    fn name(&self, name: &str) -> Option<Value> {
        Some(match name {
            "case" => self.seen.get_or_init(|| self.case()).clone(),
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
    /// The row's values by column key.
    pub row: Value,
    /// Calendar.
    pub calendar: &'a Calendar,
}

impl Names for RowNames<'_> {
    fn name(&self, name: &str) -> Option<Value> {
        (name == "row").then(|| self.row.clone())
    }

    fn calendar(&self) -> Option<&Calendar> {
        Some(self.calendar)
    }
}
