//! Rules of obligations.

use crate::write;
use yanpan_app::ports::{Obligation, Store};
use yanpan_kernel::{form::Answers, round::Standing, unit::Scope};
use yanpan_store::Opened;
use yanpan_testkit::sample::{first_entry, id};

on_both!(
    obligations_read_back_inside_the_scope_and_are_replaced,
    missing_and_returned_ones_are_owed,
    periods_are_those_owed_in_the_scope
);

fn obligation(n: u64) -> Obligation {
    Obligation {
        id: id(n),
        round: "monthly".to_owned(),
        period: "2026-10".to_owned(),
        unit: id(100 + n),
        due_at: 1_000 + i64::try_from(n).unwrap(),
        standing: Standing::Missing,
        received_at: None,
        late: false,
        revision: 0,
        answers: Answers::new(),
    }
}

async fn put(store: &Opened, n: u64, obligations: Vec<Obligation>) {
    write(store, move |store| {
        Box::pin(async move {
            store.put_obligations(&obligations).await?;
            store.append(&[first_entry(n)]).await.map(drop)
        })
    })
    .await;
}

async fn obligations_read_back_inside_the_scope_and_are_replaced(store: &Opened) {
    put(store, 1, vec![obligation(1), obligation(2), obligation(3)]).await;
    let mut reported = obligation(2);
    reported.standing = Standing::Reported;
    reported.received_at = Some(1_500);
    reported.late = true;
    reported.revision = 1;
    reported.answers.insert("人数".to_owned(), serde_json::json!(40));
    put(store, 2, vec![reported.clone()]).await;
    let read = store.read().await.unwrap();
    assert_eq!(read.obligation("monthly", "2026-10", id(102)).await.unwrap(), Some(reported.clone()));
    assert_eq!(read.obligation("monthly", "2026-11", id(102)).await.unwrap(), None);
    let scope = Scope::Units([id(102), id(103)].into_iter().collect());
    assert_eq!(read.obligations("monthly", "2026-10", &scope).await.unwrap(), [reported, obligation(3)]);
    assert_eq!(read.obligations("monthly", "2026-10", &Scope::Everything).await.unwrap().len(), 3);
}

async fn missing_and_returned_ones_are_owed(store: &Opened) {
    let returned = Obligation { standing: Standing::Returned, ..obligation(2) };
    let zero = Obligation { standing: Standing::Zero, ..obligation(4) };
    put(store, 1, vec![obligation(1), returned.clone(), obligation(3), zero]).await;
    let read = store.read().await.unwrap();
    assert_eq!(read.owed_before(1_003, &Scope::Everything).await.unwrap(), [obligation(1), returned]);
    let elsewhere = Scope::Units([id(999)].into_iter().collect());
    assert_eq!(read.owed_before(i64::MAX, &elsewhere).await.unwrap(), []);
}

async fn periods_are_those_owed_in_the_scope(store: &Opened) {
    let later = Obligation { period: "2026-11".to_owned(), ..obligation(2) };
    put(store, 1, vec![obligation(1), later, Obligation { round: "other".to_owned(), ..obligation(3) }]).await;
    let read = store.read().await.unwrap();
    let mut all = read.round_periods("monthly", &Scope::Everything).await.unwrap();
    all.sort();
    assert_eq!(all, ["2026-10", "2026-11"]);
    let one = Scope::Units([id(101)].into_iter().collect());
    assert_eq!(read.round_periods("monthly", &one).await.unwrap(), ["2026-10"]);
}
