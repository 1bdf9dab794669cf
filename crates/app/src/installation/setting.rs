//! Settings of a site: each change is an entry.

use crate::{
    App, Caller,
    record::record,
    report::{LEAST_OF_ALL, SMALL_CELLS},
    write,
};
use serde_json::json;
use yanpan_kernel::{
    entry::Statement,
    problem::{Problem, USAGE},
};

/// Sets how many persons a cell must hold to be shown; never fewer than 5. For 平台管理员.
///
/// # Errors
/// `FORBIDDEN`, `USAGE`.
pub async fn set_small_cells(app: &App, caller: &Caller, least: i64) -> Result<(), Problem> {
    caller.as_administrator()?;
    if !(LEAST_OF_ALL..=1_000).contains(&least) {
        let reason = format!("小数字的下限应在{LEAST_OF_ALL}与1000之间");
        return Err(Problem::new(&USAGE, &[("reason", &reason)]));
    }
    let (environment, actor) = (app.environment.clone(), caller.account);
    write(app, move |writing| {
        Box::pin(async move {
            let statement = Statement {
                chain: environment.id(),
                kind: "setting".to_owned(),
                verb: "set".to_owned(),
                unit: None,
                actor,
                grant: None,
                happened_on: environment.today(),
                from: None,
                to: None,
            };
            let body = json!({ "key": SMALL_CELLS, "value": least }).to_string();
            record(writing, &environment, vec![(statement, body)]).await?;
            writing.put_setting(SMALL_CELLS, &least.to_string()).await
        })
    })
    .await
}
