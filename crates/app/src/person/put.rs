//! Adding people with their accounts and grants.

use crate::{App, Caller, person::hash_password, record::record, write};
use yanpan_kernel::{
    entry::Statement,
    id::Id,
    person::{Account, Grant, Person, Role},
    problem::{DUPLICATE, Problem},
    unit::Unit,
};

/// A person to be added.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Name.
    pub name: String,
    /// Post.
    pub post: String,
    /// Sign-in name.
    pub login: String,
    /// First password.
    pub password: String,
    /// Whether it must be changed at the first sign-in.
    pub must_change: bool,
    /// Role and unit of each grant.
    pub grants: Vec<(Role, Id<Unit>)>,
}

/// Adds people; all or none. Who adds must be 平台管理员 over each unit granted.
///
/// # Errors
/// `DUPLICATE` for a sign-in name in use, `FORBIDDEN`, `OUT_OF_SCOPE`.
pub async fn put_people(app: &App, caller: &Caller, people: Vec<NewPerson>) -> Result<Vec<Id<Account>>, Problem> {
    for (_, unit) in people.iter().flat_map(|person| &person.grants) {
        caller.grant_over(*unit, &[Role::Admin])?;
    }
    let by = caller.grant_of(&[Role::Admin])?.id;
    let (actor, environment) = (caller.account, app.environment.clone());
    let today = environment.today();
    let mut rows = Vec::new();
    for new in people {
        let person = Person { id: environment.id(), name: new.name, post: new.post };
        let account = Account {
            id: environment.id(),
            person: person.id,
            login: new.login,
            password_hash: hash_password(&environment, &new.password)?,
            must_change: new.must_change,
            failures: 0,
            locked_until: None,
            enabled: true,
        };
        let grant = |(role, unit)| Grant {
            id: environment.id(),
            account: account.id,
            role,
            unit,
            valid_from: today,
            valid_to: None,
        };
        let grants: Vec<Grant> = new.grants.into_iter().map(grant).collect();
        rows.push((person, account, grants));
    }
    write(app, move |writing| {
        Box::pin(async move {
            let mut told = Vec::new();
            for (_, account, grants) in &rows {
                if writing.account_by_login(&account.login).await?.is_some() {
                    return Err(Problem::new(&DUPLICATE, &[("what", &"账号"), ("value", &account.login)]));
                }
                let statement = Statement {
                    chain: account.id.cast(),
                    kind: "account".to_owned(),
                    verb: "add".to_owned(),
                    unit: grants.first().map(|grant| grant.unit),
                    actor,
                    grant: Some(by),
                    happened_on: today,
                    from: None,
                    to: None,
                };
                let roles: Vec<_> = grants.iter().map(|grant| (grant.role.key(), grant.unit)).collect();
                told.push((statement, serde_json::json!({ "login": account.login, "grants": roles }).to_string()));
            }
            record(writing, &environment, told).await?;
            let mut ids = Vec::new();
            for (person, account, grants) in rows {
                ids.push(account.id);
                writing.put_persons(&[person]).await?;
                writing.put_accounts(&[account]).await?;
                writing.put_grants(&grants).await?;
            }
            Ok(ids)
        })
    })
    .await
}
