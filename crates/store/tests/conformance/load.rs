//! Rules under load: many tasks at once, chains in any order.

use crate::write;
use proptest::{
    collection::vec,
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use std::collections::HashMap;
use yanpan_app::ports::{Store, act};
use yanpan_kernel::entry::Head;
use yanpan_store::Opened;
use yanpan_testkit::sample::{entry, id, statement};

on_both!(
    a_thousand_acts_of_sixteen_tasks_are_numbered_without_gap,
    chains_of_any_interleaving_verify,
    a_caller_that_went_away_leaves_the_others,
);

/// Every entry in order of number: no gap, and each on the one before it in its chain.
async fn verify(store: &Opened) -> usize {
    let entries = store.read().await.unwrap().entries_after(0, u32::MAX).await.unwrap();
    let mut heads = HashMap::new();
    for (expected, told) in (1..).zip(&entries) {
        assert_eq!(told.entry.number, expected);
        let head = heads.entry(told.entry.statement.chain).or_insert_with(Head::default);
        assert_eq!(told.entry.fault(*head), None);
        *head = told.entry.head();
    }
    entries.len()
}

async fn a_thousand_acts_of_sixteen_tasks_are_numbered_without_gap(store: &Opened) {
    let task = |task: u64| async move {
        for n in 0..64_u64 {
            let work = act(move |store| {
                Box::pin(async move {
                    let head = store.head(id(n % 5)).await?;
                    store.append(&[entry(head, statement(n % 5, "act"), &format!("{task}"))]).await.map(drop)
                })
            });
            store.write(work).await.unwrap();
        }
    };
    futures::future::join_all((0..16).map(task)).await;
    assert_eq!(verify(store).await, 1_024);
}

async fn chains_of_any_interleaving_verify(store: &Opened) {
    // One store for all cases: what earlier ones left is only a longer beginning.
    let mut runner = TestRunner::deterministic();
    let acts = vec(vec(0_u64..4, 1..6), 1..12);
    let mut appended = 0;
    for _ in 0..24 {
        let acts = acts.new_tree(&mut runner).unwrap().current();
        appended += acts.iter().map(Vec::len).sum::<usize>();
        let writes = acts.into_iter().map(|chains| {
            store.write(act(move |store| {
                Box::pin(async move {
                    let mut heads = HashMap::new();
                    let mut entries = Vec::new();
                    for chain in chains {
                        let head = match heads.get(&chain) {
                            Some(head) => *head,
                            None => store.head(id(chain)).await?,
                        };
                        let next = entry(head, statement(chain, "act"), "{}");
                        heads.insert(chain, next.0.head());
                        entries.push(next);
                    }
                    store.append(&entries).await.map(drop)
                })
            }))
        });
        for result in futures::future::join_all(writes).await {
            result.unwrap();
        }
    }
    assert_eq!(verify(store).await, appended);
}

async fn a_caller_that_went_away_leaves_the_others(store: &Opened) {
    let work = |n| {
        act(move |store| {
            Box::pin(async move { store.append(&[entry(Head::default(), statement(n, "act"), "")]).await.map(drop) })
        })
    };
    let mut gone = Box::pin(store.write(work(1)));
    assert!(futures::poll!(&mut gone).is_pending());
    drop(gone);
    write(store, |store| {
        Box::pin(async move { store.append(&[entry(Head::default(), statement(2, "act"), "")]).await.map(drop) })
    })
    .await;
    assert_eq!(store.read().await.unwrap().head(id(2)).await.unwrap().sequence, 1);
}
