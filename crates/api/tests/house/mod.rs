//! An installation behind its router: just made, or settled with two towns, their schools, a pack and people of each role.

mod ports;
mod settled;

pub use settled::settled;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use jiff::tz::TimeZone;
use ports::{Absent, Counting, Memory, Noon, Own, Plain};
use serde_json::Value;
use std::{collections::BTreeMap, path::Path, sync::Arc};
use tower::ServiceExt;
use yanpan_app::{App, Parts, installation::init, ports::Environment};
use yanpan_kernel::calendar::Calendar;
use yanpan_packs::{Shelf, read};
use yanpan_store::{Durability, Opened};

/// Boundary of the parts of an upload.
const BOUNDARY: &str = "----of-the-house";

/// The installation, its first administrator and its router.
pub struct House {
    pub app: Arc<App>,
    pub router: Router,
    pub login: String,
    pub password: String,
    /// Ids by name, for `{name}` in requests.
    pub names: BTreeMap<String, String>,
    clock: Arc<Noon>,
    _folder: tempfile::TempDir,
}

/// An installation just made.
pub async fn house() -> House {
    let folder = tempfile::tempdir().unwrap();
    let store = Opened::sqlite_with(&folder.path().join("yanpan.db"), Durability::Process).await.unwrap();
    let files = read::directory(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/house/pack")).unwrap();
    let (pack, problems) = read::folder(&files);
    assert!(problems.is_empty(), "{problems:?}");
    let clock = Arc::new(Noon::default());
    let app = Arc::new(App::new(Parts {
        store: Arc::new(store),
        files: Arc::new(Memory::default()),
        sheets: Arc::new(Plain),
        drafts: Arc::new(Memory::default()),
        vault: Arc::new(Absent),
        documents: Arc::new(Plain),
        analysis: Arc::new(Absent),
        site: Arc::new(Own(files)),
        environment: Environment {
            clock: clock.clone(),
            entropy: Arc::new(Counting::default()),
            zone: TimeZone::fixed(jiff::tz::offset(8)),
        },
        packs: Arc::new(Shelf::new(vec![pack])),
        calendar: Arc::new(Calendar::default()),
    }));
    let made = init(&app, "330000", "测试市教育局").await.unwrap();
    let router = yanpan_api::router(app.clone());
    let names = BTreeMap::new();
    House { app, router, login: made.login, password: made.password, names, clock, _folder: folder }
}

/// What a request carries of its session.
#[derive(Default, Clone)]
pub struct Pass {
    pub cookie: String,
    pub csrf: String,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body, null when it is no JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    /// The code of the problem, or "".
    pub fn code(&self) -> String {
        let problem = self.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json");
        if problem { self.json()["code"].as_str().unwrap_or_default().to_owned() } else { String::new() }
    }
}

impl House {
    /// Moves the clock to noon of a day.
    pub fn set_day(&self, day: &str) {
        self.clock.set(day);
    }

    /// Sends a request; returns status, the problem's code or "", and the pass that was given.
    pub async fn ask(&self, what: (&str, &str), pass: &Pass, body: Value) -> (StatusCode, String, Pass) {
        let answer = self.send(what, pass, ("application/json", body.to_string().into_bytes())).await;
        let cookie = answer.headers.get(header::SET_COOKIE).map(|cookie| cookie.to_str().unwrap().to_owned());
        let cookie = cookie.and_then(|cookie| Some(cookie.split(';').next()?.to_owned())).unwrap_or_default();
        let csrf = answer.json()["csrf"].as_str().unwrap_or_default().to_owned();
        (answer.status, answer.code(), Pass { cookie, csrf })
    }

    /// Sends bytes of a media type.
    pub async fn send(&self, what: (&str, &str), pass: &Pass, (media, body): (&str, Vec<u8>)) -> Answer {
        let request = Request::builder()
            .method(what.0)
            .uri(what.1)
            .header(header::CONTENT_TYPE, media)
            .header(header::COOKIE, &pass.cookie)
            .header("x-csrf-token", &pass.csrf)
            .body(Body::from(body))
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = to_bytes(answer.into_body(), 1 << 22).await.unwrap().to_vec();
        Answer { status, headers, bytes }
    }

    /// Sends one line, `POST cases/repair {"unit":"{school}"}`: `{name}` stands for an id of the house, `@picture` and
    /// `@script` for an upload.
    pub async fn line(&self, line: &str, pass: &Pass) -> Answer {
        let mut line = line.trim().to_owned();
        for (name, id) in &self.names {
            line = line.replace(&format!("{{{name}}}"), id);
        }
        let (method, rest) = line.split_once(' ').unwrap();
        let (path, body) = rest.split_once(' ').unwrap_or((rest, ""));
        let content = match body.strip_prefix('@') {
            Some(file) => (format!("multipart/form-data; boundary={BOUNDARY}"), upload(file)),
            None => ("application/json".to_owned(), body.as_bytes().to_vec()),
        };
        self.send((method, &format!("/api/v1/{path}")), pass, (&content.0, content.1)).await
    }
}

/// One part named `file`; a workbook of units says before it what it holds.
fn upload(what: &str) -> Vec<u8> {
    let bytes = match what {
        "picture" => {
            let mut png = std::io::Cursor::new(Vec::new());
            image::DynamicImage::new_rgb8(2, 2).write_to(&mut png, image::ImageFormat::Png).unwrap();
            png.into_inner()
        }
        "script" => b"#!/bin/sh\n".to_vec(),
        "document" | "units" => b"PK".to_vec(),
        other => panic!("no upload called {other}"),
    };
    let kind = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"ledger\"\r\n\r\nunits\r\n");
    let before = if what == "units" { kind } else { String::new() };
    let head = format!(
        "{before}--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"照片.png\"\r\n\
         Content-Type: image/png\r\n\r\n"
    );
    [head.into_bytes(), bytes, format!("\r\n--{BOUNDARY}--\r\n").into_bytes()].concat()
}
