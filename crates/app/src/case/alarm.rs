//! Who must be told what of a deadline on a day: pure, so that the nightly job and scenarios hold to the same.

use jiff::civil::Date;
use yanpan_kernel::{
    calendar::{Calendar, Offset},
    case::{Case, Deadline, Definition},
    id::Id,
    person::Role,
    unit::{Tree, Unit},
};

/// What is said of a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// It comes near; the offset of the reminder, as the pack writes it.
    Remind(String),
    /// It has passed: to the unit.
    Overdue,
    /// It has passed: to the authority one level up.
    Escalated,
}

impl Said {
    /// Stable key: the offset, `overdue`, or `escalated`.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Remind(offset) => offset,
            Self::Overdue => "overdue",
            Self::Escalated => "escalated",
        }
    }
}

/// Something to be told to the holders of roles at exactly one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// What.
    pub said: Said,
    /// At which unit.
    pub unit: Id<Unit>,
    /// To holders of which roles.
    pub roles: &'static [Role],
}

/// The date that a deadline of a case runs to, while it runs.
#[must_use]
pub fn due(deadline: &Deadline, case: &Case) -> Option<Date> {
    let runs = deadline.states.contains(&case.state);
    case.answers.get(&deadline.due).filter(|_| runs)?.as_str()?.parse().ok()
}

/// Whether a running deadline has passed: its day itself is still in time.
#[must_use]
pub fn is_overdue(definition: &Definition, case: &Case, today: Date) -> bool {
    definition.deadlines.iter().filter_map(|deadline| due(deadline, case)).any(|due| due < today)
}

/// Everything that must have been told of a deadline by this day, in the tree of the day.
#[must_use]
pub fn alarms(deadline: &Deadline, case: &Case, tree: &Tree, (today, calendar): (Date, &Calendar)) -> Vec<Alarm> {
    let Some(due) = due(deadline, case) else { return Vec::new() };
    let unit = case.unit;
    let mut found = Vec::new();
    for remind in &deadline.remind {
        let on = remind.parse::<Offset>().ok().and_then(|offset| offset.apply(due, calendar));
        if on.is_some_and(|on| on <= today && today <= due) {
            found.push(Alarm { said: Said::Remind(remind.clone()), unit, roles: &[Role::SafetyOfficer, Role::Head] });
        }
    }
    if deadline.escalate && due < today {
        found.push(Alarm { said: Said::Overdue, unit, roles: &[Role::Head] });
        let above = tree.parent(unit);
        found.extend(above.map(|unit| Alarm { said: Said::Escalated, unit, roles: &[Role::Authority] }));
    }
    found
}
