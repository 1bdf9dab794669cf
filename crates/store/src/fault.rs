//! What the database says when it refuses, as a Problem: unavailable when it is the machine's fault, internal when it is ours.

use sea_orm::{DbErr, RuntimeErr, sqlx};
use std::sync::atomic::{AtomicU64, Ordering};
use yanpan_kernel::problem::{INTERNAL, Problem, STORE_UNAVAILABLE};

static REFERENCES: AtomicU64 = AtomicU64::new(1);

/// A fault of the program: logged under a reference that the user can quote.
pub(crate) fn internal(what: &str) -> Problem {
    let reference = format!("store-{}", REFERENCES.fetch_add(1, Ordering::Relaxed));
    tracing::error!(%reference, what, "the store refused an act");
    Problem::new(&INTERNAL, &[("reference", &reference)])
}

/// The database is gone, full or broken.
pub(crate) fn unavailable(what: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%what, "the database is unavailable");
    Problem::new(&STORE_UNAVAILABLE, &[])
}

/// Sorts an error of the driver.
pub(crate) fn fault(error: &DbErr) -> Problem {
    if is_ours(error) { internal(&error.to_string()) } else { unavailable(error) }
}

fn is_ours(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(inner))
    | DbErr::Query(RuntimeErr::SqlxError(inner))
    | DbErr::Conn(RuntimeErr::SqlxError(inner))) = error
    else {
        return !matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_));
    };
    match inner.as_ref() {
        sqlx::Error::Database(said) => {
            let code = said.code().unwrap_or_default();
            // PostgreSQL classes: 22 data, 23 constraint, 25 transaction state, 42 syntax, P0 raised by a trigger.
            // SQLite: 1 logic, 18 too big, 20 mismatch; constraint codes end in the low byte 19.
            let postgres =
                code.len() == 5 && ["22", "23", "25P02", "42", "P0"].iter().any(|class| code.starts_with(class));
            let sqlite = code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 1 | 18 | 19 | 20 | 25));
            postgres || (code.len() < 5 && sqlite)
        }
        sqlx::Error::Encode(_) | sqlx::Error::Decode(_) | sqlx::Error::ColumnDecode { .. } => true,
        sqlx::Error::ColumnNotFound(_) | sqlx::Error::ColumnIndexOutOfBounds { .. } => true,
        _ => false,
    }
}
