//! Counts of a tree of units by category, with every sum that is published.

use super::DisclosureError;

/// Largest count; sums of a million of them still fit.
const LARGEST: u64 = 1_000_000_000_000;

/// Counts with their sums: every row of the tree, every column and the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hierarchy {
    parents: Vec<Option<usize>>,
    columns: usize,
    /// Row after row, total last.
    values: Vec<u64>,
}

impl Hierarchy {
    /// `parents[row]` is the row above, `None` for the single root; `counts` holds rows × `columns` counts row after row, of
    /// which only those of rows without children are read: the others, and the totals, are summed.
    ///
    /// # Errors
    /// [`DisclosureError`]: wrong shape, no tree, counts too large.
    pub fn new(parents: Vec<Option<usize>>, columns: usize, counts: &[u64]) -> Result<Self, DisclosureError> {
        let rows = parents.len();
        if rows == 0 || columns == 0 || counts.len() != rows * columns {
            return Err(DisclosureError::Shape { cells: counts.len(), rows, columns });
        }
        let paths = paths(&parents)?;
        let mut leaf = vec![true; rows];
        for parent in parents.iter().flatten() {
            if let Some(slot) = leaf.get_mut(*parent) {
                *slot = false;
            }
        }
        let mut values = vec![0; rows * (columns + 1)];
        for (row, cells) in counts.chunks_exact(columns).enumerate() {
            if leaf.get(row) != Some(&true) {
                continue;
            }
            if let Some(column) = cells.iter().position(|count| *count > LARGEST) {
                return Err(DisclosureError::TooLarge { row, column });
            }
            let whole = cells.iter().copied().chain([cells.iter().sum::<u64>()]);
            for (column, count) in whole.enumerate() {
                for above in paths.get(row).into_iter().flatten() {
                    if let Some(slot) = values.get_mut(above * (columns + 1) + column) {
                        *slot += count;
                    }
                }
            }
        }
        Ok(Self { parents, columns, values })
    }

    /// A flat table: `rows` units under one total row, which comes last.
    ///
    /// # Errors
    /// As [`Hierarchy::new`].
    pub fn flat(rows: usize, columns: usize, counts: &[u64]) -> Result<Self, DisclosureError> {
        let mut parents = vec![Some(rows); rows];
        parents.push(None);
        let mut all = counts.to_vec();
        all.extend(std::iter::repeat_n(0, columns));
        Self::new(parents, columns, &all)
    }

    /// Rows, sums included.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.parents.len()
    }

    /// Columns, the total included.
    #[must_use]
    pub fn width(&self) -> usize {
        self.columns + 1
    }

    /// The row above each row.
    #[must_use]
    pub fn parents(&self) -> &[Option<usize>] {
        &self.parents
    }

    /// All counts, row after row, the total last.
    #[must_use]
    pub fn values(&self) -> &[u64] {
        &self.values
    }
}

/// Every row with all rows above it, itself first.
fn paths(parents: &[Option<usize>]) -> Result<Vec<Vec<usize>>, DisclosureError> {
    let mut roots = parents.iter().enumerate().filter(|(_, parent)| parent.is_none()).map(|(row, _)| row);
    let first = roots.next();
    if let Some(row) = roots.next() {
        return Err(DisclosureError::NotATree { row });
    }
    let mut paths = Vec::with_capacity(parents.len());
    for row in 0..parents.len() {
        let mut path = vec![row];
        let mut here = row;
        while let Some(Some(above)) = parents.get(here) {
            if path.len() > parents.len() || *above >= parents.len() {
                return Err(DisclosureError::NotATree { row });
            }
            path.push(*above);
            here = *above;
        }
        if path.last() != first.as_ref() {
            return Err(DisclosureError::NotATree { row });
        }
        paths.push(path);
    }
    Ok(paths)
}
