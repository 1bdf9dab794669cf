//! Indicators say the point, add up, and lead to their rows.

use crate::world::{Pass, World};
use jiff::civil::date;
use serde_json::{Value as Json, json};
use std::fmt::Write;

/// March has one hazard that was closed, April two open ones, of which one is overdue on the 20th.
async fn spring() -> (World, Pass) {
    let world = World::new().await;
    world.closed_hazard(date(2025, 3, 10)).await;
    world.set_day(date(2025, 4, 1));
    world.open_hazard(("sun", "B"), "消防安全管理", 10).await;
    world.open_hazard(("chen", "A"), "消防安全管理", 40).await;
    world.set_day(date(2025, 4, 20));
    let lin = world.sign_in("lin").await;
    (world, lin)
}

async fn ask(world: &World, pass: &Pass, key: &str, query: &str) -> Json {
    let answer = world.get(pass, &format!("/api/v1/indicators/{key}?{query}")).await;
    assert_eq!(answer.status, 200, "{key} {query}: {}", answer.json());
    answer.json()
}

/// How many rows the list of a link has.
async fn rows(world: &World, pass: &Pass, link: &Json) -> Json {
    let mut path = format!("/api/v1/cases/{}?limit=1", link["kind"].as_str().unwrap());
    for (name, value) in link["query"].as_object().unwrap().iter().filter(|(name, _)| *name != "unit") {
        let value: String = value.as_str().unwrap().bytes().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "%{byte:02X}");
            text
        });
        let _ = write!(path, "&{name}={value}");
    }
    let answer = world.get(pass, &path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.json());
    answer.json()["total"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_indicator_is_compared_with_other_periods_and_says_so() {
    let (world, lin) = spring().await;
    let county = world.unit("QS").await;
    let found = ask(&world, &lin, "hazard_found", &format!("unit={county}&period=2025-04")).await;
    assert_eq!((&found["value"], &found["previous"]), (&json!({ "count": 2 }), &json!({ "count": 1 })));
    assert_eq!(found["year_ago"], json!({ "missing": true }), "nothing is known of 2024, and nothing is not zero");
    assert_eq!(found["sentence"], "排查隐患数2处(截至4月20日，本期未结束)");
    assert_eq!(found["period"]["ended"], false);
    let nursery = world.unit("B").await;
    let first = ask(&world, &lin, "hazard_found", &format!("unit={nursery}&period=2025-04")).await;
    assert_eq!(first["previous"], json!({ "count": 0 }), "it had none yet, and that is known");
    let march = ask(&world, &lin, "hazard_found", &format!("unit={county}&period=2025-03")).await;
    assert_eq!(march["sentence"], "排查隐患数1处");
    assert_eq!((&march["unit"], &march["unit_name"]), (&json!(county), &json!("青石县教育体育局")));
    world.set_day(date(2025, 5, 2));
    let april =
        ask(&world, &world.sign_in("lin").await, "hazard_found", &format!("unit={county}&period=2025-04")).await;
    assert_eq!(april["sentence"], "排查隐患数2处，比上月增加1处");
}

#[tokio::test(flavor = "multi_thread")]
async fn break_downs_add_up_and_small_groups_are_not_compared_by_rate() {
    let (world, lin) = spring().await;
    let county = world.unit("QS").await;
    let of = |by: &str| format!("unit={county}&period=2025-04&by={by}");
    let children = ask(&world, &lin, "hazard_found", &of("children")).await;
    let counts: Vec<(&str, i64)> = children["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["title"].as_str().unwrap(), row["value"]["count"].as_i64().unwrap()))
        .collect();
    assert_eq!(counts, [("城关教管中心", 2), ("河东教管中心", 0), ("青石县高级中学", 0)]);
    assert_eq!(children["basis"], Json::Null, "counts need no base");
    assert!(children["sentence"].as_str().unwrap().ends_with("；城关教管中心最多(2处)"), "{children}");
    let rate = ask(&world, &lin, "self_check_rate", &of("children")).await;
    assert_eq!(rate["basis"], "基数不足5所的不作比较");
    let categories = ask(&world, &lin, "hazard_found", &of("category")).await;
    assert_eq!(categories["rows"][0]["title"], "消防安全管理");
    assert_eq!(categories["rows"][0]["previous"], json!({ "count": 1 }));
    let states = ask(&world, &lin, "hazard_open", &of("state")).await;
    assert_eq!((&states["rows"][0]["key"], &states["rows"][0]["title"]), (&json!("rectifying"), &json!("整改中")));
    let periods = ask(&world, &lin, "hazard_found", &of("period")).await;
    let months: Vec<&str> =
        periods["rows"].as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap()).collect();
    assert_eq!((months.len(), months[11], months[0]), (12, "2025-04", "2024-05"));
    assert_eq!(periods["rows"][0]["value"], json!({ "missing": true }));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_with_a_link_has_as_many_rows_behind_it() {
    let (world, lin) = spring().await;
    let county = world.unit("QS").await;
    let mut linked = 0;
    for period in ["2025-03", "2025-04"] {
        let tiles = world.get(&lin, &format!("/api/v1/indicators?unit={county}&period={period}")).await.json();
        let tiles = tiles["tiles"].as_array().unwrap().clone();
        assert_eq!(tiles.len(), 8);
        for tile in tiles.iter().filter(|tile| !tile["link"].is_null()) {
            let size = tile["value"].get("count").or(tile["value"].get("denominator")).unwrap();
            assert_eq!(&rows(&world, &lin, &tile["link"]).await, size, "{tile}");
            linked += 1;
        }
        let overdue = tiles.iter().find(|tile| tile["key"] == "hazard_overdue").unwrap();
        assert_eq!(
            overdue["link"].is_null(),
            period == "2025-03",
            "the past cannot be shown by cases as they are today"
        );
        if period == "2025-04" {
            assert_eq!(overdue["value"], json!({ "count": 1 }), "what falls due later this month is not overdue");
        }
    }
    assert!(linked >= 8, "{linked}");
    let by = ask(&world, &lin, "hazard_found", &format!("unit={county}&period=2025-04&by=category")).await;
    assert_eq!(rows(&world, &lin, &by["rows"][0]["link"]).await, 2);
    let by = ask(&world, &lin, "hazard_found", &format!("unit={county}&period=2025-04&by=cause")).await;
    assert_eq!(by["rows"][0]["link"], Json::Null, "the list cannot filter by it");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_in_scope_or_does_not_exist_is_refused_and_new_facts_are_seen_at_once() {
    let (world, lin) = spring().await;
    let (county, school) = (world.unit("QS").await, world.unit("A").await);
    let chen = world.sign_in("chen").await;
    let code = async |pass: &Pass, path: &str| world.get(pass, &format!("/api/v1/{path}")).await.code();
    assert_eq!(code(&chen, &format!("indicators/hazard_found?unit={county}")).await, "403.2");
    assert_eq!(code(&chen, &format!("indicators?unit={county}")).await, "403.2");
    assert_eq!(code(&lin, &format!("indicators/hazard_found?unit={county}&by=weather")).await, "422.15");
    assert_eq!(code(&lin, "indicators/nothing").await, "404.1");
    assert_eq!(code(&lin, "indicators?period=spring").await, "422.101");
    assert_eq!(code(&lin, "periods?kind=fortnight").await, "400.2");
    let own = ask(&world, &chen, "hazard_found", "period=2025-04").await;
    assert_eq!((&own["unit"], &own["value"]), (&json!(school), &json!({ "count": 1 })));
    world.open_hazard(("chen", "A"), "消防安全管理", 40).await;
    let own = ask(&world, &chen, "hazard_found", "period=2025-04").await;
    assert_eq!(own["value"], json!({ "count": 2 }));
    let periods = world.get(&lin, "/api/v1/periods?kind=month_to_25&before=2025-04-26").await.json();
    assert_eq!((&periods["periods"][0]["key"], &periods["periods"][0]["ended"]), (&json!("2025-05@25"), &json!(false)));
    assert_eq!(periods["periods"][1]["last"], "2025-04-25");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_school_has_the_colour_of_the_first_row_that_holds_and_a_group_counts_its_schools_by_colour() {
    let (world, lin) = spring().await;
    let ask = async |unit: String| world.get(&lin, &format!("/api/v1/colours?unit={unit}&period=2025-04")).await.json();
    let county = ask(world.unit("QS").await.to_string()).await;
    let town = county["rows"][0].clone();
    assert_eq!((&town["title"], &town["mark"]), (&json!("城关教管中心"), &Json::Null), "a town has no colour");
    assert_eq!(town["tally"]["黄"], 1, "{county}");
    let counted: u64 = county["tally"].as_object().unwrap().values().filter_map(Json::as_u64).sum();
    let schools: u64 = county["rows"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|row| row["tally"].as_object().unwrap().values().filter_map(Json::as_u64))
        .sum();
    assert_eq!(counted, schools);
    let below = ask(town["unit"].as_str().unwrap().to_owned()).await;
    let mark = |title: &str| {
        let found = below["rows"].as_array().unwrap().iter().find(|row| row["title"] == title);
        found.unwrap_or_else(|| panic!("{title}: {below}"))["mark"].clone()
    };
    let overdue = mark("小太阳幼儿园");
    assert_eq!((&overdue["colour"], &overdue["reason"]), (&json!("黄"), &json!("有超期未整改的隐患")));
    assert_eq!(overdue["figure"]["value"], json!({ "count": 1 }));
    assert_eq!(rows(&world, &lin, &overdue["figure"]["link"]).await, 1);
    assert_eq!(mark("城关中心小学")["colour"], "蓝");
    let alone = ask(world.unit("B").await.to_string()).await;
    assert_eq!(alone["rows"][0]["mark"], overdue, "a school asked for by itself has the same");
    let chen = world.sign_in("chen").await;
    let refused = world.get(&chen, &format!("/api/v1/colours?unit={}", world.unit("QS").await)).await;
    assert_eq!(refused.code(), "403.2");
}
