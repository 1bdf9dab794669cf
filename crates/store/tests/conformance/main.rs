//! The conformance suite of the store: every rule on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "in a test a failure is a finding")]

/// Makes a test of each rule on each database; a rule is an `async fn(&Opened)`.
macro_rules! on_both {
    ($($rule:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test] async fn $rule() { super::$rule(&*yanpan_testkit::scratch::sqlite().await).await; })*
        }
        mod postgres {
            $(#[tokio::test] async fn $rule() { super::$rule(&*yanpan_testkit::scratch::postgres().await).await; })*
        }
    };
}

mod case;
mod enrolment;
mod entry;
mod file;
mod import;
mod job;
mod load;
mod person;
mod report;
mod round;
mod unit;
mod words;
mod writer;

use futures::future::BoxFuture;
use yanpan_app::ports::{Store, Writing, act};
use yanpan_kernel::problem::Problem;
use yanpan_store::Opened;

/// Writes through the store, expecting no refusal.
async fn write<F>(store: &Opened, work: F)
where
    F: for<'a> FnOnce(&'a dyn Writing) -> BoxFuture<'a, Result<(), Problem>> + Send + 'static,
{
    store.write(act(work)).await.unwrap();
}
