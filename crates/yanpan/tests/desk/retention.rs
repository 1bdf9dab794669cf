//! Years later: personal values are gone, what was told of them is not, and figures stand as they stood.

use crate::world::World;
use jiff::civil::{Date, date};
use serde_json::json;
use std::collections::BTreeMap;
use yanpan_app::{
    installation::{rebuild_facts, verify},
    job::tick,
    ports::{Question, Rows},
    report,
    retention::due,
};
use yanpan_kernel::{case::Case, form::Answers, id::Id, period::Period, unit::Scope};

async fn daily(world: &World, day: Date) {
    world.set_day(day);
    let operator = world.caller("local-operator").await.account;
    assert!(tick(&world.app, operator, "test", true).await.unwrap());
}

async fn answers(world: &World, id: Id<Case>) -> Answers {
    let reading = world.app.store.read().await.unwrap();
    reading.case(id, &Scope::Everything).await.unwrap().unwrap().case.answers
}

/// Every fact of every hazard entry.
async fn facts(world: &World) -> Rows {
    let operator = world.caller("local-operator").await;
    let as_of = world.app.store.read().await.unwrap().last_entry().await.unwrap();
    let question = Question {
        key: "all".to_owned(),
        sql: "SELECT * FROM hazard_entries ORDER BY entry".to_owned(),
        dates: BTreeMap::new(),
        as_of,
        scope: Scope::Everything,
        tree: operator.tree,
    };
    world.app.analysis.ask(&question).await.unwrap()
}

/// Whether the words are anywhere in the payloads that are kept.
async fn told(world: &World, words: &str) -> bool {
    let all = world.app.store.read().await.unwrap().entries_after(0, 10_000).await.unwrap();
    all.iter().any(|told| told.body().is_some_and(|body| body.contains(words)))
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_values_are_erased_when_due_and_everything_else_still_stands() {
    let world = World::new().await;
    let id = world.closed_hazard(date(2025, 3, 10)).await;
    let open = world.open_hazard(("sun", "B"), "消防安全管理", 10).await;
    let lin = world.caller("lin").await;
    let period = Period::parse("2025-03@25", &world.app.calendar).unwrap();
    let county = (world.unit("QS").await, period);
    let built = report::build(&world.app, &lin, "monthly", county, vec!["docx".to_owned()]).await.unwrap();
    let docx = built.made.files[0].1.clone();
    daily(&world, date(2025, 3, 20)).await;
    let before = facts(&world).await;
    assert!(before.rows.len() >= 8);

    // The case ended on 12 March: the phone number is kept 365 days.
    daily(&world, date(2026, 3, 11)).await;
    assert_eq!(due(&world.app).await.unwrap(), []);
    assert!(answers(&world, id).await.contains_key("responsible_phone"));
    world.set_day(date(2026, 3, 12));
    let named = due(&world.app).await.unwrap();
    assert_eq!((named.len(), named[0].days, named[0].cases), (1, 365, 1), "{named:?}");
    assert!(named[0].fields.contains("责任人电话"));
    daily(&world, date(2026, 3, 12)).await;
    let kept = answers(&world, id).await;
    assert_eq!((kept.get("responsible_phone"), kept.get("responsible")), (None, Some(&json!("李师傅"))));
    assert!(!told(&world, "13800000000").await && told(&world, "李师傅").await);
    assert_eq!(due(&world.app).await.unwrap(), []);
    stands(&world, &docx, "责任人电话365天").await;

    // And the names 1095 days; those of a case that is still open stay.
    daily(&world, date(2028, 3, 11)).await;
    assert!(!answers(&world, id).await.contains_key("responsible"));
    for name in ["李师傅", "王师傅", "周师傅"] {
        assert!(!told(&world, &format!("\"{name}\"")).await, "{name}");
    }
    assert_eq!(answers(&world, open).await.get("responsible"), Some(&json!("张师傅")));
    stands(&world, &docx, "1095天").await;
    assert_eq!(facts(&world).await, before, "no figure hangs on a person");
}

/// Chains, facts made again and the report of the time all stand.
async fn stands(world: &World, docx: &[u8], rule: &str) {
    let found = verify(&world.app).await.unwrap();
    assert_eq!(found.faults, []);
    assert!(found.erased.iter().any(|erased| erased.contains(rule)), "{:?}", found.erased);
    let before = facts(world).await;
    rebuild_facts(&world.app).await.unwrap();
    assert_eq!(facts(world).await, before, "facts made again from what is left");
    let lin = world.caller("lin").await;
    let verified = report::verify(&world.app, &lin, docx.to_vec(), true).await.unwrap();
    assert!(verified.stands(), "{:?}", verified.found);
}
