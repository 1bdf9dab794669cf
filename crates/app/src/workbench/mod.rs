//! The first page: what is the caller's to do, what changed since yesterday, and where things are going. All of it comes from
//! the packs' definitions, and every number leads to its rows.

mod change;
mod todo;
mod trend;

pub use change::changes;
pub use todo::todo;
pub use trend::{Trend, trends};

use crate::{
    App,
    ports::{Column, Filter, Query, Reading, Test},
};
use jiff::civil::Date;
use yanpan_kernel::{
    case::{Definition, Stage},
    id::Id,
    problem::Problem,
    unit::{Scope, Unit},
};

/// Count beyond which only «more than» is said.
const MOST_COUNTED: u32 = 10_000;

/// A number that leads to its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Stable key.
    pub key: String,
    /// What is counted, in words.
    pub title: String,
    /// How many.
    pub count: u32,
    /// Whether there may be more.
    pub more: bool,
    /// The earliest date among them: of opening for cases, of the due time for returns.
    pub oldest: Option<Date>,
    /// How many of them are overdue.
    pub overdue: u32,
    /// What the button says; empty where there is nothing to be done.
    pub button: String,
    /// Where it leads.
    pub target: Target,
}

/// Where a number leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A list of cases.
    Cases {
        /// Kind.
        kind: String,
        /// Filters as the list takes them.
        query: Vec<(&'static str, String)>,
    },
    /// A round in a period, with the standings to be shown.
    Round {
        /// Round.
        round: String,
        /// Period key.
        period: String,
        /// Standings, comma between them.
        standing: &'static str,
    },
    /// The return of one unit.
    Return {
        /// Round.
        round: String,
        /// Period key.
        period: String,
        /// Unit.
        unit: Id<Unit>,
    },
}

/// Counts cases by filters; the flag says that there are more.
async fn counted(
    reading: &dyn Reading,
    definition: &Definition,
    filters: Vec<Filter>,
    scope: &Scope,
) -> Result<(u32, bool), Problem> {
    let query = Query {
        kind: definition.key.clone(),
        filters,
        actor: None,
        sort: Column::OpenedOn,
        descending: false,
        after: None,
        limit: 1,
    };
    let count = reading.case_count(&query, scope, MOST_COUNTED + 1).await?;
    Ok((count.min(MOST_COUNTED), count > MOST_COUNTED))
}

fn between(column: Column, first: Date, last: Option<Date>) -> Filter {
    Filter { column, test: Test::Between(Some(first.to_string()), last.map(|last| last.to_string())) }
}

fn in_stage(stage: Stage) -> Filter {
    Filter { column: Column::Stage, test: Test::OneOf(vec![stage.key().to_owned()]) }
}

/// A day so many days before today.
fn before(app: &App, days: i32) -> Date {
    let today = app.environment.today();
    yanpan_kernel::calendar::days::after(today, -days).unwrap_or(today)
}
