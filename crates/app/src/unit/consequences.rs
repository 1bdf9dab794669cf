//! What hangs on a unit, in numbers: shown before it is moved, merged or closed.

use crate::{
    App, Caller,
    ports::{Column, Filter, Query, Test},
};
use serde::Serialize;
use yanpan_kernel::{
    case::Stage,
    id::Id,
    problem::Problem,
    unit::{Scope, Unit},
};

/// Beyond this it is not counted further.
const MOST_COUNTED: u32 = 10_000;

/// What hangs on a unit and all below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Consequences {
    /// Units below it.
    pub below: usize,
    /// Open cases of it and of those below.
    pub open_cases: u32,
    /// Grants that hold over it itself.
    pub grants: usize,
    /// The same in sentences.
    pub sentences: Vec<String>,
}

/// Counts what hangs on a unit.
///
/// # Errors
/// `OUT_OF_SCOPE`, `STORE_UNAVAILABLE`.
pub async fn consequences(app: &App, caller: &Caller, unit: Id<Unit>) -> Result<Consequences, Problem> {
    caller.scope_under(unit)?;
    // All that hangs on it is counted, also what this caller could not open.
    let scope = Scope::of(&caller.tree, &[unit], false);
    let reading = app.store.read().await?;
    let mut open_cases = 0;
    for (_, definition) in app.packs.cases() {
        let query = Query {
            kind: definition.key.clone(),
            filters: vec![Filter { column: Column::Stage, test: Test::OneOf(vec![Stage::Open.key().to_owned()]) }],
            actor: None,
            sort: Column::Number,
            descending: false,
            after: None,
            limit: 1,
        };
        open_cases += reading.case_count(&query, &scope, MOST_COUNTED).await?;
    }
    let today = app.environment.today();
    let grants = reading.all_grants().await?;
    let grants = grants.iter().filter(|grant| grant.unit == unit && grant.holds(today)).count();
    let below = caller.tree.subtree(unit).len().saturating_sub(1);
    let sentences = vec![
        format!("下级单位{below}个"),
        format!("未办结的事项{open_cases}件"),
        format!("在本单位任职的授权{grants}项"),
        "历史数据保留，同比按新的组织树重算并注明".to_owned(),
    ];
    Ok(Consequences { below, open_cases, grants, sentences })
}
