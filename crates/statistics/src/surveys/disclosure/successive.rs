//! A second table of the same round: neither table, nor their difference, may give a hidden cell away.

use super::network::Network;
use super::solver::{Pattern, Rule, exposures, protect};
use super::{Cell, DisclosureError, Hierarchy};

/// What was published before: its counts and what was hidden.
#[derive(Debug, Clone, Copy)]
pub struct Earlier<'a> {
    /// The earlier counts.
    pub table: &'a Hierarchy,
    /// What was shown of them.
    pub pattern: &'a Pattern,
    /// Smallest step that may be seen between two tables; 5 by custom.
    pub step: u64,
}

/// Hides cells of `table` so that, with the earlier table of the same round beside it (counts only grow), no hidden cell of
/// either can be worked out, and no cell shown in both moves by less than a step.
///
/// Each table's second solution is found with the other held fixed and «no smaller than before» kept, so that the pair
/// stays possible: a sound proof, stricter than needed.
///
/// # Errors
/// [`DisclosureError::Shrank`], [`DisclosureError::ShapesDiffer`], [`DisclosureError::Unprotectable`], also for an earlier cell
/// that would become known.
pub fn suppress_after(table: &Hierarchy, earlier: Earlier<'_>, rule: Rule) -> Result<Pattern, DisclosureError> {
    let before = earlier.table;
    if before.parents() != table.parents() || before.width() != table.width() {
        return Err(DisclosureError::ShapesDiffer);
    }
    let place = |cell: usize| (cell / table.width(), cell % table.width());
    let mut primary = Vec::with_capacity(table.values().len());
    for (cell, ((now, then), state)) in
        table.values().iter().zip(before.values()).zip(&earlier.pattern.cells).enumerate()
    {
        if now < then {
            let (row, column) = place(cell);
            return Err(DisclosureError::Shrank { row, column });
        }
        let moved = now - then;
        let small_step = *state == Cell::Shown && moved > 0 && moved < earlier.step;
        primary.push((*now > 0 && *now < rule.minimum) || small_step);
    }
    let mut network = Network::of(table);
    for (arc, then) in network.arcs.iter_mut().zip(before.values()) {
        arc.lower = arc.lower.max(i64::try_from(*then).unwrap_or(0));
    }
    let pattern = protect(table, &network, &primary, rule)?;
    let mut past = Network::of(before);
    for (arc, now) in past.arcs.iter_mut().zip(table.values()) {
        arc.upper = i64::try_from(*now).unwrap_or(arc.upper);
    }
    match exposures(&past, earlier.pattern, 1).into_iter().find(|found| found.low == found.high) {
        Some(found) => {
            let (row, column) = place(found.cell);
            Err(DisclosureError::Unprotectable { row, column })
        }
        None => Ok(pattern),
    }
}
