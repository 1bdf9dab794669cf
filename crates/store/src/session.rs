//! A session: one open transaction that reads a snapshot or, in the writer, runs acts.

use crate::{
    fault::{fault, internal},
    sql::{Cell, Dialect, Insert, Sql},
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, QueryResult, Statement, Value};
use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};
use yanpan_app::ports::{Reading, Writing};
use yanpan_kernel::problem::{Problem, USAGE};

/// One open transaction.
pub(crate) struct Session {
    transaction: DatabaseTransaction,
    pub dialect: Dialect,
    changed: AtomicBool,
    told: AtomicBool,
    failed: AtomicBool,
    known: Mutex<Known>,
}

/// What the writer's transaction has read or written itself and need not ask again; only it writes meanwhile.
#[derive(Default)]
pub(crate) struct Known {
    /// Number of the last entry.
    pub entry: Option<i64>,
    /// Number of the last line of words.
    pub words: Option<i64>,
    /// Lanes by kind, stage and state.
    pub lanes: HashMap<(String, &'static str, String), i64>,
    /// Kinds that have a watermark.
    pub watermarks: BTreeSet<String>,
}

impl Reading for Session {}
impl Writing for Session {}

impl Session {
    /// A session over an open transaction.
    pub fn new(transaction: DatabaseTransaction, dialect: Dialect) -> Self {
        let [changed, told, failed] = [false; 3].map(AtomicBool::new);
        Self { transaction, dialect, changed, told, failed, known: Mutex::default() }
    }

    /// Reads or notes what is known.
    pub fn known<T>(&self, with: impl FnOnce(&mut Known) -> T) -> T {
        with(&mut self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Forgets what is known: some of it may just have been undone.
    pub fn forget(&self) {
        self.known(|known| *known = Known::default());
    }

    /// Runs a statement; gives the number of rows that it touched.
    pub async fn run(&self, sql: Sql) -> Result<u64, Problem> {
        let statement = self.statement(sql)?;
        let done = self.transaction.execute_raw(statement).await;
        done.map(|done| done.rows_affected()).map_err(|error| self.failed(&error))
    }

    /// Rows of a query.
    pub async fn all(&self, sql: Sql) -> Result<Vec<Line>, Problem> {
        let statement = self.statement(sql)?;
        let rows = self.transaction.query_all_raw(statement).await.map_err(|error| self.failed(&error))?;
        Ok(rows.into_iter().map(|row| Line { row, next: 0 }).collect())
    }

    /// The first row of a query.
    pub async fn one(&self, sql: Sql) -> Result<Option<Line>, Problem> {
        let statement = self.statement(sql)?;
        let row = self.transaction.query_one_raw(statement).await.map_err(|error| self.failed(&error))?;
        Ok(row.map(|row| Line { row, next: 0 }))
    }

    /// Rows of a query, each read by `read`.
    pub async fn each<T>(&self, sql: Sql, read: impl Fn(&mut Line) -> Result<T, Problem>) -> Result<Vec<T>, Problem> {
        self.all(sql).await?.iter_mut().map(read).collect()
    }

    /// Inserts many rows.
    pub async fn insert(&self, insert: Insert, rows: Vec<Vec<Value>>) -> Result<(), Problem> {
        for statement in insert.statements(rows, self.dialect) {
            self.run(statement).await?;
        }
        Ok(())
    }

    /// Runs control statements of the transaction itself.
    pub async fn control(&self, sql: &str) -> Result<(), Problem> {
        self.transaction.execute_unprepared(sql).await.map(drop).map_err(|error| fault(&error))
    }

    /// Says that the act changes the domain, so that it owes an entry.
    pub fn changes(&self) {
        self.changed.store(true, Ordering::Relaxed);
    }

    /// Says that the act has appended an entry.
    pub fn tells(&self) {
        self.told.store(true, Ordering::Relaxed);
    }

    /// What an act that thinks it went well still has against it; forgets the marks for the next act.
    pub fn settle(&self) -> Result<(), Problem> {
        let [changed, told, failed] =
            [&self.changed, &self.told, &self.failed].map(|mark| mark.swap(false, Ordering::Relaxed));
        if failed {
            return Err(internal("an act went on after a statement of it had failed"));
        }
        if changed && !told {
            return Err(internal("an act changed the domain and told no entry of it"));
        }
        Ok(())
    }

    /// Ends the transaction durably.
    pub async fn commit(self) -> Result<(), sea_orm::DbErr> {
        self.transaction.commit().await
    }

    /// Ends the transaction without trace.
    pub async fn rollback(self) -> Result<(), sea_orm::DbErr> {
        self.transaction.rollback().await
    }

    fn statement(&self, sql: Sql) -> Result<Statement, Problem> {
        // PostgreSQL has no U+0000 in text; SQLite would keep it and cut it elsewhere.
        let nul = |value: &Value| matches!(value, Value::String(Some(text)) if text.contains('\0'));
        if sql.values.iter().any(nul) {
            return Err(Problem::new(&USAGE, &[("reason", &"文字中含有不能保存的空字符(U+0000)")]));
        }
        let backend = match self.dialect {
            Dialect::Sqlite => DbBackend::Sqlite,
            Dialect::Postgres => DbBackend::Postgres,
        };
        Ok(Statement::from_sql_and_values(backend, sql.text, sql.values))
    }

    fn failed(&self, error: &sea_orm::DbErr) -> Problem {
        self.failed.store(true, Ordering::Relaxed);
        fault(error)
    }
}

/// A row, read from left to right.
pub(crate) struct Line {
    row: QueryResult,
    next: usize,
}

impl Line {
    /// The next column.
    pub fn take<T: Cell>(&mut self) -> Result<T, Problem> {
        let at = self.next;
        self.next += 1;
        T::read(&self.row, at).map_err(|error| fault(&error))
    }

    /// The next column, which holds a key of a closed list.
    pub fn key<T>(&mut self, parse: impl Fn(&str) -> Option<T>) -> Result<T, Problem> {
        let key: String = self.take()?;
        parse(&key).ok_or_else(|| internal(&format!("unknown key «{key}» in a stored row")))
    }
}
