//! Rounds and notices over HTTP: submissions, returns, reviews, and what entries tell of them.

use crate::house::settled;
use serde_json::json;

#[tokio::test]
async fn a_unit_reports_is_sent_back_corrects_and_is_reviewed_each_by_one_entry() {
    let house = settled().await;
    let before = house.last_entry().await;
    let report = |rooms: u8| format!(r#"POST rounds/patrol/{{week}}/{{school}} {{"answers":{{"rooms":{rooms}}}}}"#);
    let shown = house.done("safety", &report(4)).await;
    assert_eq!((shown["standing"].as_str(), shown["late"].as_bool()), (Some("reported"), Some(false)));
    assert_eq!((&shown["standing_title"], &shown["answers"]), (&json!("已报"), &json!({ "rooms": 4 })));
    let back = house.done("officer", r#"POST rounds/patrol/{week}/{school}/return {"reason":"间数不对"}"#).await;
    assert_eq!((&back["standing"], &back["received_at"]), (&json!("returned"), &json!(null)));
    house.done("head", &report(40)).await;
    let reviewed = house.done("officer", "POST rounds/patrol/{week}/{school}/review {}").await;
    assert_eq!((&reviewed["standing"], &reviewed["revision"]), (&json!("reviewed"), &json!(2)));
    let told = [
        "patrol report missing→reported",
        "patrol return reported→returned",
        "patrol correct returned→reported",
        "patrol review reported→reviewed",
    ];
    let zero = house.line(r#"POST rounds/patrol/{week}/{school} {"zero":true}"#, &house.pass("head").await).await;
    assert_eq!(zero.code(), "409.2", "where it stands is said before what contradicts it");
    assert_eq!(house.told_after(before).await, told);
    let notices = house.done("head", "GET notices?unread=true").await;
    assert_eq!(notices["unread"], 1);
    assert_eq!(notices["notices"][0]["text"], "间数不对");
}

#[tokio::test]
async fn a_zero_that_cases_contradict_and_answers_of_the_wrong_kind_are_refused_without_a_trace() {
    let house = settled().await;
    let before = house.last_entry().await;
    let refused = [
        ("head", r#"POST rounds/patrol/{week}/{school} {"zero":true}"#, "409.6"),
        ("head", r#"POST rounds/patrol/{week}/{school} {"answers":{"rooms":"很多"}}"#, "422.2"),
        ("head", r#"POST rounds/patrol/{week}/{school} {"answers":{"doors":3}}"#, "422.5"),
        ("head", r#"POST rounds/patrol/2026-99/{school} {"zero":true}"#, "422.101"),
        ("officer", "POST rounds/patrol/{week}/{school}/review {}", "409.2"),
        ("officer", r#"POST rounds/patrol/{week}/{school}/return {"reason":" "}"#, "422.1"),
    ];
    for (who, line, code) in refused {
        assert_eq!(house.line(line, &house.pass(who).await).await.code(), code, "{line}");
    }
    assert_eq!(house.told_after(before).await, Vec::<String>::new());
    let zero = house.done("west_head", r#"POST rounds/patrol/{week}/{west_school} {"zero":true}"#).await;
    assert_eq!(zero["standing"], "zero");
    assert_eq!(house.told_after(before).await, ["patrol zero missing→zero"]);
}

#[tokio::test]
async fn the_board_counts_the_units_in_scope_and_shows_ones_own() {
    let house = settled().await;
    house.done("west_head", r#"POST rounds/patrol/{week}/{west_school} {"zero":true}"#).await;
    let city = house.done("observer", "GET rounds").await;
    let round = &city["rounds"][0];
    let counts = json!({ "missing": 2, "zero": 1, "reported": 0, "returned": 0, "reviewed": 0, "late": 0 });
    assert_eq!(
        (&round["counts"], &round["mine"], &round["period"]),
        (&counts, &json!(null), &json!(house.names["week"]))
    );
    let own = house.done("head", "GET rounds").await;
    assert_eq!(own["rounds"][0]["mine"]["unit_name"], "东镇中心小学");
    let names = |shown: &serde_json::Value| {
        let rows = shown["rows"].as_array().unwrap().iter();
        rows.map(|row| row["unit_name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let missing = house.done("observer", "GET rounds/patrol/{week}?standing=missing").await;
    assert_eq!(names(&missing), ["东镇中心小学", "东镇幼儿园"]);
    let west = house.done("observer", "GET rounds/patrol/{week}?unit={west}").await;
    assert_eq!(names(&west), ["西镇小学"]);
    let periods = house.done("observer", "GET rounds/patrol/periods").await;
    assert_eq!(periods["periods"][0]["key"], house.names["week"].as_str());
    assert_eq!(house.line("GET rounds/none/periods", &house.pass("head").await).await.code(), "404.1");
}

#[tokio::test]
async fn notices_are_read_one_by_one_or_all() {
    let house = settled().await;
    let before = house.last_entry().await;
    assert_eq!(house.done("teacher", "GET notices").await["unread"], 1);
    house.done("teacher", "POST notices/{notice}/read").await;
    let shown = house.done("teacher", "GET notices").await;
    assert_eq!((&shown["unread"], shown["notices"].as_array().unwrap().len()), (&json!(0), 1));
    assert_eq!(house.done("teacher", "GET notices?unread=true").await["notices"], json!([]));
    house.done("teacher", "POST notices/read").await;
    assert_eq!(house.told_after(before).await, Vec::<String>::new());
}
