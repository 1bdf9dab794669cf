//! People with accounts as a target: one row per grant; an account is known by its sign-in name, never by the person's name.

use super::{
    columns::{column, required},
    plan::{RowPlan, Sort},
    target::{Secret, Target, text},
};
use crate::{
    App, Caller,
    person::{hash_password, one_time_password},
    ports::{Batch, ColumnKind, Progress, Reading, SheetTarget, Writing},
    record::record,
};
use async_trait::async_trait;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use yanpan_kernel::{
    entry::Statement,
    form::Answers,
    id::Id,
    person::{Account, Grant, Person, Role},
    problem::{INTERNAL, PEOPLE_INVALID, PREVIEW_STALE, Place, Problem},
    unit::Unit,
};

/// People.
pub(super) struct People<'a> {
    pub app: &'a App,
    pub caller: &'a Caller,
}

struct Wanted {
    login: String,
    name: String,
    post: String,
    role: Role,
    unit: Id<Unit>,
}

impl People<'_> {
    fn wanted(row: &RowPlan) -> Option<Wanted> {
        let values = row.values();
        let title = text(&values, "role");
        let role = Role::ALL.into_iter().find(|role| role.title() == title)?;
        let unit = text(&values, "unit").parse().ok()?;
        let said = |key| text(&values, key);
        Some(Wanted { login: said("login"), name: said("name"), post: said("post"), role, unit })
    }

    /// The entry of an account with its new grants.
    fn told(
        &self,
        account: Id<Account>,
        verb: &str,
        login: &str,
        grants: &[Grant],
    ) -> Result<(Statement, String), Problem> {
        let statement = Statement {
            chain: account.cast(),
            kind: "account".to_owned(),
            verb: verb.to_owned(),
            unit: grants.first().map(|grant| grant.unit),
            actor: self.caller.account,
            grant: Some(self.caller.grant_of(&[Role::Admin])?.id),
            happened_on: self.app.environment.today(),
            from: None,
            to: None,
        };
        let roles: Vec<_> = grants.iter().map(|grant| (grant.role.key(), grant.unit)).collect();
        Ok((statement, serde_json::json!({ "login": login, "grants": roles }).to_string()))
    }
}

#[async_trait]
impl Target for People<'_> {
    fn sheet(&self) -> SheetTarget {
        let roles = Role::ALL.iter().map(|role| (role.title().to_owned(), vec![role.key().to_owned()])).collect();
        let columns = vec![
            required(column("name", "姓名", &["name"], ColumnKind::Person), "李敏"),
            required(column("login", "账号", &["login", "登录名"], ColumnKind::Text), "limin"),
            column("post", "职务", &["post"], ColumnKind::Text),
            required(column("role", "角色", &["role"], ColumnKind::Choice(roles)), "安全员"),
            required(
                column("unit", "单位编码", &["unit", "单位", "单位名称", "学校"], ColumnKind::Unit),
                "城关中心小学",
            ),
        ];
        SheetTarget { key: "people".to_owned(), title: "人员".to_owned(), columns }
    }

    fn writers(&self) -> &'static [Role] {
        &[Role::Admin]
    }

    fn unit_column(&self) -> Option<&str> {
        Some("unit")
    }

    fn key(&self, values: &Answers) -> String {
        ["login", "role", "unit"].map(|key| text(values, key)).join("/")
    }

    fn look(&self, _: &Answers, _: &Place) -> Vec<Problem> {
        Vec::new()
    }

    async fn compare(&self, reading: &dyn Reading, rows: &mut [RowPlan], _: &Progress) -> Result<(), Problem> {
        let accounts: HashMap<String, (Id<Account>, String)> = reading
            .accounts()
            .await?
            .into_iter()
            .map(|(account, person)| (account.login, (account.id, person.name)))
            .collect();
        let today = self.app.environment.today();
        let held: BTreeSet<(Id<Account>, Role, Id<Unit>)> = reading
            .all_grants()
            .await?
            .into_iter()
            .filter(|grant| grant.holds(today))
            .map(|grant| (grant.account, grant.role, grant.unit))
            .collect();
        let mut named: BTreeMap<String, String> = BTreeMap::new();
        for row in rows.iter_mut().filter(|row| row.sort != Sort::Refused) {
            let Some(wanted) = Self::wanted(row) else { continue };
            let known = accounts.get(&wanted.login);
            let before = known.map(|(_, name)| name).or_else(|| named.get(&wanted.login));
            if before.is_some_and(|name| *name != wanted.name) {
                let reason = format!("账号「{}」属于另一个人", wanted.login);
                let mut place = row.place();
                place.column = Some("账号".to_owned());
                row.refuse(vec![Problem::new(&PEOPLE_INVALID, &[("reason", &reason)]).at(place)]);
                continue;
            }
            if let Some((account, _)) = known {
                let has = held.contains(&(*account, wanted.role, wanted.unit));
                row.sort = if has { Sort::Same } else { Sort::Update };
            } else if row.sort == Sort::Suspect {
                row.sort = Sort::Same;
            }
            named.insert(wanted.login, wanted.name);
        }
        Ok(())
    }

    async fn secrets(&self, rows: &[&RowPlan]) -> Result<Vec<Secret>, Problem> {
        let logins: BTreeSet<String> =
            rows.iter().filter(|row| row.sort == Sort::New).map(|row| text(&row.values(), "login")).collect();
        let environment = &self.app.environment;
        let secret = |login| {
            let password = one_time_password(environment);
            let hash = hash_password(environment, &password)?;
            Ok(Secret { login, password, hash })
        };
        logins.into_iter().map(secret).collect()
    }

    async fn write(
        &self,
        writing: &dyn Writing,
        _: &Batch,
        rows: &[&RowPlan],
        secrets: &[Secret],
    ) -> Result<Vec<(u32, String)>, Problem> {
        let environment = &self.app.environment;
        let mut by_login: BTreeMap<String, Vec<(u32, Wanted)>> = BTreeMap::new();
        for row in rows {
            let broken = || Problem::new(&INTERNAL, &[("reference", &"import-people")]);
            let wanted = Self::wanted(row).ok_or_else(broken)?;
            by_login.entry(wanted.login.clone()).or_default().push((row.row, wanted));
        }
        let (mut told, mut persons, mut accounts, mut grants) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut given = Vec::new();
        for (login, group) in by_login {
            let Some((first_row, first)) = group.first() else { continue };
            let known = writing.account_by_login(&login).await?;
            let secret = secrets.iter().find(|secret| secret.login == login);
            let (account, verb) = match (known, secret) {
                (Some(account), None) => (account.id, "grant"),
                (None, Some(secret)) => {
                    let person = Person { id: environment.id(), name: first.name.clone(), post: first.post.clone() };
                    let account = new_account(environment.id(), person.id, secret);
                    given.push((*first_row, secret.password.clone()));
                    persons.push(person);
                    accounts.push(account);
                    (accounts.last().map_or_else(|| environment.id(), |account: &Account| account.id), "add")
                }
                _ => return Err(Problem::new(&PREVIEW_STALE, &[])),
            };
            let own: Vec<Grant> = group
                .iter()
                .map(|(_, wanted)| Grant {
                    id: environment.id(),
                    account,
                    role: wanted.role,
                    unit: wanted.unit,
                    valid_from: environment.today(),
                    valid_to: None,
                })
                .collect();
            told.push(self.told(account, verb, &login, &own)?);
            grants.extend(own);
        }
        record(writing, environment, told).await?;
        writing.put_persons(&persons).await?;
        writing.put_accounts(&accounts).await?;
        writing.put_grants(&grants).await?;
        Ok(given)
    }
}

fn new_account(id: Id<Account>, person: Id<Person>, secret: &Secret) -> Account {
    Account {
        id,
        person,
        login: secret.login.clone(),
        password_hash: secret.hash.clone(),
        must_change: true,
        failures: 0,
        locked_until: None,
        enabled: true,
    }
}
