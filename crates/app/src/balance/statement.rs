//! The balance sheet of a kind of case over a period.

use super::{
    flow::{Flow, Key, Side, Step, flows},
    seal::{columns, count_open, key},
};
use crate::{
    App,
    ports::{Cell, Question, Rows},
};
use jiff::civil::Date;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use yanpan_kernel::{
    calendar::days,
    case::{Definition, Stage},
    period::Period,
    problem::{CONSERVATION_BROKEN, Problem},
    unit::{Scope, Tree},
};

/// The sheet: sealed openings, corrections that came late, flows, and endings counted on their own.
#[derive(Debug, Clone, Default)]
pub struct Statement {
    opening: BTreeMap<Key, i64>,
    late: Vec<Flow>,
    flows: Vec<Flow>,
    ending: BTreeMap<Key, i64>,
    /// Whether the opening comes from a sealed count; otherwise it was counted now, as in the first period.
    pub sealed: bool,
}

/// The equation for some units and groups.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// 期初
    pub opening: i64,
    /// 更正
    pub late: i64,
    /// 新增
    pub new: i64,
    /// 重开
    pub reopened: i64,
    /// 转入
    pub moved_in: i64,
    /// 转出
    pub moved_out: i64,
    /// 销号
    pub closed: i64,
    /// 撤销
    pub withdrawn: i64,
    /// 期末
    pub ending: i64,
}

impl Tally {
    /// Whether it adds up.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.opening + self.late + self.new + self.reopened + self.moved_in
            - self.moved_out
            - self.closed
            - self.withdrawn
            == self.ending
    }

    fn add(&mut self, flow: &Flow, counts: &dyn Fn(&Key) -> bool) {
        match flow {
            Flow::New(key) if counts(key) => self.new += 1,
            Flow::Reopened(key) if counts(key) => self.reopened += 1,
            Flow::Closed(key) if counts(key) => self.closed += 1,
            Flow::Withdrawn(key) if counts(key) => self.withdrawn += 1,
            Flow::Moved(from, to) => match (counts(from), counts(to)) {
                (true, false) => self.moved_out += 1,
                (false, true) => self.moved_in += 1,
                _ => {}
            },
            _ => {}
        }
    }
}

impl Statement {
    /// The equation over the keys that count; moves between two of them cancel.
    #[must_use]
    pub fn tally(&self, counts: &dyn Fn(&Key) -> bool) -> Tally {
        let total =
            |side: &BTreeMap<Key, i64>| side.iter().filter(|(key, _)| counts(key)).map(|(_, count)| count).sum();
        let mut tally = Tally { opening: total(&self.opening), ending: total(&self.ending), ..Tally::default() };
        let mut late = Tally::default();
        for flow in &self.late {
            late.add(flow, counts);
        }
        tally.late = late.new + late.reopened + late.moved_in - late.moved_out - late.closed - late.withdrawn;
        for flow in &self.flows {
            tally.add(flow, counts);
        }
        tally
    }

    /// Every key that is counted anywhere.
    #[must_use]
    pub fn keys(&self) -> BTreeSet<Key> {
        let mut keys: BTreeSet<Key> = self.opening.keys().chain(self.ending.keys()).cloned().collect();
        for flow in self.flows.iter().chain(&self.late) {
            match flow {
                Flow::New(key) | Flow::Reopened(key) | Flow::Closed(key) | Flow::Withdrawn(key) => {
                    keys.insert(key.clone());
                }
                Flow::Moved(from, to) => keys.extend([from.clone(), to.clone()]),
            }
        }
        keys
    }

    /// Every unit and group for which the equation fails, named.
    #[must_use]
    pub fn breaks(&self, kind: &str, tree: &Tree) -> Vec<Problem> {
        let broken = |key: Key| {
            let tally = self.tally(&|other| *other == key);
            if tally.holds() {
                return None;
            }
            let unit = tree.get(key.0).map_or_else(|| key.0.to_string(), |version| version.name.clone());
            let kind = format!("{kind}〔{}〕", key.1.join("、"));
            Some(Problem::new(
                &CONSERVATION_BROKEN,
                &[
                    ("unit", &unit),
                    ("kind", &kind),
                    ("opening", &tally.opening),
                    ("late", &tally.late),
                    ("new", &tally.new),
                    ("reopened", &tally.reopened),
                    ("moved_in", &tally.moved_in),
                    ("moved_out", &tally.moved_out),
                    ("closed", &tally.closed),
                    ("withdrawn", &tally.withdrawn),
                    ("ending", &tally.ending),
                ],
            ))
        };
        self.keys().into_iter().filter_map(broken).collect()
    }
}

/// Makes the sheet of a kind for a period, as known at an entry number.
///
/// # Errors
/// `STORE_UNAVAILABLE`, `INDICATOR_FAILED`.
pub async fn statement(
    app: &App,
    definition: &Definition,
    period: &Period,
    as_of: i64,
    tree: &Arc<Tree>,
) -> Result<Statement, Problem> {
    let eve = days::after(period.first(), -1).unwrap_or_else(|| period.first());
    let (sealed_as_of, sealed) = {
        let reading = app.store.read().await?;
        let sealed_as_of = reading.balance_as_of(&definition.key, eve).await?.filter(|sealed| *sealed <= as_of);
        let sealed = match sealed_as_of {
            Some(_) => reading.balances(&definition.key, eve).await?,
            None => Vec::new(),
        };
        (sealed_as_of, sealed)
    };
    let mut sheet = Statement { sealed: sealed_as_of.is_some(), ..Statement::default() };
    match sealed_as_of {
        Some(_) => sheet.opening = sealed.into_iter().map(|row| ((row.unit, row.group), row.count)).collect(),
        None => sheet.opening = count_open(app, definition, eve, as_of, tree).await?,
    }
    for step in steps(app, definition, period.last(), as_of, tree).await? {
        if step.on >= period.first() {
            sheet.flows.extend(flows(&step));
        } else if sealed_as_of.is_some_and(|sealed| step.entry > sealed) {
            sheet.late.extend(flows(&step));
        }
    }
    sheet.ending = count_open(app, definition, period.last(), as_of, tree).await?;
    Ok(sheet)
}

/// Every entry up to a day with what stood before it; only those that change a count are of interest to the caller.
async fn steps(
    app: &App,
    definition: &Definition,
    last: Date,
    as_of: i64,
    tree: &Arc<Tree>,
) -> Result<Vec<Step>, Problem> {
    let groups = columns(definition);
    let lagged: String = std::iter::once("unit_id")
        .chain(definition.balance.iter().map(String::as_str))
        .map(|column| format!("lag({column}) OVER w AS before_{column}, "))
        .collect();
    let before: String = definition.balance.iter().map(|field| format!("before_{field}, ")).collect();
    let changed: String = std::iter::once("unit_id")
        .chain(definition.balance.iter().map(String::as_str))
        .map(|column| format!(" OR (before_{column} IS DISTINCT FROM {column})"))
        .collect();
    let sql = format!(
        "SELECT unit_id, {groups} stage, before_unit_id, {before} before_stage, entry, happened_on FROM (SELECT entry, \
         happened_on, unit_id, {groups} stage, {lagged} lag(stage) OVER w AS before_stage FROM {kind}_entries \
         WHERE happened_on <= $last WINDOW w AS (PARTITION BY subject ORDER BY sequence)) \
         WHERE (before_stage IS DISTINCT FROM stage){changed} ORDER BY entry",
        kind = definition.key
    );
    let question = Question {
        key: format!("{}.flows", definition.key),
        sql,
        dates: BTreeMap::from([("last".to_owned(), last)]),
        as_of,
        scope: Scope::Everything,
        tree: tree.clone(),
    };
    let rows = app.analysis.ask(&question).await?;
    Ok(rows.rows.iter().filter_map(|row| step(&rows, row)).collect())
}

fn step(rows: &Rows, row: &[Cell]) -> Option<Step> {
    let cell = |name: &str| row.get(rows.columns.iter().position(|column| column == name)?);
    let stage = |name: &str| match cell(name)? {
        Cell::Text(text) => Stage::parse(text),
        _ => None,
    };
    let (Cell::Integer(entry), Cell::Date(on)) = (cell("entry")?, cell("happened_on")?) else { return None };
    let before = stage("before_stage").and_then(|stage| Some(Side { key: key(rows, row, "before_")?, stage }));
    let after = Side { key: key(rows, row, "")?, stage: stage("stage")? };
    Some(Step { entry: *entry, on: *on, before, after })
}

#[cfg(test)]
mod tests {
    use super::*;
    use yanpan_kernel::id::Id;

    fn key_of(unit: u64, group: &str) -> Key {
        (Id::from_parts(unit, [0; 10]), vec![group.to_owned()])
    }

    fn sheet() -> Statement {
        Statement {
            opening: BTreeMap::from([(key_of(1, "一般"), 3)]),
            late: vec![Flow::New(key_of(1, "一般"))],
            flows: vec![
                Flow::New(key_of(1, "")),
                Flow::Moved(key_of(1, ""), key_of(1, "一般")),
                Flow::Closed(key_of(1, "一般")),
            ],
            ending: BTreeMap::from([(key_of(1, "一般"), 4)]),
            sealed: true,
        }
    }

    #[test]
    fn a_sheet_that_adds_up_has_no_break_and_moves_inside_cancel() {
        let sheet = sheet();
        let tally = sheet.tally(&|_| true);
        assert!(tally.holds());
        assert_eq!(
            (tally.opening, tally.late, tally.new, tally.moved_in, tally.closed, tally.ending),
            (3, 1, 1, 0, 1, 4)
        );
        assert_eq!(sheet.tally(&|key| key.1 == ["一般"]).moved_in, 1);
        assert!(sheet.breaks("隐患", &Tree::on(jiff::civil::date(2026, 10, 1), &[], &[])).is_empty());
    }

    #[test]
    fn a_lost_case_breaks_the_equation_and_names_the_unit() {
        let mut sheet = sheet();
        sheet.ending.insert(key_of(1, "一般"), 5);
        let breaks = sheet.breaks("隐患", &Tree::on(jiff::civil::date(2026, 10, 1), &[], &[]));
        assert_eq!(breaks.len(), 1);
        assert!(breaks[0].message.contains("期初3"), "{}", breaks[0].message);
    }
}
