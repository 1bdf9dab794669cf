//! The same county and the same ledger, through the HTTP interface from an empty installation on.

use crate::{
    browser::{Browser, Served},
    line::{edit, good},
    story::LEDGER,
};
use serde_json::{Value as Json, json};
use std::path::Path;

const UNITS: &[(&str, &str, &str, &str)] = &[
    ("QS", "青石县教育体育局", "county", "ROOT"),
    ("QS-T1", "城关教管中心", "town", "QS"),
    ("QS-A", "城关中心小学", "primary", "QS-T1"),
    ("QS-B", "小太阳幼儿园", "kindergarten", "QS-T1"),
    ("QS-C", "青石县高级中学", "senior", "QS"),
];
const PEOPLE: &[(&str, &str, &str, &str)] = &[
    ("林国栋", "lin", "authority", "QS"),
    ("陈丽", "chen", "head", "QS-A"),
    ("刘强", "liu", "safety-officer", "QS-A"),
];
const PASSWORD: &str = "Wandering-Crane-58";

/// Tells the story on SQLite, or on the PostgreSQL at this address.
pub fn tell(database: Option<String>) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    let url = database.unwrap_or_default();
    let mut init = vec!["init", "--data", &data, "--name", "云石市教育局"];
    if !url.is_empty() {
        init.extend(["--database-url", &url]);
    }
    let made = good(&init);
    let served = Served::start(&data);
    let (login, password) = (made["login"].as_str().unwrap(), made["password"].as_str().unwrap());
    let mut admin = first_sign_in(&served, login, password);
    organise(&served, &mut admin);
    let [mut lin, mut chen, mut liu] = ["lin", "chen", "liu"].map(|login| served.sign_in(login, PASSWORD));
    import(&mut lin);
    accept(&mut liu, &mut chen);
    report(&mut lin, folder.path());
    let verified = admin.good("POST", "/system/verify", &json!({}));
    assert_eq!(verified["faults"], json!([]), "{verified}");
}

fn first_sign_in(served: &Served, login: &str, password: &str) -> Browser {
    let mut browser = served.sign_in(login, password);
    browser.good("PUT", "/session/password", &json!({ "old": password, "new": PASSWORD }));
    browser
}

/// The administrator puts the units and adds the people, each of whom changes the one-time password.
fn organise(served: &Served, admin: &mut Browser) {
    for (code, name, kind, parent) in UNITS {
        let unit = json!({ "code": code, "name": name, "kind": kind, "parent": parent, "valid_from": "2024-09-01" });
        admin.good("POST", "/units", &unit);
    }
    for (name, login, role, code) in PEOPLE {
        let unit = unit(admin, code);
        let made = admin.good("POST", "/people", &json!({ "name": name, "login": login, "role": role, "unit": unit }));
        first_sign_in(served, login, made["password"].as_str().unwrap());
    }
}

fn unit(browser: &mut Browser, code: &str) -> String {
    let units = browser.good("GET", "/units", &Json::Null);
    let found = units["units"].as_array().unwrap().iter().find(|unit| unit["code"] == code).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

/// Good rows go in, bad cells are named, and the same file again adds nothing.
fn import(lin: &mut Browser) {
    let ledger = ("10月台账.csv", LEDGER.as_bytes());
    let (status, draft) = lin.upload("/imports", ledger, &[("ledger", "hazard")]);
    assert_eq!(status, 201, "{draft}");
    assert_eq!((&draft["counts"]["new"], &draft["counts"]["refused"]), (&json!(3), &json!(2)), "{draft}");
    let path = format!("/imports/drafts/{}", draft["id"].as_str().unwrap());
    let refused = lin.good("GET", &format!("{path}/rows?sort=refused"), &Json::Null);
    let rows: Vec<i64> = refused["rows"].as_array().unwrap().iter().map(|row| row["row"].as_i64().unwrap()).collect();
    assert_eq!(rows, [7, 8], "{refused}");
    assert!(lin.download(&format!("{path}/rejects")).starts_with(b"PK"));
    let committed = lin.good("POST", &format!("{path}/commit"), &json!({ "good_rows_only": true, "suspects": false }));
    assert_eq!(committed["created"], 3, "{committed}");
    let (_, again) = lin.upload("/imports", ledger, &[("ledger", "hazard")]);
    assert_eq!((&again["counts"]["new"], &again["counts"]["same"]), (&json!(0), &json!(3)), "{again}");
}

/// Whoever rectified it may not accept it; a second person may, once.
fn accept(liu: &mut Browser, chen: &mut Browser) {
    let page = liu.good("GET", "/cases/hazard?state=rectifying", &Json::Null);
    let case = &page["rows"][0];
    let path = format!("/cases/hazard/{}/acts", case["id"].as_str().unwrap());
    let act = |who: &mut Browser, verb: &str, revision: &Json, answers: Json| {
        who.ask("POST", &format!("{path}/{verb}"), &json!({ "revision": revision, "answers": answers }))
    };
    let (status, submitted) = act(liu, "submit", &case["revision"], json!({ "progress": "已更换2盏" }));
    assert_eq!((status, &submitted["state"]), (200, &json!("submitted")), "{submitted}");
    let (status, said) = act(liu, "accept", &submitted["revision"], json!({}));
    assert_eq!((status, &said["code"]), (403, &json!("403.5")), "{said}");
    let (status, stale) = act(chen, "accept", &case["revision"], json!({ "opinion": "合格" }));
    assert_eq!((status, &stale["code"]), (409, &json!("409.1")), "{stale}");
    let (status, closed) = act(chen, "accept", &submitted["revision"], json!({ "opinion": "现场复查合格" }));
    assert_eq!((status, &closed["state"]), (200, &json!("closed")), "{closed}");
}

/// The report is built; prose may be edited, a figure may not.
fn report(lin: &mut Browser, folder: &Path) {
    let unit = unit(lin, "QS");
    let order = json!({ "document": "monthly", "unit": unit, "period": "2026-10@25", "formats": ["docx"] });
    let built = lin.good("POST", "/reports", &order);
    let figures = built["figures"].as_i64().unwrap();
    assert!(figures > 40, "{built}");
    let bytes = lin.download(&format!("/reports/{}/files/docx", built["id"].as_str().unwrap()));
    let [made, edited, forged] = ["made.docx", "edited.docx", "forged.docx"].map(|name| folder.join(name));
    std::fs::write(&made, bytes).unwrap();
    edit(&made, &edited, ("总体情况", "总的情况"));
    edit(&edited, &forged, (">100%<", ">99%<"));
    let mut verify = |path: &Path| {
        let (status, said) = lin.upload("/reports/verify", ("月报.docx", &std::fs::read(path).unwrap()), &[]);
        assert_eq!(status, 200, "{said}");
        said
    };
    let sound = verify(&edited);
    assert_eq!((&sound["figures"], &sound["differing"]), (&json!(figures), &json!([])), "{sound}");
    let caught = verify(&forged);
    assert_eq!(caught["differing"].as_array().unwrap().len(), 1, "{caught}");
    assert_eq!(
        (&caught["differing"][0]["shown"], &caught["differing"][0]["expected"]),
        (&json!("99%"), &json!("100%"))
    );
}
