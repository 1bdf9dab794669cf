//! Two-way tables: is there an association, how strong is it, and where does it sit.

mod association;

pub use association::{Association, CellFit, TableError, associate};

#[cfg(test)]
mod tests;
