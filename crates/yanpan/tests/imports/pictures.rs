//! Photos pasted into a ledger become files of their case.

use crate::{
    book::{PIXEL, Page, xlsx},
    house::House,
};
use yanpan_app::{file::get_file, import::Sort};
use yanpan_kernel::form::FileRef;

#[tokio::test]
async fn photos_in_and_over_cells_are_kept_with_their_case() {
    let house = House::new().await;
    let text = "学校|排查时间|隐患部位|隐患描述|整改前照片|整改后照片\n城关第一小学|2026-10-08|楼道|灯不亮||\n\
                城关第二小学|2026-10-09|操场|单杠松动||";
    let page = Page { over: vec![(2, 5)], inside: vec![(3, 5)], ..Page::new("台账", text) };
    let bytes = xlsx(&[page]).unwrap();
    let (plan, done) = house.import("hazard", "有图.xlsx", &bytes).await;
    assert_eq!(plan.rows.iter().map(|row| row.pictures.len()).collect::<Vec<_>>(), [1, 1], "{:?}", plan.all_problems());
    assert_eq!(done.unwrap().batch.counts, [2, 0, 0]);
    let reading = house.app.store.read().await.unwrap();
    for number in plan.rows.iter().map(|row| row.values()["photos_before"].clone()) {
        let named: Vec<FileRef> = serde_json::from_value(number).unwrap();
        let cases = reading.file_cases(&named[0].hash).await.unwrap();
        let kept = reading.cases(&cases, &house.caller.scope()).await.unwrap();
        assert!(kept.iter().all(|row| row.case.answers.contains_key("photos_before")) && !kept.is_empty());
        let (file, stored) = get_file(&house.app, &house.caller, &named[0].hash).await.unwrap();
        assert_eq!((file.media.as_str(), stored.starts_with(&PIXEL[..8])), ("image/png", true));
    }
    let (plan, _) = house.import("hazard", "有图.xlsx", &bytes).await;
    assert_eq!(plan.count(Sort::Same), 2, "the same photos are no change");
}
