//! Forgetting pupils who left long ago: names and numbers go, entries of ids and dates stay.

use crate::{App, record::record, write};
use yanpan_kernel::{
    calendar::days, enrolment::pupil_declaration, entry::Statement, id::Id, person::Account, problem::Problem,
};

/// Forgets pupils whose last enrolment ended before their retention. Returns how many.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn forget_pupils(app: &App, operator: Id<Account>) -> Result<usize, Problem> {
    let today = app.environment.today();
    let kept = i32::try_from(pupil_declaration().retention_days).unwrap_or(i32::MAX);
    let Some(before) = days::after(today, -kept) else { return Ok(0) };
    let gone = app.store.read().await?.pupils_gone_before(before).await?;
    if gone.is_empty() {
        return Ok(0);
    }
    let environment = app.environment.clone();
    write(app, move |writing| {
        Box::pin(async move {
            let told = gone.iter().map(|pupil| {
                let statement = Statement {
                    chain: pupil.cast(),
                    kind: "pupil".to_owned(),
                    verb: "forget".to_owned(),
                    unit: None,
                    actor: operator,
                    grant: None,
                    happened_on: today,
                    from: None,
                    to: None,
                };
                (statement, "{}".to_owned())
            });
            record(writing, &environment, told.collect()).await?;
            writing.forget_pupils(&gone).await?;
            Ok(gone.len())
        })
    })
    .await
}
