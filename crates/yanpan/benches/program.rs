//! The program as it is used, over its own demo city: memory of a server at rest, a county's month report built warm, what a
//! county's first pages take, and how many acts of people come through.
//!
//! `cargo bench -p yanpan --bench program`. Median of five with the spread, and the ratio to the limit.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench that cannot run must stop")]

#[path = "../tests/thread/browser.rs"]
#[expect(dead_code, reason = "the tests ask for more")]
mod browser;

use browser::{Browser, Served};
use serde_json::{Value as Json, json};
use std::{
    process::Command,
    time::{Duration, Instant},
};

/// A document of the demo city as of this day.
const TODAY: &str = "2026-11-26";
const PERIOD: &str = "2026-11@25";
const TIMES: usize = 5;

/// Connections that act at once.
const CONNECTIONS: usize = 16;

/// Cases that each of them opens, grades and sends off.
const CASES_EACH: usize = 60;

fn line(what: &str, mut figures: Vec<f64>, (limit, unit): (f64, &str)) {
    figures.sort_by(f64::total_cmp);
    let middle = figures[figures.len() / 2];
    let spread = format!("{:.2}–{:.2}", figures[0], figures[figures.len() - 1]);
    println!("{what:<44} {middle:>8.2} {unit} ({spread}); limit {limit} {unit}, ratio {:.2}", middle / limit);
}

fn seconds(browser: &mut Browser, method: &str, path: &str, body: &Json) -> f64 {
    let began = Instant::now();
    let (status, said) = browser.ask(method, path, body);
    assert_eq!(status / 100, 2, "{path}: {said}");
    began.elapsed().as_secs_f64()
}

/// Memory that a server holds, in MB.
fn memory(served: &Served) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", served.child.id())).unwrap();
    let held = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    held.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
}

/// Acts per second that are on the disk when they are answered: each connection opens cases of a school of its own, grades
/// them and orders their rectification.
fn acts(browsers: &mut [Browser], schools: &[String]) -> f64 {
    let began = Instant::now();
    std::thread::scope(|scope| {
        for (browser, school) in browsers.iter_mut().zip(schools) {
            scope.spawn(move || (0..CASES_EACH).for_each(|_| three_acts(browser, school)));
        }
    });
    f64::from(u32::try_from(3 * CONNECTIONS * CASES_EACH).unwrap()) / began.elapsed().as_secs_f64()
}

fn three_acts(browser: &mut Browser, school: &str) {
    let answers = json!({
        "found_on": TODAY, "place": "二楼西走廊", "description": "应急照明灯损坏2盏", "category": "消防安全管理",
        "responsible": "陈丽",
    });
    let opened = json!({ "unit": school, "verb": "register", "answers": answers });
    let mut case = browser.good("POST", "/cases/hazard", &opened);
    let path = format!("/cases/hazard/{}/acts", case["id"].as_str().unwrap());
    let answers = [
        ("grade", json!({ "criterion": "以上都不是", "level": "一般" })),
        ("start", json!({ "responsible": "陈丽", "rectify_by": "2026-12-10" })),
    ];
    for (verb, answers) in answers {
        let done = json!({ "revision": case["revision"], "answers": answers });
        case = browser.good("POST", &format!("{path}/{verb}"), &done);
    }
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let (data, out) = (folder.path().join("data"), folder.path().join("out"));
    let began = Instant::now();
    let made = Command::new(env!("CARGO_BIN_EXE_yanpan"))
        .args(["demo", "--no-serve", "--today", TODAY, "--data"])
        .arg(&data)
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    println!("the demo city with its report: {:.0} s", began.elapsed().as_secs_f64());
    let served = Served::start(&data.display().to_string());
    std::thread::sleep(Duration::from_secs(5));
    line("memory of a server at rest", vec![memory(&served)], (120.0, "MB"));
    let mut lin = served.sign_in("lin", "Yanpan-2026");
    let (_, session) = lin.ask("GET", "/session", &Json::Null);
    let unit = session["grants"][0]["unit"].clone();
    let order = json!({ "document": "monthly", "unit": unit, "period": PERIOD, "formats": ["docx", "pdf"] });
    let cold = seconds(&mut lin, "POST", "/reports", &order);
    println!("county-month report, DOCX and PDF, the first: {cold:.2} s");
    let mut often = |what: &str, method: &str, path: &str, body: &Json, limit: f64| {
        line(what, (0..TIMES).map(|_| seconds(&mut lin, method, path, body)).collect(), (limit, "s"));
    };
    often("county-month report, DOCX and PDF, warm", "POST", "/reports", &order, 2.0);
    often("workbench", "GET", "/workbench", &Json::Null, 0.2);
    often("page of cases", "GET", "/cases/hazard?limit=50&stage=open", &Json::Null, 0.2);
    line("memory after all this", vec![memory(&served)], (400.0, "MB"));
    let units = lin.good("GET", "/units", &Json::Null);
    let schools = units["units"].as_array().unwrap().iter().filter(|unit| unit["kind"] == "primary");
    let schools: Vec<String> = schools.map(|unit| unit["id"].as_str().unwrap().to_owned()).collect();
    let schools: Vec<String> = schools.iter().cycle().take(CONNECTIONS).cloned().collect();
    let mut browsers: Vec<Browser> = schools.iter().map(|_| served.sign_in("lin", "Yanpan-2026")).collect();
    let rates = (0..TIMES).map(|_| acts(&mut browsers, &schools)).collect();
    line("durable acts of people, 16 connections", rates, (1_500.0, "/s"));
}
