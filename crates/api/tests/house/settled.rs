//! The settled house: a city over two towns, a school and a kindergarten in one, a school in the other, and its people.

use super::{House, Pass, house};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use yanpan_app::{
    person::{NewPerson, put_people, standing_in},
    ports::{Notice, Report, ReportFile},
    record::record,
    round::open_round,
    unit::{NewVersion, put_jurisdictions, put_units},
    write,
};
use yanpan_kernel::{
    entry::Statement,
    period::{Period, PeriodKind},
    person::Role,
    problem::Place,
    unit::{Jurisdiction, JurisdictionKind},
};

/// The password of everybody in the house.
const PASSWORD: &str = "Gate-Lantern-47";

/// Name in requests, code, name, kind, code above.
const UNITS: &[(&str, &str, &str, &str, &str)] = &[
    ("east", "T1", "东镇教管中心", "town", "330000"),
    ("west", "T2", "西镇教管中心", "town", "330000"),
    ("school", "S1", "东镇中心小学", "primary", "T1"),
    ("kindergarten", "K1", "东镇幼儿园", "kindergarten", "T1"),
    ("west_school", "S2", "西镇小学", "primary", "T2"),
];

/// Sign-in name, name of the person, role, unit.
const PEOPLE: &[(&str, &str, Role, &str)] = &[
    ("admin_2", "周管理", Role::Admin, "city"),
    ("officer", "吴干事", Role::Authority, "east"),
    ("west_officer", "郑干事", Role::Authority, "west"),
    ("head", "王校长", Role::Head, "school"),
    ("safety", "李安全", Role::SafetyOfficer, "school"),
    ("teacher", "陈老师", Role::Teacher, "school"),
    ("west_head", "冯校长", Role::Head, "west_school"),
    ("observer", "褚督导", Role::Observer, "city"),
    ("newcomer", "卫新来", Role::Teacher, "kindergarten"),
];

/// The house with its units and people. `{case}` is a repair that 陈老师 reported at `{school}`, `{week}` the week for which
/// schools owe a patrol, `{notice}` a notice to 陈老师.
pub async fn settled() -> House {
    let mut house = house().await;
    let admin = house.app.store.read().await.unwrap().account_by_login("admin").await.unwrap().unwrap();
    let admin = standing_in(&house.app, admin.id).await.unwrap();
    put_units(&house.app, &admin, UNITS.iter().map(version).collect()).await.unwrap();
    let admin = standing_in(&house.app, admin.account).await.unwrap();
    house.names.insert("city".to_owned(), admin.tree.by_code("330000").unwrap().unit.to_string());
    for (name, code, ..) in UNITS {
        house.names.insert((*name).to_owned(), admin.tree.by_code(code).unwrap().unit.to_string());
    }
    let people = PEOPLE.iter().map(|(login, name, role, unit)| NewPerson {
        name: (*name).to_owned(),
        post: role.title().to_owned(),
        login: (*login).to_owned(),
        password: PASSWORD.to_owned(),
        must_change: false,
        grants: vec![(*role, house.names[*unit].parse().unwrap())],
    });
    put_people(&house.app, &admin, people.collect()).await.unwrap();
    let today = house.app.environment.today();
    let week = Period::containing(PeriodKind::Week, today, &house.app.calendar).unwrap();
    open_round(&house.app, admin.account, "patrol", &week).await.unwrap();
    let newcomer = house.app.store.read().await.unwrap().account_by_login("newcomer").await.unwrap().unwrap();
    house.names.insert("newcomer".to_owned(), newcomer.id.to_string());
    house.names.insert("week".to_owned(), week.key().to_string());
    house.tell("teacher").await;
    house.keep_report().await;
    let pass = house.pass("teacher").await;
    let line = r#"POST cases/repair {"unit":"{school}","verb":"report",
        "answers":{"what":"消火栓漏水","place":"北楼","reporter":"陈老师"}}"#;
    let opened = house.line(line, &pass).await;
    assert_eq!(opened.status, 201, "{}", opened.json());
    house.names.insert("case".to_owned(), opened.json()["id"].as_str().unwrap().to_owned());
    house
}

fn version(unit: &(&str, &str, &str, &str, &str)) -> NewVersion {
    NewVersion {
        place: Place::default(),
        code: unit.1.to_owned(),
        name: unit.2.to_owned(),
        kind: unit.3.to_owned(),
        parent: Some(unit.4.to_owned()),
        valid_from: jiff::civil::date(2025, 9, 1),
        valid_to: None,
        attributes: BTreeMap::new(),
        aliases: Vec::new(),
    }
}

impl House {
    /// Tells somebody something.
    async fn tell(&mut self, login: &str) {
        let account = self.app.store.read().await.unwrap().account_by_login(login).await.unwrap().unwrap().id;
        let notice = Notice {
            id: self.app.environment.id(),
            key: "told".to_owned(),
            account,
            case: None,
            subject: "周巡查".to_owned(),
            text: "请填报".to_owned(),
            at: 1,
            read_at: None,
        };
        self.names.insert("notice".to_owned(), notice.id.to_string());
        write(&self.app, move |writing| Box::pin(async move { writing.put_notices(&[notice]).await })).await.unwrap();
    }

    /// Keeps a report on `{school}` as `{report}`.
    async fn keep_report(&mut self) {
        let account = self.app.store.read().await.unwrap().account_by_login("head").await.unwrap().unwrap().id;
        let file = |format: &str| ReportFile { format: format.to_owned(), hash: format.to_owned(), size: 2 };
        let report = Report {
            id: self.app.environment.id(),
            document: "weekly".to_owned(),
            title: "报修周报".to_owned(),
            unit: self.names["school"].parse().unwrap(),
            code: "S1".to_owned(),
            period: "2026-W40".to_owned(),
            made_by: account,
            made_at: 1,
            as_of: 1,
            figures: 1,
            files: vec![file("docx"), file("txt")],
        };
        self.names.insert("report".to_owned(), report.id.to_string());
        for file in &report.files {
            self.app.files.put(&file.hash, b"PK".to_vec()).await.unwrap();
        }
        let environment = self.app.environment.clone();
        let told = Statement {
            chain: report.unit.cast(),
            kind: "unit".to_owned(),
            verb: "build_report".to_owned(),
            unit: Some(report.unit),
            actor: account,
            grant: None,
            happened_on: environment.today(),
            from: None,
            to: None,
        };
        let work = write(&self.app, move |writing| {
            Box::pin(async move {
                record(writing, &environment, vec![(told, "{}".to_owned())]).await?;
                writing.put_report(&report).await
            })
        });
        work.await.unwrap();
    }

    /// Gives one unit jurisdiction over another.
    pub async fn oversee(&self, authority: &str, unit: &str, kind: JurisdictionKind) {
        let id = |name: &str| self.names[name].parse().unwrap();
        let admin = self.app.store.read().await.unwrap().account_by_login("admin").await.unwrap().unwrap();
        let admin = standing_in(&self.app, admin.id).await.unwrap();
        let relation = Jurisdiction {
            authority: id(authority),
            unit: id(unit),
            kind,
            valid_from: jiff::civil::date(2026, 1, 1),
            valid_to: None,
        };
        put_jurisdictions(&self.app, &admin, vec![relation]).await.unwrap();
    }

    /// Signs somebody in.
    pub async fn pass(&self, login: &str) -> Pass {
        let entry = json!({ "login": login, "password": PASSWORD });
        let (status, code, pass) = self.ask(("POST", "/api/v1/session"), &Pass::default(), entry).await;
        assert_eq!((status.as_u16(), code.as_str()), (200, ""), "{login}");
        pass
    }

    /// Sends a line as somebody and expects success.
    pub async fn done(&self, login: &str, line: &str) -> Value {
        let answer = self.line(line, &self.pass(login).await).await;
        assert!(answer.status.is_success(), "{line}: {} {}", answer.status, answer.json());
        answer.json()
    }

    /// What the entries after a number say, as `kind verb from→to`.
    pub async fn told_after(&self, number: i64) -> Vec<String> {
        let told = self.app.store.read().await.unwrap().entries_after(number, 100).await.unwrap();
        let said = told.iter().map(|told| &told.entry.statement);
        said.map(|said| {
            let state = |state: &Option<String>| state.clone().unwrap_or_default();
            format!("{} {} {}→{}", said.kind, said.verb, state(&said.from), state(&said.to))
        })
        .collect()
    }

    /// The number of the last entry.
    pub async fn last_entry(&self) -> i64 {
        self.app.store.read().await.unwrap().last_entry().await.unwrap()
    }
}
