//! Bounds within which expressions are read and evaluated, so that no text of a pack can hang a server or exhaust its stack.

/// Characters of an expression.
pub const SOURCE: usize = 4_000;
/// Terms inside one another.
pub const DEPTH: u16 = 64;
/// Terms in an expression.
pub const TERMS: usize = 2_000;
/// Steps of one evaluation; a step is a term, an element visited or copied, or 64 characters.
pub const STEPS: usize = 1_000_000;
/// Characters of a text that is computed, and of one that is searched by `matches`.
pub const TEXT: usize = 20_000;
/// Natural days between the dates of `working_days`.
pub const DAYS: i32 = 36_600;
/// Bytes of memory for a compiled pattern of `matches`.
pub const PATTERN: usize = 256 * 1024;
