//! Rules of people: accounts, grants, sessions.

use crate::write;
use yanpan_app::ports::{Holder, Store, act};
use yanpan_kernel::{
    person::{Account, Grant, Person, Role},
    problem::DUPLICATE,
};
use yanpan_store::Opened;
use yanpan_testkit::sample::{day, first_entry, id};

on_both!(
    accounts_grants_and_persons_read_back_and_are_replaced,
    a_login_names_one_account,
    wrong_passwords_are_counted_without_an_entry,
    a_session_ends_at_its_time_or_when_dropped,
);

fn person(n: u64) -> Person {
    Person { id: id(n), name: "张三".to_owned(), post: "安全员".to_owned() }
}

fn account(n: u64, login: &str) -> Account {
    Account {
        id: id(n),
        person: id(n),
        login: login.to_owned(),
        password_hash: "$argon2id$".to_owned(),
        must_change: true,
        failures: 0,
        locked_until: None,
        enabled: true,
    }
}

fn grant(n: u64) -> Grant {
    Grant { id: id(n), account: id(1), role: Role::SafetyOfficer, unit: id(7), valid_from: day(1), valid_to: None }
}

async fn put(store: &Opened, n: u64, accounts: Vec<Account>) -> Result<(), yanpan_kernel::problem::Problem> {
    let work = act(move |store| {
        Box::pin(async move {
            store.put_persons(&[person(1), person(2)]).await?;
            store.put_accounts(&accounts).await?;
            store.put_grants(&[grant(1), grant(2)]).await?;
            store.append(&[first_entry(n)]).await.map(drop)
        })
    });
    store.write(work).await
}

async fn accounts_grants_and_persons_read_back_and_are_replaced(store: &Opened) {
    put(store, 1, vec![account(1, "zhang"), account(2, "li")]).await.unwrap();
    let changed = Account { login: "zhang3".to_owned(), enabled: false, locked_until: Some(9), ..account(1, "") };
    put(store, 2, vec![changed.clone()]).await.unwrap();
    let read = store.read().await.unwrap();
    assert_eq!(read.accounts().await.unwrap(), [(account(2, "li"), person(2)), (changed.clone(), person(1))]);
    assert_eq!(read.account_by_login("zhang3").await.unwrap(), Some(changed.clone()));
    assert_eq!(read.account_by_login("zhang").await.unwrap(), None);
    assert_eq!(read.person(id(9)).await.unwrap(), None);
    let named = read.account_names(&[id(1), id(9)]).await.unwrap();
    assert_eq!(named, [(id(1), person(1).name)]);
    assert_eq!(read.grants(id(1)).await.unwrap(), [grant(1), grant(2)]);
    assert_eq!(read.grants(id(2)).await.unwrap(), []);
    assert_eq!(read.all_grants().await.unwrap().len(), 2);
    let holder = Holder { account: changed, name: person(1).name, grants: vec![grant(1), grant(2)] };
    assert_eq!(read.holder(id(1)).await.unwrap(), Some(holder));
    let holder = Holder { account: account(2, "li"), name: person(2).name, grants: vec![] };
    assert_eq!(read.holder(id(2)).await.unwrap(), Some(holder));
    assert_eq!(read.holder(id(9)).await.unwrap(), None);
}

async fn a_login_names_one_account(store: &Opened) {
    put(store, 1, vec![account(1, "zhang")]).await.unwrap();
    for double in [vec![account(2, "zhang")], vec![account(1, "wang"), account(2, "wang")]] {
        assert!(put(store, 2, double).await.unwrap_err().is(&DUPLICATE));
    }
    assert_eq!(store.read().await.unwrap().accounts().await.unwrap().len(), 1);
}

async fn wrong_passwords_are_counted_without_an_entry(store: &Opened) {
    put(store, 1, vec![account(1, "zhang")]).await.unwrap();
    write(store, |store| Box::pin(store.put_failures(id(1), 5, Some(77)))).await;
    let found = store.read().await.unwrap().account(id(1)).await.unwrap().unwrap();
    assert_eq!((found.failures, found.locked_until), (5, Some(77)));
}

async fn a_session_ends_at_its_time_or_when_dropped(store: &Opened) {
    put(store, 1, vec![account(1, "zhang"), account(2, "li")]).await.unwrap();
    write(store, |store| {
        Box::pin(async move {
            for (key, expires) in [("a", 10), ("b", 20), ("c", 30)] {
                store.put_session(key, id(1), key, expires).await?;
            }
            store.put_session("c", id(1), "newer", 40).await?;
            store.put_session("d", id(2), "another's", 40).await?;
            store.drop_session("b").await?;
            store.drop_sessions_before(10).await
        })
    })
    .await;
    let read = store.read().await.unwrap();
    let mut found = Vec::new();
    for (key, now) in [("a", 1), ("b", 1), ("c", 39), ("c", 40)] {
        found.push(read.session(key, now).await.unwrap());
    }
    let holder = read.holder(id(1)).await.unwrap().unwrap();
    assert_eq!(holder.grants.len(), 2);
    assert_eq!(found, [None, None, Some(("newer".to_owned(), holder)), None]);
    let sessions = |account, now| read.sessions(id(account), now);
    assert_eq!(sessions(1, 39).await.unwrap(), [("c".to_owned(), "newer".to_owned())]);
    assert_eq!(sessions(2, 39).await.unwrap(), [("d".to_owned(), "another's".to_owned())]);
    assert_eq!(sessions(2, 40).await.unwrap(), []);
}
