//! How fast facts are moved into files, and how far a question over files and tail is from one over a plain Parquet file.
//!
//! `cargo bench -p yanpan-analysis [-- ROWS]`. The limit is the same statement by the same DataFusion on one thread over one
//! Parquet file that holds the same rows. Medians of five, least and most in brackets.

#[path = "../tests/engine/ledger.rs"]
mod ledger;

use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};
use jiff::{ToSpan, civil::date};
use ledger::Ledger;
use serde_json::json;
use std::{
    collections::BTreeMap,
    error::Error,
    sync::Arc,
    time::{Duration, Instant},
};
use yanpan_analysis::{Engine, FactSchema, Limits};
use yanpan_app::ports::{Analysis, Fact, Question};
use yanpan_kernel::{
    case::Stage,
    form::{Answers, Field, FieldKind},
    id::Id,
    unit::{Scope, Tree},
};

const SQL: &str = "SELECT unit_id, level, count(*) AS numerator, sum(count) AS total FROM hazard_entries \
                   WHERE happened_on BETWEEN DATE '2026-09-26' AND DATE '2026-10-25' GROUP BY unit_id, level";
const LATEST: &str = "SELECT unit_id, count(*) AS numerator FROM hazard WHERE stage = 'open' GROUP BY unit_id";

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let rows: i64 = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir()?;
    let ledger = Arc::new(Ledger::default());
    let engine = engine(&ledger, &folder.path().join("segments"), Limits::default())?;
    let tail = rows / 10;
    (1..=rows - tail).for_each(|entry| ledger.put(fact(entry)));
    let start = Instant::now();
    engine.compact().await?;
    told("compacting", (rows - tail) as f64 / start.elapsed().as_secs_f64(), "facts/s");
    (rows - tail + 1..=rows).for_each(|entry| ledger.put(fact(entry)));
    let start = Instant::now();
    engine.ask(&question(SQL, rows)).await?;
    told("first question, files and tail opened", start.elapsed().as_secs_f64() * 1e3, "ms");
    let all = Arc::new(Ledger::default());
    (1..=rows).for_each(|entry| all.put(fact(entry)));
    let one = folder.path().join("one");
    self::engine(&all, &one, Limits { segment_rows: usize::MAX, ..Limits::default() })?.compact().await?;
    let plain = SessionContext::new_with_config(SessionConfig::new().with_target_partitions(1));
    let file = one.join(format!("hazard/0-{rows}.parquet"));
    plain.register_parquet("hazard_entries", file.to_string_lossy(), ParquetReadOptions::default()).await?;
    let (mut ours, mut limit, mut latest) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..5 {
        let start = Instant::now();
        plain.sql(SQL).await?.collect().await?;
        limit.push(start.elapsed());
        ours.push(timed(&engine, SQL, rows).await?);
        latest.push(timed(&engine, LATEST, rows).await?);
    }
    let limit = spread("limit: one plain file", limit);
    let ours = spread("grouped count, files and tail", ours);
    spread("open cases by unit, latest rows", latest);
    told("times the limit", ours.as_secs_f64() / limit.as_secs_f64(), "×");
    county(&folder.path().join("county")).await
}

/// A report of a county: 60 questions at one entry over 12,000 cases of 6 entries, most of them in files.
async fn county(folder: &std::path::Path) -> Outcome<()> {
    let ledger = Arc::new(Ledger::default());
    let engine = engine(&ledger, folder, Limits::default())?;
    (1..=70_000).for_each(|entry| ledger.put(fact(entry)));
    engine.compact().await?;
    (70_001..=72_000).for_each(|entry| ledger.put(fact(entry)));
    let start = Instant::now();
    for n in 0..60 {
        engine.ask(&question(if n % 2 == 0 { SQL } else { LATEST }, 72_000)).await?;
    }
    told("county report of 60 questions, cold", start.elapsed().as_secs_f64() * 1e3, "ms");
    Ok(())
}

async fn timed(engine: &Engine, sql: &str, as_of: i64) -> Outcome<Duration> {
    let start = Instant::now();
    engine.ask(&question(sql, as_of)).await?;
    Ok(start.elapsed())
}

fn spread(name: &str, mut times: Vec<Duration>) -> Duration {
    times.sort();
    let ms = |at: usize| times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3);
    println!("{name}: {:.1} ms ({:.1}–{:.1})", ms(times.len() / 2), ms(0), ms(times.len() - 1));
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn told(name: &str, value: f64, unit: &str) {
    println!("{name}: {value:.1} {unit}");
}

fn engine(ledger: &Arc<Ledger>, folder: &std::path::Path, limits: Limits) -> Outcome<Engine> {
    let field =
        |key: &str, kind| Field { key: key.to_owned(), title: key.to_owned(), kind, hint: None, personal: None };
    let fields = vec![
        field("level", FieldKind::Choice { options: Vec::new() }),
        field("place", FieldKind::Text { max: 50 }),
        field("count", FieldKind::Integer { min: 0, max: 100 }),
        field("funds", FieldKind::Decimal { scale: 2, unit: "万元".to_owned() }),
    ];
    let schema = FactSchema { kind: "hazard".to_owned(), fields };
    Ok(Engine::over(ledger.clone(), folder.to_owned(), &[schema], limits)?)
}

fn question(sql: &str, as_of: i64) -> Question {
    Question {
        key: "bench".to_owned(),
        sql: sql.to_owned(),
        dates: BTreeMap::new(),
        as_of,
        scope: Scope::Everything,
        tree: Arc::new(Tree::on(date(2026, 10, 25), &[], &[])),
    }
}

/// The fact of an entry: each subject has six, spread over a thousand units and a year.
fn fact(entry: i64) -> Fact {
    let subject = entry.unsigned_abs() % 2_000 + entry.unsigned_abs() / 12_000 * 2_000;
    let happened_on = date(2026, 1, 1) + (entry * 7 % 330).days();
    let closed = entry / 2_000 % 6 == 5;
    let answers = [
        ("level", json!(if subject.is_multiple_of(50) { "重大" } else { "一般" })),
        ("place", json!(format!("教学楼{}层", subject % 40))),
        ("count", json!(entry % 5)),
        ("funds", json!("1.50")),
    ];
    Fact {
        entry,
        kind: "hazard".to_owned(),
        subject: Id::from_parts(subject, [0; 10]),
        sequence: entry,
        unit: Id::from_parts(subject % 1_000, [1; 10]),
        verb: "register".to_owned(),
        state: if closed { "closed" } else { "registered" }.to_owned(),
        stage_before: Some(Stage::Open),
        stage: if closed { Stage::Closed } else { Stage::Open },
        number: format!("YH-2026-{subject:06}"),
        happened_on,
        recorded_at: entry,
        actor: Id::from_parts(subject % 300, [2; 10]),
        opened_on: happened_on,
        closed_on: closed.then_some(happened_on),
        answers: answers.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Answers>(),
    }
}
