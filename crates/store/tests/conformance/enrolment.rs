//! Rules of enrolments, teaching and identity numbers.

use crate::write;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use yanpan_app::ports::Store;
use yanpan_kernel::{
    enrolment::{Enrolment, Identity, IdentityKind, Teaching},
    person::Person,
    unit::Scope,
};
use yanpan_store::Opened;
use yanpan_testkit::sample::{first_entry, id};

on_both!(
    a_person_is_found_by_the_mark_of_a_number_and_by_nothing_else,
    enrolments_are_seen_through_the_scope_of_their_class,
    pupils_who_are_gone_are_forgotten_and_those_who_stay_are_kept,
    heads_of_many_chains_are_those_of_each,
);

fn person(n: u64) -> Person {
    Person { id: id(n), name: format!("学生{n}"), post: String::new() }
}

fn enrolment(n: u64, pupil: u64, class: u64, valid_to: Option<Date>) -> Enrolment {
    Enrolment { id: id(n), pupil: id(pupil), class: id(class), valid_from: date(2020, 9, 1), valid_to }
}

fn identity(n: u64, mark: u8) -> Identity {
    Identity { person: id(n), kind: IdentityKind::Citizen, sealed: vec![9, 8, mark], mark: [mark; 32] }
}

async fn filled(store: &Opened) {
    write(store, |store| {
        Box::pin(async move {
            store.put_persons(&[person(1), person(2), person(3)]).await?;
            store.put_identities(&[identity(1, 1), identity(2, 2)]).await?;
            store.put_identities(&[identity(2, 5)]).await?;
            let left = Some(date(2021, 6, 30));
            let all = [enrolment(11, 1, 101, left), enrolment(12, 1, 102, None), enrolment(13, 2, 101, left)];
            store.put_enrolments(&all).await?;
            let teaching = |n, class| Teaching {
                id: id(n),
                person: id(3),
                class: id(class),
                subject: "数学".to_owned(),
                valid_from: date(2020, 9, 1),
                valid_to: None,
            };
            store.put_teachings(&[teaching(21, 101), teaching(22, 102)]).await?;
            store.append(&[first_entry(1)]).await.map(drop)
        })
    })
    .await;
}

async fn a_person_is_found_by_the_mark_of_a_number_and_by_nothing_else(store: &Opened) {
    filled(store).await;
    let read = store.read().await.unwrap();
    assert_eq!(read.marked(&[[1; 32], [5; 32], [2; 32]]).await.unwrap().len(), 2, "a new number replaces the old one");
    assert_eq!(read.marked(&[[1; 32]]).await.unwrap(), [([1; 32], person(1))]);
    assert_eq!(read.identities(&[id(2), id(3)]).await.unwrap(), [identity(2, 5)]);
}

async fn enrolments_are_seen_through_the_scope_of_their_class(store: &Opened) {
    filled(store).await;
    let read = store.read().await.unwrap();
    let scope = Scope::Units(BTreeSet::from([id(102)]));
    assert_eq!(read.enrolments(&scope).await.unwrap(), [(enrolment(12, 1, 102, None), person(1))]);
    let taught: Vec<_> = read.teachings(&scope).await.unwrap().into_iter().map(|(teaching, _)| teaching.id).collect();
    assert_eq!(taught, [id(22)]);
    assert_eq!(read.enrolments(&Scope::Everything).await.unwrap().len(), 3);
    assert_eq!(read.enrolments_of(&[id(1)]).await.unwrap().len(), 2);
    assert_eq!(read.enrolments_by_id(&[id(13)]).await.unwrap().len(), 1);
}

async fn pupils_who_are_gone_are_forgotten_and_those_who_stay_are_kept(store: &Opened) {
    filled(store).await;
    let gone = store.read().await.unwrap().pupils_gone_before(date(2024, 1, 1)).await.unwrap();
    assert_eq!(gone, [id(2)]);
    write(store, move |store| {
        Box::pin(async move {
            store.forget_pupils(&gone).await?;
            store.drop_enrolments(&[id(11)]).await?;
            store.drop_teachings(&[id(21)]).await?;
            store.append(&[first_entry(2)]).await.map(drop)
        })
    })
    .await;
    let read = store.read().await.unwrap();
    assert_eq!(read.person(id(2)).await.unwrap().unwrap().name, "");
    assert!(read.marked(&[[5; 32]]).await.unwrap().is_empty());
    assert!(read.pupils_gone_before(date(2024, 1, 1)).await.unwrap().is_empty());
    assert_eq!(read.enrolments(&Scope::Everything).await.unwrap().len(), 2);
    assert_eq!(read.teachings(&Scope::Everything).await.unwrap().len(), 1);
}

async fn heads_of_many_chains_are_those_of_each(store: &Opened) {
    filled(store).await;
    let read = store.read().await.unwrap();
    let chain = first_entry(1).0.statement.chain;
    let heads = read.heads(&[chain, id(999)]).await.unwrap();
    assert_eq!(heads, [(chain, read.head(chain).await.unwrap())]);
}
