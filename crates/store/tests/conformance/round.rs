//! Rules of obligations.

use crate::write;
use yanpan_app::ports::{Obligation, Store};
use yanpan_kernel::{form::Answers, round::Standing, unit::Scope};
use yanpan_store::Opened;
use yanpan_testkit::sample::{first_entry, id};

on_both!(obligations_read_back_inside_the_scope_and_are_replaced, only_missing_ones_are_overdue);

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

async fn only_missing_ones_are_overdue(store: &Opened) {
    let returned = Obligation { standing: Standing::Returned, ..obligation(2) };
    put(store, 1, vec![obligation(1), returned, obligation(3)]).await;
    let read = store.read().await.unwrap();
    assert_eq!(read.missing_before(1_003, &Scope::Everything).await.unwrap(), [obligation(1)]);
    let elsewhere = Scope::Units([id(999)].into_iter().collect());
    assert_eq!(read.missing_before(i64::MAX, &elsewhere).await.unwrap(), []);
}
