//! The thread, whole, through the command line and through HTTP: a ledger goes in, another person accepts, the report is built, edited, verified.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a story that goes wrong must fail loudly"
)]

mod beside;
mod browser;
mod line;
mod pages;
mod story;

use yanpan_testkit::postgres::Server;

#[test]
fn a_ledger_becomes_a_verified_report_on_sqlite() {
    story::tell(None);
}

#[test]
fn a_ledger_becomes_a_verified_report_on_postgres() {
    let server = Server::start();
    story::tell(Some(server.url()));
}

#[test]
fn the_same_over_http_on_sqlite() {
    pages::tell(None);
}

#[test]
fn the_same_over_http_on_postgres() {
    let server = Server::start();
    pages::tell(Some(server.url()));
}
