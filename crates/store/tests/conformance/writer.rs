//! Rules of the writer: savepoints, groups, what an act owes.

use super::case::everything;
use crate::write;
use std::sync::Arc;
use yanpan_app::ports::{Column, Filter, Query, Store, Test, act};
use yanpan_kernel::{
    problem::{FORBIDDEN, INTERNAL, Problem},
    unit::Scope,
};
use yanpan_store::Opened;
use yanpan_testkit::sample::{case, fact, first_entry, id};

on_both!(
    a_domain_write_without_an_entry_is_refused,
    bookkeeping_needs_no_entry,
    a_refusal_leaves_its_neighbours,
    what_a_refused_act_had_made_is_made_anew_by_the_next,
    a_panic_in_an_act_is_its_own,
    an_act_may_not_go_on_after_a_failed_statement,
    what_was_written_ahead_goes_with_its_act,
    a_snapshot_does_not_move,
    of_two_acts_that_check_a_revision_one_wins,
);

async fn a_domain_write_without_an_entry_is_refused(store: &Opened) {
    let refused = store.write(act(|store| Box::pin(async move { store.put_cases(&[case(1)]).await }))).await;
    assert!(refused.unwrap_err().is(&INTERNAL));
    let scope = yanpan_kernel::unit::Scope::Everything;
    assert_eq!(store.read().await.unwrap().case(id(1), &scope).await.unwrap(), None);
}

async fn bookkeeping_needs_no_entry(store: &Opened) {
    write(store, |store| {
        Box::pin(async move {
            store.put_setting("zone", "Asia/Shanghai").await?;
            store.put_session("k", id(1), "{}", 10).await?;
            assert!(store.lease("seal", "a", 0, 100).await?);
            assert!(!store.lease("seal", "b", 50, 150).await?);
            assert!(store.lease("seal", "b", 100, 150).await?);
            store.put_mapping("m", "{}").await
        })
    })
    .await;
    let read = store.read().await.unwrap();
    assert_eq!(read.setting("zone").await.unwrap().as_deref(), Some("Asia/Shanghai"));
    assert_eq!(read.sessions(id(1), 9).await.unwrap(), [("k".to_owned(), "{}".to_owned())]);
    assert_eq!(read.sessions(id(1), 10).await.unwrap(), []);
}

async fn a_refusal_leaves_its_neighbours(store: &Opened) {
    let acts = (1..=40_u64).map(|n| {
        store.write(act(move |store| {
            Box::pin(async move {
                store.append(&[first_entry(n)]).await?;
                if n.is_multiple_of(4) { Err(Problem::new(&FORBIDDEN, &[])) } else { Ok(()) }
            })
        }))
    });
    let results = futures::future::join_all(acts).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 30);
    let entries = store.read().await.unwrap().entries_after(0, 100).await.unwrap();
    let numbers: Vec<i64> = entries.iter().map(|told| told.entry.number).collect();
    assert_eq!(numbers, (1..=30).collect::<Vec<_>>());
}

/// Every second act is refused after it has made a state, a kind and words that the next one needs.
async fn what_a_refused_act_had_made_is_made_anew_by_the_next(store: &Opened) {
    let row = |n: u64| {
        let mut row = case(n);
        row.case.state = format!("state{}", n / 2);
        row.case.kind = format!("kind{}", n / 2);
        row
    };
    let acts = (2..=41_u64).map(|n| {
        store.write(act(move |store| {
            Box::pin(async move {
                let number = store.append(&[first_entry(n)]).await?;
                store.put_cases(&[row(n)]).await?;
                store.put_facts(&[fact(&row(n), number)]).await?;
                if n.is_multiple_of(2) { Err(Problem::new(&FORBIDDEN, &[])) } else { Ok(()) }
            })
        }))
    });
    let results = futures::future::join_all(acts).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 20);
    let read = store.read().await.unwrap();
    let kinds = read.fact_kinds().await.unwrap();
    for n in (3..=41).step_by(2) {
        let kept = row(n);
        let kind = kept.case.kind.as_str();
        let contains = Filter { column: Column::Search, test: Test::Contains(format!("第{n}件")) };
        let query = Query { kind: kind.to_owned(), filters: vec![contains], ..everything() };
        let found = read.case_page(&query, &Scope::Everything).await.unwrap();
        assert_eq!(found.len(), 1, "{kind}");
        assert_eq!(found[0].case.state, kept.case.state);
        assert!(kinds.iter().any(|known| known == kind), "{kind}");
        assert_eq!(read.facts_after(kind, 0).await.unwrap().len(), 1, "{kind}");
    }
}

async fn a_panic_in_an_act_is_its_own(store: &Opened) {
    let refused = store
        .write(act(|store| {
            Box::pin(async move {
                store.append(&[first_entry(1)]).await?;
                panic!("as a bug would");
            })
        }))
        .await;
    assert!(refused.unwrap_err().is(&INTERNAL));
    write(store, |store| Box::pin(async move { store.append(&[first_entry(1)]).await.map(drop) })).await;
}

async fn an_act_may_not_go_on_after_a_failed_statement(store: &Opened) {
    let refused = store
        .write(act(|store| {
            Box::pin(async move {
                store.append(&[first_entry(1)]).await?;
                store.append(&[first_entry(1)]).await?;
                let read = store.last_entry().await;
                assert!(read.unwrap_err().is(&INTERNAL));
                Ok(())
            })
        }))
        .await;
    assert!(refused.unwrap_err().is(&INTERNAL));
    assert_eq!(store.read().await.unwrap().last_entry().await.unwrap(), 0);
}

/// So many rows that they are written while the act goes on: one act is refused at its end, another by its last row.
async fn what_was_written_ahead_goes_with_its_act(store: &Opened) {
    let many = |last: u64| (2..3_000).chain([last]).map(first_entry).collect::<Vec<_>>();
    let refused = store.write(act(move |store| {
        Box::pin(async move {
            store.append(&many(3_000)).await?;
            Err(Problem::new(&FORBIDDEN, &[]))
        })
    }));
    assert!(refused.await.unwrap_err().is(&FORBIDDEN));
    let refused = store.write(act(move |store| Box::pin(async move { store.append(&many(2)).await.map(drop) })));
    assert!(refused.await.unwrap_err().is(&INTERNAL));
    assert_eq!(store.read().await.unwrap().last_entry().await.unwrap(), 0);
    write(store, move |store| Box::pin(async move { store.append(&many(3_000)).await.map(drop) })).await;
    let told = store.read().await.unwrap().entries_after(0, 3_000).await.unwrap();
    assert_eq!(told.len(), 2_999);
    assert!(told.iter().all(|told| told.payload.is_some()));
}

async fn a_snapshot_does_not_move(store: &Opened) {
    let before = store.read().await.unwrap();
    write(store, |store| Box::pin(async move { store.append(&[first_entry(1)]).await.map(drop) })).await;
    assert_eq!(before.last_entry().await.unwrap(), 0);
    assert_eq!(store.read().await.unwrap().last_entry().await.unwrap(), 1);
}

async fn of_two_acts_that_check_a_revision_one_wins(store: &Opened) {
    write(store, |store| {
        Box::pin(async move {
            store.put_cases(&[case(1)]).await?;
            store.append(&[first_entry(1)]).await.map(drop)
        })
    })
    .await;
    let scope = Arc::new(yanpan_kernel::unit::Scope::Everything);
    let attempts = (0..2_u64).map(|n| {
        let scope = Arc::clone(&scope);
        store.write(act(move |store| {
            Box::pin(async move {
                let mut row = store.case(id(1), &scope).await?.unwrap();
                if row.case.revision != 1 {
                    return Err(Problem::new(&FORBIDDEN, &[]));
                }
                row.case.revision = 2;
                store.put_cases(&[row]).await?;
                store.append(&[first_entry(10 + n)]).await.map(drop)
            })
        }))
    });
    let results = futures::future::join_all(attempts).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
}
