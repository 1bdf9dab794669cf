//! Rules of imports.

use crate::write;
use yanpan_app::ports::{Batch, BatchRow, BatchState, KnownRow, Store};
use yanpan_store::Opened;
use yanpan_testkit::sample::{first_entry, id};

on_both!(
    batches_come_newest_first_and_are_replaced,
    a_case_twice_in_a_batch_keeps_its_first_revision_before,
    known_rows_are_found_by_key_and_forgotten_by_case,
);

fn batch(n: u64) -> Batch {
    Batch {
        id: id(n),
        kind: "ledger".to_owned(),
        unit: (n > 1).then(|| id(1)),
        name: "台账.xlsx".to_owned(),
        hash: "h".to_owned(),
        actor: id(2),
        at: i64::try_from(n).unwrap(),
        state: BatchState::Committed,
        counts: [3, 2, 1],
    }
}

async fn batches_come_newest_first_and_are_replaced(store: &Opened) {
    let undone = Batch { state: BatchState::Undone, ..batch(2) };
    let last = undone.clone();
    write(store, move |store| {
        Box::pin(async move {
            for batch in [batch(1), batch(2), batch(3), last] {
                store.put_batch(&batch).await?;
            }
            store.append(&[first_entry(1)]).await.map(drop)
        })
    })
    .await;
    let read = store.read().await.unwrap();
    assert_eq!(read.batches(2).await.unwrap(), [batch(3), undone.clone()]);
    assert_eq!(read.batch(id(2)).await.unwrap(), Some(undone));
    assert_eq!(read.batch(id(9)).await.unwrap(), None);
}

async fn a_case_twice_in_a_batch_keeps_its_first_revision_before(store: &Opened) {
    let row = |case: u64, before, after| BatchRow { batch: id(1), case: id(case), before, after };
    write(store, move |store| {
        Box::pin(async move {
            store.put_batch_rows(&[row(1, 0, 2), row(2, 4, 5), row(1, 2, 3)]).await?;
            store.put_batch_rows(&[row(2, 5, 6)]).await?;
            store.append(&[first_entry(1)]).await.map(drop)
        })
    })
    .await;
    let found = store.read().await.unwrap().batch_rows(id(1)).await.unwrap();
    assert_eq!(found, [row(1, 0, 3), row(2, 4, 6)]);
}

async fn known_rows_are_found_by_key_and_forgotten_by_case(store: &Opened) {
    let row = |n: u64, values: &str| KnownRow { key: format!("k{n}"), case: id(n), values: values.to_owned() };
    let rows: Vec<_> = (1..=900).map(|n| row(n, "v")).collect();
    write(store, move |store| {
        Box::pin(async move {
            store.put_known_rows("ledger", &rows).await?;
            store.put_known_rows("ledger", &[row(2, "w")]).await?;
            store.drop_known_rows("ledger", &[id(3)]).await?;
            store.append(&[first_entry(1)]).await.map(drop)
        })
    })
    .await;
    let read = store.read().await.unwrap();
    let keys: Vec<String> = ["k1", "k2", "k3", "none"].map(str::to_owned).to_vec();
    let mut found = read.known_rows("ledger", &keys).await.unwrap();
    found.sort_by(|a, b| a.key.cmp(&b.key));
    assert_eq!(found, [row(1, "v"), row(2, "w")]);
    assert!(read.known_rows("other", &keys).await.unwrap().is_empty());
    let all: Vec<String> = (1..=900).map(|n| format!("k{n}")).collect();
    assert_eq!(read.known_rows("ledger", &all).await.unwrap().len(), 899);
}
