//! Flows: what each entry of a period did to the count of open cases. Pure.

use jiff::civil::Date;
use yanpan_kernel::{case::Stage, id::Id, unit::Unit};

/// Where a case is counted: its unit and the values of the balance fields.
pub type Key = (Id<Unit>, Vec<String>);

/// One change of the count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flow {
    /// 新增
    New(Key),
    /// 重开
    Reopened(Key),
    /// 销号
    Closed(Key),
    /// 撤销
    Withdrawn(Key),
    /// 转出 from the first, 转入 to the second.
    Moved(Key, Key),
}

/// A case before or after an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Where it is counted.
    pub key: Key,
    /// How.
    pub stage: Stage,
}

/// One entry as the balance sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Entry number.
    pub entry: i64,
    /// Business date.
    pub on: Date,
    /// Before; `None` at the opening.
    pub before: Option<Side>,
    /// After.
    pub after: Side,
}

/// What one entry did to the counts of open cases.
#[must_use]
pub fn flows(step: &Step) -> Vec<Flow> {
    let after = &step.after;
    let arrived = |flow: Flow| match after.stage {
        Stage::Open => vec![flow],
        Stage::Closed => vec![flow, Flow::Closed(after.key.clone())],
        Stage::Withdrawn => vec![flow, Flow::Withdrawn(after.key.clone())],
    };
    match &step.before {
        None => arrived(Flow::New(after.key.clone())),
        Some(before) if before.stage == Stage::Open => {
            let mut found = Vec::new();
            if before.key != after.key {
                found.push(Flow::Moved(before.key.clone(), after.key.clone()));
            }
            match after.stage {
                Stage::Open => {}
                Stage::Closed => found.push(Flow::Closed(after.key.clone())),
                Stage::Withdrawn => found.push(Flow::Withdrawn(after.key.clone())),
            }
            found
        }
        Some(_) if after.stage == Stage::Open => vec![Flow::Reopened(after.key.clone())],
        Some(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn side(unit: u64, group: &str, stage: Stage) -> Side {
        Side { key: (Id::from_parts(unit, [0; 10]), vec![group.to_owned()]), stage }
    }

    fn open_after(flow: &Flow) -> i64 {
        match flow {
            Flow::New(_) | Flow::Reopened(_) => 1,
            Flow::Closed(_) | Flow::Withdrawn(_) => -1,
            Flow::Moved(..) => 0,
        }
    }

    #[test]
    fn grading_moves_a_case_from_ungraded_to_its_level() {
        let step = Step {
            entry: 1,
            on: date(2026, 10, 1),
            before: Some(side(1, "", Stage::Open)),
            after: side(1, "重大", Stage::Open),
        };
        assert_eq!(flows(&step), vec![Flow::Moved(side(1, "", Stage::Open).key, side(1, "重大", Stage::Open).key)]);
    }

    proptest! {
        #[test]
        fn flows_add_up_to_what_is_open(path in prop::collection::vec((0u64..3, 0usize..2, 0usize..3), 1..20)) {
            let stages = [Stage::Open, Stage::Closed, Stage::Withdrawn];
            let mut before: Option<Side> = None;
            let mut count = 0;
            for (unit, group, stage) in path {
                let after = side(unit, ["一般", "重大"][group], stages[stage]);
                let step = Step { entry: 1, on: date(2026, 10, 1), before: before.clone(), after: after.clone() };
                count += flows(&step).iter().map(open_after).sum::<i64>();
                prop_assert_eq!(count, i64::from(after.stage == Stage::Open));
                before = Some(after);
            }
        }
    }
}
