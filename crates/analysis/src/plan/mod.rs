//! What is asked: one plain SELECT, checked and with its dates bound. Nothing here knows a session or a table.

mod check;
mod order;
mod statement;

pub(crate) use check::plain;
pub(crate) use order::total;
pub(crate) use statement::{relations, select};
