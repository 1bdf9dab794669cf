//! What a migration promises: a backup before, data kept, a newer folder untouched.

use super::*;
use crate::opened::{Durability, Opened};
use yanpan_app::ports::{Store, act};
use yanpan_kernel::problem::STORE_UNAVAILABLE;

const NEXT: &str = "CREATE TABLE later (id {uuid} PRIMARY KEY NOT NULL);
-- only postgres
SYNTAX THAT SQLITE MUST NOT SEE;
-- end
";

#[test]
fn a_block_for_one_database_is_not_seen_by_the_other() {
    assert_eq!(render(NEXT, Dialect::Sqlite), "CREATE TABLE later (id BLOB PRIMARY KEY NOT NULL);\n");
    assert!(render(NEXT, Dialect::Postgres).contains("SYNTAX"));
}

#[tokio::test]
async fn a_file_is_backed_up_before_it_is_migrated_and_keeps_its_data() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("yanpan.db");
    let first = Opened::sqlite_at(&path, Durability::Process, MIGRATIONS).await.unwrap();
    first.write(act(|store| Box::pin(store.put_setting("zone", "Asia/Shanghai")))).await.unwrap();
    drop(first);
    let both = [MIGRATIONS, &[NEXT]].concat();
    let second = Opened::sqlite_at(&path, Durability::Process, &both).await.unwrap();
    let kept = second.read().await.unwrap().setting("zone").await.unwrap();
    assert_eq!(kept.as_deref(), Some("Asia/Shanghai"));
    let backup = folder.path().join(format!("yanpan.db.before-migration-{}", MIGRATIONS.len()));
    let before = Opened::sqlite_at(&backup, Durability::Process, MIGRATIONS).await.unwrap();
    assert_eq!(before.read().await.unwrap().setting("zone").await.unwrap().as_deref(), Some("Asia/Shanghai"));
    let refused = Opened::sqlite_at(&path, Durability::Process, MIGRATIONS).await;
    assert!(refused.unwrap_err().is(&DATA_NEWER));
}

#[tokio::test]
async fn a_migration_that_fails_leaves_the_version_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("yanpan.db");
    drop(Opened::sqlite_at(&path, Durability::Process, MIGRATIONS).await.unwrap());
    let broken = [MIGRATIONS, &["CREATE TABLE half (id {uuid}); CREATE TABLE half (id {uuid});"]].concat();
    let refused = Opened::sqlite_at(&path, Durability::Process, &broken).await.unwrap_err();
    assert!(!refused.is(&STORE_UNAVAILABLE), "{refused}");
    Opened::sqlite_at(&path, Durability::Process, MIGRATIONS).await.unwrap();
}

/// An empty database in memory, brought to a version.
async fn at_version(version: usize) -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new("sqlite::memory:");
    options.max_connections(1);
    let connection = sea_orm::Database::connect(options).await.unwrap();
    migrate(&connection, &MIGRATIONS[..version]).await.unwrap();
    connection
}

async fn text(connection: &DatabaseConnection, ask: &str) -> String {
    let ask = Statement::from_string(DbBackend::Sqlite, ask);
    connection.query_one_raw(ask).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

#[tokio::test]
async fn payloads_bodies_and_facts_of_version_5_are_whole_in_version_6() {
    let connection = at_version(5).await;
    let rows = "INSERT INTO entries VALUES (7, x'01', 1, 'hazard', 'register', x'02', x'03', NULL, '2026-10-08', NULL,
            'registered', 1000, x'04', x'05', x'06');
        INSERT INTO payloads VALUES (7, x'08', '{\"set\":{}}', 'rule', 'rest');
        INSERT INTO cases VALUES (x'01', 1, x'02', 'S1-2026-0001', 1, 7, '2026-10-08', '', '',
            '', '', '', '', '', '', '', '', 's1', 1);
        INSERT INTO case_bodies VALUES (x'01', '1.0.0', '{\"place\":\"食堂\"}', '{}');
        INSERT INTO facts VALUES ('hazard', 7, x'01', 1, x'02', 'register', 'registered', NULL, 'open', 'S1-2026-0001',
            '2026-10-08', 1000, x'03', '2026-10-08', NULL, '{\"place\":\"食堂\"}')";
    connection.execute_unprepared(rows).await.unwrap();
    migrate(&connection, MIGRATIONS).await.unwrap();
    let payload = "SELECT number || hex(salt) || body || erased || remainder FROM payloads";
    assert_eq!(text(&connection, payload).await, "708{\"set\":{}}rulerest");
    let body = "SELECT hex(id) || version || answers || done FROM case_bodies";
    assert_eq!(text(&connection, body).await, "011.0.0{\"place\":\"食堂\"}{}");
    let fact = "SELECT kind || entry || stage || number || opened_on || coalesce(closed_on, '-') || answers FROM facts";
    assert_eq!(text(&connection, fact).await, "hazard7openS1-2026-00012026-10-08-{\"place\":\"食堂\"}");
}

#[tokio::test]
async fn cases_of_version_6_keep_the_numbers_of_their_lines_and_those_without_come_after() {
    let connection = at_version(6).await;
    for (id, words) in [("03", "NULL"), ("02", "9"), ("01", "NULL"), ("04", "7")] {
        let row = format!(
            "INSERT INTO cases VALUES (x'{id}', 1, x'02', 'S{id}', 5, 6, '2026-10-08', '2026-10-09', '2026-10-10',
             'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 's{id}', {words})"
        );
        connection.execute_unprepared(&row).await.unwrap();
    }
    migrate(&connection, MIGRATIONS).await.unwrap();
    let numbers = "SELECT group_concat(words || ':' || hex(id), ' ') FROM (SELECT words, id FROM cases ORDER BY words)";
    assert_eq!(text(&connection, numbers).await, "7:04 9:02 10:01 11:03");
    let whole =
        "SELECT lane || hex(unit) || number || revision || entry || opened_on || closed_on || due_on || slot0 ||
        slot1 || slot2 || slot3 || slot4 || slot5 || slot6 || slot7 || search FROM cases WHERE id = x'04'";
    assert_eq!(text(&connection, whole).await, "102S04562026-10-082026-10-092026-10-10abcdefghs04");
}

#[tokio::test]
async fn a_case_of_version_1_is_found_by_its_number_in_version_2() {
    let connection = at_version(1).await;
    let row = "INSERT INTO cases VALUES (x'01', 1, x'02', 'S1-2026-0001', 1, 1, '2026-10-08', '', '',
        '', '', '', '', '', '', '', '')";
    connection.execute_unprepared(row).await.unwrap();
    migrate(&connection, MIGRATIONS).await.unwrap();
    assert_eq!(text(&connection, "SELECT search FROM cases").await, "s1-2026-0001");
}

#[tokio::test]
async fn sessions_of_version_8_go_on_in_version_9() {
    let connection = at_version(8).await;
    let rows = r#"INSERT INTO sessions VALUES
        ('good', '{"account":"00000000-0000-0000-0000-0000000000ab","csrf":"c"}', 7), ('broken', 'x', 7), ('odd', '{}', 7)"#;
    connection.execute_unprepared(rows).await.unwrap();
    migrate(&connection, MIGRATIONS).await.unwrap();
    let whole = "SELECT group_concat(session_key || hex(account) || json_extract(record, '$.csrf') || expires_at) FROM sessions";
    assert_eq!(text(&connection, whole).await, "good000000000000000000000000000000ABc7");
}
