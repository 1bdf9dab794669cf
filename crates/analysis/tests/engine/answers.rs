//! What the views hold and how it comes out: exact, in order, as known at an entry.

use crate::world::{World, answered, closed, fact, id, question};
use jiff::civil::date;
use serde_json::json;
use yanpan_analysis::leaves;
use yanpan_app::ports::{Analysis, Cell, Leaf};

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[tokio::test]
async fn a_subject_is_one_row_as_of_any_entry_and_every_entry_is_kept() {
    let world = World::new();
    world.ledger.put(fact(1, 10, 4));
    world.ledger.put(fact(2, 11, 4));
    world.ledger.put(closed(fact(3, 10, 4), date(2026, 10, 20)));
    for (as_of, open, entries) in [(0, 0, 0), (1, 1, 1), (2, 2, 2), (3, 1, 3)] {
        let ask = |sql: &str| {
            let question = yanpan_app::ports::Question { as_of, ..question(sql) };
            let engine = &world.engine;
            async move { engine.ask(&question).await.unwrap().rows[0][0].clone() }
        };
        assert_eq!(ask("SELECT count(*) FROM hazard WHERE stage = 'open'").await, Cell::Integer(open), "as of {as_of}");
        assert_eq!(ask("SELECT count(*) FROM hazard_entries").await, Cell::Integer(entries), "as of {as_of}");
        let superseded = i64::from(as_of == 3);
        let sql = "SELECT count(superseded_by) FROM hazard_entries";
        assert_eq!(ask(sql).await, Cell::Integer(superseded), "what is not known yet supersedes nothing");
    }
}

#[tokio::test]
async fn every_type_of_answer_comes_out_exactly() {
    let world = World::new();
    let answers = [
        ("level", json!("重大")),
        ("count", json!(9_007_199_254_740_993_i64)),
        ("funds", json!("999999999999999.99")),
        ("rectify_by", json!("2026-11-30")),
        ("grave", json!(true)),
        ("photos", json!([{"hash": "a", "name": "a.jpg"}, {"hash": "b", "name": "b.jpg"}])),
    ];
    world.ledger.put(answered(fact(1, 10, 4), answers));
    world.ledger.put(fact(2, 11, 4));
    let rows = world.ask("SELECT level, count, funds, rectify_by, grave, photos FROM hazard ORDER BY entry").await;
    assert_eq!(rows.columns, ["level", "count", "funds", "rectify_by", "grave", "photos"]);
    let all = [
        text("重大"),
        Cell::Integer(9_007_199_254_740_993),
        Cell::Decimal(99_999_999_999_999_999, 2),
        Cell::Date(date(2026, 11, 30)),
        text("是"),
        Cell::Integer(2),
    ];
    assert_eq!(rows.rows, [all.to_vec(), vec![Cell::Missing; 6]]);
}

#[tokio::test]
async fn zero_is_not_missing() {
    let world = World::new();
    world.ledger.put(fact(1, 10, 4));
    let sum = "SELECT sum(count) AS total, count(count) AS known FROM hazard";
    assert_eq!(world.ask(sum).await.rows, [[Cell::Missing, Cell::Integer(0)]]);
    world.ledger.put(answered(fact(2, 11, 4), [("count", json!(0))]));
    assert_eq!(world.ask(sum).await.rows, [[Cell::Integer(0), Cell::Integer(1)]]);
}

#[tokio::test]
async fn a_float_is_whole_or_has_six_places_and_a_decimal_literal_is_exact() {
    let world = World::new();
    let sql = "SELECT avg(x) AS a, CAST(2 AS DOUBLE) AS b, 0.1 + 0.2 AS c FROM (VALUES (1), (2), (2)) AS t(x)";
    let rows = world.ask(sql).await.rows;
    assert_eq!(rows, [[Cell::Decimal(1_666_667, 6), Cell::Integer(2), Cell::Decimal(3, 1)]]);
}

#[tokio::test]
async fn dates_are_bound_by_name() {
    let world = World::new();
    world.ledger.put(fact(1, 10, 4));
    world.ledger.put(closed(fact(2, 10, 4), date(2026, 10, 26)));
    let sql = "SELECT count(*) FROM hazard_entries WHERE happened_on BETWEEN $first AND $last";
    assert_eq!(world.number(sql).await, Cell::Integer(1));
    let days = "SELECT CAST('2026-10-27' AS DATE) - $last AS days, $last - INTERVAL '1 day' < $last AS before";
    assert_eq!(world.ask(days).await.rows[0], [Cell::Integer(2), text("是")]);
    let missing = world.refusal("SELECT $previous_last").await;
    assert!(missing.message.contains("$previous_last") && missing.message.contains("$first、$last"), "{missing}");
}

#[tokio::test]
async fn rows_come_in_a_total_order() {
    let world = World::new();
    for n in 0..50 {
        world.ledger.put(answered(fact(n + 1, 100 - n.unsigned_abs(), 4), [("count", json!(n % 2))]));
    }
    let rows = world.ask("SELECT count, number FROM hazard ORDER BY count DESC").await.rows;
    let mut sorted = rows.clone();
    sorted.sort_by_key(|row| format!("{:?}", (row[0] == Cell::Integer(0), &row[1])));
    assert_eq!(rows, sorted);
    let unordered = world.ask("SELECT number FROM hazard").await.rows;
    assert!(unordered.is_sorted_by_key(|row| format!("{row:?}")));
}

#[tokio::test]
async fn leaves_follow_the_order_of_the_bureau_and_name_the_column_that_is_wrong() {
    let world = World::new();
    for (entry, unit) in [(1, 4), (2, 5), (3, 6), (4, 4)] {
        world.ledger.put(answered(fact(entry, 10 + entry.unsigned_abs(), unit), [("level", json!("一般"))]));
    }
    let question = question("SELECT unit_id, level, count(*) AS numerator FROM hazard GROUP BY unit_id, level");
    let rows = world.engine.ask(&question).await.unwrap();
    let leaf =
        |unit, numerator| Leaf { unit: id(unit), numerator, denominator: None, dimensions: vec!["一般".to_owned()] };
    let dimensions = ["level".to_owned()];
    assert_eq!(leaves(&question, &rows, &dimensions).unwrap(), [leaf(6, 1), leaf(4, 2), leaf(5, 1)]);
    let wrong = leaves(&question, &rows, &["colour".to_owned()]).unwrap_err();
    assert!(wrong.message.contains("缺少「colour」列"), "{wrong}");
}

#[tokio::test]
async fn questions_at_one_entry_read_the_store_once() {
    let world = World::new();
    world.ledger.put(fact(7, 10, 4));
    for _ in 0..3 {
        let question = yanpan_app::ports::Question { as_of: 7, ..question("SELECT count(*) FROM hazard") };
        assert_eq!(world.engine.ask(&question).await.unwrap().rows[0], [Cell::Integer(1)]);
    }
    assert_eq!(world.ledger.snapshots.load(std::sync::atomic::Ordering::Relaxed), 1);
}
