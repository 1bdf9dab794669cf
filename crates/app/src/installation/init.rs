//! Making an installation: the built-in operator of the command line and the first 平台管理员.

use crate::{
    App,
    person::{hash_password, one_time_password},
    record::record,
    write,
};
use std::collections::BTreeMap;
use yanpan_kernel::{
    entry::Statement,
    id::Id,
    person::{Account, Grant, Person, Role},
    problem::{DUPLICATE, Problem},
    unit::{Unit, Version},
};

/// Sign-in name of the actor of the command line; it cannot sign in over HTTP.
pub const LOCAL_OPERATOR: &str = "local-operator";

/// Setting that holds the people of a demo as JSON; no other installation has it.
pub const DEMO_SETTING: &str = "demo";

/// What was made.
#[derive(Debug, Clone)]
pub struct Initialised {
    /// Sign-in name of the first 平台管理员.
    pub login: String,
    /// Its password, to be used once.
    pub password: String,
    /// Code of the root unit.
    pub root: String,
}

/// Makes the root unit, the operator and the first 平台管理员.
///
/// # Errors
/// `DUPLICATE` when the installation has been made before.
pub async fn init(app: &App, root_code: &str, root_name: &str) -> Result<Initialised, Problem> {
    if app.store.read().await?.account_by_login(LOCAL_OPERATOR).await?.is_some() {
        return Err(Problem::new(&DUPLICATE, &[("what", &"安装"), ("value", &root_name)]));
    }
    let environment = app.environment.clone();
    let today = environment.today();
    let password = one_time_password(&environment);
    let root = Version {
        unit: environment.id(),
        code: root_code.to_owned(),
        name: root_name.to_owned(),
        kind: "county".to_owned(),
        parent: None,
        valid_from: jiff::civil::date(today.year() - 5, 9, 1),
        valid_to: None,
        position: 0,
        attributes: BTreeMap::new(),
    };
    let operator = person(app, LOCAL_OPERATOR, "本机操作员", "!", false);
    let admin = person(app, "admin", "平台管理员", &hash_password(&environment, &password)?, true);
    let made = Initialised { login: "admin".to_owned(), password, root: root.code.clone() };
    write(app, move |writing| {
        Box::pin(async move {
            let (unit, actor) = (root.unit, operator.1.id);
            let mut told =
                vec![(statement(unit.cast(), "unit", (actor, Some(unit)), today), serde_json::json!(root).to_string())];
            let mut grants = Vec::new();
            for (_, account) in [&operator, &admin] {
                let body = serde_json::json!({ "login": account.login }).to_string();
                told.push((statement(account.id.cast(), "account", (actor, Some(unit)), today), body));
                grants.push(Grant {
                    id: environment.id(),
                    account: account.id,
                    role: Role::Admin,
                    unit,
                    valid_from: root.valid_from,
                    valid_to: None,
                });
            }
            record(writing, &environment, told).await?;
            writing.put_unit_versions(&[root]).await?;
            for (person, account) in [operator, admin] {
                writing.put_persons(&[person]).await?;
                writing.put_accounts(&[account]).await?;
            }
            writing.put_grants(&grants).await
        })
    })
    .await?;
    Ok(made)
}

fn person(app: &App, login: &str, name: &str, hash: &str, must_change: bool) -> (Person, Account) {
    let person = Person { id: app.environment.id(), name: name.to_owned(), post: name.to_owned() };
    let account = Account {
        id: app.environment.id(),
        person: person.id,
        login: login.to_owned(),
        password_hash: hash.to_owned(),
        must_change,
        failures: 0,
        locked_until: None,
        enabled: true,
    };
    (person, account)
}

fn statement(
    chain: Id<yanpan_kernel::entry::Chain>,
    kind: &str,
    (actor, unit): (Id<Account>, Option<Id<Unit>>),
    on: jiff::civil::Date,
) -> Statement {
    Statement {
        chain,
        kind: kind.to_owned(),
        verb: "init".to_owned(),
        unit,
        actor,
        grant: None,
        happened_on: on,
        from: None,
        to: None,
    }
}
