//! An installation just made, behind its router, with ports that no test here reaches.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot be set up must fail loudly")]

use async_trait::async_trait;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;
use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};
use tower::ServiceExt;
use yanpan_app::{
    App, Parts,
    installation::init,
    ports::{
        Analysis, Cell, Clock, Documents, Drafts, Entropy, Environment, Figures, Files, MadePaper, PaperOrder,
        Progress, Provenance, Question, Rows, SheetFrame, SheetHints, SheetReading, SheetRow, SheetTarget, Sheets,
        Vault, Verified,
    },
};
use yanpan_kernel::{
    calendar::Calendar,
    problem::{INTERNAL, Place, Problem},
};
use yanpan_store::{Durability, Opened};

struct Absent;

fn absent() -> Problem {
    Problem::new(&INTERNAL, &[("reference", &"absent")])
}

#[async_trait]
impl Analysis for Absent {
    async fn ask(&self, _: &Question) -> Result<Rows, Problem> {
        Err(absent())
    }
    async fn compact(&self) -> Result<(), Problem> {
        Err(absent())
    }
    async fn clear(&self) -> Result<(), Problem> {
        Err(absent())
    }
}

#[async_trait]
impl Files for Absent {
    async fn put(&self, _: &str, _: Vec<u8>) -> Result<(), Problem> {
        Err(absent())
    }
    async fn get(&self, _: &str) -> Result<Vec<u8>, Problem> {
        Err(absent())
    }
    async fn remove(&self, _: &str) -> Result<(), Problem> {
        Err(absent())
    }
}

impl Documents for Absent {
    fn make(&self, _: &PaperOrder, _: &dyn Figures) -> Result<MadePaper, Vec<Problem>> {
        Err(vec![absent()])
    }
    fn provenance(&self, _: &[u8]) -> Result<Provenance, Problem> {
        Err(absent())
    }
    fn verify(&self, _: &[u8], _: &dyn Figures) -> Result<Verified, Problem> {
        Err(absent())
    }
}

impl Sheets for Absent {
    fn read(
        &self,
        _: (&[u8], &str),
        _: (&SheetTarget, &SheetHints),
        _: &Progress,
        _: &mut dyn FnMut(SheetRow),
    ) -> Result<SheetReading, Problem> {
        Err(absent())
    }
    fn rejects(
        &self,
        _: (&[u8], &str),
        _: (&SheetTarget, &SheetHints),
        _: &[(Place, Vec<Problem>)],
    ) -> Result<Vec<u8>, Problem> {
        Err(absent())
    }
    fn write(
        &self,
        _: &str,
        _: &SheetTarget,
        _: &SheetFrame,
        _: &mut dyn Iterator<Item = Vec<Cell>>,
    ) -> Result<Vec<u8>, Problem> {
        Err(absent())
    }
    fn fill(
        &self,
        _: (&[u8], &str),
        _: &SheetTarget,
        _: &SheetFrame,
        _: &mut dyn Iterator<Item = Vec<Cell>>,
    ) -> Result<Vec<u8>, Problem> {
        Err(absent())
    }
    fn template(&self, _: &SheetTarget) -> Result<Vec<u8>, Problem> {
        Err(absent())
    }
}

#[async_trait]
impl Drafts for Absent {
    async fn put(&self, _: &str, _: Vec<u8>) -> Result<(), Problem> {
        Err(absent())
    }
    async fn get(&self, _: &str) -> Result<Option<Vec<u8>>, Problem> {
        Ok(None)
    }
    async fn parts(&self) -> Result<Vec<String>, Problem> {
        Ok(Vec::new())
    }
    async fn remove(&self, _: &str) -> Result<(), Problem> {
        Err(absent())
    }
}

impl Vault for Absent {
    fn seal(&self, _: &str, _: [u8; 24]) -> Vec<u8> {
        Vec::new()
    }
    fn open(&self, _: &[u8]) -> Option<String> {
        None
    }
    fn mark(&self, _: &str) -> [u8; 32] {
        [0; 32]
    }
}

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        "2026-10-08T04:00:00Z".parse().unwrap()
    }
}

struct Counting(AtomicU8);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.iter_mut().for_each(|byte| *byte = self.0.fetch_add(1, Ordering::Relaxed));
    }
}

/// The installation, its first administrator and its router.
pub struct House {
    pub router: Router,
    pub login: String,
    pub password: String,
    _folder: tempfile::TempDir,
}

pub async fn house() -> House {
    let folder = tempfile::tempdir().unwrap();
    let store = Opened::sqlite_with(&folder.path().join("yanpan.db"), Durability::Process).await.unwrap();
    let environment = Environment {
        clock: Arc::new(Noon),
        entropy: Arc::new(Counting(AtomicU8::new(0))),
        zone: TimeZone::fixed(jiff::tz::offset(8)),
    };
    let app = Arc::new(App::new(Parts {
        store: Arc::new(store),
        files: Arc::new(Absent),
        sheets: Arc::new(Absent),
        drafts: Arc::new(Absent),
        vault: Arc::new(Absent),
        documents: Arc::new(Absent),
        analysis: Arc::new(Absent),
        environment,
        packs: Arc::new(yanpan_packs::Shelf::new(Vec::new())),
        calendar: Arc::new(Calendar::default()),
    }));
    let made = init(&app, "330000", "测试市教育局").await.unwrap();
    House { router: yanpan_api::router(app), login: made.login, password: made.password, _folder: folder }
}

/// What a request carries of its session.
#[derive(Default, Clone)]
pub struct Pass {
    pub cookie: String,
    pub csrf: String,
}

impl House {
    /// Sends a request; returns status, the problem's code or "", the cookie set, and the body.
    pub async fn ask(&self, what: (&str, &str), pass: &Pass, body: Value) -> (StatusCode, String, Pass) {
        let request = Request::builder()
            .method(what.0)
            .uri(what.1)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::COOKIE, &pass.cookie)
            .header("x-csrf-token", &pass.csrf)
            .body(Body::from(body.to_string()))
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let cookie = answer.headers().get(header::SET_COOKIE).map(|cookie| cookie.to_str().unwrap().to_owned());
        let cookie = cookie.and_then(|cookie| Some(cookie.split(';').next()?.to_owned())).unwrap_or_default();
        let bytes = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
        (status, text("code"), Pass { cookie, csrf: text("csrf") })
    }
}
