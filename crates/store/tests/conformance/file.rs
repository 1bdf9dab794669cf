//! Rules of files.

use crate::write;
use yanpan_app::ports::{File, Store};
use yanpan_store::Opened;
use yanpan_testkit::sample::{first_entry, id};

on_both!(a_file_of_no_case_is_an_orphan_until_it_is_attached, a_file_that_comes_again_is_young_again);

fn file(hash: &str, at: i64) -> File {
    let [hash, stored, media, name] = [hash, "s", "image/jpeg", "照片.jpg"].map(str::to_owned);
    File { hash, stored, media, name, size: 3, at }
}

async fn a_file_of_no_case_is_an_orphan_until_it_is_attached(store: &Opened) {
    write(store, |store| {
        Box::pin(async move {
            store.put_file(&file("a", 10)).await?;
            store.put_file(&file("b", 20)).await
        })
    })
    .await;
    assert_eq!(store.read().await.unwrap().orphans(20).await.unwrap(), [file("a", 10)]);
    write(store, |store| {
        Box::pin(async move {
            store.attach(id(1), "a").await?;
            store.attach(id(1), "a").await?;
            store.drop_file("a").await?;
            store.drop_file("b").await?;
            store.append(&[first_entry(1)]).await.map(drop)
        })
    })
    .await;
    let read = store.read().await.unwrap();
    assert_eq!(read.orphans(100).await.unwrap(), []);
    assert_eq!(read.file("a").await.unwrap(), Some(file("a", 10)));
    assert_eq!(read.file("b").await.unwrap(), None);
    assert_eq!(read.file_cases("a").await.unwrap(), [id(1)]);
}

async fn a_file_that_comes_again_is_young_again(store: &Opened) {
    for at in [10, 30, 20] {
        write(store, move |store| Box::pin(async move { store.put_file(&file("a", at)).await })).await;
    }
    assert_eq!(store.read().await.unwrap().file("a").await.unwrap(), Some(file("a", 30)));
}
