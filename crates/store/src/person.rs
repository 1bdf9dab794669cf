//! Persons, accounts, grants and sessions.

use crate::{
    session::{Line, Session},
    sql::{Insert, Sql, bind, latest},
};
use async_trait::async_trait;
use yanpan_app::ports::{Holder, PersonRows, PersonWrites};
use yanpan_kernel::{
    id::Id,
    person::{Account, Grant, Person, Role},
    problem::{DUPLICATE, Problem},
};

const ACCOUNT: &str = "a.id, a.person, a.login, a.password_hash, a.must_change, a.failures, a.locked_until, a.enabled";
/// What follows the account of a holder: each grant makes a row.
const HELD: &str = ", p.name, m.number, g.id, g.account, g.role, g.unit, g.valid_from, g.valid_to
    FROM accounts a JOIN persons p ON p.id = a.person LEFT JOIN grants g ON g.account = a.id
    LEFT JOIN meta m ON m.name = 'tree'";
const GRANT: &str = "id, account, role, unit, valid_from, valid_to FROM grants";

fn account(row: &mut Line) -> Result<Account, Problem> {
    Ok(Account {
        id: row.take()?,
        person: row.take()?,
        login: row.take()?,
        password_hash: row.take()?,
        must_change: row.take()?,
        failures: row.take()?,
        locked_until: row.take()?,
        enabled: row.take()?,
    })
}

fn person(row: &mut Line) -> Result<Person, Problem> {
    Ok(Person { id: row.take()?, name: row.take()?, post: row.take()? })
}

fn grant(row: &mut Line) -> Result<Grant, Problem> {
    let id = row.take()?;
    grant_of(id, row)
}

/// What follows the id of a grant.
fn grant_of(id: Id<Grant>, row: &mut Line) -> Result<Grant, Problem> {
    Ok(Grant {
        id,
        account: row.take()?,
        role: row.key(Role::parse)?,
        unit: row.take()?,
        valid_from: row.take()?,
        valid_to: row.take()?,
    })
}

/// Reads the rows of a holder, each behind `first`.
fn holder<T>(
    session: &Session,
    rows: Vec<Line>,
    first: impl Fn(&mut Line) -> Result<T, Problem>,
) -> Result<Option<(T, Holder)>, Problem> {
    let mut found = None;
    for mut row in rows {
        let (first, account, name) = (first(&mut row)?, account(&mut row)?, row.take()?);
        // Whose grants are asked for is placed in the tree next.
        let tree: Option<i64> = row.take()?;
        session.known(|known| known.tree = known.tree.or(tree));
        let (_, holder) = found.get_or_insert_with(|| (first, Holder { account, name, grants: Vec::new() }));
        if let Some(id) = row.take()? {
            holder.grants.push(grant_of(id, &mut row)?);
        }
    }
    Ok(found)
}

fn select(parts: &[&str], values: Vec<sea_orm::Value>) -> Sql {
    Sql { text: ["SELECT ", &parts.concat()].concat().into(), values }
}

#[async_trait]
impl PersonRows for Session {
    async fn account_by_login(&self, login: &str) -> Result<Option<Account>, Problem> {
        let sql = select(&[ACCOUNT, " FROM accounts a WHERE a.login = $1"], bind![login]);
        self.one(sql).await?.as_mut().map(account).transpose()
    }

    async fn account(&self, id: Id<Account>) -> Result<Option<Account>, Problem> {
        let sql = select(&[ACCOUNT, " FROM accounts a WHERE a.id = $1"], bind![id]);
        self.one(sql).await?.as_mut().map(account).transpose()
    }

    async fn holder(&self, id: Id<Account>) -> Result<Option<Holder>, Problem> {
        let sql = select(&[ACCOUNT, HELD, " WHERE a.id = $1 ORDER BY g.id"], bind![id]);
        Ok(holder(self, self.all(sql).await?, |_| Ok(()))?.map(|((), holder)| holder))
    }

    async fn accounts(&self) -> Result<Vec<(Account, Person)>, Problem> {
        let from = ", p.id, p.name, p.post FROM accounts a JOIN persons p ON p.id = a.person ORDER BY a.login";
        self.each(select(&[ACCOUNT, from], vec![]), |row| Ok((account(row)?, person(row)?))).await
    }

    async fn account_names(&self, accounts: &[Id<Account>]) -> Result<Vec<(Id<Account>, String)>, Problem> {
        let mut names = Vec::with_capacity(accounts.len());
        for some in accounts.chunks(500) {
            let text = "SELECT a.id, p.name FROM accounts a JOIN persons p ON p.id = a.person WHERE a.id IN ";
            let mut sql = Sql::new(text, vec![]);
            sql.list(some.iter().map(|account| account.uuid().into()));
            names.extend(self.each(sql, |row| Ok((row.take()?, row.take()?))).await?);
        }
        Ok(names)
    }

    async fn person(&self, id: Id<Person>) -> Result<Option<Person>, Problem> {
        let sql = Sql::new("SELECT id, name, post FROM persons WHERE id = $1", bind![id]);
        self.one(sql).await?.as_mut().map(person).transpose()
    }

    async fn grants(&self, account: Id<Account>) -> Result<Vec<Grant>, Problem> {
        self.each(select(&[GRANT, " WHERE account = $1 ORDER BY id"], bind![account]), grant).await
    }

    async fn all_grants(&self) -> Result<Vec<Grant>, Problem> {
        self.each(select(&[GRANT, " ORDER BY id"], vec![]), grant).await
    }

    async fn session(&self, key: &str, now_ms: i64) -> Result<Option<(String, Holder)>, Problem> {
        let from = " JOIN sessions s ON s.account = a.id WHERE s.session_key = $1 AND s.expires_at > $2 ORDER BY g.id";
        let sql = select(&["s.record, ", ACCOUNT, HELD, from], bind![key, now_ms]);
        holder(self, self.all(sql).await?, |row| row.take())
    }

    async fn sessions(&self, account: Id<Account>, now_ms: i64) -> Result<Vec<(String, String)>, Problem> {
        let sql =
            "SELECT session_key, record FROM sessions WHERE account = $1 AND expires_at > $2 ORDER BY session_key";
        self.each(Sql::new(sql, bind![account, now_ms]), |row| Ok((row.take()?, row.take()?))).await
    }
}

#[async_trait]
impl PersonWrites for Session {
    async fn put_persons(&self, persons: &[Person]) -> Result<(), Problem> {
        self.changes();
        let insert = Insert {
            head: "INSERT INTO persons (id, name, post)",
            tail: " ON CONFLICT (id) DO UPDATE SET name = excluded.name, post = excluded.post",
        };
        let rows = latest(persons, |person| person.id).into_iter().map(|p| bind![p.id, p.name, p.post]);
        self.insert(insert, rows.collect()).await
    }

    async fn put_accounts(&self, accounts: &[Account]) -> Result<(), Problem> {
        self.changes();
        let accounts = latest(accounts, |account| account.id);
        refuse_double_logins(self, &accounts).await?;
        let insert = Insert {
            head: "INSERT INTO accounts
                (id, person, login, password_hash, must_change, failures, locked_until, enabled)",
            tail: " ON CONFLICT (id) DO UPDATE SET person = excluded.person, login = excluded.login,
                password_hash = excluded.password_hash, must_change = excluded.must_change,
                failures = excluded.failures, locked_until = excluded.locked_until, enabled = excluded.enabled",
        };
        let rows = accounts.into_iter().map(|a| {
            bind![a.id, a.person, a.login, a.password_hash, a.must_change, a.failures, a.locked_until, a.enabled]
        });
        self.insert(insert, rows.collect()).await
    }

    async fn put_grants(&self, grants: &[Grant]) -> Result<(), Problem> {
        self.changes();
        let insert = Insert {
            head: "INSERT INTO grants (id, account, role, unit, valid_from, valid_to)",
            tail: " ON CONFLICT (id) DO UPDATE SET account = excluded.account, role = excluded.role,
                unit = excluded.unit, valid_from = excluded.valid_from, valid_to = excluded.valid_to",
        };
        let rows = latest(grants, |grant| grant.id)
            .into_iter()
            .map(|g| bind![g.id, g.account, g.role.key(), g.unit, g.valid_from, g.valid_to]);
        self.insert(insert, rows.collect()).await
    }

    async fn put_failures(
        &self,
        account: Id<Account>,
        failures: u32,
        locked_until: Option<i64>,
    ) -> Result<(), Problem> {
        let sql = "UPDATE accounts SET failures = $2, locked_until = $3 WHERE id = $1";
        self.run(Sql::new(sql, bind![account, failures, locked_until])).await
    }

    async fn put_session(&self, key: &str, account: Id<Account>, record: &str, expires_ms: i64) -> Result<(), Problem> {
        let sql = "INSERT INTO sessions (session_key, account, record, expires_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (session_key) DO UPDATE SET record = excluded.record, expires_at = excluded.expires_at";
        self.run(Sql::new(sql, bind![key, account, record, expires_ms])).await
    }

    async fn drop_session(&self, key: &str) -> Result<(), Problem> {
        self.run(Sql::new("DELETE FROM sessions WHERE session_key = $1", bind![key])).await
    }

    async fn drop_sessions_before(&self, now_ms: i64) -> Result<(), Problem> {
        self.run(Sql::new("DELETE FROM sessions WHERE expires_at <= $1", bind![now_ms])).await
    }
}

/// Looks first, because a constraint that fails would take the whole act with it and name nobody.
async fn refuse_double_logins(session: &Session, accounts: &[&Account]) -> Result<(), Problem> {
    let double = |login: &str| Problem::new(&DUPLICATE, &[("what", &"账号"), ("value", &login)]);
    let mut holders = std::collections::HashMap::new();
    for account in accounts {
        if holders.insert(account.login.as_str(), account.id).is_some() {
            return Err(double(&account.login));
        }
    }
    for some in accounts.chunks(500) {
        let mut sql = Sql::new("SELECT login, id FROM accounts WHERE login IN ", vec![]);
        sql.list(some.iter().map(|account| account.login.as_str().into()));
        for mut row in session.all(sql).await? {
            let login: String = row.take()?;
            let holder: Id<Account> = row.take()?;
            if holders.get(login.as_str()) != Some(&holder) {
                return Err(double(&login));
            }
        }
    }
    Ok(())
}
