//! What is due for erasure, in numbers.

use super::rule::{Rule, rules};
use crate::{App, ports::Overdue};
use serde::Serialize;
use std::collections::BTreeSet;
use yanpan_kernel::{calendar::days, problem::Problem};

/// Cases of a kind for which a rule is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// Case kind.
    pub kind: String,
    /// Its Chinese title.
    pub title: String,
    /// Days of the rule.
    pub days: u32,
    /// Titles of the fields.
    pub fields: BTreeSet<String>,
    /// How many cases.
    pub cases: u32,
}

/// What the next run of the job will go through; rules with nothing due are left out.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn due(app: &App) -> Result<Vec<Due>, Problem> {
    let reading = app.store.read().await?;
    let mut found = Vec::new();
    for rule in rules(app) {
        let Some(overdue) = overdue(app, &rule) else { continue };
        let cases = reading.count_to_erase(&overdue).await?;
        if cases > 0 {
            found.push(Due { kind: rule.kind, title: rule.title, days: rule.days, fields: rule.fields, cases });
        }
    }
    Ok(found)
}

/// The cases that a rule is due for today; `None` before the calendar begins.
pub(super) fn overdue(app: &App, rule: &Rule) -> Option<Overdue> {
    let days = i32::try_from(rule.days).ok()?;
    let ended_by = days::after(app.environment.today(), -days)?;
    Some(Overdue { kind: rule.kind.clone(), days: rule.days, ended_by })
}
