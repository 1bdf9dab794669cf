//! From leaf rows to one value: filters, shares, sums, rates. Pure.

use super::desk::{Desk, Shift};
use crate::ports::{Arguments, Cell, Exact, Rows};
use jiff::civil::Date;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use yanpan_kernel::{
    calendar::days,
    id::Id,
    indicator::{Definition, Measure},
    problem::{INDICATOR_FAILED, Problem},
    unit::{Scope, Tree, Unit},
};

/// What narrows a figure: `level="重大"`, `unit.ownership="民办"`, `unit.town="甲镇"`, `share=true`, `shift="previous"`.
#[derive(Debug, Clone)]
pub struct Filter {
    pub(super) shift: Shift,
    pub(super) limit: Option<usize>,
    share: bool,
    dimensions: BTreeMap<String, String>,
    unit: BTreeMap<String, String>,
    under: Option<Scope>,
}

impl Filter {
    /// Everything of a period.
    #[must_use]
    pub const fn of(shift: Shift) -> Self {
        let dimensions = BTreeMap::new();
        Self { shift, limit: None, share: false, dimensions, unit: BTreeMap::new(), under: None }
    }

    /// Only where a dimension has this value.
    #[must_use]
    pub fn with(mut self, dimension: &str, value: &str) -> Self {
        self.dimensions.insert(dimension.to_owned(), value.to_owned());
        self
    }

    /// The same of another period.
    #[must_use]
    pub const fn shifted(mut self, shift: Shift) -> Self {
        self.shift = shift;
        self
    }

    /// Only these units.
    #[must_use]
    pub fn under(mut self, units: Scope) -> Self {
        self.under = Some(units);
        self
    }

    /// Reads a figure's arguments.
    pub(super) fn read(key: &str, arguments: &Arguments) -> Result<Self, Problem> {
        let mut filter = Self::of(Shift::Own);
        for (name, value) in arguments {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            match name.as_str() {
                "shift" => filter.shift = shift(&text).ok_or_else(|| bad(key, name, &text))?,
                "share" => filter.share = value == &Json::Bool(true),
                "limit" => filter.limit = Some(text.parse().map_err(|_| bad(key, name, &text))?),
                _ => match name.strip_prefix("unit_") {
                    Some(attribute) => filter.unit.insert(attribute.to_owned(), text).map_or((), drop),
                    None => filter.dimensions.insert(name.clone(), text).map_or((), drop),
                },
            }
        }
        Ok(filter)
    }

    /// Refuses a dimension that the indicator has not.
    pub(super) fn only(&self, key: &str, known: &[String]) -> Result<(), Problem> {
        match self.dimensions.keys().find(|name| !known.contains(name)) {
            Some(name) => Err(bad(key, name, &format!("没有这个维度，可用：{}", known.join("、")))),
            None => Ok(()),
        }
    }

    /// Whether a dimension's value is allowed.
    pub(super) fn allows(&self, dimension: &str, value: &str) -> bool {
        self.dimensions.get(dimension).is_none_or(|wanted| wanted == value)
    }

    /// Whether a unit is allowed.
    pub(super) fn unit(&self, tree: &Tree, unit: Id<Unit>) -> bool {
        let under = self.under.as_ref().is_none_or(|units| units.contains(unit));
        under
            && self
                .unit
                .iter()
                .all(|(attribute, wanted)| unit_attribute(tree, unit, attribute).as_deref() == Some(wanted))
    }
}

fn shift(text: &str) -> Option<Shift> {
    Some(match text {
        "own" | "" => Shift::Own,
        "previous" => Shift::Previous,
        "year_ago" => Shift::YearAgo,
        "next" => Shift::Next,
        other => Shift::Years(other.strip_prefix("years_")?.parse().ok()?),
    })
}

fn bad(key: &str, name: &str, value: &str) -> Problem {
    Problem::new(&INDICATOR_FAILED, &[("key", &key), ("reason", &format!("参数「{name}」不对：{value}"))])
}

/// An attribute of a unit, or the name of the unit of a kind above it.
pub(super) fn unit_attribute(tree: &Tree, unit: Id<Unit>, attribute: &str) -> Option<String> {
    let version = tree.get(unit)?;
    match attribute {
        "kind" => Some(version.kind.clone()),
        "school" => Some(version.is_school().to_string()),
        "county" | "town" => tree.ancestor_of_kind(unit, attribute).map(|above| above.name.clone()),
        _ => version.attributes.get(attribute).cloned(),
    }
}

/// The dates that a SELECT may name.
pub(super) fn shifted_dates(desk: &Desk, shift: Shift) -> Result<BTreeMap<String, Date>, Problem> {
    let period = desk.period(shift)?;
    let eve = days::after(period.first(), -1).unwrap_or_else(|| period.first());
    // The period after the document's own, whatever the shift: lists of what falls due look ahead from the own end.
    let after = days::after(period.last(), 31).unwrap_or_else(|| period.last());
    let next = desk.period(Shift::Next).ok().filter(|_| shift == Shift::Own).map_or(after, |next| next.last());
    Ok(BTreeMap::from([
        ("first".to_owned(), period.first()),
        ("last".to_owned(), desk.last(&period)),
        ("previous_last".to_owned(), eve),
        ("next_last".to_owned(), next),
    ]))
}

/// One value out of an indicator's leaf rows; of persons none that so few stand behind that they could be known.
pub(super) fn measure_of(
    definition: &Definition,
    rows: &Rows,
    filter: &Filter,
    (tree, least): (&Tree, i64),
) -> Result<Exact, Problem> {
    let column = |name: &str| rows.columns.iter().position(|column| column == name);
    let missing = |name: &str| {
        let reason = format!("SELECT 没有返回「{name}」列");
        Problem::new(&INDICATOR_FAILED, &[("key", &definition.key), ("reason", &reason)])
    };
    let unit_at = column("unit_id").ok_or_else(|| missing("unit_id"))?;
    let numerator_at = column("numerator").ok_or_else(|| missing("numerator"))?;
    let denominator_at = column("denominator");
    if definition.measure == Measure::Rate && denominator_at.is_none() {
        return Err(missing("denominator"));
    }
    let dimensions: Vec<(&String, usize)> =
        definition.dimensions.iter().filter_map(|name| Some((name, column(name)?))).collect();
    let (mut sum, mut whole, mut under, mut most) = (0i64, 0i64, 0i64, None::<i64>);
    for row in &rows.rows {
        let unit = match row.get(unit_at) {
            Some(Cell::Text(text)) => text.parse::<Id<Unit>>().ok(),
            _ => None,
        };
        if !unit.is_some_and(|unit| filter.unit(tree, unit)) {
            continue;
        }
        let number = number(row.get(numerator_at));
        whole += number.unwrap_or(0);
        if !dimensions.iter().all(|(name, at)| filter.allows(name, &text(row.get(*at)))) {
            continue;
        }
        sum += number.unwrap_or(0);
        under += denominator_at.and_then(|at| self::number(row.get(at))).unwrap_or(0);
        most = most.max(number);
    }
    let value = match definition.measure {
        _ if filter.share => Exact::Ratio(sum, whole),
        Measure::Sum => Exact::Count(sum),
        Measure::Most => most.map_or(Exact::Missing, Exact::Count),
        Measure::Rate => Exact::Ratio(sum, under),
    };
    Ok(if definition.persons && is_small(&value, least) { Exact::Suppressed } else { value })
}

/// Whether fewer than `least` persons, but not none, stand behind a value or behind what is left of its base.
fn is_small(value: &Exact, least: i64) -> bool {
    let small = |count: i64| 0 < count && count < least;
    match value {
        Exact::Count(count) => small(*count),
        Exact::Ratio(part, whole) => small(*part) || small(*whole) || small(whole - part),
        Exact::Missing | Exact::Suppressed => false,
    }
}

/// The values of a dimension in an indicator's rows.
pub(super) fn values_of(rows: &Rows, dimension: &str) -> BTreeSet<String> {
    let at = rows.columns.iter().position(|column| column == dimension);
    at.map(|at| rows.rows.iter().map(|row| text(row.get(at))).collect()).unwrap_or_default()
}

fn number(cell: Option<&Cell>) -> Option<i64> {
    match cell? {
        Cell::Integer(number) => Some(*number),
        Cell::Decimal(value, scale) => i64::try_from(value / 10i128.checked_pow(*scale)?).ok(),
        _ => None,
    }
}

fn text(cell: Option<&Cell>) -> String {
    match cell {
        Some(Cell::Text(text)) => text.clone(),
        Some(Cell::Integer(number)) => number.to_string(),
        Some(Cell::Date(date)) => date.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use yanpan_kernel::indicator::Direction;

    fn definition(measure: Measure, persons: bool) -> Definition {
        let [key, title, sql, unit] = ["ill", "患病人数", "", "人"].map(str::to_owned);
        let (dimensions, direction) = (vec!["grade".to_owned()], Direction::Down);
        Definition { key, title, sql, dimensions, measure, unit, direction, persons, tile: None, rows: None }
    }

    fn rows(cells: &[(&str, i64, i64)]) -> Rows {
        let columns = ["unit_id", "grade", "numerator", "denominator"].map(str::to_owned).to_vec();
        let unit = Id::<Unit>::from_parts(1, [0; 10]).to_string();
        let row = |(grade, part, whole): &(&str, i64, i64)| {
            vec![Cell::Text(unit.clone()), Cell::Text((*grade).to_owned()), Cell::Integer(*part), Cell::Integer(*whole)]
        };
        Rows { columns, rows: cells.iter().map(row).collect() }
    }

    fn check(definition: &Definition, grade: Option<&str>, least: i64, expected: Exact) {
        let rows = rows(&[("一", 4, 40), ("二", 30, 35), ("三", 0, 50)]);
        let filter = grade.map_or(Filter::of(Shift::Own), |grade| Filter::of(Shift::Own).with("grade", grade));
        let tree = Tree::on(jiff::civil::date(2026, 10, 1), &[], &[]);
        assert_eq!(measure_of(definition, &rows, &filter, (&tree, least)).unwrap(), expected, "{grade:?}");
    }

    #[test]
    fn of_persons_no_value_of_one_to_nine_is_told_and_none_is_no_secret() {
        let persons = definition(Measure::Sum, true);
        check(&persons, Some("一"), 10, Exact::Suppressed);
        check(&persons, Some("一"), 4, Exact::Count(4));
        check(&persons, Some("三"), 10, Exact::Count(0));
        check(&persons, None, 10, Exact::Count(34));
        check(&definition(Measure::Sum, false), Some("一"), 10, Exact::Count(4));
    }

    #[test]
    fn a_rate_of_persons_is_hidden_when_few_are_in_it_or_few_are_left_out() {
        let rate = definition(Measure::Rate, true);
        check(&rate, Some("一"), 10, Exact::Suppressed);
        check(&rate, Some("二"), 10, Exact::Suppressed);
        check(&rate, Some("三"), 10, Exact::Ratio(0, 50));
        check(&definition(Measure::Rate, false), Some("二"), 10, Exact::Ratio(30, 35));
    }
}
