//! What is the caller's to do: acts that take cases on, grouped by act and state, and returns that are owed or wait.

use super::{Item, Target};
use crate::{
    App, Caller,
    case::{Todo, act_title, overdue_days, todo_rows},
    ports::Reading,
    round::{Board, boards, round},
};
use jiff::civil::Date;
use std::collections::BTreeMap;
use yanpan_kernel::{
    case::Definition,
    id::Id,
    period::Period,
    person::Role,
    problem::Problem,
    round::Standing,
    unit::{Scope, Unit},
};

/// How far ahead a return that is owed is called to mind, in milliseconds.
const AHEAD_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Everything that is the caller's to do now: what is overdue first, then the oldest.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn todo(app: &App, caller: &Caller, reading: &dyn Reading) -> Result<Vec<Item>, Problem> {
    let mut items = owed(app, caller, reading).await?;
    let scope = caller.scope();
    for (_, definition) in app.packs.cases() {
        let (rows, more) = todo_rows(app, caller, reading, (definition, &[]), &scope).await?;
        items.extend(groups(definition, rows, more, app.environment.today()));
    }
    if caller.grants.iter().any(|grant| grant.role == Role::Authority) {
        for board in boards(app, caller, reading).await? {
            items.extend(waiting(app, &board));
        }
    }
    items.sort_by_key(|item| (item.overdue == 0, item.oldest));
    Ok(items)
}

fn groups(definition: &Definition, rows: Vec<Todo>, more: bool, today: Date) -> Vec<Item> {
    let mut groups: BTreeMap<(String, String), Vec<Todo>> = BTreeMap::new();
    for row in rows {
        groups.entry((row.verb.clone(), row.row.case.state.clone())).or_default().push(row);
    }
    let item = |((verb, state), rows): ((String, String), Vec<Todo>)| {
        let overdue = rows.iter().filter(|todo| overdue_days(&todo.row, today) > 0).count();
        let query = vec![("state", state.clone()), ("todo", verb.clone())];
        Item {
            key: format!("{}/{state}/{verb}", definition.key),
            title: title(definition, &verb, &state),
            count: number(rows.len()),
            more,
            oldest: rows.iter().map(|todo| todo.row.case.opened_on).min(),
            overdue: number(overdue),
            button: act_title(definition, &verb).to_owned(),
            target: Target::Cases { kind: definition.key.clone(), query },
        }
    };
    groups.into_iter().map(item).collect()
}

/// 「待验收的隐患」 for an act that moves the case on, 「该回头看的隐患」 for one that leaves it in its state.
fn title(definition: &Definition, verb: &str, state: &str) -> String {
    let act = definition.transition(verb, Some(state));
    let moves = act.and_then(|act| act.to.as_deref()).is_some_and(|to| to != state);
    let stands = definition.state(state).map_or(state, |state| state.title.as_str());
    if moves {
        format!("{stands}的{}", definition.title)
    } else {
        format!("该{}的{}", act_title(definition, verb), definition.title)
    }
}

/// Returns that the caller's own units owe, with the oldest of each round to begin with.
async fn owed(app: &App, caller: &Caller, reading: &dyn Reading) -> Result<Vec<Item>, Problem> {
    let submits = caller.grants.iter().filter(|grant| matches!(grant.role, Role::Head | Role::SafetyOfficer));
    let units: Vec<Id<Unit>> = submits.map(|grant| grant.unit).collect();
    if units.is_empty() {
        return Ok(Vec::new());
    }
    let now = app.environment.now_ms();
    let own = Scope::Units(units.into_iter().collect());
    let mut groups: BTreeMap<(String, &str), Vec<crate::ports::Obligation>> = BTreeMap::new();
    for obligation in reading.owed_before(now + AHEAD_MS, &own).await? {
        groups.entry((obligation.round.clone(), obligation.standing.key())).or_default().push(obligation);
    }
    let mut items = Vec::new();
    for ((key, _), rows) in groups {
        let (Ok(definition), Some(first)) = (round(app, &key), rows.first()) else { continue };
        let label = Period::parse(&first.period, &app.calendar).map(|period| period.label()).unwrap_or_default();
        let (what, button) = match first.standing {
            Standing::Returned => ("被退回", "重新填报"),
            _ => ("未报", "填报"),
        };
        items.push(Item {
            key: format!("{key}/{}", first.standing.key()),
            title: format!("{}({label}){what}", definition.title),
            count: number(rows.len()),
            more: false,
            oldest: Some(app.environment.date_of(first.due_at)),
            overdue: number(rows.iter().filter(|row| row.due_at < now).count()),
            button: button.to_owned(),
            target: Target::Return { round: key, period: first.period.clone(), unit: first.unit },
        });
    }
    Ok(items)
}

/// What waits for an authority in the period at hand: units that have not reported, and submissions not yet reviewed.
fn waiting(app: &App, board: &Board) -> Vec<Item> {
    let late = app.environment.now_ms() > board.due_at;
    let missing = board.count(Standing::Missing);
    let came = board.count(Standing::Zero) + board.count(Standing::Reported);
    let item = |(count, overdue, what, button, standing): (usize, usize, &str, &str, &'static str)| Item {
        key: format!("{}/{standing}", board.definition.key),
        title: format!("{}({}){what}", board.definition.title, board.period.label()),
        count: number(count),
        more: false,
        oldest: Some(app.environment.date_of(board.due_at)),
        overdue: number(overdue),
        button: button.to_owned(),
        target: Target::Round { round: board.definition.key.clone(), period: board.period.key().to_string(), standing },
    };
    let found = [
        (missing, if late { missing } else { 0 }, "未报的单位", "查看未报", "missing"),
        (came, 0, "待审核", "审核", "zero,reported"),
    ];
    found.into_iter().filter(|(count, ..)| *count > 0).map(item).collect()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
