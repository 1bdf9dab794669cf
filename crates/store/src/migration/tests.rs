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

#[tokio::test]
async fn a_case_of_version_1_is_found_by_its_number_in_version_2() {
    let mut options = sea_orm::ConnectOptions::new("sqlite::memory:");
    options.max_connections(1);
    let connection = sea_orm::Database::connect(options).await.unwrap();
    migrate(&connection, &MIGRATIONS[..1]).await.unwrap();
    let row = "INSERT INTO cases VALUES (x'01', 1, x'02', 'S1-2026-0001', 1, 1, '2026-10-08', '', '',
        '', '', '', '', '', '', '', '')";
    connection.execute_unprepared(row).await.unwrap();
    migrate(&connection, MIGRATIONS).await.unwrap();
    let ask = Statement::from_string(DbBackend::Sqlite, "SELECT search FROM cases");
    let search: String = connection.query_one_raw(ask).await.unwrap().unwrap().try_get_by_index(0).unwrap();
    assert_eq!(search, "s1-2026-0001");
}
