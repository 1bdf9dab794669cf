//! From text to terms: tokens, then a parser by recursive descent over the grammar of CEL.
//!
//! The grammar is that of the Common Expression Language (cel-spec, `doc/langdef.md`) without byte strings, unsigned
//! integers, exponents, map and message literals. Chained comparisons (`1 < x < 3`) are refused: they never mean what they say.

mod calls;
mod parse;
mod parse_calls;
mod term;
mod token;

pub(crate) use calls::{Builtin, Quantifier, known};
pub(crate) use parse::parse;
pub(crate) use term::{Comparison, Pattern, Term, TermKind};

#[cfg(test)]
mod tests;
