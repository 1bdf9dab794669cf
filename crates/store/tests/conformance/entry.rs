//! Rules of entries: numbers, chains, payloads, seals.

use crate::write;
use yanpan_app::ports::{EntryQuery, SealRow, Store, act};
use yanpan_kernel::{entry::Head, id::Id, unit::Scope};
use yanpan_store::Opened;
use yanpan_testkit::sample::{self, SALT, entry, first_entry, id, statement};

on_both!(
    numbers_begin_at_one_and_follow_without_gap,
    a_refused_act_leaves_no_gap,
    a_chain_reads_back_and_verifies,
    the_head_of_a_case_that_was_read_is_the_last_that_was_appended,
    erasure_keeps_the_entry_and_names_the_rule,
    the_trail_shows_a_scope_its_own_entries_newest_first,
    the_last_entry_at_a_time_is_the_highest_recorded_by_then,
    seals_come_back_in_order,
    text_with_a_nul_is_refused_and_nothing_is_written,
);

async fn append(store: &Opened, n: u64) -> i64 {
    let (tell, told) = tokio::sync::oneshot::channel();
    write(store, move |store| {
        Box::pin(async move {
            let first = store.append(&[first_entry(n)]).await?;
            let _ = tell.send(first);
            Ok(())
        })
    })
    .await;
    told.await.unwrap()
}

async fn numbers_begin_at_one_and_follow_without_gap(store: &Opened) {
    assert_eq!(store.read().await.unwrap().last_entry().await.unwrap(), 0);
    assert_eq!([append(store, 1).await, append(store, 2).await], [1, 2]);
    write(store, |store| {
        Box::pin(async move {
            let some: Vec<_> = (10..700).map(first_entry).collect();
            assert_eq!(store.append(&some).await?, 3);
            Ok(())
        })
    })
    .await;
    let all = store.read().await.unwrap().entries_after(0, 10_000).await.unwrap();
    let numbers: Vec<i64> = all.iter().map(|told| told.entry.number).collect();
    assert_eq!(numbers, (1..=692).collect::<Vec<_>>());
}

async fn a_refused_act_leaves_no_gap(store: &Opened) {
    let refused = store
        .write(act(|store| {
            Box::pin(async move {
                store.append(&[first_entry(1)]).await?;
                Err(yanpan_kernel::problem::Problem::new(&yanpan_kernel::problem::FORBIDDEN, &[]))
            })
        }))
        .await;
    assert!(refused.unwrap_err().is(&yanpan_kernel::problem::FORBIDDEN));
    assert_eq!(append(store, 2).await, 1);
}

async fn a_chain_reads_back_and_verifies(store: &Opened) {
    write(store, |store| {
        Box::pin(async move {
            for (verb, body) in [("open", r#"{"a":"张三"}"#), ("grade", "{}"), ("close", "{}")] {
                let head = store.head(id(5)).await?;
                store.append(&[entry(head, statement(5, verb), body)]).await?;
            }
            store.append(&[first_entry(6)]).await.map(drop)
        })
    })
    .await;
    let read = store.read().await.unwrap();
    let chain = read.chain(id(5)).await.unwrap();
    let mut head = Head::default();
    for told in &chain {
        assert_eq!(told.entry.fault(head), None);
        head = told.entry.head();
    }
    assert_eq!(read.head(id(5)).await.unwrap(), head);
    let verbs: Vec<_> = chain.iter().map(|told| told.entry.statement.verb.as_str()).collect();
    assert_eq!(verbs, ["open", "grade", "close"]);
    assert_eq!(chain.first().unwrap().payload, Some((SALT, r#"{"a":"张三"}"#.to_owned())));
    assert_eq!(read.head(id(99)).await.unwrap(), Head::default());
}

async fn the_head_of_a_case_that_was_read_is_the_last_that_was_appended(store: &Opened) {
    write(store, |store| {
        Box::pin(async move {
            store.append(&[first_entry(1), first_entry(2)]).await?;
            store.put_cases(&[sample::case(1), sample::case(2)]).await?;
            for sequence in 1..4 {
                for _ in 0..2 {
                    store.case(id(1), &Scope::Everything).await?;
                }
                assert_eq!(store.head(id(1)).await?.sequence, sequence);
                assert_eq!(store.head(id(2)).await?.sequence, 1);
                let head = store.head(id(1)).await?;
                store.append(&[entry(head, statement(1, "act"), "{}")]).await?;
            }
            assert_eq!(store.head(id(1)).await?.sequence, 4);
            assert_eq!(store.heads(&[id(1), id(2), id(3)]).await?.len(), 2);
            // Of a case that is not in the chain's place nothing is kept.
            assert_eq!(store.case(id(3), &Scope::Everything).await?, None);
            assert_eq!(store.head(id(3)).await?, Head::default());
            Ok(())
        })
    })
    .await;
    let chain = store.read().await.unwrap().chain(id(1)).await.unwrap();
    let sequences: Vec<i64> = chain.iter().map(|told| told.entry.sequence).collect();
    assert_eq!(sequences, [1, 2, 3, 4]);
}

async fn erasure_keeps_the_entry_and_names_the_rule(store: &Opened) {
    let number = append(store, 1).await;
    write(store, move |store| {
        Box::pin(async move {
            store.erase(number, "规则 Q 2026-10-01", r#"{"b":1,"c":2}"#).await?;
            store.erase(number, "规则 R 2026-10-08", r#"{"b":1}"#).await?;
            store.append(&[first_entry(2)]).await.map(drop)
        })
    })
    .await;
    let chain = store.read().await.unwrap().chain(id(1)).await.unwrap();
    let told = chain.first().unwrap();
    assert_eq!(told.payload, None);
    assert_eq!(told.erased.as_deref(), Some("规则 R 2026-10-08"));
    assert_eq!(told.body(), Some(r#"{"b":1}"#), "of what was left, still less may be left later");
    assert_eq!(told.entry.fault(Head::default()), None);
}

async fn the_trail_shows_a_scope_its_own_entries_newest_first(store: &Opened) {
    write(store, |store| {
        Box::pin(async move {
            for n in 1..=6 {
                let unit = [Some(id(1)), Some(id(2)), None][usize::try_from(n % 3).unwrap()];
                let kind = if n > 3 { "late" } else { "early" }.to_owned();
                let said = yanpan_kernel::entry::Statement { unit, kind, ..statement(n, "act") };
                store.append(&[entry(Head::default(), said, "{}")]).await?;
            }
            Ok(())
        })
    })
    .await;
    let read = store.read().await.unwrap();
    let page = async |query: EntryQuery, scope: &Scope| {
        let found = read.entry_page(&EntryQuery { limit: 2, ..query }, scope).await.unwrap();
        found.iter().map(|entry| entry.number).collect::<Vec<_>>()
    };
    let own = Scope::Units([id(1), id(2)].into());
    assert_eq!(page(EntryQuery::default(), &own).await, [6, 4]);
    assert_eq!(page(EntryQuery { before: Some(4), ..EntryQuery::default() }, &own).await, [3, 1]);
    assert_eq!(page(EntryQuery { kind: Some("early".to_owned()), ..EntryQuery::default() }, &own).await, [3, 1]);
    assert_eq!(page(EntryQuery { actor: Some(id(9)), ..EntryQuery::default() }, &own).await, [] as [i64; 0]);
    assert_eq!(page(EntryQuery { verb: Some("act".to_owned()), ..EntryQuery::default() }, &own).await, [6, 4]);
    assert_eq!(page(EntryQuery { verb: Some("open".to_owned()), ..EntryQuery::default() }, &own).await, [] as [i64; 0]);
    let recorded = |first, before| EntryQuery { recorded: (first, before), ..EntryQuery::default() };
    assert_eq!(page(recorded(None, Some(1_001)), &own).await, [6, 4]);
    assert_eq!(page(recorded(Some(1_000), None), &own).await, [6, 4]);
    assert_eq!(page(recorded(Some(1_001), None), &own).await, [] as [i64; 0]);
    assert_eq!(page(recorded(None, Some(1_000)), &own).await, [] as [i64; 0]);
    assert_eq!(page(EntryQuery::default(), &Scope::Everything).await, [6, 5]);
    assert_eq!(page(EntryQuery::default(), &Scope::Units([id(8)].into())).await, [] as [i64; 0]);
}

async fn the_last_entry_at_a_time_is_the_highest_recorded_by_then(store: &Opened) {
    for (n, at) in [(1, 100), (2, 300), (3, 200)] {
        write(store, move |store| {
            let chained = yanpan_kernel::entry::chain(Head::default(), statement(n, "open"), at, [0; 32]);
            Box::pin(async move { store.append(&[(chained, SALT, String::new())]).await.map(drop) })
        })
        .await;
    }
    let read = store.read().await.unwrap();
    let mut found = Vec::new();
    for at in [99, 100, 250, 300] {
        found.push(read.last_entry_at(at).await.unwrap());
    }
    assert_eq!(found, [0, 1, 3, 3]);
}

async fn seals_come_back_in_order(store: &Opened) {
    let seals = [SealRow { upto: 1, hash: [1; 32], sealed_at: 10 }, SealRow { upto: 5, hash: [2; 32], sealed_at: 20 }];
    let put = seals.clone();
    write(store, move |store| {
        Box::pin(async move {
            for seal in put.iter().rev() {
                store.put_seal(seal).await?;
            }
            Ok(())
        })
    })
    .await;
    assert_eq!(store.read().await.unwrap().seals().await.unwrap(), seals);
}

async fn text_with_a_nul_is_refused_and_nothing_is_written(store: &Opened) {
    let refused = store
        .write(act(|store| {
            Box::pin(async move {
                store.append(&[entry(Head::default(), sample::statement(1, "op\0en"), "{}")]).await.map(drop)
            })
        }))
        .await;
    assert!(refused.unwrap_err().is(&yanpan_kernel::problem::USAGE));
    let chain: Id<_> = id(1);
    assert_eq!(store.read().await.unwrap().head(chain).await.unwrap(), Head::default());
}
