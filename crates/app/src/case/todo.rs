//! What is somebody's to do: the act that takes a case on, found in the pack's definition alone.

use super::offer::{Offer, offer};
use super::prepare::{Context, Subject};
use crate::{
    App, Caller,
    ports::{CaseRow, Column, Filter, Query, Reading, Test},
};
use jiff::civil::Date;
use yanpan_kernel::{
    case::{Case, Definition, Stage, State, Transition},
    problem::Problem,
    unit::Scope,
};

/// Cases of one state that are looked at; beyond them a count is only a least one.
const MOST_LOOKED_AT: u32 = 500;

/// Whether an act takes a case on from its state: on the way through the states, or by settling an answer that waits for it.
///
/// The states of a pack stand in the order of the way. An act that leaves the state as it is takes the case on when it clears
/// an answer that the case has: a request is decided, a deadline of a later look is met (and only once it has come).
#[must_use]
pub fn is_next(definition: &Definition, case: &Case, transition: &Transition, today: Date) -> bool {
    let place = |key: &str| definition.states.iter().position(|state| state.key == key);
    match transition.to.as_deref().filter(|to| *to != case.state) {
        Some(to) => {
            let counts = definition.state(to).is_some_and(|state| state.stage != Stage::Withdrawn);
            counts && place(to) > place(&case.state)
        }
        None => transition.set.iter().filter(|(_, source)| source == "null").any(|(field, _)| {
            let waits = case.answers.get(field);
            let clock = definition.deadlines.iter().any(|deadline| deadline.due == *field);
            let come = |due: &str| due.parse::<Date>().is_ok_and(|due| due <= today);
            waits.is_some_and(|answer| !clock || answer.as_str().is_some_and(come))
        }),
    }
}

/// The act that is this caller's to do with the case now: the first in the pack's order that takes it on.
#[must_use]
pub fn todo<'a>(context: &'a Context<'a>, case: &Case) -> Option<Offer<'a>> {
    let acts = context.definition.offered(Some(&case.state));
    acts.filter(|act| is_next(context.definition, case, act, context.today))
        .find_map(|act| offer(context, Subject::Existing(case), act))
}

/// A case and the verb that is the caller's to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    /// The case.
    pub row: CaseRow,
    /// The act.
    pub verb: String,
}

/// The cases of one kind that are the caller's to do, those of the present definition's states in their order, nearest
/// deadline first. The flag says that there may be more than were looked at.
///
/// # Errors
/// `STORE_UNAVAILABLE`, `FILTER_UNKNOWN`.
pub async fn todo_rows(
    app: &App,
    caller: &Caller,
    reading: &dyn Reading,
    (definition, filters): (&Definition, &[Filter]),
    scope: &Scope,
) -> Result<(Vec<Todo>, bool), Problem> {
    let (today, mut found, mut more) = (app.environment.today(), Vec::new(), false);
    for state in definition.states.iter().filter(|state| may_wait(definition, state)) {
        let mut filters = filters.to_vec();
        filters.push(Filter { column: Column::State, test: Test::OneOf(vec![state.key.clone()]) });
        if state.stage != Stage::Open {
            // Closed cases wait only for a deadline that has come.
            filters.push(Filter { column: Column::DueOn, test: Test::Between(None, Some(today.to_string())) });
        }
        let query = Query {
            kind: definition.key.clone(),
            filters,
            actor: None,
            sort: Column::DueOn,
            descending: false,
            after: None,
            limit: MOST_LOOKED_AT,
        };
        let rows = reading.case_page(&query, scope).await?;
        more |= u32::try_from(rows.len()).is_ok_and(|count| count == MOST_LOOKED_AT);
        for row in rows {
            let Some((pack, definition)) = app.packs.case(&row.case.kind, &row.case.version) else { continue };
            let tree = caller.tree.as_ref();
            let context = Context { pack, definition, caller, tree, today, calendar: app.calendar.as_ref() };
            let verb = todo(&context, &row.case).map(|offer| offer.transition.verb.clone());
            found.extend(verb.map(|verb| Todo { row, verb }));
        }
    }
    Ok((found, more))
}

/// Whether cases in a state can wait for anybody at all.
fn may_wait(definition: &Definition, state: &State) -> bool {
    let clears = |act: &Transition| act.set.iter().any(|(_, source)| source == "null");
    let leaves = state.stage == Stage::Open || definition.deadlines.iter().any(|one| one.states.contains(&state.key));
    leaves
        && definition
            .offered(Some(&state.key))
            .any(|act| act.to.as_ref().is_some_and(|to| *to != state.key) || clears(act))
}
