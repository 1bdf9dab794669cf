//! Rules of built reports and of how far retention has come.

use crate::write;
use yanpan_app::ports::{CaseRow, Overdue, Report, ReportFile, Store};
use yanpan_kernel::{case::Stage, unit::Scope};
use yanpan_store::Opened;
use yanpan_testkit::sample::{case, day, first_entry, id};

on_both!(
    a_report_is_seen_by_the_scope_of_its_unit_newest_first,
    a_case_that_ended_is_due_once_and_again_after_its_next_entry,
    a_detached_file_is_an_orphan,
);

fn report(n: u64, unit: u64) -> Report {
    let [document, title, code, period] = ["monthly", "研判报告", "U", "2026-10"].map(str::to_owned);
    let files = vec![ReportFile { format: "docx".to_owned(), hash: "a".repeat(64), size: 9 }];
    let (unit, made_by, made_at) = (id(unit), id(2), i64::try_from(n).unwrap());
    Report { id: id(n), document, title, unit, code, period, made_by, made_at, as_of: 7, figures: 80, files }
}

async fn a_report_is_seen_by_the_scope_of_its_unit_newest_first(store: &Opened) {
    write(store, |store| {
        Box::pin(async move {
            for report in [report(1, 1), report(3, 2), report(2, 1)] {
                store.put_report(&report).await?;
            }
            store.append(&[first_entry(1)]).await.map(drop)
        })
    })
    .await;
    let read = store.read().await.unwrap();
    let own = Scope::Units([id(1)].into());
    assert_eq!(read.reports(&own, 10).await.unwrap(), [report(2, 1), report(1, 1)]);
    assert_eq!(read.reports(&Scope::Everything, 1).await.unwrap(), [report(3, 2)]);
    assert_eq!(read.report(id(3), &own).await.unwrap(), None);
    assert_eq!(read.report(id(3), &Scope::Everything).await.unwrap(), Some(report(3, 2)));
}

async fn a_case_that_ended_is_due_once_and_again_after_its_next_entry(store: &Opened) {
    let ended = |n: u64, on: i64, entry: i64| {
        let mut row = CaseRow { entry, ..case(n) };
        (row.case.stage, row.case.closed_on) = (Stage::Closed, Some(day(on)));
        row
    };
    write(store, move |store| {
        Box::pin(async move {
            store.put_cases(&[ended(1, 9, 1), ended(2, 8, 1), ended(3, 20, 1), case(4)]).await?;
            store.append(&[first_entry(1)]).await.map(drop)
        })
    })
    .await;
    let due = async |days: u32| {
        let read = store.read().await.unwrap();
        let overdue = Overdue { kind: "ledger".to_owned(), days, ended_by: day(10) };
        let rows = read.to_erase(&overdue, 10).await.unwrap();
        assert_eq!(read.count_to_erase(&overdue).await.unwrap(), u32::try_from(rows.len()).unwrap());
        rows.into_iter().map(|row| row.case.number).collect::<Vec<_>>()
    };
    assert_eq!(due(365).await, ["L-00002", "L-00001"]);
    write(store, |store| Box::pin(async move { store.put_erasure(id(2), 365, 1).await })).await;
    assert_eq!(due(365).await, ["L-00001"]);
    assert_eq!(due(30).await, ["L-00002", "L-00001"], "another rule is another matter");
    write(store, move |store| {
        Box::pin(async move {
            store.put_cases(&[ended(2, 9, 2)]).await?;
            store.append(&[first_entry(2)]).await.map(drop)
        })
    })
    .await;
    assert_eq!(due(365).await, ["L-00001", "L-00002"]);
}

async fn a_detached_file_is_an_orphan(store: &Opened) {
    let [hash, stored, media, name] = ["a", "s", "image/jpeg", "照片.jpg"].map(str::to_owned);
    let file = yanpan_app::ports::File { hash, stored, media, name, size: 3, at: 10 };
    let put = file.clone();
    write(store, move |store| {
        Box::pin(async move {
            store.put_file(&put).await?;
            store.attach(id(1), "a").await?;
            store.attach(id(2), "a").await?;
            store.detach(id(1), "a").await?;
            store.append(&[first_entry(1)]).await.map(drop)
        })
    })
    .await;
    assert_eq!(store.read().await.unwrap().orphans(20).await.unwrap(), []);
    write(store, |store| {
        Box::pin(async move {
            store.detach(id(2), "a").await?;
            store.append(&[first_entry(2)]).await.map(drop)
        })
    })
    .await;
    assert_eq!(store.read().await.unwrap().orphans(20).await.unwrap(), [file]);
}
