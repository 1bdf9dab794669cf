//! The conservation equation: 期初 + 更正 + 新增 + 重开 + 转入 − 转出 − 销号 − 撤销 = 期末, kept by unit and group.
//!
//! Openings come from a count that was sealed at the end of the period before; flows from entries; the ending from the
//! states of the cases. Three sources, so that the equation can fail.

mod flow;
mod seal;
mod statement;

pub use flow::{Flow, Key, flows};
pub use seal::seal_balance;
pub use statement::{Statement, Tally, statement};
