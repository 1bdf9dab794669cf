//! A session: one open transaction that reads a snapshot or, in the writer, runs acts.

use crate::{
    case::Stored,
    fault::{fault, internal, unavailable},
    sql::{Cell, Dialect, Insert, Sql},
    transaction::{Ready, Transaction},
};
use sea_orm::{DbErr, QueryResult, Value};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::{
    sync::{Mutex as Turn, mpsc},
    task::JoinHandle,
};
use yanpan_app::ports::{Reading, Writing};
use yanpan_kernel::{
    entry::{Chain, Head},
    id::Id,
    problem::{Problem, USAGE},
};

/// Values that statements may hold together before they are sent off while the act goes on.
const MOST_HELD: usize = 2_000;

/// How often so many may wait their turn; then the act waits, so that memory does not grow with it.
const MOST_SENT: usize = 16;

/// One open transaction. What is written is held until somebody reads, the act ends, or much has come together: statements
/// cost less together than one by one, and many of them run beside the act that makes the next.
pub(crate) struct Session {
    transaction: Arc<Turn<Transaction>>,
    pub dialect: Dialect,
    held: Turn<Held>,
    changed: AtomicBool,
    told: AtomicBool,
    failed: AtomicBool,
    known: Mutex<Known>,
}

/// Statements that were told to run.
#[derive(Default)]
struct Held {
    waiting: Vec<Sql>,
    values: usize,
    /// All that were ever held.
    written: usize,
    underway: Option<Underway>,
}

/// The task that runs what was sent off, and the way to it; closed, it ends when it has run all.
struct Underway {
    queue: mpsc::Sender<Vec<Ready>>,
    task: JoinHandle<Result<(), DbErr>>,
}

impl Underway {
    fn begin(transaction: Arc<Turn<Transaction>>) -> Self {
        let (queue, mut sent) = mpsc::channel::<Vec<Ready>>(MOST_SENT);
        let task = tokio::spawn(async move {
            while let Some(some) = sent.recv().await {
                for ready in some {
                    transaction.lock().await.execute(ready).await?;
                }
            }
            Ok(())
        });
        Self { queue, task }
    }

    async fn end(self) -> Result<(), DbErr> {
        drop(self.queue);
        self.task.await.unwrap_or_else(|error| Err(DbErr::Custom(error.to_string())))
    }
}

/// What the writer's transaction has read or written itself and need not ask again; only it writes meanwhile.
#[derive(Default)]
pub(crate) struct Known {
    /// Number of the last entry.
    pub entry: Option<i64>,
    /// Chains that were opened here and have no case yet.
    pub opened: HashSet<Id<Chain>>,
    /// The version of the tree of units.
    pub tree: Option<i64>,
    /// The texts of the case that was read last, which is often written next.
    pub texts: Option<Stored>,
    /// The head of its chain, until something is appended.
    pub head: Option<(Id<Chain>, Head)>,
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
    pub fn new(transaction: Transaction, dialect: Dialect) -> Self {
        let [changed, told, failed] = [false; 3].map(AtomicBool::new);
        let (transaction, held) = (Arc::new(Turn::new(transaction)), Turn::default());
        Self { transaction, dialect, held, changed, told, failed, known: Mutex::default() }
    }

    /// Reads at once what nearly every act will ask; gives the transaction's own number on PostgreSQL.
    pub async fn look_ahead(&self) -> Result<Option<String>, Problem> {
        let mut sql =
            Sql::new("SELECT (SELECT number FROM meta WHERE name = 'tree'), (SELECT max(number) FROM entries)", vec![]);
        sql.push(", (SELECT max(words) FROM cases)");
        sql.push(if self.dialect == Dialect::Postgres { ", pg_current_xact_id()::text" } else { ", NULL" });
        let Some(mut row) = self.one(sql).await? else { return Ok(None) };
        let (tree, entry, words): (Option<i64>, Option<i64>, Option<i64>) = (row.take()?, row.take()?, row.take()?);
        self.known(|known| {
            (known.tree, known.entry, known.words) = (tree, Some(entry.unwrap_or(0)), Some(words.unwrap_or(0)));
        });
        row.take()
    }

    /// Reads or notes what is known.
    pub fn known<T>(&self, with: impl FnOnce(&mut Known) -> T) -> T {
        with(&mut self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Forgets what is known: some of it has just been undone.
    fn forget(&self) {
        self.known(|known| *known = Known::default());
    }

    /// Has a statement run before the next question or the end of the act; what it meets with is told there.
    pub async fn run(&self, sql: Sql) -> Result<(), Problem> {
        check(&sql)?;
        let mut held = self.held.lock().await;
        held.values += sql.values.len();
        held.written += sql.values.len();
        held.waiting.push(sql);
        if held.values < MOST_HELD {
            return Ok(());
        }
        held.values = 0;
        let some = self.ready(std::mem::take(&mut held.waiting))?;
        let begin = || Underway::begin(self.transaction.clone());
        if held.underway.get_or_insert_with(begin).queue.send(some).await.is_err() {
            // It has ended before its time: it says why.
            self.landed(&mut held).await?;
        }
        Ok(())
    }

    /// Runs a statement at once; gives the number of rows that it touched.
    pub async fn touched(&self, sql: Sql) -> Result<u64, Problem> {
        check(&sql)?;
        self.flush().await?;
        let ready = self.one_ready(sql)?;
        self.transaction.lock().await.execute(ready).await.map_err(|error| self.failed(&error))
    }

    /// Rows of a query.
    pub async fn all(&self, sql: Sql) -> Result<Vec<Line>, Problem> {
        check(&sql)?;
        self.flush().await?;
        let ready = self.one_ready(sql)?;
        let rows = self.transaction.lock().await.all(ready).await;
        let rows = rows.map_err(|error| self.failed(&error))?;
        Ok(rows.into_iter().map(|row| Line { row, next: 0 }).collect())
    }

    /// The first row of a query.
    pub async fn one(&self, sql: Sql) -> Result<Option<Line>, Problem> {
        check(&sql)?;
        self.flush().await?;
        let ready = self.one_ready(sql)?;
        let row = self.transaction.lock().await.one(ready).await;
        Ok(row.map_err(|error| self.failed(&error))?.map(|row| Line { row, next: 0 }))
    }

    /// How many values statements have written here.
    pub async fn written(&self) -> usize {
        self.held.lock().await.written
    }

    /// Waits until all that is held has run.
    async fn flush(&self) -> Result<(), Problem> {
        let mut held = self.held.lock().await;
        self.landed(&mut held).await?;
        self.run_held(&mut held).await
    }

    async fn run_held(&self, held: &mut Held) -> Result<(), Problem> {
        held.values = 0;
        let some = self.ready(std::mem::take(&mut held.waiting))?;
        let mut transaction = self.transaction.lock().await;
        for ready in some {
            transaction.execute(ready).await.map_err(|error| self.failed(&error))?;
        }
        Ok(())
    }

    /// Waits for the statements that were sent off.
    async fn landed(&self, held: &mut Held) -> Result<(), Problem> {
        let Some(underway) = held.underway.take() else { return Ok(()) };
        underway.end().await.map_err(|error| self.failed(&error))
    }

    /// Runs what is held and keeps all that the act has done; what follows is the next act's.
    pub async fn keep(&self) -> Result<(), Problem> {
        if self.dialect == Dialect::Postgres {
            self.flush().await?;
            return self.control("RELEASE SAVEPOINT act; SAVEPOINT act").await;
        }
        self.run(Sql::new("RELEASE SAVEPOINT act; SAVEPOINT act", vec![])).await?;
        self.flush().await
    }

    /// Undoes all that the act has done.
    pub async fn undo(&self) -> Result<(), Problem> {
        let mut held = self.held.lock().await;
        if let Some(underway) = held.underway.take() {
            // It is undone, however it ended.
            let _ = underway.end().await;
        }
        *held = Held { written: held.written, ..Held::default() };
        self.forget();
        for mark in [&self.changed, &self.told, &self.failed] {
            mark.store(false, Ordering::Relaxed);
        }
        self.control("ROLLBACK TO SAVEPOINT act").await
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
    pub async fn control(&self, sql: &'static str) -> Result<(), Problem> {
        self.transaction.lock().await.control(sql).await.map_err(|error| fault(&error))
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
    pub async fn commit(self) -> Result<(), Problem> {
        self.flush().await?;
        let transaction = Arc::into_inner(self.transaction).ok_or_else(|| internal("statements are still underway"))?;
        transaction.into_inner().commit().await.map_err(|error| unavailable(&error))
    }

    /// Ends the transaction without trace.
    pub async fn rollback(self) -> Result<(), DbErr> {
        match Arc::into_inner(self.transaction) {
            Some(transaction) => transaction.into_inner().rollback().await,
            None => Ok(()),
        }
    }

    fn one_ready(&self, sql: Sql) -> Result<Ready, Problem> {
        Ready::of(self.dialect, sql).map_err(|error| self.failed(&error))
    }

    /// Makes statements ready, in order. SQLite takes those without numbered places in one call; PostgreSQL takes one at a
    /// time.
    fn ready(&self, some: Vec<Sql>) -> Result<Vec<Ready>, Problem> {
        let joins = |sql: &Sql| self.dialect == Dialect::Sqlite && !sql.text.contains('$');
        let mut joined: Vec<Sql> = Vec::with_capacity(some.len());
        for sql in some {
            match joined.last_mut() {
                Some(before) if joins(before) && joins(&sql) => {
                    before.push("; ").push(&sql.text);
                    before.values.extend(sql.values);
                }
                _ => joined.push(sql),
            }
        }
        joined.into_iter().map(|sql| self.one_ready(sql)).collect()
    }

    fn failed(&self, error: &DbErr) -> Problem {
        self.failed.store(true, Ordering::Relaxed);
        fault(error)
    }
}

/// PostgreSQL has no U+0000 in text; SQLite would keep it and cut it elsewhere.
fn check(sql: &Sql) -> Result<(), Problem> {
    let nul = |value: &Value| matches!(value, Value::String(Some(text)) if text.contains('\0'));
    if sql.values.iter().any(nul) {
        return Err(Problem::new(&USAGE, &[("reason", &"文字中含有不能保存的空字符(U+0000)")]));
    }
    Ok(())
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
