//! The wizard: upload, map, preview, correct, commit, rejects, undo; what it learns is known the next time.

use crate::house::House;
use serde_json::{Value, json};

const LEDGER: &str = "青石县2026年10月隐患清单,,,,,\n学校,排查时间,隐患部位,隐患描述,神秘的列,整改情况\n\
    城关第一小学,10.8,教学楼,应急灯不亮2盏,a,整改中\n城关二小学,10.9,操场,篮球架松动,b,整改中\n\
    城关二小学,10.40,操场,单杠松动,c,整改中\n金童,10.9,厨房,刀具无锁,d,已整改\n";

async fn get(house: &mut House, id: &str, rest: &str) -> Value {
    house.ask("GET", &format!("/api/v1/imports/drafts/{id}{rest}"), &Value::Null).await.1
}

async fn settled(house: &mut House, mut draft: Value) -> Value {
    while !draft["progress"].is_null() {
        draft = get(house, draft["id"].as_str().unwrap(), "").await;
    }
    draft
}

#[tokio::test]
async fn a_ledger_is_mapped_corrected_committed_and_taken_back() {
    let mut house = House::new().await;
    let draft = house.draft("hazard", "十月.csv", LEDGER.as_bytes()).await;
    let id = draft["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/imports/drafts/{id}");
    assert_eq!(draft["problems"][0]["code"], "422.215", "the unknown column is asked about: {draft}");
    assert_eq!(house.ask("POST", &format!("{path}/commit"), &json!({})).await.0, 422);
    let mapping = json!({ "mapping": [{ "sheet": draft["mapping"][0]["sheet"], "heading": "神秘的列", "key": "" }] });
    let wrong = json!({ "mapping": [{ "sheet": "x", "heading": "神秘的列", "key": "nothing" }] });
    assert_eq!(house.ask("PUT", &format!("{path}/mapping"), &wrong).await.1["code"], "422.217");
    let draft = house.ask("PUT", &format!("{path}/mapping"), &mapping).await.1;
    let draft = settled(&mut house, draft).await;
    assert_eq!(draft["problems"], json!([]));
    assert_eq!((&draft["counts"]["new"], &draft["counts"]["refused"]), (&json!(2), &json!(2)), "{draft}");
    let asked = &draft["suggestions"][0];
    assert_eq!((&asked["key"], &asked["found"], &asked["count"]), (&json!("unit"), &json!("城关二小学"), &json!(2)));
    let alike = json!({ "corrections": { "unit": { "城关二小学": asked["suggestion"] } } });
    let draft = house.ask("PUT", &format!("{path}/corrections"), &alike).await.1;
    let draft = settled(&mut house, draft).await;
    assert_eq!((&draft["counts"]["new"], &draft["counts"]["refused"]), (&json!(3), &json!(1)), "{draft}");
    let page = get(&mut house, &id, "/rows?sort=refused").await;
    let row = &page["rows"][0];
    assert_eq!(
        (&row["row"], &row["problems"][0]["key"], &row["problems"][0]["found"]),
        (&json!(5), &json!("found_on"), &json!("10.40")),
        "{page}"
    );
    let refused = house.ask("POST", &format!("{path}/commit"), &json!({})).await;
    assert_eq!((refused.0.as_u16(), &refused.1["problems"][0]["row"]), (422, &json!(5)), "all or nothing");
    let (status, rejects) = house.send("GET", &format!("{path}/rejects"), ("", Vec::new())).await;
    assert_eq!((status.as_u16(), rejects.starts_with(b"PK")), (200, true));
    let cell = json!({ "cells": [{ "sheet": row["sheet"], "row": 5, "key": "found_on", "value": "10.4" }] });
    let draft = house.ask("PUT", &format!("{path}/corrections"), &cell).await.1;
    let draft = settled(&mut house, draft).await;
    assert_eq!(draft["counts"]["new"], 4, "{draft}");
    let (status, done) = house.ask("POST", &format!("{path}/commit"), &json!({})).await;
    assert_eq!((status.as_u16(), &done["created"], done["numbers"].as_array().unwrap().len()), (200, &json!(4), 4));
    assert_eq!(house.ask("POST", &format!("{path}/commit"), &json!({})).await.1["code"], "409.33");
    learned(&mut house).await;
    let batch = done["batch"].as_str().unwrap();
    let undo = format!("/api/v1/imports/batches/{batch}/undo");
    assert_eq!(house.ask("POST", &undo, &json!({})).await.1["withdrawn"], 4);
    assert_eq!(house.ask("POST", &undo, &json!({})).await.1["code"], "409.7");
    let batch = house.ask("GET", &format!("/api/v1/imports/batches/{batch}"), &Value::Null).await.1;
    assert_eq!(batch["state"], "undone");
}

/// The same layout needs no mapping any more, and the name that was answered for is an alias.
async fn learned(house: &mut House) {
    let draft = house.draft("hazard", "又来.csv", LEDGER.as_bytes()).await;
    assert_eq!(draft["problems"], json!([]), "{draft}");
    assert_eq!((&draft["counts"]["same"], &draft["counts"]["refused"]), (&json!(3), &json!(1)), "{draft}");
    let id = draft["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/imports/drafts/{id}");
    assert_eq!(house.ask("DELETE", &path, &Value::Null).await.0, 204);
    assert_eq!(house.ask("GET", &path, &Value::Null).await.0, 404);
}

#[tokio::test]
async fn a_long_reading_tells_how_far_it_is_and_stops_when_the_draft_is_thrown_away() {
    let mut house = House::new().await;
    let mut text = String::from("学校,排查时间,隐患部位,隐患描述\n");
    for number in 0..60_000 {
        text.push_str(&format!("城关第一小学,2026-10-08,教学楼,第{number}处灯不亮\n"));
    }
    let draft = house.upload("hazard", "很大.csv", text.as_bytes()).await;
    assert!(draft["progress"]["total"].as_u64().is_some(), "{draft}");
    let path = format!("/api/v1/imports/drafts/{}", draft["id"].as_str().unwrap());
    assert_eq!(house.ask("GET", &format!("{path}/rows"), &Value::Null).await.1["code"], "409.34");
    assert_eq!(house.ask("DELETE", &path, &Value::Null).await.0, 204);
    assert_eq!(house.ask("GET", &path, &Value::Null).await.0, 404);
}

#[tokio::test]
async fn a_preview_that_others_have_overtaken_is_not_committed() {
    let mut house = House::new().await;
    let text = "学校,排查时间,隐患部位,隐患描述\n城关第一小学,2026-10-08,教学楼,灯不亮\n";
    let draft = house.draft("hazard", "一.csv", text.as_bytes()).await;
    house.import("hazard", "二.csv", text.as_bytes()).await.1.unwrap();
    let path = format!("/api/v1/imports/drafts/{}/commit", draft["id"].as_str().unwrap());
    assert_eq!(house.ask("POST", &path, &json!({})).await.1["code"], "409.32");
    let template = house.send("GET", "/api/v1/imports/templates/hazard", ("", Vec::new())).await;
    assert_eq!((template.0.as_u16(), template.1.starts_with(b"PK")), (200, true));
}

#[tokio::test]
async fn old_drafts_are_swept_and_young_ones_stay() {
    let mut house = House::new().await;
    let text = "学校,排查时间,隐患部位,隐患描述\n城关第一小学,2026-10-08,教学楼,灯不亮\n";
    let old = house.draft("hazard", "旧.csv", text.as_bytes()).await["id"].as_str().unwrap().to_owned();
    let young = house.draft("hazard", "新.csv", text.as_bytes()).await["id"].as_str().unwrap().to_owned();
    let record = house.folder.path().join("drafts").join(format!("{old}.json"));
    let mut kept: Value = serde_json::from_slice(&std::fs::read(&record).unwrap()).unwrap();
    kept["at"] = json!(kept["at"].as_i64().unwrap() - 7 * 86_400_000 - 1);
    std::fs::write(&record, kept.to_string()).unwrap();
    assert_eq!(yanpan_app::import::sweep_drafts(&house.app).await.unwrap(), 1);
    assert_eq!(get(&mut house, &old, "").await["code"], "404.1");
    assert_eq!(get(&mut house, &young, "").await["counts"]["new"], 1);
}
