//! Reminders before a deadline, and escalation one level up when it has passed.

use crate::{
    App,
    ports::{CaseRow, Notice},
    write,
};
use jiff::civil::Date;
use std::collections::BTreeSet;
use yanpan_kernel::{
    calendar::{Offset, days},
    case::{Deadline, Definition},
    id::Id,
    person::{Account, Grant, Role},
    problem::Problem,
    unit::{Scope, Tree, Unit, kind_title},
};

/// How far ahead reminders look, in days.
const HORIZON: i32 = 14;

/// Tells who must know of deadlines today; each reminder once. Returns how many notices were new.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn remind(app: &App) -> Result<usize, Problem> {
    let today = app.environment.today();
    let reading = app.store.read().await?;
    let until = days::after(today, HORIZON).unwrap_or(today);
    let cases = reading.cases_due(until, &Scope::Everything).await?;
    let tree = app.tree(reading.as_ref()).await?;
    let grants: Vec<Grant> = reading.all_grants().await?.into_iter().filter(|grant| grant.holds(today)).collect();
    let mut notices = Vec::new();
    for row in &cases {
        let Some((_, definition)) = app.packs.case(&row.case.kind, &row.case.version) else { continue };
        for deadline in definition.deadlines.iter().filter(|deadline| deadline.states.contains(&row.case.state)) {
            notices.extend(due_notices(app, (row, definition, deadline), &tree, &grants));
        }
    }
    let keys: Vec<String> = notices.iter().map(|notice| notice.key.clone()).collect();
    let told: BTreeSet<String> = reading.told_notices(&keys).await?.into_iter().collect();
    drop(reading);
    notices.retain(|notice| !told.contains(&notice.key));
    let count = notices.len();
    if count > 0 {
        write(app, move |writing| Box::pin(async move { writing.put_notices(&notices).await })).await?;
    }
    Ok(count)
}

fn due_notices(
    app: &App,
    (row, definition, deadline): (&CaseRow, &Definition, &Deadline),
    tree: &Tree,
    grants: &[Grant],
) -> Vec<Notice> {
    let today = app.environment.today();
    let due: Option<Date> = row.case.answers.get(&deadline.due).and_then(|value| value.as_str()?.parse().ok());
    let Some(due) = due else { return Vec::new() };
    let mut found = Vec::new();
    let said = Said { app, row, definition, deadline, due };
    for remind in &deadline.remind {
        let on = remind.parse::<Offset>().ok().and_then(|offset| offset.apply(due, &app.calendar));
        if on.is_some_and(|on| on <= today && today <= due) {
            for account in holders(grants, row.case.unit, &[Role::SafetyOfficer, Role::Head]) {
                found.push(said.notice(account, remind, &format!("将于{}到期", short(due))));
            }
        }
    }
    if deadline.escalate && due < today {
        let late = format!("已超期 {} 天", days::between(due, today));
        for account in holders(grants, row.case.unit, &[Role::Head]) {
            found.push(said.notice(account, "overdue", &late));
        }
        if let Some(above) = tree.parent(row.case.unit) {
            let unit = tree.get(row.case.unit).map_or("", |version| version.name.as_str());
            let level = tree.get(above).map_or("", |version| kind_title(&version.kind));
            for account in holders(grants, above, &[Role::Authority]) {
                found.push(said.notice(account, "escalated", &format!("{unit}{late},提请{level}督办")));
            }
        }
    }
    found
}

fn short(date: Date) -> String {
    yanpan_kernel::calendar::wording::short(date)
}

fn holders(grants: &[Grant], unit: Id<Unit>, roles: &[Role]) -> BTreeSet<Id<Account>> {
    let held = grants.iter().filter(|grant| grant.unit == unit && roles.contains(&grant.role));
    held.map(|grant| grant.account).collect()
}

struct Said<'a> {
    app: &'a App,
    row: &'a CaseRow,
    definition: &'a Definition,
    deadline: &'a Deadline,
    due: Date,
}

impl Said<'_> {
    fn notice(&self, account: Id<Account>, what: &str, text: &str) -> Notice {
        let case = &self.row.case;
        Notice {
            id: self.app.environment.id(),
            key: format!("{}/{}/{}/{what}/{account}", case.id, self.deadline.key, self.due),
            account,
            case: Some(case.id),
            subject: format!("{}{} {}", self.definition.title, case.number, self.deadline.title),
            text: text.to_owned(),
            at: self.app.environment.now_ms(),
            read_at: None,
        }
    }
}
