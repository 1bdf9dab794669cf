//! One county, two town centres, four schools, their people and some hazards, under a set clock.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use jiff::{
    Timestamp,
    civil::{Date, date},
    tz::TimeZone,
};
use serde_json::{Value as Json, json};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};
use tower::ServiceExt;
use yanpan::wiring::{Installation, Opening, open};
use yanpan_app::{
    App, Caller,
    case::{Act, Target, act},
    installation::{LOCAL_OPERATOR, init},
    person::{NewPerson, put_people, standing_in},
    ports::{Clock, Entropy, Environment},
    unit::{NewVersion, put_units},
};
use yanpan_kernel::{case::Case, id::Id, person::Role, problem::Place, unit::Unit};

/// Everybody's password.
const PASSWORD: &str = "Wandering-Crane-58";

const UNITS: &[(&str, &str, &str, &str)] = &[
    ("QS", "青石县教育体育局", "county", "ROOT"),
    ("T1", "城关教管中心", "town", "QS"),
    ("T2", "河东教管中心", "town", "QS"),
    ("A", "城关中心小学", "primary", "T1"),
    ("B", "小太阳幼儿园", "kindergarten", "T1"),
    ("C", "河东小学", "primary", "T2"),
    ("D", "青石县高级中学", "senior", "QS"),
];

const PEOPLE: &[(&str, &str, Role, &str)] = &[
    ("root", "平台管理员", Role::Admin, "ROOT"),
    ("lin", "林国栋", Role::Authority, "QS"),
    ("chen", "陈丽", Role::Head, "A"),
    ("liu", "刘强", Role::SafetyOfficer, "A"),
    ("zhao", "赵敏", Role::Teacher, "A"),
    ("he", "何园长", Role::Head, "B"),
    ("sun", "孙安全", Role::SafetyOfficer, "B"),
    ("gao", "高校长", Role::Head, "C"),
];

/// A clock that stands where it is set, and moves a millisecond with each look.
pub struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.fetch_add(1, Ordering::Relaxed)).unwrap()
    }
}

struct Counting(AtomicU64);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let number = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed).to_be_bytes();
            chunk.copy_from_slice(&number[..chunk.len()]);
        }
    }
}

/// An answer over HTTP.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Json {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// Who is signed in.
#[derive(Default, Clone)]
pub struct Pass {
    cookie: String,
    csrf: String,
}

pub struct World {
    pub app: Arc<App>,
    installation: Installation,
    clock: Arc<Hand>,
    _folder: tempfile::TempDir,
}

impl World {
    /// The county on 10 March 2025, without any hazard.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(Hand(AtomicI64::new(0)));
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let entropy = Arc::new(Counting(AtomicU64::new(1)));
        let environment = Environment { clock: clock.clone(), entropy, zone };
        let opening = Opening { create: true, exclusive: true, relaxed: true, ..Opening::default() };
        clock.0.store(millis(date(2025, 3, 10)), Ordering::Relaxed);
        let installation = open(&folder.path().join("data"), &opening, environment).await.unwrap();
        let app = installation.app.clone();
        init(&app, "ROOT", "云石市教育局").await.unwrap();
        let world = Self { app, installation, clock, _folder: folder };
        let operator = world.caller(LOCAL_OPERATOR).await;
        let version = |(code, name, kind, parent): &(&str, &str, &str, &str)| NewVersion {
            place: Place::default(),
            code: (*code).to_owned(),
            name: (*name).to_owned(),
            kind: (*kind).to_owned(),
            parent: Some((*parent).to_owned()),
            valid_from: date(2023, 9, 1),
            valid_to: None,
            attributes: BTreeMap::new(),
            aliases: Vec::new(),
        };
        put_units(&world.app, &operator, UNITS.iter().map(version).collect()).await.unwrap();
        let operator = world.caller(LOCAL_OPERATOR).await;
        let unit = |code: &str| operator.tree.by_code(code).unwrap().unit;
        let person = |(login, name, role, code): &(&str, &str, Role, &str)| NewPerson {
            name: (*name).to_owned(),
            post: String::new(),
            login: (*login).to_owned(),
            password: PASSWORD.to_owned(),
            must_change: false,
            grants: vec![(*role, unit(code))],
        };
        put_people(&world.app, &operator, PEOPLE.iter().map(person).collect()).await.unwrap();
        world
    }

    pub fn data(&self) -> &std::path::Path {
        &self.installation.data
    }

    pub fn set_day(&self, day: Date) {
        self.clock.0.store(millis(day), Ordering::Relaxed);
    }

    pub async fn caller(&self, login: &str) -> Caller {
        let account = self.app.store.read().await.unwrap().account_by_login(login).await.unwrap().unwrap();
        standing_in(&self.app, account.id).await.unwrap()
    }

    pub async fn unit(&self, code: &str) -> Id<Unit> {
        self.caller(LOCAL_OPERATOR).await.tree.by_code(code).unwrap().unit
    }

    /// Opens a hazard at a school.
    pub async fn register(&self, who: &str, code: &str, answers: Json) -> Id<Case> {
        let target = Target::New { kind: "hazard".to_owned(), unit: self.unit(code).await };
        let acted = act(&self.app, &self.caller(who).await, target, wanted("register", answers)).await;
        acted.unwrap().case.id
    }

    pub async fn act(&self, who: &str, id: Id<Case>, verb: &str, answers: Json) {
        let target = Target::Existing { id, kind: None, revision: None };
        act(&self.app, &self.caller(who).await, target, wanted(verb, answers)).await.unwrap();
    }

    /// A hazard of school A that was found, put right and accepted in three days, with names and a phone number.
    pub async fn closed_hazard(&self, day: Date) -> Id<Case> {
        self.set_day(day);
        let found = json!({
            "found_on": day.to_string(), "place": "教学楼", "description": "应急灯不亮", "category": "消防安全管理",
            "found_by": "周师傅", "responsible": "王师傅", "responsible_phone": "13800000000",
        });
        let id = self.register("liu", "A", found).await;
        self.act("liu", id, "grade", json!({ "criterion": "以上都不是" })).await;
        let by = day.saturating_add(jiff::Span::new().days(7)).to_string();
        self.act("chen", id, "start", json!({ "responsible": "李师傅", "rectify_by": by })).await;
        self.set_day(day.saturating_add(jiff::Span::new().days(2)));
        self.act("liu", id, "submit", json!({ "progress": "已更换" })).await;
        self.act("chen", id, "accept", json!({ "opinion": "合格" })).await;
        id
    }

    /// A hazard that stays open, due in so many days.
    pub async fn open_hazard(&self, (who, code): (&str, &str), category: &str, due_in: i64) -> Id<Case> {
        let today = self.app.environment.today();
        let found = json!({
            "found_on": today.to_string(), "place": "操场", "description": "器材松动", "category": category,
        });
        let id = self.register(who, code, found).await;
        self.act(who, id, "grade", json!({ "criterion": "以上都不是" })).await;
        let by = today.saturating_add(jiff::Span::new().days(due_in)).to_string();
        self.act(who, id, "start", json!({ "responsible": "张师傅", "rectify_by": by })).await;
        id
    }

    pub async fn sign_in(&self, login: &str) -> Pass {
        let body = json!({ "login": login, "password": PASSWORD }).to_string();
        let answer = self.send(("POST", "/api/v1/session"), &Pass::default(), ("application/json", body.into())).await;
        assert_eq!(answer.status, 200, "{}", answer.json());
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        Pass { cookie, csrf: answer.json()["csrf"].as_str().unwrap().to_owned() }
    }

    pub async fn get(&self, pass: &Pass, path: &str) -> Answer {
        self.send(("GET", path), pass, ("application/json", Vec::new())).await
    }

    pub async fn post(&self, pass: &Pass, path: &str, body: Json) -> Answer {
        self.send(("POST", path), pass, ("application/json", body.to_string().into())).await
    }

    /// Uploads a file as the multipart field `file`.
    pub async fn upload(&self, pass: &Pass, path: &str, file: &[u8]) -> Answer {
        let mut body = b"--line\r\ncontent-disposition: form-data; name=\"file\"; filename=\"r.docx\"\r\n\r\n".to_vec();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--line--\r\n");
        self.send(("POST", path), pass, ("multipart/form-data; boundary=line", body)).await
    }

    async fn send(&self, (method, path): (&str, &str), pass: &Pass, (kind, body): (&str, Vec<u8>)) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, kind)
            .header(header::COOKIE, &pass.cookie)
            .header("x-csrf-token", &pass.csrf)
            .body(Body::from(body))
            .unwrap();
        let answer = yanpan_api::router(self.app.clone()).oneshot(request).await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = to_bytes(answer.into_body(), 1 << 24).await.unwrap().to_vec();
        Answer { status, headers, bytes }
    }
}

fn wanted(verb: &str, answers: Json) -> Act {
    let Json::Object(answers) = answers else { return Act::default() };
    Act { verb: verb.to_owned(), answers: answers.into_iter().collect(), ..Act::default() }
}

fn millis(day: Date) -> i64 {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    zone.to_timestamp(day.at(9, 0, 0, 0)).unwrap().as_millisecond()
}
