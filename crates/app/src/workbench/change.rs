//! What changed since yesterday: opened, closed, newly overdue.

use super::{Item, Target, before, between, counted, in_stage};
use crate::{
    App, Caller,
    ports::{Column, Filter, Reading},
};
use yanpan_kernel::{
    case::{Definition, Stage},
    problem::Problem,
};

/// The changes of every kind of case in the caller's scope; what did not change is left out.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn changes(app: &App, caller: &Caller, reading: &dyn Reading) -> Result<Vec<Item>, Problem> {
    let scope = caller.scope();
    let mut items = Vec::new();
    for (_, definition) in app.packs.cases() {
        for (key, title, filters, query) in asked(app, definition) {
            let (count, more) = counted(reading, definition, filters, &scope).await?;
            if count > 0 {
                items.push(Item {
                    key: format!("{}/{key}", definition.key),
                    title,
                    count,
                    more,
                    oldest: None,
                    overdue: 0,
                    button: String::new(),
                    target: Target::Cases { kind: definition.key.clone(), query },
                });
            }
        }
    }
    Ok(items)
}

type Asked = (&'static str, String, Vec<Filter>, Vec<(&'static str, String)>);

fn asked(app: &App, definition: &Definition) -> [Asked; 3] {
    let (yesterday, day_before) = (before(app, 1), before(app, 2));
    let title = &definition.title;
    let stage = |stage: Stage| ("stage", stage.key().to_owned());
    [
        (
            "opened",
            format!("新登记的{title}"),
            vec![between(Column::OpenedOn, yesterday, None)],
            vec![("opened_on", format!("{yesterday}.."))],
        ),
        (
            "closed",
            format!("办结的{title}"),
            vec![between(Column::ClosedOn, yesterday, None), in_stage(Stage::Closed)],
            vec![("closed_on", format!("{yesterday}..")), stage(Stage::Closed)],
        ),
        (
            // Due on one of these days: overdue yesterday or today for the first time.
            "overdue",
            format!("新超期的{title}"),
            vec![between(Column::DueOn, day_before, Some(yesterday)), in_stage(Stage::Open)],
            vec![("due_on", format!("{day_before}..{yesterday}")), stage(Stage::Open)],
        ),
    ]
}
