//! An opened store: a pool of readers, and the queue of the one writer.

use crate::{
    backup,
    case::fill_words,
    fault::{fault, internal, unavailable},
    log::Log,
    migration::{self, MIGRATIONS},
    session::Session,
    sql::{Dialect, Sql},
    transaction::Transaction,
    writer::{self, MOST_ACTS, Queued},
};
use async_trait::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbErr, RuntimeErr, SqlxPostgresConnector, SqlxSqliteConnector,
    sqlx::{
        ConnectOptions,
        postgres::{PgConnectOptions, PgPoolOptions},
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};
use std::{
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};
use tokio::{
    runtime::Builder,
    sync::{mpsc, oneshot},
};
use yanpan_app::ports::{Act, Reading, Store};
use yanpan_kernel::problem::{Problem, STORE_UNAVAILABLE, USAGE};

/// Readers at once.
const READERS: u32 = 8;

/// How long a connection is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a commit promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// On the disk when the write returns.
    Full,
    /// Against the end of the process only, not of the machine: for tests and for demos that can be made again.
    Process,
}

/// Connections of one kind to one database.
#[derive(Clone)]
pub(crate) struct Base {
    connection: DatabaseConnection,
    pub dialect: Dialect,
}

/// Where the data is.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    Sqlite(PathBuf),
    Postgres { url: String, schema: String },
}

/// The store on one database. Handles are dropped freely: what is queued is still written.
pub struct Opened {
    queue: mpsc::Sender<Queued>,
    /// Answers when the writer has ended.
    writer: oneshot::Receiver<()>,
    readers: Base,
    source: Source,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The address of a server may hold a password.
        f.debug_struct("Opened").field("dialect", &self.readers.dialect).finish_non_exhaustive()
    }
}

impl Opened {
    /// Opens or creates a SQLite file and brings it to the present version, after a backup beside it.
    ///
    /// # Errors
    /// `DATA_NEWER`, `STORE_UNAVAILABLE`, `FILE_UNREADABLE` when the backup cannot be written.
    pub async fn sqlite(path: &Path) -> Result<Self, Problem> {
        Self::sqlite_with(path, Durability::Full).await
    }

    /// The same with a weaker promise.
    ///
    /// # Errors
    /// As [`Opened::sqlite`].
    pub async fn sqlite_with(path: &Path, durability: Durability) -> Result<Self, Problem> {
        Self::sqlite_at(path, durability, MIGRATIONS).await
    }

    pub(crate) async fn sqlite_at(path: &Path, durability: Durability, migrations: &[&str]) -> Result<Self, Problem> {
        let (synchronous, log) = match durability {
            // What is written to the log is synced before it is acknowledged; SQLite keeps the order of log and file.
            Durability::Full => (SqliteSynchronous::Normal, Some(Log::of(path))),
            Durability::Process => (SqliteSynchronous::Off, None),
        };
        let options = sqlite_options(path).create_if_missing(true).synchronous(synchronous);
        let pool = SqlitePoolOptions::new().idle_timeout(None).max_lifetime(None).test_before_acquire(false);
        let writer = pool.clone().max_connections(1).acquire_timeout(PATIENCE);
        let writer = writer
            .connect_with(options.clone().pragma("cache_size", "-32768").pragma("wal_autocheckpoint", "0"))
            .await
            .map_err(|error| unavailable(&error))?;
        let writer = Base::new(SqlxSqliteConnector::from_sqlx_sqlite_pool(writer), Dialect::Sqlite);
        let version = migration::version(&writer.connection).await?;
        migration::refuse_newer(version, migrations.len())?;
        if version > 0 && version < migrations.len() {
            backup::before_migration(path, version).await?;
        }
        migration::migrate(&writer.connection, migrations).await?;
        fill_words(&writer).await?;
        let readers = pool.max_connections(READERS).acquire_timeout(PATIENCE);
        let readers = readers.connect_lazy_with(options.pragma("query_only", "ON"));
        let readers = Base::new(SqlxSqliteConnector::from_sqlx_sqlite_pool(readers), Dialect::Sqlite);
        Self::start((writer, log), readers, Source::Sqlite(path.to_owned()))
    }

    /// Opens a schema of a PostgreSQL database, makes it where it is missing, and brings it to the present version.
    ///
    /// # Errors
    /// `USAGE` for an address or a schema name that cannot be, `DATA_NEWER`, `STORE_UNAVAILABLE`.
    pub async fn postgres(url: &str, schema: &str) -> Result<Self, Problem> {
        let options = postgres_options(url, schema)?;
        let pool = PgPoolOptions::new().acquire_timeout(PATIENCE);
        // A node that hangs in the writer must not hold the others up for ever.
        let writing = options.clone().options([("idle_in_transaction_session_timeout", "60000")]);
        let writer = pool.clone().max_connections(1);
        let writer = writer.connect_with(writing).await.map_err(|error| unavailable(&error))?;
        let writer = Base::new(SqlxPostgresConnector::from_sqlx_postgres_pool(writer), Dialect::Postgres);
        // IF NOT EXISTS alone fails when two nodes start at once.
        let make = format!(
            "DO $$ BEGIN CREATE SCHEMA IF NOT EXISTS {schema};
             EXCEPTION WHEN duplicate_schema OR unique_violation THEN NULL; END $$"
        );
        writer.connection.execute_unprepared(&make).await.map_err(|error| fault(&error))?;
        migration::migrate(&writer.connection, MIGRATIONS).await?;
        fill_words(&writer).await?;
        let readers = pool.max_connections(READERS).connect_lazy_with(options);
        let readers = Base::new(SqlxPostgresConnector::from_sqlx_postgres_pool(readers), Dialect::Postgres);
        let source = Source::Postgres { url: url.to_owned(), schema: schema.to_owned() };
        Self::start((writer, None), readers, source)
    }

    fn start((base, log): (Base, Option<Log>), readers: Base, source: Source) -> Result<Self, Problem> {
        let (queue, waiting) = mpsc::channel(4 * MOST_ACTS);
        let (ended, writer) = oneshot::channel();
        let failed = |error: std::io::Error| internal(&format!("the writer did not start: {error}"));
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("writer").enable_all().build();
        let runtime = runtime.map_err(failed)?;
        let run = move || {
            runtime.block_on(writer::run(base, log, waiting));
            // Who dropped the store does not wait.
            let _ = ended.send(());
        };
        std::thread::Builder::new().name("writer".to_owned()).spawn(run).map_err(failed)?;
        Ok(Self { queue, writer, readers, source })
    }

    /// Writes what is queued and closes every connection; a SQLite folder then holds its one database file and no log.
    pub async fn close(self) {
        self.readers.close().await;
        drop(self.queue);
        if self.writer.await.is_err() {
            tracing::error!("the writer did not end well");
        }
    }
}

#[async_trait]
impl Store for Opened {
    async fn read(&self) -> Result<Box<dyn Reading>, Problem> {
        Ok(Box::new(self.readers.begin_read().await?))
    }

    async fn write(&self, act: Act) -> Result<(), Problem> {
        let gone = || Problem::new(&STORE_UNAVAILABLE, &[]);
        let (answer, answered) = oneshot::channel();
        self.queue.send(Queued { act, answer }).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }

    fn database(&self) -> &'static str {
        match self.source {
            Source::Sqlite(_) => "SQLite",
            Source::Postgres { .. } => "PostgreSQL",
        }
    }

    async fn backup(&self, into: &Path) -> Result<(), Problem> {
        backup::write(&self.source, into).await
    }
}

impl Base {
    const fn new(connection: DatabaseConnection, dialect: Dialect) -> Self {
        Self { connection, dialect }
    }

    async fn begin(&self, sqlite: &'static str, postgres: &'static str) -> Result<Transaction, Problem> {
        let begun = match self.dialect {
            Dialect::Sqlite => {
                self.connection.get_sqlite_connection_pool().begin_with(sqlite).await.map(Transaction::Sqlite)
            }
            Dialect::Postgres => {
                self.connection.get_postgres_connection_pool().begin_with(postgres).await.map(Transaction::Postgres)
            }
        };
        begun.map_err(|error| fault(&DbErr::Conn(RuntimeErr::SqlxError(error.into()))))
    }

    /// A snapshot.
    pub async fn begin_read(&self) -> Result<Session, Problem> {
        // Both databases take the snapshot at the first read, not at BEGIN.
        let sqlite = "BEGIN; SELECT number FROM meta";
        let postgres = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT number FROM meta";
        Ok(Session::new(self.begin(sqlite, postgres).await?, self.dialect))
    }

    /// The writer's transaction, its first savepoint open, and on PostgreSQL the number by which its fate can be asked.
    pub async fn begin_write(&self) -> Result<(Session, Option<String>), Problem> {
        // The lock makes one order of all nodes' commits, so that entry numbers have no gaps and no late comers.
        let sqlite = "BEGIN IMMEDIATE; SAVEPOINT act";
        let postgres = "BEGIN; SELECT pg_advisory_xact_lock(hashtextextended(current_schema(), 0)); SAVEPOINT act";
        let session = Session::new(self.begin(sqlite, postgres).await?, self.dialect);
        let number = session.look_ahead().await?;
        Ok((session, number))
    }

    /// Whether a PostgreSQL transaction whose commit went unanswered was committed after all. Its lock is waited for, so
    /// that it has ended when the question is put.
    pub async fn has_committed(&self, number: Option<String>) -> bool {
        let Some(number) = number else { return false };
        let Ok((session, _)) = self.begin_write().await else { return false };
        let ask = Sql::new("SELECT pg_xact_status($1::text::xid8)", vec![number.into()]);
        let status = match session.one(ask).await {
            Ok(Some(mut row)) => row.take::<Option<String>>().ok().flatten(),
            _ => None,
        };
        // Nothing was written here; whether the rollback arrives does not matter.
        let _ = session.rollback().await;
        status.as_deref() == Some("committed")
    }

    /// Moves what SQLite's log holds into the file, as far as no reader stands in the way, and gives the pages in memory back.
    pub async fn checkpoint(&self) {
        let sql = "PRAGMA wal_checkpoint(PASSIVE); PRAGMA shrink_memory";
        if self.dialect == Dialect::Sqlite
            && let Err(error) = self.connection.execute_unprepared(sql).await
        {
            // Nothing is lost: the log stays until the next time.
            tracing::warn!(%error, "the log was not moved into the file");
        }
    }

    /// Closes the connections.
    pub async fn close(self) {
        if let Err(error) = self.connection.close().await {
            tracing::warn!(%error, "the connections did not close cleanly");
        }
    }
}

/// Options that every connection to a SQLite file shares. Each has a page cache of its own, so the readers' stay small: the
/// system keeps the file's pages anyway.
pub(crate) fn sqlite_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("cache_size", "-8192")
        .pragma("temp_store", "MEMORY")
        .pragma("wal_autocheckpoint", "4000")
        .disable_statement_logging()
}

fn postgres_options(url: &str, schema: &str) -> Result<PgConnectOptions, Problem> {
    let usage = |reason: &str| Problem::new(&USAGE, &[("reason", &reason)]);
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let begins = schema.chars().next().is_some_and(|first| !first.is_ascii_digit());
    if !begins || schema.len() > 63 || !schema.chars().all(plain) {
        return Err(usage("数据库模式名只能用小写字母、数字和下划线，以字母开头，至多63个字符"));
    }
    let options =
        PgConnectOptions::from_str(url).map_err(|_| usage("数据库地址应为 postgres://用户:口令@主机:端口/库名"))?;
    Ok(options.options([("search_path", schema)]).application_name("yanpan").disable_statement_logging())
}
