//! Expressions and decision tables: total, pure and bounded; parsed, checked, evaluated and explained.
//!
//! How to use it: parse an [`Expression`] when a pack is read, `check` it against the [`Vocabulary`] of its place, then
//! `evaluate` it over [`Names`]. A [`DecisionTable`] is rows of expressions that says which row decided.

mod check;
mod evaluate;
mod explain;
mod expression;
mod fault;
pub mod limits;
mod syntax;

mod table;
mod value;
mod vocabulary;

pub use evaluate::{Names, NoNames};
pub use explain::Explanation;
pub use expression::Expression;
pub use fault::{Fault, Span};

pub use table::{Circumstance, Decision, DecisionTable, Hit, HitPolicy, Row, RuleSource, TableFault, Tried, cell};
pub use value::{Decimal, JsonError, Value};
pub use vocabulary::{Signature, Type, Vocabulary, nearest};
