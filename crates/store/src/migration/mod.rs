//! Migrations: numbered SQL files, forward only, each in its own transaction with the version that it makes.

use crate::{fault::fault, sql::Dialect};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement, TransactionTrait};
use yanpan_kernel::problem::{DATA_NEWER, Problem};

/// Every migration in order; the version of a database is how many of them it has seen.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/0001_first.sql"),
    include_str!("../../migrations/0002_lists.sql"),
    include_str!("../../migrations/0003_reports.sql"),
    include_str!("../../migrations/0004_enrolments.sql"),
    include_str!("../../migrations/0005_words.sql"),
    include_str!("../../migrations/0006_lean.sql"),
    include_str!("../../migrations/0007_numbered.sql"),
    include_str!("../../migrations/0008_scoped.sql"),
    include_str!("../../migrations/0009_sessions.sql"),
];

/// The version of a database; 0 for an empty one.
pub(crate) async fn version(connection: &impl ConnectionTrait) -> Result<usize, Problem> {
    let dialect = dialect(connection.get_database_backend());
    let meta = "CREATE TABLE IF NOT EXISTS meta (name {text} PRIMARY KEY NOT NULL, number {number} NOT NULL)";
    connection.execute_unprepared(&render(meta, dialect)).await.map_err(|error| fault(&error))?;
    let ask =
        Statement::from_string(connection.get_database_backend(), "SELECT number FROM meta WHERE name = 'schema'");
    let row = connection.query_one_raw(ask).await.map_err(|error| fault(&error))?;
    let number: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0)).map_err(|error: DbErr| fault(&error))?;
    Ok(usize::try_from(number).unwrap_or(usize::MAX))
}

/// Brings a database to the last of these migrations.
///
/// # Errors
/// `DATA_NEWER` when it has seen more than there are, `STORE_UNAVAILABLE`.
pub(crate) async fn migrate(connection: &DatabaseConnection, migrations: &[&str]) -> Result<(), Problem> {
    loop {
        let transaction = connection.begin().await.map_err(|error| fault(&error))?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            // Two nodes may start at once.
            let lock = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema(), 0))";
            transaction.execute_unprepared(lock).await.map_err(|error| fault(&error))?;
        }
        let version = version(&transaction).await?;
        refuse_newer(version, migrations.len())?;
        let Some(migration) = migrations.get(version) else {
            return transaction.commit().await.map_err(|error| fault(&error));
        };
        let dialect = dialect(transaction.get_database_backend());
        let next = version + 1;
        let mark = format!(
            "INSERT INTO meta (name, number) VALUES ('schema', {next}), ('tree', 0) ON CONFLICT (name) DO UPDATE
             SET number = CASE WHEN meta.name = 'schema' THEN excluded.number ELSE meta.number END"
        );
        for sql in [render(migration, dialect), mark] {
            transaction.execute_unprepared(&sql).await.map_err(|error| fault(&error))?;
        }
        transaction.commit().await.map_err(|error| fault(&error))?;
    }
}

/// Refuses data of a later program.
pub(crate) fn refuse_newer(version: usize, known: usize) -> Result<(), Problem> {
    if version > known { Err(Problem::new(&DATA_NEWER, &[("version", &version)])) } else { Ok(()) }
}

const fn dialect(backend: DbBackend) -> Dialect {
    match backend {
        DbBackend::Postgres => Dialect::Postgres,
        _ => Dialect::Sqlite,
    }
}

/// A migration in the words of one database.
fn render(sql: &str, dialect: Dialect) -> String {
    let (words, other) = match dialect {
        // The C collation sorts by bytes, as SQLite does.
        Dialect::Postgres => (
            [
                ("{uuid}", "UUID"),
                ("{text}", "TEXT COLLATE \"C\""),
                ("{bytes}", "BYTEA"),
                ("{number}", "BIGINT"),
                ("{flag}", "BOOLEAN"),
            ],
            "-- only sqlite",
        ),
        Dialect::Sqlite => (
            [
                ("{uuid}", "BLOB"),
                ("{text}", "TEXT"),
                ("{bytes}", "BLOB"),
                ("{number}", "INTEGER"),
                ("{flag}", "BOOLEAN"),
            ],
            "-- only postgres",
        ),
    };
    let mut rendered = String::with_capacity(sql.len());
    let mut skipped = false;
    for line in sql.lines() {
        match line.trim_end() {
            start if start == other => skipped = true,
            "-- end" => skipped = false,
            _ if skipped => {}
            line => {
                rendered.push_str(line);
                rendered.push('\n');
            }
        }
    }
    words.iter().fold(rendered, |text, (token, word)| text.replace(token, word))
}

#[cfg(test)]
mod tests;
