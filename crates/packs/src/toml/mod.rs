//! The reading layer for pack files: a cursor over TOML that goes on after every problem and places each of them.
//!
//! How to use it: [`read`] a file with a closure over its root [`Table`]. Ask each table for its keys by type; every question
//! gives a [`Field`], which is then `required()`, `optional()` or given a default. A key that nobody asked for is reported when
//! its table is dropped, with the nearest key that was asked for. Nothing here knows what a pack means.

mod expression;
mod field;
mod item;
mod origin;
mod reader;
mod syntax;
mod table;

pub use expression::PlacedExpression;
pub use field::{Field, Placed};
pub use item::Item;
pub use table::Table;

use ::toml::de::DeTable;
use reader::Reader;
use yanpan_kernel::problem::{PACK_VALUE, Problem};

/// Bytes of a pack file; none that people write comes near.
pub const LONGEST: usize = 1 << 20;

/// Reads a file: the value that the closure makes of its root table, and every problem in the order of the file.
pub fn read<T>(file: &str, text: &str, read: impl FnOnce(&Table<'_>) -> T) -> (T, Vec<Problem>) {
    let too_long = text.len() > LONGEST;
    let text = if too_long { "" } else { text };
    let (document, errors) = DeTable::parse_recoverable(text);
    let reader = Reader::new(file, text);
    if too_long {
        reader.report(0, &PACK_VALUE, &[("key", &file), ("value", &"…"), ("reason", &"文件超过 1 MiB")]);
    }
    syntax::report(&reader, &errors);
    let value = {
        let root = Table::root(&reader, document.get_ref());
        let value = read(&root);
        if too_long {
            root.ignore_rest();
        }
        value
    };
    (value, reader.into_problems())
}

#[cfg(test)]
mod tests;
