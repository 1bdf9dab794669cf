//! Sessions over HTTP: who may ask at all.

mod house;

use house::{Pass, house};
use serde_json::{Value, json};

#[tokio::test]
async fn nobody_gets_401_from_every_operation_but_signing_in() {
    let house = house().await;
    let listed = serde_json::to_value(yanpan_api::openapi()).unwrap();
    let mut asked = 0;
    for (path, methods) in listed["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            if (method.as_str(), path.as_str()) == ("post", "/api/v1/session") {
                continue;
            }
            let path = path.replace(['{', '}'], "");
            let (status, code, _) = house.ask((&method.to_uppercase(), &path), &Pass::default(), json!({})).await;
            assert_eq!((status.as_u16(), code.as_str()), (401, "401.1"), "{method} {path}");
            asked += 1;
        }
    }
    assert_eq!(asked, 22);
}

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
