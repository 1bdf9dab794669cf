//! What is wrong with a decision table before anything is decided by it.

use super::decide::region_contains;
use super::{DecisionTable, HitPolicy, Row};
use crate::fault::Fault;
use crate::vocabulary::{Type, Vocabulary};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// Something wrong with a table, a row or one condition of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableFault {
    /// Index of the row, from 0; absent for the table as a whole.
    pub row: Option<usize>,
    /// Id of the row.
    pub id: String,
    /// Index of the condition in the row, from 0; without one the place in the fault means nothing.
    pub condition: Option<usize>,
    /// What is wrong.
    pub fault: Fault,
}

impl std::error::Error for TableFault {}

impl fmt::Display for TableFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.id.is_empty() {
            write!(f, "规则「{}」：", self.id)?;
        }
        f.write_str(&self.fault.message)?;
        match self.condition {
            Some(index) => write!(f, "(第{}个条件第{}行第{}列)", index + 1, self.fault.line, self.fault.column),
            None => Ok(()),
        }
    }
}

impl DecisionTable {
    /// Everything wrong: faults of conditions, rows without id or outcome, dates the wrong way round, versions of one rule
    /// in force together, rows that are never reached, a missing default row.
    #[must_use]
    pub fn check(&self, vocabulary: &Vocabulary) -> Vec<TableFault> {
        let mut faults = Vec::new();
        let outcomes: BTreeSet<&String> = self.rows.iter().flat_map(|row| row.then.keys()).collect();
        for (index, row) in self.rows.iter().enumerate() {
            for (condition, expression) in row.when.iter().enumerate() {
                faults.extend(expression.check_as(vocabulary, &Type::Bool).into_iter().map(|fault| TableFault {
                    row: Some(index),
                    id: row.id.clone(),
                    condition: Some(condition),
                    fault,
                }));
            }
            let mut say = |message: String| faults.push(whole(Some((index, row)), message));
            if row.id.trim().is_empty() {
                say(format!("第{}行没有编号", index + 1));
            }
            for missing in outcomes.iter().filter(|name| !row.then.contains_key(**name)) {
                say(format!("缺少结果「{missing}」，其他规则有这一项"));
            }
            if outcomes.is_empty() {
                say("没有结果".to_owned());
            }
            if let (Some(first), Some(last)) = (row.valid_from, row.valid_to)
                && last < first
            {
                say(format!("失效日期 {last} 早于生效日期 {first}"));
            }
            self.check_against_earlier(index, row, &mut say);
        }
        if self.hit == HitPolicy::First && !self.has_default() {
            faults.push(whole(
                None,
                "缺少兜底规则：最后应有一条没有条件、适用于各地各类单位、覆盖全部有效期的规则".to_owned(),
            ));
        }
        faults
    }

    fn check_against_earlier(&self, index: usize, row: &Row, say: &mut impl FnMut(String)) {
        for earlier in self.rows.iter().take(index) {
            if earlier.id == row.id && overlap(earlier, row) {
                say(format!("编号「{}」有两个版本在同一时间有效", row.id));
            } else if self.hit == HitPolicy::First && covers(earlier, row) {
                say(format!("永远轮不到：前面的「{}」已包括它的全部情形", earlier.id));
                return;
            }
        }
    }

    fn has_default(&self) -> bool {
        let defaults =
            || self.rows.iter().filter(|row| row.when.is_empty() && row.regions.is_empty() && row.kinds.is_empty());
        !self.rows.is_empty() && self.rows.iter().all(|row| defaults().any(|default| lasts_as_long(default, row)))
    }
}

fn whole(row: Option<(usize, &Row)>, message: String) -> TableFault {
    let fault = Fault { line: 1, column: 1, message };
    TableFault {
        row: row.map(|(index, _)| index),
        id: row.map(|(_, row)| row.id.clone()).unwrap_or_default(),
        condition: None,
        fault,
    }
}

fn dates(row: &Row) -> (Date, Date) {
    (row.valid_from.unwrap_or(Date::MIN), row.valid_to.unwrap_or(Date::MAX))
}

/// Whether there is a day, a region and a kind for which both are in force.
fn overlap(one: &Row, other: &Row) -> bool {
    let ((first, last), (other_first, other_last)) = (dates(one), dates(other));
    let regions = one.regions.is_empty()
        || other.regions.is_empty()
        || one
            .regions
            .iter()
            .any(|one| other.regions.iter().any(|other| region_contains(one, other) || region_contains(other, one)));
    let kinds =
        one.kinds.is_empty() || other.kinds.is_empty() || one.kinds.iter().any(|kind| other.kinds.contains(kind));
    first <= other_last && other_first <= last && regions && kinds
}

fn lasts_as_long(one: &Row, other: &Row) -> bool {
    let ((first, last), (other_first, other_last)) = (dates(one), dates(other));
    first <= other_first && other_last <= last
}

/// Whether one holds wherever the other does, so far as the texts of their conditions tell.
fn covers(one: &Row, other: &Row) -> bool {
    let regions = one.regions.is_empty()
        || (!other.regions.is_empty()
            && other.regions.iter().all(|region| one.regions.iter().any(|wide| region_contains(wide, region))));
    let kinds =
        one.kinds.is_empty() || (!other.kinds.is_empty() && other.kinds.iter().all(|kind| one.kinds.contains(kind)));
    one.when.iter().all(|condition| other.when.contains(condition)) && lasts_as_long(one, other) && regions && kinds
}
