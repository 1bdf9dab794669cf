//! An installation with four schools, asked by use case and by HTTP.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt;
use yanpan::wiring::{Opening, environment, open};
use yanpan_app::{
    App, Caller,
    import::{Choice, Committed, Plan, Upload, commit, plan},
    installation::{LOCAL_OPERATOR, init},
    person::standing_in,
    ports::Progress,
};
use yanpan_kernel::problem::Problem;

const UNITS: &str = "code,name,kind,parent,valid_from,aliases
QS,青石县教育局,county,ROOT,2024-09-01,
QS-A,城关第一小学,primary,QS,2024-09-01,一小
QS-B,城关第二小学,primary,QS,2024-09-01,
QS-C,金色童年幼儿园,kindergarten,QS,2024-09-01,金童
QS-D,实验初级中学,junior,QS,2024-09-01,实中
QS-A-32,三年级(2)班,class,QS-A,2024-09-01,
QS-A-33,三年级(3)班,class,QS-A,2024-09-01,
QS-B-32,三年级(2)班,class,QS-B,2024-09-01,
";

/// An installation just made.
pub struct House {
    pub app: Arc<App>,
    pub caller: Caller,
    router: Router,
    cookie: String,
    csrf: String,
    pub folder: tempfile::TempDir,
}

impl House {
    pub async fn new() -> Self {
        Self::with(&[]).await
    }

    /// With a pack of the site's own, by the names of its files.
    pub async fn with(pack: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in pack {
            let place = folder.path().join("packs/site");
            std::fs::create_dir_all(&place).unwrap();
            std::fs::write(place.join(file), text).unwrap();
        }
        let opening = Opening { create: true, exclusive: true, relaxed: true, ..Opening::default() };
        let app = open(folder.path(), &opening, environment()).await.unwrap_or_else(|p| panic!("{p:?}")).app;
        let made = init(&app, "ROOT", "云石市教育局").await.unwrap();
        let router = yanpan_api::router(app.clone());
        let caller = caller(&app, LOCAL_OPERATOR).await;
        let mut house = Self { app, caller, router, cookie: String::new(), csrf: String::new(), folder };
        house.import("units", "units.csv", UNITS.as_bytes()).await.1.unwrap();
        house.caller = self::caller(&house.app, LOCAL_OPERATOR).await;
        house.sign_in(&made.login, &made.password).await;
        house
    }

    async fn sign_in(&mut self, login: &str, password: &str) {
        let entry = json!({ "login": login, "password": password });
        let (_, body) = self.ask("POST", "/api/v1/session", &entry).await;
        self.csrf = body["csrf"].as_str().unwrap().to_owned();
        let change = json!({ "old": password, "new": "Wandering-Crane-58" });
        let (status, body) = self.ask("PUT", "/api/v1/session/password", &change).await;
        assert_eq!(status, 200, "{body}");
        self.csrf = body["csrf"].as_str().unwrap().to_owned();
    }

    /// Plans and commits a file by use case.
    pub async fn import(&self, kind: &str, name: &str, bytes: &[u8]) -> (Arc<Plan>, Result<Committed, Vec<Problem>>) {
        let upload = Upload { kind: kind.into(), name: name.into(), bytes: bytes.into(), ..Upload::default() };
        let made = plan(&self.app, &self.caller, &upload, &Arc::new(Progress::default())).await;
        let made = Arc::new(made.unwrap_or_else(|problem| panic!("{name}: {problem}")));
        let done =
            commit(&self.app, &self.caller, (&upload, &made), Choice { good_rows_only: true, suspects: false }).await;
        (made, done)
    }

    /// Sends JSON; returns status and body.
    pub async fn ask(&mut self, method: &str, path: &str, body: &Value) -> (StatusCode, Value) {
        let (status, bytes) = self.send(method, path, ("application/json", body.to_string().into_bytes())).await;
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }

    /// Sends bytes; returns status and bytes.
    pub async fn send(&mut self, method: &str, path: &str, (media, body): (&str, Vec<u8>)) -> (StatusCode, Vec<u8>) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, media)
            .header(header::COOKIE, &self.cookie)
            .header("x-csrf-token", &self.csrf)
            .body(Body::from(body))
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        if let Some(cookie) = answer.headers().get(header::SET_COOKIE) {
            self.cookie = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        }
        (status, to_bytes(answer.into_body(), 1 << 26).await.unwrap().to_vec())
    }

    /// Uploads a file and waits until it is read.
    pub async fn draft(&mut self, kind: &str, name: &str, bytes: &[u8]) -> Value {
        let mut draft = self.upload(kind, name, bytes).await;
        while !draft["progress"].is_null() {
            let path = format!("/api/v1/imports/drafts/{}", draft["id"].as_str().unwrap());
            draft = self.ask("GET", &path, &Value::Null).await.1;
        }
        draft
    }

    /// Uploads a file.
    pub async fn upload(&mut self, kind: &str, name: &str, bytes: &[u8]) -> Value {
        let head = format!(
            "--x\r\ncontent-disposition: form-data; name=\"ledger\"\r\n\r\n{kind}\r\n--x\r\n\
             content-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--x--\r\n"].concat();
        let (status, bytes) = self.send("POST", "/api/v1/imports", ("multipart/form-data; boundary=x", body)).await;
        assert_eq!(status, 201, "{}", String::from_utf8_lossy(&bytes));
        serde_json::from_slice(&bytes).unwrap()
    }
}

/// The caller of a sign-in name.
pub async fn caller(app: &Arc<App>, login: &str) -> Caller {
    let account = app.store.read().await.unwrap().account_by_login(login).await.unwrap().unwrap();
    standing_in(app, account.id).await.unwrap()
}
