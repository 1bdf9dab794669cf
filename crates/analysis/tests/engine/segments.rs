//! Wherever the facts lie, the answers are the same; a crash leaves the old state or the new one.

use crate::world::{World, answered, closed, fact, field, fields};
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::json;
use std::{path::PathBuf, sync::atomic::Ordering};
use yanpan_analysis::Limits;
use yanpan_app::ports::{Analysis, Cell, Fact, Question, Rows};
use yanpan_kernel::form::FieldKind;

const QUESTIONS: [&str; 4] = [
    "SELECT * FROM hazard",
    "SELECT * FROM hazard_entries",
    "SELECT unit_id, level, count(*) AS numerator, sum(funds) AS funds, min(opened_on) AS oldest FROM hazard GROUP BY unit_id, level",
    "SELECT number, row_number() OVER (ORDER BY count) AS place FROM hazard_entries ORDER BY place LIMIT 7",
];

async fn answers(world: &World, as_of: i64) -> Vec<Rows> {
    let mut answers = Vec::new();
    for sql in QUESTIONS {
        let question = Question { as_of, ..crate::world::question(sql) };
        answers.push(world.engine.ask(&question).await.unwrap());
    }
    answers
}

fn files(world: &World) -> Vec<String> {
    let entries = std::fs::read_dir(folder(world)).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn folder(world: &World) -> PathBuf {
    world.folder.path().join("facts/hazard")
}

/// A ledger by three numbers for each entry: whose, where, and what.
fn ledger(acts: &[(u64, u64, i64)]) -> Vec<Fact> {
    let fact = |(entry, (subject, unit, count)): (i64, &(u64, u64, i64))| {
        let fact = fact(entry, 10 + subject, 4 + unit);
        let fact = if *count == 0 { closed(fact, date(2026, 10, 20)) } else { fact };
        match *count {
            1 => fact,
            count => answered(
                fact,
                [("count", json!(count)), ("funds", json!(format!("{count}.5"))), ("level", json!("一般"))],
            ),
        }
    };
    (1..).zip(acts).map(fact).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tail_and_segments_answer_as_the_tail_alone(
        acts in prop::collection::vec((0..12_u64, 0..3_u64, 0..5_i64), 1..60),
        compactions in prop::collection::vec(0..60_usize, 0..6),
        most in 1..40_usize,
        as_of in 0..70_i64,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (plain, moved) = (World::new(), World::with(fields(), Limits { segment_rows: most, ..Limits::default() }));
            for (place, fact) in ledger(&acts).into_iter().enumerate() {
                plain.ledger.put(fact.clone());
                moved.ledger.put(fact);
                if compactions.contains(&place) {
                    moved.engine.compact().await.unwrap();
                }
                if place % 11 == 3 {
                    moved.number("SELECT count(*) FROM hazard").await;
                }
            }
            assert_eq!(answers(&plain, as_of).await, answers(&moved, as_of).await);
            moved.engine.compact().await.unwrap();
            assert!(moved.ledger.state.lock().unwrap().facts.is_empty());
            assert_eq!(answers(&plain, as_of).await, answers(&moved, as_of).await);
            let moved = moved.restarted(fields());
            assert_eq!(answers(&plain, as_of).await, answers(&moved, as_of).await);
        });
    }
}

#[tokio::test]
async fn a_crash_between_the_file_and_the_watermark_changes_nothing() {
    let world = World::new();
    for fact in ledger(&[(1, 0, 2), (2, 1, 3), (1, 0, 0)]) {
        world.ledger.put(fact);
    }
    let before = answers(&world, 99).await;
    world.ledger.broken.store(true, Ordering::Relaxed);
    world.engine.compact().await.unwrap_err();
    assert_eq!(files(&world), ["0-3.parquet"], "the file is there, the watermark is not");
    let world = world.restarted(fields());
    assert_eq!(answers(&world, 99).await, before);
    world.ledger.put(fact(4, 13, 4));
    world.ledger.broken.store(false, Ordering::Relaxed);
    world.engine.compact().await.unwrap();
    assert_eq!(files(&world), ["0-4.parquet"], "the file beyond the watermark is gone");
    assert_eq!(world.number("SELECT count(*) FROM hazard_entries").await, Cell::Integer(4));
}

#[tokio::test]
async fn an_unfinished_file_is_no_file_and_is_swept() {
    let world = World::new();
    world.ledger.put(fact(1, 10, 4));
    std::fs::create_dir_all(folder(&world)).unwrap();
    std::fs::write(folder(&world).join("0.unfinished"), b"PAR1").unwrap();
    std::fs::write(folder(&world).join("0-900.parquet"), b"PAR1").unwrap();
    assert_eq!(world.number("SELECT count(*) FROM hazard").await, Cell::Integer(1));
    world.engine.compact().await.unwrap();
    assert_eq!(files(&world), ["0-1.parquet"]);
}

#[tokio::test]
async fn small_neighbours_are_merged_and_large_ones_left() {
    let world = World::with(fields(), Limits { segment_rows: 8, ..Limits::default() });
    for entry in 1..=40 {
        world.ledger.put(fact(entry, 10 + entry.unsigned_abs(), 4));
        world.engine.compact().await.unwrap();
        assert_eq!(world.number("SELECT count(*) FROM hazard").await, Cell::Integer(entry));
    }
    world.ledger.put(fact(41, 99, 4));
    world.engine.compact().await.unwrap();
    assert!(files(&world).len() <= 12, "{:?}", files(&world));
}

#[tokio::test]
async fn successors_known_at_compaction_are_in_the_file() {
    let world = World::new();
    for fact in ledger(&[(1, 0, 2), (1, 0, 0)]) {
        world.ledger.put(fact);
    }
    world.engine.compact().await.unwrap();
    let file = std::fs::File::open(folder(&world).join("0-2.parquet")).unwrap();
    let reader = datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    let batch = reader.build().unwrap().next().unwrap().unwrap();
    let column = batch.column_by_name("superseded_by").unwrap();
    assert_eq!(format!("{:?}", column.slice(0, 2)).matches("null").count(), 1);
}

#[tokio::test]
async fn older_files_read_new_fields_as_missing_and_widened_ones_as_they_were() {
    let world = World::with(vec![field("count", FieldKind::Integer { min: 0, max: 9 })], Limits::default());
    world.ledger.put(answered(fact(1, 10, 4), [("count", json!(3))]));
    world.engine.compact().await.unwrap();
    let decimal = FieldKind::Decimal { scale: 1, unit: "处".to_owned() };
    let newer = vec![field("count", decimal), field("place", FieldKind::Text { max: 9 })];
    let world = world.restarted(newer.clone());
    world.ledger.put(answered(fact(2, 11, 4), [("count", json!("0.5")), ("place", json!("楼道"))]));
    let expected =
        vec![vec![Cell::Decimal(30, 1), Cell::Missing], vec![Cell::Decimal(5, 1), Cell::Text("楼道".to_owned())]];
    let sql = "SELECT count, place FROM hazard ORDER BY entry";
    assert_eq!(world.ask(sql).await.rows, expected);
    world.engine.compact().await.unwrap();
    assert_eq!(world.restarted(newer).ask(sql).await.rows, expected);
}

#[tokio::test]
async fn rebuilding_gives_the_same_answers() {
    let world = World::new();
    let facts = ledger(&[(1, 0, 2), (2, 1, 3), (1, 2, 0), (3, 0, 1)]);
    for fact in &facts {
        world.ledger.put(fact.clone());
        world.engine.compact().await.unwrap();
    }
    let before = answers(&world, 99).await;
    {
        let mut state = world.ledger.state.lock().unwrap();
        state.facts = std::sync::Arc::new(facts);
        state.watermarks.clear();
    }
    world.engine.clear().await.unwrap();
    assert!(files(&world).is_empty());
    assert_eq!(answers(&world, 99).await, before);
    world.engine.compact().await.unwrap();
    assert_eq!(answers(&world, 99).await, before);
}

#[tokio::test]
async fn missing_files_are_said_never_left_out() {
    let world = World::new();
    world.ledger.put(fact(1, 10, 4));
    world.engine.compact().await.unwrap();
    std::fs::remove_file(folder(&world).join("0-1.parquet")).unwrap();
    let world = world.restarted(fields());
    let problem = world.refusal("SELECT count(*) FROM hazard").await;
    assert!(problem.message.contains("事实文件不全"), "{problem}");
}

#[tokio::test]
async fn columns_beyond_the_cache_are_read_again() {
    let world = World::with(fields(), Limits { cache: 1, ..Limits::default() });
    for fact in ledger(&[(1, 0, 2), (2, 1, 3), (1, 2, 0)]) {
        world.ledger.put(fact);
    }
    let before = answers(&world, 99).await;
    world.engine.compact().await.unwrap();
    assert_eq!(answers(&world, 99).await, before);
    assert_eq!(answers(&world, 99).await, before);
}
