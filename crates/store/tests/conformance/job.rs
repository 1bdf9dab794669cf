//! Rules of month-end counts and notices.

use crate::write;
use yanpan_app::ports::{Balance, Notice, Store, act};
use yanpan_kernel::problem::DUPLICATE;
use yanpan_store::Opened;
use yanpan_testkit::sample::{day, first_entry, id};

on_both!(a_day_is_sealed_once, a_notice_is_told_once, a_notice_is_read_by_its_account_only);

async fn a_day_is_sealed_once(store: &Opened) {
    let balance = |n: u64, count| Balance {
        on: day(31),
        kind: "ledger".to_owned(),
        unit: id(n),
        group: vec!["重大".to_owned(), String::new()],
        count,
        as_of: 7,
    };
    let seal = move || {
        act(move |store| {
            Box::pin(async move {
                store.put_balances("ledger", day(31), 7, &[balance(1, 4), balance(2, 0)]).await?;
                store.append(&[first_entry(1)]).await.map(drop)
            })
        })
    };
    store.write(seal()).await.unwrap();
    assert!(store.write(seal()).await.unwrap_err().is(&DUPLICATE));
    let read = store.read().await.unwrap();
    assert_eq!(read.balances("ledger", day(31)).await.unwrap(), [balance(1, 4), balance(2, 0)]);
    assert_eq!(read.balance_as_of("ledger", day(31)).await.unwrap(), Some(7));
    assert_eq!(read.balance_as_of("ledger", day(30)).await.unwrap(), None);
}

fn notice(n: u64, key: &str) -> Notice {
    Notice {
        id: id(n),
        key: key.to_owned(),
        account: id(1),
        case: (n > 1).then(|| id(5)),
        subject: "还有 3 天到期".to_owned(),
        text: "请整改".to_owned(),
        at: i64::try_from(n).unwrap(),
        read_at: None,
    }
}

async fn a_notice_is_told_once(store: &Opened) {
    for notices in [vec![notice(1, "a"), notice(2, "b")], vec![notice(3, "a"), notice(4, "c")]] {
        write(store, move |store| Box::pin(async move { store.put_notices(&notices).await })).await;
    }
    let read = store.read().await.unwrap();
    let told = [notice(4, "c"), notice(2, "b"), notice(1, "a")];
    assert_eq!(read.notices(id(1), false, 10).await.unwrap(), told);
    assert_eq!(read.notices(id(1), false, 1).await.unwrap().len(), 1);
    let mut keys = read.told_notices(&["a", "x", "c"].map(str::to_owned)).await.unwrap();
    keys.sort();
    assert_eq!(keys, ["a", "c"]);
}

async fn a_notice_is_read_by_its_account_only(store: &Opened) {
    write(store, |store| {
        Box::pin(async move {
            store.put_notices(&[notice(1, "a"), notice(2, "b")]).await?;
            assert!(!store.read_notice(id(1), id(9), 50).await?);
            assert!(store.read_notice(id(2), id(1), 60).await?);
            assert!(store.read_notice(id(2), id(1), 70).await?);
            Ok(())
        })
    })
    .await;
    let read = store.read().await.unwrap();
    let found = read.notices(id(1), false, 10).await.unwrap();
    assert_eq!(found.iter().map(|notice| notice.read_at).collect::<Vec<_>>(), [Some(60), None]);
    assert_eq!(read.notices(id(1), true, 10).await.unwrap(), [notice(1, "a")]);
    assert_eq!(read.unread_notices(id(1)).await.unwrap(), 1);
    drop(read);
    write(store, |store| Box::pin(store.read_notices(id(1), 80))).await;
    let read = store.read().await.unwrap();
    assert_eq!(read.unread_notices(id(1)).await.unwrap(), 0);
    assert_eq!(read.notices(id(1), false, 1).await.unwrap()[0].read_at, Some(60));
}
