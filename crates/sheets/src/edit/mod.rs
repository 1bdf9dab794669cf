//! Changing an .xlsx package in place: parts are cut into slices, changed where needed, and the rest is copied byte by byte.

mod package;
mod related;
mod sheet;
mod split;
mod styles;

pub(crate) use package::{rels_path, rewrite, without_chain};
pub(crate) use related::{comments, drawing, without};
pub(crate) use sheet::{RowXml, SheetXml};
pub(crate) use styles::Marks;

use std::collections::BTreeMap;

/// Where the rows of a sheet went.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowMap {
    /// Ranges of rows (from 1, inclusive) in which only the listed rows were kept.
    ranges: Vec<(u32, u32, Vec<u32>)>,
}

impl RowMap {
    /// Within this range only these rows (rising) are kept.
    pub fn keep_only(&mut self, first: u32, last: u32, kept: Vec<u32>) {
        if first <= last {
            self.ranges.push((first, last, kept));
        }
    }

    /// The new number of a row; nothing if it was removed.
    pub fn of(&self, row: u32) -> Option<u32> {
        let mut gone = 0;
        for (first, last, kept) in &self.ranges {
            if row < *first {
                continue;
            }
            let upto = row.min(*last);
            let kept_upto = u32::try_from(kept.partition_point(|number| *number <= upto)).unwrap_or(u32::MAX);
            gone += (upto - first + 1).saturating_sub(kept_upto);
            if row <= *last && kept.binary_search(&row).is_err() {
                return None;
            }
        }
        row.checked_sub(gone)
    }
}

/// Changed parts of a package: path → new content; `None` removes the part.
pub(crate) type Changes = BTreeMap<String, Option<Vec<u8>>>;

#[cfg(test)]
mod tests {
    //! Where rows go.
    use super::*;

    #[test]
    fn rows_move_up_by_what_was_removed_above_them() {
        let mut map = RowMap::default();
        map.keep_only(4, 10, vec![5, 9]);
        let went: Vec<_> = [3, 4, 5, 9, 10, 11].into_iter().map(|row| map.of(row)).collect();
        assert_eq!(went, [Some(3), None, Some(4), Some(5), None, Some(6)]);
    }
}
