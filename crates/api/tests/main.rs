//! Every test of the HTTP interface, in one program: they share the house.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "in a test a failure is a finding")]

mod cases;
mod description;
mod files;
mod house;
mod pages;
mod refusals;
mod rounds;
mod sessions;
mod workbench;
