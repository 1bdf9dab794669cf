//! What must survive: kill -9 under load, a database that goes away, a backup and its way back, data of a newer program.
#![expect(clippy::unwrap_used, reason = "in a test a failure is a finding")]

use std::{
    collections::{BTreeSet, HashMap},
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};
use yanpan_app::ports::{Act, Column, Filter, Query, Store, Test, act};
use yanpan_kernel::{
    entry::Head,
    problem::{DATA_NEWER, FILE_UNREADABLE, STORE_UNAVAILABLE},
    unit::Scope,
};
use yanpan_store::{Opened, restore_postgres, restore_sqlite};
use yanpan_testkit::{
    postgres::Server,
    sample::{case, entry, first_entry, id, statement},
    scratch,
};

fn register(n: u64) -> Act {
    act(move |store| {
        Box::pin(async move {
            store.put_cases(&[case(n)]).await?;
            store.append(&[first_entry(n)]).await.map(drop)
        })
    })
}

/// Every chain from its beginning; gives the bodies of all entries.
async fn verify(store: &Opened) -> BTreeSet<String> {
    let mut heads = HashMap::new();
    let mut bodies = BTreeSet::new();
    for (expected, told) in (1..).zip(store.read().await.unwrap().entries_after(0, u32::MAX).await.unwrap()) {
        assert_eq!(told.entry.number, expected);
        let head = heads.entry(told.entry.statement.chain).or_insert_with(Head::default);
        assert_eq!(told.entry.fault(*head), None);
        *head = told.entry.head();
        bodies.insert(told.payload.unwrap().1);
    }
    bodies
}

const FOLDER: &str = "YANPAN_CRASH_FOLDER";

/// Not a test of its own: the process that is killed. It says each act once the store has acknowledged it.
#[tokio::test]
#[ignore = "the child of the crash test"]
async fn crash_child() {
    #[expect(clippy::disallowed_methods, reason = "how the parent tells its child where to write")]
    let folder = std::env::var(FOLDER).unwrap();
    let store = Arc::new(Opened::sqlite(&Path::new(&folder).join("yanpan.db")).await.unwrap());
    let begin = store.read().await.unwrap().last_entry().await.unwrap();
    let tasks = (0..8_u64).map(|task| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            for n in 0.. {
                let body = format!("{begin}/{task}/{n}");
                let said = body.clone();
                let work = act(move |store| {
                    Box::pin(async move {
                        let head = store.head(id(task)).await?;
                        store.append(&[entry(head, statement(task, "act"), &body)]).await.map(drop)
                    })
                });
                store.write(work).await.unwrap();
                writeln!(std::io::stdout(), "acknowledged {said}").unwrap();
            }
        })
    });
    futures::future::join_all(tasks).await;
}

async fn killed_and_reopened(times: usize) {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = BTreeSet::new();
    for time in 0..times {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash_child", "--ignored", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // A different moment each time, from the first acts on.
        let mut left = 1 + time * 37 % 200;
        while let Some(Ok(line)) = lines.next() {
            if let Some(body) = line.split("acknowledged ").nth(1) {
                acknowledged.insert(body.to_owned());
                left = left.saturating_sub(1);
                if left == 0 {
                    child.kill().unwrap();
                }
            }
        }
        child.wait().unwrap();
        let store = Opened::sqlite(&folder.path().join("yanpan.db")).await.unwrap();
        let kept = verify(&store).await;
        assert!(acknowledged.is_subset(&kept), "kill {time} lost {:?}", acknowledged.difference(&kept).next());
    }
    assert!(acknowledged.len() >= times);
}

#[tokio::test]
async fn what_was_acknowledged_survives_ten_kills() {
    killed_and_reopened(10).await;
}

#[tokio::test]
#[ignore = "takes minutes; the long form of the test above"]
async fn what_was_acknowledged_survives_a_hundred_kills() {
    killed_and_reopened(100).await;
}

#[tokio::test]
async fn after_postgres_was_gone_the_next_act_works_and_nothing_is_half_written() {
    let server = Arc::new(tokio::task::spawn_blocking(Server::start).await.unwrap());
    let store = Opened::postgres(&server.url(), "yanpan").await.unwrap();
    store.write(register(1)).await.unwrap();
    let in_the_midst = Arc::clone(&server);
    let lost = store
        .write(act(move |store| {
            Box::pin(async move {
                store.put_cases(&[case(2)]).await?;
                tokio::task::spawn_blocking(move || in_the_midst.stop()).await.unwrap();
                store.append(&[first_entry(2)]).await.map(drop)
            })
        }))
        .await;
    assert!(lost.unwrap_err().is(&STORE_UNAVAILABLE));
    assert!(store.write(register(3)).await.unwrap_err().is(&STORE_UNAVAILABLE));
    assert!(store.read().await.err().unwrap().is(&STORE_UNAVAILABLE));
    let again = Arc::clone(&server);
    tokio::task::spawn_blocking(move || again.start_again()).await.unwrap();
    store.write(register(4)).await.unwrap();
    let read = store.read().await.unwrap();
    assert_eq!(read.last_entry().await.unwrap(), 2);
    assert_eq!(read.cases(&[id(1), id(2), id(3), id(4)], &Scope::Everything).await.unwrap(), [case(1), case(4)]);
}

#[tokio::test]
async fn two_nodes_on_one_postgres_number_without_gap() {
    let url = tokio::task::spawn_blocking(yanpan_testkit::postgres::shared).await.unwrap();
    let schema = yanpan_testkit::postgres::fresh_schema();
    let (one, two) = tokio::join!(Opened::postgres(url, &schema), Opened::postgres(url, &schema));
    let (one, two) = (one.unwrap(), two.unwrap());
    let writes = (1..=60).map(|n| if n % 2 == 0 { one.write(register(n)) } else { two.write(register(n)) });
    for result in futures::future::join_all(writes).await {
        result.unwrap();
    }
    verify(&one).await;
    assert_eq!(two.read().await.unwrap().last_entry().await.unwrap(), 60);
}

#[tokio::test]
async fn a_sqlite_backup_under_way_of_writing_restores_to_the_same() {
    let scratch = scratch::sqlite().await;
    let (backup, back) = (scratch.folder().join("backup"), scratch.folder().join("back.db"));
    scratch.write(register(1)).await.unwrap();
    scratch.backup(&backup).await.unwrap();
    scratch.write(register(2)).await.unwrap();
    assert!(scratch.backup(&backup).await.unwrap_err().is(&FILE_UNREADABLE), "not into a folder that holds something");
    restore_sqlite(&backup, &back).await.unwrap();
    assert!(restore_sqlite(&backup, &back).await.unwrap_err().is(&FILE_UNREADABLE), "not over a database");
    let store = Opened::sqlite(&back).await.unwrap();
    let read = store.read().await.unwrap();
    assert_eq!(read.cases(&[id(1), id(2)], &Scope::Everything).await.unwrap(), [case(1)]);
    store.write(register(5)).await.unwrap();
    assert_eq!(containing(&store, "件").await, ["L-00001", "L-00005"]);
}

#[tokio::test]
async fn a_closed_store_leaves_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let store = Opened::sqlite(&folder.path().join("yanpan.db")).await.unwrap();
    store.write(register(1)).await.unwrap();
    assert_eq!(store.read().await.unwrap().last_entry().await.unwrap(), 1);
    store.close().await;
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left, ["yanpan.db"]);
}

#[tokio::test]
async fn a_damaged_sqlite_backup_is_refused() {
    let scratch = scratch::sqlite().await;
    let backup = scratch.folder().join("backup");
    scratch.write(register(1)).await.unwrap();
    scratch.backup(&backup).await.unwrap();
    let copy = backup.join("yanpan.db");
    let mut bytes = std::fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes.truncate(middle);
    std::fs::write(&copy, bytes).unwrap();
    let refused = restore_sqlite(&backup, &scratch.folder().join("back.db")).await;
    assert!(refused.unwrap_err().is(&FILE_UNREADABLE));
}

#[tokio::test]
async fn a_postgres_backup_restores_to_the_same() {
    let server = Arc::new(tokio::task::spawn_blocking(Server::start).await.unwrap());
    let folder = tempfile::tempdir().unwrap();
    {
        let store = Opened::postgres(&server.url(), "yanpan").await.unwrap();
        store.write(register(1)).await.unwrap();
        store.backup(&folder.path().join("backup")).await.unwrap();
    }
    let empty = tokio::task::spawn_blocking(Server::start).await.unwrap();
    restore_postgres(&folder.path().join("backup"), &empty.url()).await.unwrap();
    let store = Opened::postgres(&empty.url(), "yanpan").await.unwrap();
    store.write(register(2)).await.unwrap();
    let read = store.read().await.unwrap();
    assert_eq!(read.cases(&[id(1), id(2)], &Scope::Everything).await.unwrap(), [case(1), case(2)]);
    assert_eq!(read.last_entry().await.unwrap(), 2);
    assert_eq!(containing(&store, "件").await, ["L-00001", "L-00002"]);
}

#[tokio::test]
async fn data_of_a_newer_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("yanpan.db");
    drop(Opened::sqlite(&path).await.unwrap());
    change(&path, "UPDATE meta SET number = 999 WHERE name = 'schema'").await.unwrap();
    assert!(Opened::sqlite(&path).await.unwrap_err().is(&DATA_NEWER));
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_entries_and_seals() {
    let scratch = scratch::sqlite().await;
    let path = scratch.folder().join("yanpan.db");
    scratch.write(register(1)).await.unwrap();
    for sql in ["UPDATE entries SET verb = 'x'", "DELETE FROM entries WHERE number = 1"] {
        assert!(change(&path, sql).await.unwrap_err().contains("append-only"), "{sql}");
    }
    let url = tokio::task::spawn_blocking(yanpan_testkit::postgres::shared).await.unwrap();
    let schema = yanpan_testkit::postgres::fresh_schema();
    let store = Opened::postgres(url, &schema).await.unwrap();
    store.write(register(1)).await.unwrap();
    let database = sea_orm::Database::connect(url).await.unwrap();
    for sql in ["UPDATE entries SET verb = 'x'", "DELETE FROM entries", "TRUNCATE entries CASCADE", "DELETE FROM seals"]
    {
        let sql = sql.replace("entries", &format!("{schema}.entries")).replace("seals", &format!("{schema}.seals"));
        let refused = sea_orm::ConnectionTrait::execute_unprepared(&database, &sql).await;
        assert!(refused.unwrap_err().to_string().contains("append-only"), "{sql}");
    }
}

/// Runs a statement behind the store's back.
async fn change(path: &Path, sql: &str) -> Result<(), String> {
    let database = sea_orm::Database::connect(format!("sqlite://{}", path.display())).await.unwrap();
    let done = sea_orm::ConnectionTrait::execute_unprepared(&database, sql).await;
    done.map(drop).map_err(|error| error.to_string())
}

#[tokio::test]
async fn both_databases_have_the_same_tables_and_columns() {
    let scratch = scratch::sqlite().await;
    let url = tokio::task::spawn_blocking(yanpan_testkit::postgres::shared).await.unwrap();
    let schema = yanpan_testkit::postgres::fresh_schema();
    drop(Opened::postgres(url, &schema).await.unwrap());
    let sqlite = format!("sqlite://{}", scratch.folder().join("yanpan.db").display());
    let columns = "SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_xinfo(m.name) c
        WHERE c.hidden <> 1 AND m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'case_words%'";
    let postgres_columns = format!(
        "SELECT table_name::text || '.' || column_name::text FROM information_schema.columns WHERE table_schema = '{schema}'
         AND table_name <> 'case_words'"
    );
    let indexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL";
    let postgres_indexes = format!(
        "SELECT indexname::text FROM pg_indexes WHERE schemaname = '{schema}' AND indexname NOT LIKE '%_pkey'
         AND indexname NOT LIKE '%_key' AND tablename <> 'case_words'"
    );
    assert_eq!(texts(&sqlite, columns).await, texts(url, &postgres_columns).await);
    assert_eq!(texts(&sqlite, indexes).await, texts(url, &postgres_indexes).await);
}

async fn texts(url: &str, sql: &str) -> BTreeSet<String> {
    let database = sea_orm::Database::connect(url).await.unwrap();
    let statement = sea_orm::Statement::from_string(database.get_database_backend(), sql);
    let rows = sea_orm::ConnectionTrait::query_all_raw(&database, statement).await.unwrap();
    let found: BTreeSet<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    assert!(found.len() > 10, "{found:?}");
    found
}

/// Numbers of the cases whose search text contains a text.
async fn containing(store: &Opened, text: &str) -> Vec<String> {
    let query = Query {
        kind: "ledger".to_owned(),
        filters: vec![Filter { column: Column::Search, test: Test::Contains(text.to_owned()) }],
        actor: None,
        sort: Column::Number,
        descending: false,
        after: None,
        limit: 9,
    };
    let page = store.read().await.unwrap().case_page(&query, &Scope::Everything).await.unwrap();
    page.into_iter().map(|row| row.case.number).collect()
}

/// Makes a database of this version one of version 4.
const VERSION_4_OF_SQLITE: &str = "DROP TABLE case_words; ALTER TABLE cases RENAME TO later;
    CREATE TABLE cases AS SELECT id, lane, unit, number, revision, entry, opened_on, closed_on, due_on,
        slot0, slot1, slot2, slot3, slot4, slot5, slot6, slot7, search FROM later;
    DROP TABLE later; UPDATE meta SET number = 4 WHERE name = 'schema'";
const VERSION_4_OF_POSTGRES: &str = "DROP TABLE case_words; ALTER TABLE cases DROP COLUMN came, DROP COLUMN words;
    UPDATE meta SET number = 4 WHERE name = 'schema'";

/// What a kill in the midst of the first opening leaves.
const CUT_SHORT_ON_SQLITE: &str = "DELETE FROM case_words WHERE rowid > 1";
const CUT_SHORT_ON_POSTGRES: &str = "DELETE FROM case_words WHERE words > 1";

async fn words_are_made_at_the_opening(url: &str, older: [String; 2], open: impl AsyncFn() -> Opened) {
    for (older, n) in older.into_iter().zip(3..) {
        let database = sea_orm::Database::connect(url).await.unwrap();
        sea_orm::ConnectionTrait::execute_unprepared(&database, &older).await.unwrap();
        database.close().await.unwrap();
        let store = open().await;
        assert_eq!(containing(&store, "第2件").await, ["L-00002"]);
        store.write(register(n)).await.unwrap();
        let all: Vec<_> = (1..=n).map(|n| format!("L-{n:05}")).collect();
        assert_eq!(containing(&store, "件").await, all);
        store.close().await;
    }
}

#[tokio::test]
async fn words_of_cases_of_an_earlier_version_are_made_at_the_opening() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("yanpan.db");
    let store = Opened::sqlite(&path).await.unwrap();
    store.write(register(1)).await.unwrap();
    store.write(register(2)).await.unwrap();
    store.close().await;
    let address = format!("sqlite://{}", path.display());
    let older = [VERSION_4_OF_SQLITE, CUT_SHORT_ON_SQLITE].map(str::to_owned);
    words_are_made_at_the_opening(&address, older, async || Opened::sqlite(&path).await.unwrap()).await;

    let url = tokio::task::spawn_blocking(yanpan_testkit::postgres::shared).await.unwrap();
    let schema = yanpan_testkit::postgres::fresh_schema();
    let store = Opened::postgres(url, &schema).await.unwrap();
    store.write(register(1)).await.unwrap();
    store.write(register(2)).await.unwrap();
    let older = [VERSION_4_OF_POSTGRES, CUT_SHORT_ON_POSTGRES].map(|sql| format!("SET search_path = {schema}; {sql}"));
    words_are_made_at_the_opening(url, older, async || Opened::postgres(url, &schema).await.unwrap()).await;
}

#[tokio::test]
async fn what_is_taken_out_of_a_case_is_taken_out_of_its_words() {
    let url = tokio::task::spawn_blocking(yanpan_testkit::postgres::shared).await.unwrap();
    let schema = yanpan_testkit::postgres::fresh_schema();
    let postgres = Opened::postgres(url, &schema).await.unwrap();
    let sqlite = scratch::sqlite().await;
    let address = format!("sqlite://{}", sqlite.folder().join("yanpan.db").display());
    // U+946B in base 36.
    let of_postgres = format!("SELECT count(*) FROM {schema}.case_words WHERE grams @@ '0tbf'::tsquery");
    let of_sqlite = "SELECT count(*) FROM case_words WHERE case_words MATCH '0tbf'";
    for (store, url, sql) in [(&*sqlite, address.as_str(), of_sqlite), (&postgres, url, of_postgres.as_str())] {
        for (slot, found) in [("王鑫", 1), ("", 0)] {
            let mut row = case(1);
            row.slots[0] = slot.to_owned();
            let put = act(move |store| {
                Box::pin(async move {
                    store.put_cases(&[row]).await?;
                    let head = store.head(id(1)).await?;
                    store.append(&[entry(head, statement(1, "act"), "{}")]).await.map(drop)
                })
            });
            store.write(put).await.unwrap();
            let database = sea_orm::Database::connect(url).await.unwrap();
            let ask = sea_orm::Statement::from_string(database.get_database_backend(), sql);
            let row = sea_orm::ConnectionTrait::query_one_raw(&database, ask).await.unwrap().unwrap();
            assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), found, "{sql}");
        }
    }
}
