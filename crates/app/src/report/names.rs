//! What rule tables over figures may name: `month` (of the coming period), `unit`, `measure('key')`.

use super::desk::{Desk, Shift};
use crate::{
    case::unit_value,
    ports::{Arguments, Exact, Figures},
};
use yanpan_kernel::{
    id::Id,
    problem::{INDICATOR_FAILED, Problem},
    unit::Unit,
};
use yanpan_rules::{Circumstance, Decision, DecisionTable, Names, Value};

/// The names of a desk's own unit with everything below it, or of one school under it.
pub(crate) struct RuleNames<'a> {
    desk: &'a Desk,
    school: Option<Id<Unit>>,
    month: Option<i8>,
}

impl<'a> RuleNames<'a> {
    /// What a table decides over these names.
    ///
    /// # Errors
    /// `INDICATOR_FAILED` names the table.
    pub fn decide(&self, table: &DecisionTable, circumstance: &Circumstance<'_>) -> Result<Decision, Problem> {
        table
            .decide(self, circumstance)
            .map_err(|fault| Problem::new(&INDICATOR_FAILED, &[("key", &table.key), ("reason", &fault.fault.message)]))
    }

    /// Of the desk's unit.
    pub fn of(desk: &'a Desk) -> Self {
        Self { desk, school: None, month: desk.period(Shift::Next).ok().map(|next| next.last().month()) }
    }

    /// Of one school under it.
    pub fn of_school(desk: &'a Desk, school: Id<Unit>) -> Self {
        Self { school: Some(school), ..Self::of(desk) }
    }
}

impl Names for RuleNames<'_> {
    fn name(&self, name: &str) -> Option<Value> {
        let unit = self.school.unwrap_or_else(|| self.desk.unit());
        match name {
            "month" => self.month.map(|month| Value::Int(i64::from(month))),
            "unit" => Some(self.desk.tree().get(unit).map(unit_value).unwrap_or_default()),
            _ => None,
        }
    }

    fn call(&self, function: &str, _: Option<&Value>, arguments: &[Value]) -> Option<Result<Value, String>> {
        let (true, Some(Value::Text(key))) = (function == "measure", arguments.first()) else { return None };
        let value = match self.school {
            Some(school) => self.desk.of_school(key, school),
            None => self.desk.measure(key, &Arguments::new()),
        };
        Some(value.map(|value| Value::Int(number(&value))).map_err(|problem| problem.message))
    }
}

/// A count as it is, a rate in whole per cent, nothing as 0.
fn number(value: &Exact) -> i64 {
    match value {
        Exact::Count(number) => *number,
        Exact::Ratio(numerator, denominator) if *denominator != 0 => numerator * 100 / denominator,
        _ => 0,
    }
}
