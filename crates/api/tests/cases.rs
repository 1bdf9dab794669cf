//! Cases over HTTP: what is answered, and what entries tell of it.

use crate::house::{House, settled};
use serde_json::{Value, json};

/// A row of a list by number.
fn numbers(list: &Value) -> Vec<&str> {
    list["rows"].as_array().unwrap().iter().map(|row| row["number"].as_str().unwrap()).collect()
}

/// Titles or verbs of a list of objects.
fn each<'a>(list: &'a Value, key: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|one| one[key].as_str().unwrap()).collect()
}

/// Takes `{case}` on: taken by 李安全 with a deadline, finished by him.
async fn finished(house: &House, fix_by: &str) {
    let take = format!(r#"POST cases/repair/{{case}}/acts/take {{"revision":1,"answers":{{"fix_by":"{fix_by}"}}}}"#);
    house.done("safety", &take).await;
    let finish = r#"POST cases/repair/{case}/acts/finish {"revision":2,"answers":{"result":"已换接头"}}"#;
    house.done("safety", finish).await;
}

#[tokio::test]
async fn an_act_writes_one_entry_and_a_refused_one_writes_nothing() {
    let house = settled().await;
    let before = house.last_entry().await;
    let take = r#"POST cases/repair/{case}/acts/take {"revision":1,"answers":{"fix_by":"2026-10-12"}}"#;
    let shown = house.done("safety", take).await;
    assert_eq!((shown["state"].as_str(), shown["revision"].as_i64()), (Some("fixing"), Some(2)));
    assert_eq!(shown["state_title"], "维修中");
    assert_eq!(house.told_after(before).await, ["repair take reported→fixing"]);
    let before = house.last_entry().await;
    let again = house.line(take, &house.pass("safety").await).await;
    assert_eq!(again.code(), "409.1");
    assert!(again.json()["detail"].as_str().unwrap().contains("李安全"), "{}", again.json());
    assert_eq!(house.told_after(before).await, Vec::<String>::new());
}

#[tokio::test]
async fn the_same_key_opens_one_case_and_keeps_the_phones_time() {
    let house = settled().await;
    let before = house.last_entry().await;
    let open = r#"POST cases/repair {"unit":"{school}","verb":"report","answers":{"what":"门锁坏","place":"库房"},
        "device_at":1791000000000,"key":"phone-7"}"#;
    let first = house.done("head", open).await;
    let second = house.done("head", open).await;
    assert_eq!(first["id"], second["id"]);
    assert_eq!(house.told_after(before).await, ["repair report →reported"]);
    let shown = house.done("head", &format!("GET cases/repair/{}", first["id"].as_str().unwrap())).await;
    assert_eq!(shown["timeline"][0]["device_at"], 1_791_000_000_000_i64);
    // The key is the account's own.
    let other = house.done("teacher", open).await;
    assert_ne!(first["id"], other["id"]);
    let long = open.replace("phone-7", &"k".repeat(65));
    assert_eq!(house.line(&long, &house.pass("head").await).await.code(), "400.2");
}

#[tokio::test]
async fn the_same_key_acts_once() {
    let house = settled().await;
    let before = house.last_entry().await;
    let take = r#"POST cases/repair/{case}/acts/take {"revision":1,"answers":{"fix_by":"2026-10-12"},"key":"a"}"#;
    let [first, second] = [house.done("safety", take).await, house.done("safety", take).await];
    assert_eq!((&first["revision"], &second["revision"]), (&json!(2), &json!(2)));
    assert_eq!(house.told_after(before).await, ["repair take reported→fixing"]);
}

#[tokio::test]
async fn many_at_once_are_done_one_by_one_and_those_refused_are_named() {
    let house = settled().await;
    let open = r#"POST cases/repair {"unit":"{school}","verb":"report","answers":{"what":"窗坏","place":"东楼"}}"#;
    let second = house.done("head", open).await;
    let west = open.replace("{school}", "{west_school}");
    let foreign = house.done("west_head", &west).await;
    let before = house.last_entry().await;
    let id = |case: &Value| case["id"].as_str().unwrap().to_owned();
    let line = format!(
        r#"POST cases/repair/acts/take {{"ids":[{{"id":"{{case}}","revision":1}},{{"id":"{}","revision":9}},
            {{"id":"{}","revision":1}}],"answers":{{"fix_by":"2026-10-12"}}}}"#,
        id(&second),
        id(&foreign)
    );
    let shown = house.done("safety", &line).await;
    assert_eq!(shown["done"], json!([house.names["case"]]));
    assert_eq!(each(&shown["refused"], "number"), [second["number"].as_str().unwrap(), ""]);
    let codes: Vec<&str> =
        shown["refused"].as_array().unwrap().iter().map(|one| one["problems"][0]["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["409.1", "404.1"]);
    assert_eq!(house.told_after(before).await, ["repair take reported→fixing"]);
}

#[tokio::test]
async fn a_case_says_what_is_next_who_may_and_what_was_done_by_whom() {
    let house = settled().await;
    let shown = house.done("safety", "GET cases/repair/{case}").await;
    assert_eq!(shown["unit_name"], "东镇中心小学");
    assert_eq!(shown["unit_path"], "东镇教管中心");
    assert_eq!(each(&shown["acts"], "verb"), ["take"]);
    assert_eq!(
        shown["acts"][0]["ask"],
        json!([{ "field": "fix_by", "needed": true, "when": null }, { "field": "level", "needed": false, "when": null }])
    );
    assert_eq!(shown["acts"][0]["document"], "repair_notice");
    let next = json!([{ "verb": "take", "title": "受理", "who": "本单位的学校负责人、安全员" }]);
    assert_eq!(shown["next"], next);
    assert_eq!(house.done("observer", "GET cases/repair/{case}").await["next"], next);
    finished(&house, "2026-10-12").await;
    let shown = house.done("safety", "GET cases/repair/{case}").await;
    assert_eq!(each(&shown["acts"], "verb"), Vec::<&str>::new());
    assert_eq!(shown["next"][0]["who"], "本单位的学校负责人、安全员，或上级主管部门(办理「报完工」的人除外)");
    assert_eq!(each(&shown["next"], "verb"), ["accept"]);
    let told: Vec<(&str, &str, &str)> = shown["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            let text = |key: &str| line[key].as_str().unwrap();
            (text("title"), text("actor_name"), text("to_title"))
        })
        .collect();
    let expected = [("登记报修", "陈老师", "待受理"), ("受理", "李安全", "维修中"), ("报完工", "李安全", "待验收")];
    assert_eq!(told, expected);
    assert_eq!(shown["timeline"][1]["set"], json!({ "fix_by": "2026-10-12" }));
    let officer = house.done("officer", "GET cases/repair/{case}").await;
    assert_eq!(each(&officer["acts"], "verb"), ["accept", "return"]);
}

#[tokio::test]
async fn an_act_whose_check_no_answer_can_mend_is_not_offered() {
    let house = settled().await;
    let take = r#"POST cases/repair/{case}/acts/take {"revision":1,"answers":{"fix_by":"2026-10-12"}}"#;
    house.done("safety", take).await;
    let verbs = |shown: &Value| each(&shown["acts"], "verb").iter().map(|verb| (*verb).to_owned()).collect::<Vec<_>>();
    assert_eq!(verbs(&house.done("officer", "GET cases/repair/{case}").await), Vec::<String>::new());
    let urgent = r#"POST cases/repair {"unit":"{school}","verb":"report","answers":{"what":"漏电","place":"南楼"}}"#;
    let id = house.done("head", urgent).await["id"].as_str().unwrap().to_owned();
    let take = format!(
        r#"POST cases/repair/{id}/acts/take {{"revision":1,"answers":{{"fix_by":"2026-10-09","level":"紧急"}}}}"#
    );
    house.done("safety", &take).await;
    assert_eq!(verbs(&house.done("officer", &format!("GET cases/repair/{id}")).await), ["urge"]);
}

#[tokio::test]
async fn a_list_narrows_by_unit_words_own_acts_and_overdue() {
    let house = settled().await;
    for (unit, who, what) in [("school", "head", "Gas 管漏气"), ("west_school", "west_head", "灯坏")] {
        let answers = json!({ "what": what, "place": "食堂" });
        let open = format!(r#"POST cases/repair {{"unit":"{{{unit}}}","verb":"report","answers":{answers}}}"#);
        house.done(who, &open).await;
    }
    let [one, gas, west] = ["S1-2026-0001", "S1-2026-0002", "S2-2026-0001"];
    let sorted = "sort=number";
    let city = house.done("observer", &format!("GET cases/repair?{sorted}")).await;
    assert_eq!((numbers(&city), &city["total"]), (vec![one, gas, west], &json!(3)));
    assert_eq!(city["rows"][1]["summary"], "Gas 管漏气");
    let asks = [
        ("observer", "unit={east}", vec![one, gas]),
        ("observer", "unit={kindergarten}", vec![]),
        ("observer", "q=%E6%BC%8F", vec![one, gas]),
        ("observer", "q=gas", vec![gas]),
        ("observer", "q=s2-2026", vec![west]),
        ("observer", "mine=true", vec![]),
        ("teacher", "mine=true", vec![one]),
        ("head", "mine=true", vec![gas]),
        ("head", "overdue=true", vec![]),
    ];
    for (who, ask, wanted) in asks {
        let page = house.done(who, &format!("GET cases/repair?{sorted}&{ask}")).await;
        assert_eq!((numbers(&page), &page["total"]), (wanted.clone(), &json!(wanted.len())), "{who} {ask}");
    }
    finished(&house, "2026-10-08").await;
    let due = house.done("head", "GET cases/repair?due_on=..2026-10-08").await;
    assert_eq!((numbers(&due), &due["rows"][0]["overdue_days"]), (vec![one], &json!(0)));
    let outside = house.line("GET cases/repair?unit={west}", &house.pass("head").await).await;
    assert_eq!(outside.code(), "403.2");
}

#[tokio::test]
async fn pages_go_on_from_their_cursor() {
    let house = settled().await;
    for n in 0..4 {
        let open = format!(
            r#"POST cases/repair {{"unit":"{{school}}","verb":"report","answers":{{"what":"第{n}处","place":"西楼"}}}}"#
        );
        house.done("head", &open).await;
    }
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let page = house.done("head", &format!("GET cases/repair?sort=-number&limit=2{after}")).await;
        found.extend(numbers(&page).into_iter().map(str::to_owned));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    let wanted: Vec<String> = (1..=5).rev().map(|n| format!("S1-2026-000{n}")).collect();
    assert_eq!(found, wanted);
}

#[tokio::test]
async fn personal_answers_are_masked_outside_the_units_own_line() {
    let house = settled().await;
    let own = house.done("officer", "GET cases/repair/{case}").await;
    assert_eq!(own["case"]["answers"]["reporter"], "陈老师");
    let (kinds, case) = (yanpan_kernel::unit::JurisdictionKind::Trade, "GET cases/repair/{case}");
    house.oversee("west", "east", kinds).await;
    let shown = house.done("west_officer", case).await;
    assert_eq!(shown["case"]["answers"]["reporter"], "***");
    assert_eq!(shown["case"]["answers"]["what"], "消火栓漏水");
    assert_eq!(shown["timeline"][0]["set"]["reporter"], "***");
    let sheet = house.line("GET cases/repair/export?format=csv", &house.pass("west_officer").await).await;
    let sheet = String::from_utf8(sheet.bytes).unwrap();
    assert!(sheet.contains("***") && !sheet.contains("陈老师"), "{sheet}");
}

#[tokio::test]
async fn what_is_shown_is_exported() {
    let house = settled().await;
    let open = r#"POST cases/repair {"unit":"{school}","verb":"report","answers":{"what":"窗坏","place":"东楼"}}"#;
    house.done("head", open).await;
    let sheet = house.line("GET cases/repair/export?format=csv&q=%E7%AA%97", &house.pass("head").await).await;
    let name = sheet.headers["content-disposition"].to_str().unwrap();
    assert!(name.starts_with("attachment; filename*=UTF-8''") && name.ends_with("-2026-10-08.csv"), "{name}");
    let text = String::from_utf8(sheet.bytes).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[1].starts_with("S1-2026-0002,东镇中心小学,窗坏,东楼"), "{text}");
    let chosen = "GET cases/repair/export?format=csv&q=%E7%AA%97&columns=place,number,opened_on,stage";
    let sheet = String::from_utf8(house.line(chosen, &house.pass("head").await).await.bytes).unwrap();
    assert!(sheet.ends_with("\n东楼,S1-2026-0002,2026-10-08,未办结"), "{sheet:?}");
    let unknown = house.line("GET cases/repair/export?columns=number,colour", &house.pass("head").await).await;
    assert_eq!(unknown.code(), "422.11");
}

#[tokio::test]
async fn what_an_act_must_be_told_depends_on_a_rule_that_pages_evaluate() {
    let house = settled().await;
    let catalogue = house.done("head", "GET catalogue").await;
    let ask = &catalogue["cases"]["repair"]["transitions"][0]["ask"];
    let level = json!({ "member": { "of": { "name": "case" }, "name": "level" } });
    let rule = json!({ "compare": { "comparison": "==", "left": level, "right": { "literal": "紧急" } } });
    assert_eq!(ask[4], json!({ "field": "photo", "need": "when", "when": rule }));
    assert_eq!(ask[0], json!({ "field": "what", "need": "always", "when": null }));
}

#[tokio::test]
async fn the_trail_is_narrowed_by_person_verb_and_day() {
    let house = settled().await;
    let count = async |query: &str| {
        let shown = house.done("head", &format!("GET entries?unit={{school}}&kind=repair{query}")).await;
        shown["rows"].as_array().unwrap().len()
    };
    let whole = house.done("head", "GET entries?unit={school}&kind=repair").await;
    let actor = whole["rows"][0]["actor"].as_str().unwrap().to_owned();
    assert!(count("").await > 0);
    assert!(count(&format!("&actor={actor}")).await > 0);
    assert!(count("&verb=report").await > 0);
    assert_eq!(count("&verb=urge").await, 0);
    assert!(count("&first=2026-10-08&last=2026-10-08").await > 0);
    assert_eq!(count("&last=2026-10-07").await, 0);
    assert_eq!(count("&first=2026-10-09").await, 0);
    let act = json!({ "kind": "repair", "verb": "report", "title": "登记报修" });
    assert!(whole["acts"].as_array().unwrap().contains(&act));
    let faulty = house.line("GET entries?first=tomorrow", &house.pass("head").await).await;
    assert_eq!(faulty.code(), "400.2");
}

#[tokio::test]
async fn a_document_tells_of_the_act_that_made_it() {
    let house = settled().await;
    let html = "GET cases/repair/{case}/documents/repair_notice?format=html";
    let pass = house.pass("head").await;
    assert_eq!(house.line(html, &pass).await.code(), "404.1");
    assert_eq!(house.done("head", "GET cases/repair/{case}").await["documents"], json!([]));
    finished(&house, "2026-10-12").await;
    let shown = house.done("head", "GET cases/repair/{case}").await;
    assert_eq!(shown["documents"], json!([{ "key": "repair_notice", "title": "维修通知单" }]));
    let made = house.line(html, &pass).await.json();
    assert_eq!(made["variables"]["issuer"], "东镇中心小学");
    assert_eq!(made["variables"]["actor_name"], "李安全");
    assert_eq!(made["variables"]["case"]["fix_by_text"], "2026年10月12日");
    // Finished since, but the notice was made when it was taken.
    assert_eq!(made["variables"]["case"]["state"], "fixing");
    assert_eq!(house.line("GET cases/repair/{case}/documents/none", &pass).await.code(), "404.1");
}
