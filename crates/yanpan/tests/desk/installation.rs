//! The audit trail in scope, and the installation for its administrators.

use crate::world::World;
use jiff::civil::date;
use serde_json::{Value as Json, json};

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_trail_is_read_in_scope_with_names_and_titles() {
    let world = World::new().await;
    world.closed_hazard(date(2025, 3, 10)).await;
    world.open_hazard(("sun", "B"), "消防安全管理", 10).await;
    let lin = world.sign_in("lin").await;
    let page = world.get(&lin, "/api/v1/entries?limit=2").await.json();
    let newest = &page["rows"][0];
    assert_eq!((&newest["title"], &newest["actor_name"]), (&json!("下达整改"), &json!("孙安全")));
    assert_eq!((&newest["unit_name"], &newest["kind"]), (&json!("小太阳幼儿园"), &json!("hazard")));
    assert_eq!(newest["hash"].as_str().unwrap().len(), 64);
    let next = world.get(&lin, &format!("/api/v1/entries?limit=2&after={}", page["next"])).await.json();
    assert_eq!(next["rows"][0]["title"], "登记隐患");
    let chen = world.sign_in("chen").await;
    let own = world.get(&chen, "/api/v1/entries?limit=100").await.json();
    let units = |page: &Json| -> Vec<Json> {
        page["rows"].as_array().unwrap().iter().map(|row| row["unit_name"].clone()).collect()
    };
    assert!(!units(&own).is_empty() && units(&own).iter().all(|unit| unit == "城关中心小学"), "{own}");
    let liu = world.caller("liu").await.account;
    let his = world.get(&chen, &format!("/api/v1/entries?kind=hazard&actor={liu}")).await.json();
    assert_eq!(his["rows"].as_array().unwrap().len(), 3);
    let county = world.unit("QS").await;
    assert_eq!(world.get(&chen, &format!("/api/v1/entries?unit={county}")).await.code(), "403.2");
    let zhao = world.sign_in("zhao").await;
    assert_eq!(world.get(&zhao, "/api/v1/entries").await.code(), "403.1");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_administrator_sees_the_installation_verifies_it_and_backs_it_up() {
    let world = World::new().await;
    let (root, lin) = (world.sign_in("root").await, world.sign_in("lin").await);
    for (method, path) in [
        ("GET", "system"),
        ("POST", "system/verify"),
        ("POST", "system/backup"),
        ("GET", "system/packs/any"),
        ("POST", "system/packs/any/check"),
    ] {
        let path = format!("/api/v1/{path}");
        let answer =
            if method == "GET" { world.get(&lin, &path).await } else { world.post(&lin, &path, json!({})).await };
        assert_eq!(answer.code(), "403.1", "{method} {path}");
    }
    let operator = world.caller("local-operator").await.account;
    assert!(yanpan_app::job::tick(&world.app, operator, "test", true).await.unwrap());
    let status = world.get(&root, "/api/v1/system").await.json();
    assert_eq!((&status["database"], &status["small_cells"]), (&json!("SQLite"), &json!(10)));
    assert!(status["seal"]["upto"].as_i64().unwrap() > 0);
    let jobs = status["jobs"].as_array().unwrap();
    assert!(jobs.len() == 8 && jobs.iter().all(|job| job["outcome"] == "完成"), "{status}");
    let verified = world.post(&root, "/api/v1/system/verify", json!({})).await.json();
    assert_eq!((&verified["faults"], &verified["entries"]), (&json!([]), &status["entries"]));
    let made = world.post(&root, "/api/v1/system/backup", json!({})).await;
    assert_eq!(made.status, 201, "{}", made.json());
    assert!(made.json()["bytes"].as_u64().unwrap() > 10_000);
    let status = world.get(&root, "/api/v1/system").await.json();
    assert_eq!(status["backups"][0]["name"], made.json()["name"]);
    packs(&world, &root, status["packs"][0]["key"].as_str().unwrap()).await;
}

async fn packs(world: &World, root: &crate::world::Pass, key: &str) {
    let path = format!("/api/v1/system/packs/{key}");
    let shown = world.get(root, &path).await.json();
    assert_eq!((&shown["changes"], &shown["running"]), (&json!([]), &shown["version"]));
    assert!(shown["files"].as_array().unwrap().iter().any(|file| file["path"] == "pack.toml"));
    assert_eq!(world.post(root, &format!("{path}/check"), json!({})).await.json(), json!({ "problems": [] }));
    // A site's own copy, with one word changed.
    let site = world.data().join("packs").join("own");
    let shipped = yanpan::wiring::shipped().into_iter().find(|(name, _)| name == key).unwrap().1;
    for (file, text) in &shipped {
        let target = site.join(file);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        let text = if file == "rounds.toml" { text.replacen("due", "dew", 1) } else { text.clone() };
        std::fs::write(target, text).unwrap();
    }
    let problems = world.post(root, &format!("{path}/check"), json!({})).await.json();
    assert!(problems["problems"][0].to_string().contains("rounds.toml"), "{problems}");
    let shown = world.get(root, &path).await.json();
    assert!(!shown["changes"].as_array().unwrap().is_empty());
    assert_eq!(world.get(root, "/api/v1/system/packs/none").await.code(), "404.1");
}
