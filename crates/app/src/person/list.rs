//! People with a grant inside the caller's scope.

use crate::{App, Caller};
use std::collections::BTreeMap;
use yanpan_kernel::{
    id::Id,
    person::{Account, Grant, Person, Role},
    problem::Problem,
    unit::Unit,
};

/// An account with its person and the grants that the caller may see.
pub type Listed = (Account, Person, Vec<Grant>);

/// People of a unit and those below it. Only heads, officers and 平台管理员 see who else works where.
///
/// # Errors
/// `FORBIDDEN`, `OUT_OF_SCOPE`.
pub async fn list_people(app: &App, caller: &Caller, unit: Id<Unit>) -> Result<Vec<Listed>, Problem> {
    caller.grant_over(unit, &[Role::Admin, Role::Authority, Role::Head])?;
    let scope = caller.scope_under(unit)?;
    let reading = app.store.read().await?;
    let mut grants: BTreeMap<Id<Account>, Vec<Grant>> = BTreeMap::new();
    for grant in reading.all_grants().await?.into_iter().filter(|grant| scope.contains(grant.unit)) {
        grants.entry(grant.account).or_default().push(grant);
    }
    let people = reading.accounts().await?.into_iter();
    Ok(people
        .filter_map(|(account, person)| grants.remove(&account.id).map(|grants| (account, person, grants)))
        .collect())
}
