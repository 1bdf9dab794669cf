//! Rules of units: versions, the tree's version, aliases.

use crate::write;
use std::collections::BTreeMap;
use yanpan_app::ports::{Store, act};
use yanpan_kernel::{
    problem::DUPLICATE,
    unit::{Jurisdiction, JurisdictionKind, Succession, SuccessionKind, Version},
};
use yanpan_store::Opened;
use yanpan_testkit::sample::{day, first_entry, id};

on_both!(
    a_version_of_the_same_first_day_replaces,
    relations_read_back_and_come_twice_without_harm,
    an_alias_names_one_unit,
    the_tree_version_moves_with_every_write_of_units_only,
);

fn version(n: u64, name: &str) -> Version {
    Version {
        unit: id(n),
        code: format!("U{n}"),
        name: name.to_owned(),
        kind: "primary".to_owned(),
        parent: (n > 1).then(|| id(1)),
        valid_from: day(1),
        valid_to: None,
        position: 3,
        attributes: BTreeMap::from([("城乡".to_owned(), "乡村".to_owned())]),
    }
}

async fn put(store: &Opened, n: u64, versions: Vec<Version>) {
    write(store, move |store| {
        Box::pin(async move {
            store.put_unit_versions(&versions).await?;
            store.append(&[first_entry(n)]).await.map(drop)
        })
    })
    .await;
}

async fn a_version_of_the_same_first_day_replaces(store: &Opened) {
    put(store, 1, vec![version(1, "县教育局"), version(2, "一小")]).await;
    put(store, 2, vec![version(2, "旧名"), version(2, "实验小学")]).await;
    let found = store.read().await.unwrap().unit_versions().await.unwrap();
    assert_eq!(found, [version(1, "县教育局"), version(2, "实验小学")]);
}

async fn relations_read_back_and_come_twice_without_harm(store: &Opened) {
    let relation = Jurisdiction {
        authority: id(8),
        unit: id(1),
        kind: JurisdictionKind::Trade,
        valid_from: day(1),
        valid_to: Some(day(9)),
    };
    let succession = Succession { from: id(3), to: id(4), kind: SuccessionKind::Merge, on: day(2) };
    let (relations, successions) = (vec![relation.clone()], vec![succession.clone()]);
    write(store, move |store| {
        Box::pin(async move {
            for _ in 0..2 {
                store.put_jurisdictions(&relations).await?;
                store.put_successions(&successions).await?;
            }
            store.append(&[first_entry(1)]).await.map(drop)
        })
    })
    .await;
    let read = store.read().await.unwrap();
    assert_eq!(read.jurisdictions().await.unwrap(), [relation]);
    assert_eq!(read.successions().await.unwrap(), [succession]);
}

async fn an_alias_names_one_unit(store: &Opened) {
    write(store, |store| {
        Box::pin(async move {
            store.put_unit_alias(id(1), "一小").await?;
            store.put_unit_alias(id(1), "一小").await?;
            store.append(&[first_entry(1)]).await.map(drop)
        })
    })
    .await;
    let second = store.write(act(|store| Box::pin(store.put_unit_alias(id(2), "一小")))).await;
    assert!(second.unwrap_err().is(&DUPLICATE));
    let aliases = store.read().await.unwrap().unit_aliases().await.unwrap();
    assert_eq!(aliases, [(id(1), "一小".to_owned())]);
}

async fn the_tree_version_moves_with_every_write_of_units_only(store: &Opened) {
    let before = store.read().await.unwrap().tree_version().await.unwrap();
    put(store, 1, vec![version(1, "县教育局")]).await;
    let after = store.read().await.unwrap().tree_version().await.unwrap();
    write(store, |store| Box::pin(async move { store.append(&[first_entry(2)]).await.map(drop) })).await;
    assert!(after > before);
    assert_eq!(store.read().await.unwrap().tree_version().await.unwrap(), after);
}
