//! Files over HTTP: uploaded, named by an act, seen through the case.

use crate::house::settled;
use serde_json::json;

#[tokio::test]
async fn a_picture_is_seen_through_the_case_that_names_it_and_by_nobody_before() {
    let mut house = settled().await;
    let before = house.last_entry().await;
    let stored = house.done("head", "POST files @picture").await;
    assert_eq!((stored["name"].as_str(), stored["media"].as_str()), (Some("照片.png"), Some("image/png")));
    assert_eq!(house.told_after(before).await, Vec::<String>::new());
    house.names.insert("hash".to_owned(), stored["hash"].as_str().unwrap().to_owned());
    let pass = house.pass("head").await;
    assert_eq!(house.line("GET files/{hash}", &pass).await.code(), "404.1");
    let answers = json!({ "what": "漏电", "place": "南楼", "level": "紧急",
        "photo": [{ "hash": stored["hash"], "name": stored["name"] }] });
    let open = format!(r#"POST cases/repair {{"unit":"{{school}}","verb":"report","answers":{answers}}}"#);
    let case = house.done("head", &open).await;
    let shown = house.done("head", &format!("GET cases/repair/{}", case["id"].as_str().unwrap())).await;
    assert_eq!(shown["files"], json!([{ "hash": stored["hash"], "name": "照片.png", "field": "photo" }]));
    let way = |answer: &crate::house::Answer| {
        let header = |name: &str| answer.headers[name].to_str().unwrap().split(';').next().unwrap().to_owned();
        (header("content-type"), header("content-disposition"), header("x-content-type-options"))
    };
    let expect = |way: &str| ("image/png".to_owned(), way.to_owned(), "nosniff".to_owned());
    assert_eq!(way(&house.line("GET files/{hash}", &pass).await), expect("attachment"));
    assert_eq!(way(&house.line("GET files/{hash}?inline=true", &pass).await), expect("inline"));
    assert_eq!(house.line("GET files/{hash}", &house.pass("west_head").await).await.code(), "404.1");
}

#[tokio::test]
async fn a_photo_that_is_a_script_and_a_body_that_is_no_form_are_refused() {
    let house = settled().await;
    let pass = house.pass("head").await;
    assert_eq!(house.line("POST files @script", &pass).await.code(), "415.1");
    assert_eq!(house.line("POST files {}", &pass).await.code(), "400.2");
}
