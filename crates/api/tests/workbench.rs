//! The first page and the search: each role sees its own, and every number leads to as many rows.

use crate::house::settled;
use serde_json::{Value, json};

/// The items of a part as `title × count → button`.
fn said(part: &Value) -> Vec<String> {
    let text = |one: &Value| one.as_str().map_or_else(|| one.to_string(), str::to_owned);
    let items = part.as_array().unwrap().iter();
    items
        .map(|item| format!("{} × {} → {}", text(&item["title"]), text(&item["count"]), text(&item["button"])))
        .collect()
}

#[tokio::test]
async fn each_role_has_its_own_work() {
    let house = settled().await;
    let week = "2026年10月5日—11日";
    let own = |who: &'static str| house.done(who, "GET workbench");
    let patrol = house.done("head", "GET rounds").await["rounds"][0]["label"].as_str().unwrap_or(week).to_owned();
    let owed = format!("周巡查({patrol})未报 × 1 → 填报");
    let take = "待受理的报修 × 1 → 受理".to_owned();
    assert_eq!(said(&own("head").await["todo"]), [take.clone(), owed.clone()]);
    assert_eq!(said(&own("teacher").await["todo"]), Vec::<String>::new());
    assert_eq!(said(&own("officer").await["todo"]), [format!("周巡查({patrol})未报的单位 × 2 → 查看未报")]);
    assert_eq!(said(&own("west_head").await["todo"]), [owed]);
    let observer = own("observer").await;
    assert_eq!((said(&observer["todo"]), &observer["open"]), (vec![], &json!([])));
    assert_eq!(said(&observer["changes"]), ["新登记的报修 × 1 → "]);
    assert_eq!(observer["trend"][0]["title"], "未办结的报修有 1 件，比10月1日多 1 件");
    assert_eq!(own("teacher").await["open"][0]["title"], "登记报修");
}

#[tokio::test]
async fn a_number_leads_to_as_many_rows_and_leaves_out_ones_own_work() {
    let house = settled().await;
    house
        .done("safety", r#"POST cases/repair/{case}/acts/take {"revision":1,"answers":{"fix_by":"2026-10-08"}}"#)
        .await;
    house.done("safety", r#"POST cases/repair/{case}/acts/finish {"revision":2,"answers":{"result":"好"}}"#).await;
    let item = &house.done("head", "GET workbench").await["todo"][0];
    assert_eq!(
        (&item["title"], &item["button"], &item["query"]["todo"]),
        (&json!("待验收的报修"), &json!("验收"), &json!("accept"))
    );
    for (who, count) in [("head", 1), ("safety", 0), ("officer", 1), ("observer", 0)] {
        let page = house.done(who, "GET cases/repair?state=fixed&todo=accept").await;
        assert_eq!((page["rows"].as_array().unwrap().len(), &page["total"]), (count, &json!(count)), "{who}");
    }
    assert_eq!(said(&house.done("safety", "GET workbench").await["todo"]).len(), 1);
}

#[tokio::test]
async fn a_closed_case_waits_only_when_its_later_look_has_come() {
    let house = settled().await;
    house
        .done("safety", r#"POST cases/repair/{case}/acts/take {"revision":1,"answers":{"fix_by":"2026-10-08"}}"#)
        .await;
    house.done("safety", r#"POST cases/repair/{case}/acts/finish {"revision":2,"answers":{"result":"好"}}"#).await;
    let accept = r#"POST cases/repair/{case}/acts/accept {"revision":3}"#;
    house.done("head", accept).await;
    let waits = |day: &'static str| async {
        house.set_day(day);
        said(&house.done("head", "GET workbench").await["todo"]).contains(&"该复查的报修 × 1 → 复查".to_owned())
    };
    assert!(!waits("2026-10-14").await);
    assert!(waits("2026-10-15").await);
}

#[tokio::test]
async fn a_search_finds_cases_and_units_in_scope_only() {
    let house = settled().await;
    let found = house.done("head", "GET search?q=%E4%B8%9C%E9%95%87").await;
    assert_eq!(
        found,
        json!({ "cases": [], "units": [{ "id": house.names["school"], "name": "东镇中心小学", "code": "S1" }] })
    );
    let found = house.done("observer", "GET search?q=s1-2026").await;
    let case = &found["cases"][0];
    assert_eq!(
        (&case["number"], &case["title"], &case["state_title"]),
        (&json!("S1-2026-0001"), &json!("消火栓漏水"), &json!("待受理"))
    );
    assert_eq!(house.done("west_head", "GET search?q=s1-2026").await["cases"], json!([]));
    assert_eq!(house.done("observer", "GET search?q=").await, json!({ "cases": [], "units": [] }));
}
