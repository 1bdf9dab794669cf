//! What is no plain SELECT over the views is refused, and what takes too much is stopped.

use crate::world::{World, fact, fields};
use std::time::Duration;
use yanpan_analysis::Limits;
use yanpan_kernel::problem::INDICATOR_FAILED;

#[tokio::test]
async fn anything_but_one_plain_select_is_refused() {
    let world = World::new();
    world.ledger.put(fact(1, 10, 4));
    for sql in [
        "",
        "SELECT 1; SELECT 2",
        "DROP TABLE hazard",
        "CREATE TABLE x AS SELECT * FROM hazard",
        "CREATE EXTERNAL TABLE x STORED AS PARQUET LOCATION '/etc'",
        "INSERT INTO hazard SELECT * FROM hazard",
        "DELETE FROM hazard",
        "COPY hazard TO 'x.parquet'",
        "COPY (SELECT 1) TO 'x.parquet'",
        "SET datafusion.execution.batch_size = 1",
        "EXPLAIN SELECT 1",
        "SHOW TABLES",
        "DESCRIBE hazard",
        "SELECT 1 INTO x",
        "SELECT * FROM hazard FOR UPDATE",
        "SELECT * FROM generate_series(1, 1000000000)",
        "SELECT * FROM range(1, 10)",
        "SELECT unnest([1, 2])",
        "SELECT * FROM unnest([1, 2])",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM \"/etc/passwd\"",
        "SELECT * FROM \"x.parquet\"",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM datafusion.public.hazard",
        "SELECT * FROM ledger",
        "SELECT now()",
        "SELECT current_date",
        "SELECT uuid()",
        "SELECT repeat('x', 2000000000)",
        "SELECT version()",
        "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT * FROM t",
        "SELECT * FROM hazard LIMIT 1",
        "SELECT * FROM (SELECT * FROM hazard LIMIT 1) AS x",
        "SELECT * FROM hazard TABLESAMPLE (10 PERCENT)",
        "SELECT nothing FROM hazard",
        "SELECT FROM WHERE",
        "SELECT [1, 2]",
        "SELECT 'a' || chr(0",
    ] {
        let problem = world.refusal(sql).await;
        assert!(problem.is(&INDICATOR_FAILED), "{sql}: {problem}");
        assert!(problem.message.starts_with("指标「tried」无法计算："), "{sql}: {problem}");
    }
}

#[tokio::test]
async fn a_wrong_column_is_told_in_the_words_of_datafusion() {
    let problem = World::new().refusal("SELECT colour FROM hazard").await;
    assert!(problem.message.contains("没有这一列") && problem.message.contains("colour"), "{problem}");
}

#[tokio::test]
async fn deep_and_long_texts_are_refused_before_they_fill_the_stack() {
    let world = World::new();
    for sql in [
        format!("SELECT 1{}", " + 1".repeat(100_000)),
        format!("SELECT 1{}", " + 1".repeat(3_000)),
        format!("SELECT 1{}", " AND true".repeat(500)),
        format!("SELECT {}1{}", "(".repeat(5_000), ")".repeat(5_000)),
        format!("SELECT {}1{}", "(".repeat(1_000), ")".repeat(1_000)),
        format!("SELECT 1{}", " UNION ALL SELECT 1".repeat(600)),
        format!("SELECT {}true", "NOT ".repeat(900)),
        format!("SELECT {}", "CASE WHEN ".repeat(900)),
    ] {
        assert!(world.refusal(&sql).await.is(&INDICATOR_FAILED), "{}", &sql[..60]);
    }
}

#[tokio::test]
async fn the_longest_chain_that_is_allowed_still_plans() {
    let sql = format!("SELECT 1{} AS n", " + 1".repeat(199));
    assert_eq!(World::new().number(&sql).await, yanpan_app::ports::Cell::Integer(200));
}

async fn exploding(limits: Limits, sql: &str) -> String {
    let world = World::with(fields(), limits);
    for n in 0..3_000 {
        world.ledger.put(fact(n + 1, n.unsigned_abs() + 1, 4));
    }
    world.refusal(sql).await.message
}

#[tokio::test]
async fn a_cross_join_that_explodes_is_stopped_in_time() {
    let limits = Limits { time: Duration::from_millis(300), ..Limits::default() };
    let sql = "SELECT count(*) FROM hazard a, hazard b, hazard c WHERE a.entry + b.entry + c.entry < 0";
    let message = exploding(limits, sql).await;
    assert!(message.contains("秒仍未算完"), "{message}");
}

#[tokio::test]
async fn a_sort_that_explodes_is_stopped_by_its_memory() {
    let limits = Limits { memory: 16 << 20, ..Limits::default() };
    let message = exploding(limits, "SELECT a.number || b.number AS x FROM hazard a, hazard b ORDER BY x").await;
    assert!(message.contains("超过内存限制"), "{message}");
}

#[tokio::test]
async fn too_many_rows_are_refused_not_cut() {
    let limits = Limits { rows: 2_999, ..Limits::default() };
    let message = exploding(limits, "SELECT number FROM hazard").await;
    assert!(message.contains("超过2999行"), "{message}");
}
