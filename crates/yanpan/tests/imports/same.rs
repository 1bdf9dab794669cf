//! Use case and HTTP read every workbook of the corpus alike.

use crate::house::House;
use serde_json::Value;
use std::sync::Arc;
use yanpan_app::{
    import::{Sort, Upload, plan},
    ports::Progress,
};

/// Rows of each sort, and the problems with their places.
type Told = (Vec<usize>, Vec<(u32, String)>);

async fn by_use_case(house: &House, name: &str, bytes: &[u8]) -> Told {
    let upload = Upload { kind: "hazard".into(), name: name.into(), bytes: bytes.into(), ..Upload::default() };
    match plan(&house.app, &house.caller, &upload, &Arc::new(Progress::default())).await {
        Ok(plan) => {
            let counts = Sort::ALL.iter().map(|(sort, _)| plan.count(*sort)).collect();
            let told =
                |problem: &yanpan_kernel::problem::Problem| (problem.place.row.unwrap_or(0), problem.message.clone());
            (counts, plan.all_problems().iter().map(told).collect())
        }
        Err(problem) => (vec![0; 5], vec![(0, problem.message)]),
    }
}

async fn by_http(house: &mut House, name: &str, bytes: &[u8]) -> Told {
    let draft = house.draft("hazard", name, bytes).await;
    let counts = Sort::ALL.iter().map(|(_, key)| draft["counts"][*key].as_u64().unwrap() as usize).collect();
    let row = |value: &Value| value["row"].as_u64().unwrap_or(0) as u32;
    let text = |value: &Value| value["message"].as_str().unwrap().to_owned();
    let mut told: Vec<(u32, String)> =
        draft["problems"].as_array().unwrap().iter().map(|problem| (row(problem), text(problem))).collect();
    let id = draft["id"].as_str().unwrap();
    let mut after = Some(0);
    while let (Some(from), true) = (after, !draft["mapping"].as_array().unwrap().is_empty()) {
        let path = format!("/api/v1/imports/drafts/{id}/rows?sort=refused&after={from}&limit=3");
        let page = house.ask("GET", &path, &Value::Null).await.1;
        for refused in page["rows"].as_array().unwrap() {
            let wrong = refused["problems"].as_array().unwrap().iter().filter(|problem| problem["doubt"] == false);
            told.extend(wrong.map(|problem| (row(refused), text(problem))));
        }
        after = page["next"].as_u64();
    }
    (counts, told)
}

#[tokio::test]
async fn the_corpus_is_read_alike_by_use_case_and_by_http() {
    let mut house = House::new().await;
    let (mut good, mut refused) = (0, 0);
    for case in crate::book::all().unwrap() {
        let name = format!("{}.{}", case.name, case.extension);
        let one = by_use_case(&house, &name, &case.bytes).await;
        let other = by_http(&mut house, &name, &case.bytes).await;
        assert_eq!(one, other, "{name}: {} good, bad {:?}, pictures {:?}", case.good, case.bad, case.pictures);
        good += one.0[0];
        refused += one.0[4];
    }
    assert!(good > 150 && refused > 20, "{good} {refused}");
}
