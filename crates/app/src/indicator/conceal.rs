//! Hiding cells of a break-down that would give small ones away: the statistics of disclosure over rows and their total.

use crate::ports::Exact;
use yanpan_statistics::surveys::disclosure::{Cell, Hierarchy, Rule, suppress};

/// Which rows of a break-down by persons must be hidden: small ones, and as few others as keep those from being worked
/// out of the total; the last flag is the total's own. Where nothing protects them, all are hidden.
pub(super) fn hidden(values: &[Exact], least: i64) -> Vec<bool> {
    let pair = |value: &Exact| match value {
        Exact::Count(count) => [*count, 0],
        Exact::Ratio(part, whole) => [*part, whole - part],
        Exact::Missing | Exact::Suppressed => [0, 0],
    };
    let count = |count: i64| u64::try_from(count).unwrap_or_default();
    let counts: Vec<u64> = values.iter().flat_map(pair).map(count).collect();
    let all = || vec![true; values.len() + 1];
    if values.is_empty() {
        return vec![false];
    }
    let rule = Rule { minimum: count(least).max(2), width: 1 };
    let Ok(table) = Hierarchy::flat(values.len(), 2, &counts) else { return all() };
    let Ok(pattern) = suppress(&table, rule) else { return all() };
    pattern.cells.chunks(table.width()).map(|row| row.iter().any(|cell| *cell != Cell::Shown)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(counts: &[i64], expected: &[bool]) {
        let values: Vec<Exact> = counts.iter().copied().map(Exact::Count).collect();
        assert_eq!(hidden(&values, 10), expected, "{counts:?}");
    }

    #[test]
    fn one_small_row_takes_a_second_with_it_so_that_the_total_does_not_give_it_away() {
        check(&[4, 30, 80], &[true, true, false, false]);
        check(&[40, 30, 80], &[false, false, false, false]);
        check(&[4, 3, 80], &[true, true, false, false]);
        check(&[4, 0, 0], &[true, false, false, true]);
    }
}
