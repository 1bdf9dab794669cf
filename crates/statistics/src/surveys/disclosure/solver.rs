//! Which further cells to hide: the cheapest cycle for every small cell that stands alone, and the audit of the result.

use super::flow::{HiddenGraph, Scratch};
use super::network::Network;
use super::{Cell, DisclosureError, Hierarchy};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Small cells looked at side by side, whatever the number of threads: each against what was hidden before the batch.
const LANES: usize = 16;

/// What must be hidden, and how well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Counts from 1 to one less than this are hidden.
    pub minimum: u64,
    /// How many values a reader must at least leave open for a small cell, less one: 1 means «not one value only».
    pub width: u64,
}

/// What becomes of every cell, row after row, the total last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// One state per cell.
    pub cells: Vec<Cell>,
}

/// What a reader can work out about a hidden cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exposure {
    /// Position of the cell.
    pub cell: usize,
    /// Smallest value that agrees with everything shown.
    pub low: u64,
    /// Largest value that agrees.
    pub high: u64,
}

/// Hides the small cells of a table and as few and small others as the search finds, so that no hidden cell can be worked
/// out. Deterministic; the pattern is good, not always the smallest possible (that problem is NP-hard).
///
/// # Errors
/// [`DisclosureError::Minimum`], or [`DisclosureError::Unprotectable`] where no cells are left to hide.
pub fn suppress(table: &Hierarchy, rule: Rule) -> Result<Pattern, DisclosureError> {
    let primary: Vec<bool> = table.values().iter().map(|value| *value > 0 && *value < rule.minimum).collect();
    protect(table, &Network::of(table), &primary, rule)
}

/// Extends `primary` to a pattern on which every hidden cell lies on a cycle of the network.
pub(super) fn protect(
    table: &Hierarchy,
    network: &Network,
    primary: &[bool],
    rule: Rule,
) -> Result<Pattern, DisclosureError> {
    if rule.minimum < 2 {
        return Err(DisclosureError::Minimum { minimum: rule.minimum });
    }
    let width = i64::try_from(rule.width.max(1)).unwrap_or(i64::MAX / 8);
    let mut cells: Vec<Cell> = primary.iter().map(|small| if *small { Cell::Primary } else { Cell::Shown }).collect();
    let mut hidden = HiddenGraph::new(network);
    let small: Vec<usize> = primary.iter().enumerate().filter(|(_, small)| **small).map(|(cell, _)| cell).collect();
    small.iter().for_each(|cell| hidden.hide(*cell));
    let costs = costs(table);
    let around = around(network);
    let mut lanes: Vec<(Scratch, Search)> =
        (0..LANES).map(|_| (hidden.scratch(), Search::new(network, &around))).collect();
    for batch in closed(&hidden, &small, width).chunks(LANES) {
        let paths: Vec<Option<Vec<usize>>> = lanes
            .par_iter_mut()
            .zip(batch)
            .with_max_len(1)
            .map(|((scratch, search), cell)| {
                let open = hidden.open(*cell, width, scratch);
                if open { Some(Vec::new()) } else { search.cheapest(*cell, (&cells, &costs), width) }
            })
            .collect();
        let Some((scratch, _)) = lanes.first_mut() else { break };
        let mut changed = false;
        for (cell, path) in batch.iter().zip(paths) {
            let (row, column) = (cell / table.width(), cell % table.width());
            let path = path.ok_or(DisclosureError::Unprotectable { row, column })?;
            if path.is_empty() || (changed && hidden.open(*cell, width, scratch)) {
                continue;
            }
            changed = true;
            for arc in path {
                if let Some(state @ Cell::Shown) = cells.get_mut(arc) {
                    *state = Cell::Complementary;
                    hidden.hide(arc);
                }
            }
        }
    }
    Ok(Pattern { cells })
}

/// The cells that what is hidden already does not keep open. Hiding more can only open them, never close one.
fn closed(hidden: &HiddenGraph, small: &[usize], width: i64) -> Vec<usize> {
    let shut = |cells: &[usize]| {
        let mut scratch = hidden.scratch();
        let keep = |cell: &usize| !hidden.open(*cell, width, &mut scratch);
        cells.iter().copied().filter(keep).collect::<Vec<_>>()
    };
    let parts: Vec<Vec<usize>> = small.par_chunks(small.len().div_ceil(LANES).max(64)).map(shut).collect();
    parts.concat()
}

/// What a reader of the table can work out about each hidden cell: the proof, when no low equals its high.
#[must_use]
pub fn audit(table: &Hierarchy, pattern: &Pattern) -> Vec<Exposure> {
    exposures(&Network::of(table), pattern, i64::MAX / 8)
}

/// Exposures counted up to `limit` either way.
pub(super) fn exposures(network: &Network, pattern: &Pattern, limit: i64) -> Vec<Exposure> {
    let mut graph = HiddenGraph::new(network);
    let hidden: Vec<usize> =
        pattern.cells.iter().enumerate().filter(|(_, state)| **state != Cell::Shown).map(|(cell, _)| cell).collect();
    hidden.iter().for_each(|cell| graph.hide(*cell));
    let exposure = |cell: usize, scratch: &mut Scratch| {
        let (up, down) = graph.reach(cell, limit, scratch);
        let value = network.arcs.get(cell).map_or(0, |arc| arc.value);
        let count = |value: i64| u64::try_from(value).unwrap_or(0);
        Exposure { cell, low: count(value - down), high: count(value + up) }
    };
    let part = |cells: &[usize]| {
        let mut scratch = graph.scratch();
        cells.iter().map(|cell| exposure(*cell, &mut scratch)).collect::<Vec<_>>()
    };
    let parts: Vec<Vec<Exposure>> = hidden.par_chunks(hidden.len().div_ceil(LANES).max(64)).map(part).collect();
    parts.concat()
}

/// A hidden cell costs a thousand and a little for its size; a sum costs as much as many cells.
fn costs(table: &Hierarchy) -> Vec<u64> {
    let total = table.width() - 1;
    let mut has_children = vec![false; table.rows()];
    for parent in table.parents().iter().flatten() {
        if let Some(slot) = has_children.get_mut(*parent) {
            *slot = true;
        }
    }
    let place = |cell: usize| (cell / table.width(), cell % table.width());
    let weight = |cell: usize| {
        let (row, column) = place(cell);
        let sums = u32::from(column == total) + u32::from(has_children.get(row) == Some(&true));
        30u64.pow(sums)
    };
    let size = |value: u64| 1000 + 50 * u64::from(value.max(1).ilog2());
    table.values().iter().enumerate().map(|(cell, value)| weight(cell) * size(*value)).collect()
}

/// Dijkstra's search over all cells that may be hidden, with its scratch space.
struct Search<'a> {
    network: &'a Network,
    around: &'a [Vec<u32>],
    distance: Vec<u64>,
    reached_by: Vec<usize>,
    touched: Vec<usize>,
}

/// Arcs of every node; noughts are shown and stay as they are.
fn around(network: &Network) -> Vec<Vec<u32>> {
    let mut around = vec![Vec::new(); network.nodes];
    for (arc, found) in (0u32..).zip(&network.arcs).filter(|(_, found)| found.value > 0) {
        for node in [found.from, found.to] {
            if let Some(around) = around.get_mut(node) {
                around.push(arc);
            }
        }
    }
    around
}

impl<'a> Search<'a> {
    fn new(network: &'a Network, around: &'a [Vec<u32>]) -> Self {
        let nodes = network.nodes;
        Self { network, around, distance: vec![u64::MAX; nodes], reached_by: vec![0; nodes], touched: Vec::new() }
    }

    /// The cheapest set of cells that closes a cycle through `cell` along which `width` can be sent, raising it first, and
    /// lowering it where it cannot be raised.
    fn cheapest(&mut self, cell: usize, pattern: (&[Cell], &[u64]), width: i64) -> Option<Vec<usize>> {
        let arc = *self.network.arcs.get(cell)?;
        let raised =
            if arc.upper - arc.value >= width { self.path((arc.to, arc.from), cell, pattern, width) } else { None };
        let lowered = || arc.value - arc.lower >= width;
        raised.or_else(|| if lowered() { self.path((arc.from, arc.to), cell, pattern, width) } else { None })
    }

    fn path(
        &mut self,
        (start, end): (usize, usize),
        without: usize,
        (cells, costs): (&[Cell], &[u64]),
        width: i64,
    ) -> Option<Vec<usize>> {
        for node in self.touched.drain(..) {
            if let Some(distance) = self.distance.get_mut(node) {
                *distance = u64::MAX;
            }
        }
        let mut queue = BinaryHeap::from([(Reverse(0), start)]);
        self.settle(start, 0, without);
        while let Some((Reverse(distance), node)) = queue.pop() {
            if node == end {
                return Some(self.walk_back(start, end));
            }
            if self.distance.get(node).is_some_and(|best| *best < distance) {
                continue;
            }
            for position in 0..self.around.get(node).map_or(0, Vec::len) {
                let Some(arc) = self.around.get(node).and_then(|around| around.get(position)) else { break };
                let arc = *arc as usize;
                let Some((next, room)) = self.network.arcs.get(arc).map(|found| found.step(node)) else { break };
                if arc == without || room < width {
                    continue;
                }
                let shown = cells.get(arc) == Some(&Cell::Shown);
                let further = distance + if shown { costs.get(arc).copied().unwrap_or(1) } else { 0 };
                // Nothing beyond the best way found to the end can be part of a better one.
                let bound = self.distance.get(end).copied().unwrap_or(u64::MAX);
                if further < bound && self.distance.get(next).is_some_and(|best| further < *best) {
                    self.settle(next, further, arc);
                    queue.push((Reverse(further), next));
                }
            }
        }
        None
    }

    fn settle(&mut self, node: usize, distance: u64, arc: usize) {
        if let (Some(best), Some(by)) = (self.distance.get_mut(node), self.reached_by.get_mut(node)) {
            (*best, *by) = (distance, arc);
            self.touched.push(node);
        }
    }

    fn walk_back(&self, start: usize, end: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut node = end;
        while node != start && path.len() <= self.network.nodes {
            let Some(arc) = self.reached_by.get(node).copied() else { break };
            let Some(found) = self.network.arcs.get(arc) else { break };
            node = if found.from == node { found.to } else { found.from };
            path.push(arc);
        }
        path
    }
}
