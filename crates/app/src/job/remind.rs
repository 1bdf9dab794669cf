//! Reminders before a deadline, and escalation one level up when it has passed.

use crate::{
    App, case,
    ports::{CaseRow, Notice},
    write,
};
use jiff::civil::Date;
use std::collections::BTreeSet;
use yanpan_kernel::{
    calendar::days,
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
    let Some(due) = case::due(deadline, &row.case) else { return Vec::new() };
    let late = format!("已超期 {} 天", days::between(due, today));
    let mut found = Vec::new();
    let told = Told { app, row, definition, deadline, due };
    for alarm in case::alarms(deadline, &row.case, tree, (today, &app.calendar)) {
        let text = match &alarm.said {
            case::Said::Remind(_) => format!("将于{}到期", short(due)),
            case::Said::Overdue => late.clone(),
            case::Said::Escalated => {
                let unit = tree.get(row.case.unit).map_or("", |version| version.name.as_str());
                let level = tree.get(alarm.unit).map_or("", |version| kind_title(&version.kind));
                format!("{unit}{late}，提请{level}督办")
            }
        };
        for account in holders(grants, alarm.unit, alarm.roles) {
            found.push(told.notice(account, alarm.said.key(), &text));
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

struct Told<'a> {
    app: &'a App,
    row: &'a CaseRow,
    definition: &'a Definition,
    deadline: &'a Deadline,
    due: Date,
}

impl Told<'_> {
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
