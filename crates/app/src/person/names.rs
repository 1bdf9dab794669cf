//! Names of accounts, asked for once each while a list is made.

use crate::ports::Reading;
use std::collections::HashMap;
use yanpan_kernel::{id::Id, person::Account, problem::Problem};

/// Names found so far.
#[derive(Debug, Default)]
pub struct Names(HashMap<Id<Account>, String>);

impl Names {
    /// The name of an account's person; the sign-in name where there is none, nothing for an unknown account.
    ///
    /// # Errors
    /// `STORE_UNAVAILABLE`.
    pub async fn of(&mut self, reading: &dyn Reading, account: Id<Account>) -> Result<String, Problem> {
        if let Some(name) = self.0.get(&account) {
            return Ok(name.clone());
        }
        let name = match reading.account(account).await? {
            Some(found) => reading.person(found.person).await?.map_or(found.login, |person| person.name),
            None => String::new(),
        };
        self.0.insert(account, name.clone());
        Ok(name)
    }
}
