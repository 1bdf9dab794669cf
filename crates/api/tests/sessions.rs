//! Sessions over HTTP: who may ask at all.

use crate::house::{Pass, house, settled};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::sync::oneshot;
use yanpan_app::ports::act;

#[tokio::test]
async fn the_first_password_opens_nothing_until_it_is_changed_and_a_change_needs_the_csrf_token() {
    let house = house().await;
    let entry = json!({ "login": house.login, "password": house.password });
    let (status, _, pass) = house.ask(("POST", "/api/v1/session"), &Pass::default(), entry).await;
    assert_eq!(status, 200);
    assert_eq!(house.ask(("GET", "/api/v1/units"), &pass, Value::Null).await.1, "403.3");
    let change = json!({ "old": house.password, "new": "Wandering-Crane-58" });
    let bare = Pass { csrf: String::new(), ..pass.clone() };
    assert_eq!(house.ask(("PUT", "/api/v1/session/password"), &bare, change.clone()).await.1, "403.4");
    let (status, code, fresh) = house.ask(("PUT", "/api/v1/session/password"), &pass, change).await;
    assert_eq!((status.as_u16(), code.as_str()), (200, ""));
    assert_eq!(house.ask(("GET", "/api/v1/units"), &fresh, Value::Null).await.0, 200);
    assert_eq!(house.ask(("GET", "/api/v1/units"), &pass, Value::Null).await.1, "401.1");
}

#[tokio::test]
async fn five_wrong_passwords_lock_the_account_and_the_local_operator_never_signs_in() {
    let house = house().await;
    let mut codes = Vec::new();
    for _ in 0..5 {
        let entry = json!({ "login": house.login, "password": "wrong" });
        codes.push(house.ask(("POST", "/api/v1/session"), &Pass::default(), entry).await.1);
    }
    assert_eq!(codes, ["401.2", "401.2", "401.2", "401.2", "401.3"]);
    let entry = json!({ "login": "local-operator", "password": "" });
    assert_eq!(house.ask(("POST", "/api/v1/session"), &Pass::default(), entry).await.1, "401.2");
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_a_problem_with_a_code() {
    let house = house().await;
    let refused = house.ask(("POST", "/api/v1/session"), &Pass::default(), json!({ "login": 1 })).await;
    assert_eq!((refused.0.as_u16(), refused.1.as_str()), (400, "400.2"));
}

/// More people than there are readers come back after a while, so that each notes it, while the writer is busy.
#[tokio::test]
async fn a_busy_writer_holds_up_nobody_who_only_reads() {
    const PEOPLE: usize = 20;
    let house = Arc::new(settled().await);
    let phone = json!({ "login": "teacher", "password": "Gate-Lantern-47", "device": "phone" });
    let (status, code, pass) = house.ask(("POST", "/api/v1/session"), &Pass::default(), phone).await;
    assert_eq!((status.as_u16(), code.as_str()), (200, ""));
    house.set_day("2026-10-09");
    let (free, freed) = oneshot::channel::<()>();
    let (app, writer) = (house.app.clone(), house.app.clone());
    let busy = act(move |_| Box::pin(async move { freed.await.map_err(|_| unreachable!()) }));
    let busy = tokio::spawn(async move { writer.store.write(busy).await });
    let people: Vec<_> = (0..PEOPLE)
        .map(|_| {
            let (house, pass) = (house.clone(), pass.clone());
            tokio::spawn(async move { house.ask(("GET", "/api/v1/units"), &pass, Value::Null).await.0 })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let read = tokio::time::timeout(Duration::from_secs(2), app.store.read()).await;
    free.send(()).unwrap();
    busy.await.unwrap().unwrap();
    for one in people {
        assert_eq!(one.await.unwrap(), 200);
    }
    assert!(read.is_ok_and(|read| read.is_ok()), "no reader was free");
}
