//! Cases over HTTP: what is answered, and what entries tell of it.

use crate::house::settled;

#[tokio::test]
async fn an_act_writes_one_entry_and_a_refused_one_writes_nothing() {
    let house = settled().await;
    let before = house.last_entry().await;
    let take = r#"POST cases/repair/{case}/acts/take {"revision":1,"answers":{"fix_by":"2026-10-12"}}"#;
    let shown = house.done("safety", take).await;
    assert_eq!((shown["state"].as_str(), shown["revision"].as_i64()), (Some("fixing"), Some(2)));
    assert_eq!(house.told_after(before).await, ["repair take reported→fixing"]);
    let before = house.last_entry().await;
    let again = house.line(take, &house.pass("safety").await).await;
    assert_eq!(again.code(), "409.1");
    assert_eq!(house.told_after(before).await, Vec::<String>::new());
}
