//! One open transaction of either database: texts with their values in, rows out. It goes to the driver itself, so that values
//! are made ready where they come from, once, and not while the database waits.

use crate::sql::{Dialect, Sql};
use sea_orm::{
    DbErr, QueryResult, RuntimeErr, Value,
    sqlx::{
        self, Arguments, AssertSqlSafe, Database, Encode, Postgres, Sqlite, Type, postgres::PgArguments,
        sqlite::SqliteArguments,
    },
};
use uuid::Uuid;

/// An open transaction; dropped, it is rolled back.
pub(crate) enum Transaction {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// A text with its values as the driver takes them.
pub(crate) enum Ready {
    Sqlite(String, SqliteArguments),
    Postgres(String, PgArguments),
}

impl Ready {
    /// Makes a statement ready.
    pub fn of(dialect: Dialect, sql: Sql) -> Result<Self, DbErr> {
        let text = sql.text.into_owned();
        Ok(match dialect {
            Dialect::Sqlite => Self::Sqlite(text, arguments::<Sqlite>(sql.values)?),
            Dialect::Postgres => Self::Postgres(text, arguments::<Postgres>(sql.values)?),
        })
    }
}

/// The values that [`crate::sql::Stored`] knows.
fn arguments<D: Database>(values: Vec<Value>) -> Result<D::Arguments, DbErr>
where
    for<'q> Option<i64>: Encode<'q, D> + Type<D>,
    for<'q> Option<bool>: Encode<'q, D> + Type<D>,
    for<'q> Option<String>: Encode<'q, D> + Type<D>,
    for<'q> Option<Vec<u8>>: Encode<'q, D> + Type<D>,
    for<'q> Option<Uuid>: Encode<'q, D> + Type<D>,
{
    let mut arguments = D::Arguments::default();
    arguments.reserve(values.len(), 0);
    for value in values {
        let added = match value {
            Value::BigInt(number) => arguments.add(number),
            Value::Bool(flag) => arguments.add(flag),
            Value::String(text) => arguments.add(text),
            Value::Bytes(bytes) => arguments.add(bytes),
            Value::Uuid(id) => arguments.add(id),
            other => return Err(DbErr::Type(format!("{other:?} cannot be bound"))),
        };
        added.map_err(|error| said(sqlx::Error::Encode(error)))?;
    }
    Ok(arguments)
}

fn said(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}

fn other_database() -> DbErr {
    DbErr::Custom("a statement was made ready for the other database".to_owned())
}

impl Transaction {
    /// Runs a statement; gives the number of rows that it touched.
    pub async fn execute(&mut self, ready: Ready) -> Result<u64, DbErr> {
        let touched = match (self, ready) {
            (Self::Sqlite(open), Ready::Sqlite(text, values)) => {
                let query = sqlx::query_with(AssertSqlSafe(text), values);
                query.execute(&mut **open).await.map(|done| done.rows_affected())
            }
            (Self::Postgres(open), Ready::Postgres(text, values)) => {
                let query = sqlx::query_with(AssertSqlSafe(text), values);
                query.execute(&mut **open).await.map(|done| done.rows_affected())
            }
            _ => return Err(other_database()),
        };
        touched.map_err(said)
    }

    /// Rows of a query.
    pub async fn all(&mut self, ready: Ready) -> Result<Vec<QueryResult>, DbErr> {
        match (self, ready) {
            (Self::Sqlite(open), Ready::Sqlite(text, values)) => {
                let rows = sqlx::query_with(AssertSqlSafe(text), values).fetch_all(&mut **open).await;
                Ok(rows.map_err(said)?.into_iter().map(QueryResult::from).collect())
            }
            (Self::Postgres(open), Ready::Postgres(text, values)) => {
                let rows = sqlx::query_with(AssertSqlSafe(text), values).fetch_all(&mut **open).await;
                Ok(rows.map_err(said)?.into_iter().map(QueryResult::from).collect())
            }
            _ => Err(other_database()),
        }
    }

    /// The first row of a query.
    pub async fn one(&mut self, ready: Ready) -> Result<Option<QueryResult>, DbErr> {
        match (self, ready) {
            (Self::Sqlite(open), Ready::Sqlite(text, values)) => {
                let row = sqlx::query_with(AssertSqlSafe(text), values).fetch_optional(&mut **open).await;
                Ok(row.map_err(said)?.map(QueryResult::from))
            }
            (Self::Postgres(open), Ready::Postgres(text, values)) => {
                let row = sqlx::query_with(AssertSqlSafe(text), values).fetch_optional(&mut **open).await;
                Ok(row.map_err(said)?.map(QueryResult::from))
            }
            _ => Err(other_database()),
        }
    }

    /// Runs control statements of the transaction itself.
    pub async fn control(&mut self, text: &'static str) -> Result<(), DbErr> {
        match self {
            Self::Sqlite(open) => sqlx::raw_sql(text).execute(&mut **open).await.map(drop),
            Self::Postgres(open) => sqlx::raw_sql(text).execute(&mut **open).await.map(drop),
        }
        .map_err(said)
    }

    /// Ends it durably.
    pub async fn commit(self) -> Result<(), DbErr> {
        match self {
            Self::Sqlite(open) => open.commit().await,
            Self::Postgres(open) => open.commit().await,
        }
        .map_err(said)
    }

    /// Ends it without trace.
    pub async fn rollback(self) -> Result<(), DbErr> {
        match self {
            Self::Sqlite(open) => open.rollback().await,
            Self::Postgres(open) => open.rollback().await,
        }
        .map_err(said)
    }
}
