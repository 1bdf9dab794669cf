//! How much can be sent between two nodes along hidden arcs: Ford–Fulkerson with breadth-first paths, up to a limit.
//!
//! For small limits the search goes deep first: any path will do, and a dense table has one near at hand.

use super::network::{Arc, Network};
use std::collections::{HashMap, VecDeque};

/// Limits up to which the first path found is as good as the shortest.
const SMALL: i64 = 64;

/// Hidden arcs by node.
pub(super) struct HiddenGraph<'a> {
    network: &'a Network,
    around: Vec<Vec<usize>>,
}

/// Scratch space of searches.
pub(super) struct Scratch {
    /// Arc by which a node was reached in the search numbered in `seen`.
    reached_by: Vec<usize>,
    seen: Vec<u32>,
    search: u32,
}

impl<'a> HiddenGraph<'a> {
    pub(super) fn new(network: &'a Network) -> Self {
        Self { network, around: vec![Vec::new(); network.nodes] }
    }

    pub(super) fn scratch(&self) -> Scratch {
        Scratch { reached_by: vec![0; self.network.nodes], seen: vec![0; self.network.nodes], search: 0 }
    }

    pub(super) fn hide(&mut self, arc: usize) {
        if let Some(Arc { from, to, .. }) = self.network.arcs.get(arc) {
            for node in [from, to] {
                if let Some(around) = self.around.get_mut(*node) {
                    around.push(arc);
                }
            }
        }
    }

    /// How far the arc's count can rise and fall, each counted up to `limit`.
    pub(super) fn reach(&self, arc: usize, limit: i64, scratch: &mut Scratch) -> (i64, i64) {
        let Some(Arc { from, to, value, lower, upper }) = self.network.arcs.get(arc).copied() else { return (0, 0) };
        let up = self.send((to, from), arc, limit.min(upper - value), scratch);
        let down = self.send((from, to), arc, limit.min(value - lower), scratch);
        (up, down)
    }

    /// Whether the arc's count can take values `width` apart.
    pub(super) fn open(&self, arc: usize, width: i64, scratch: &mut Scratch) -> bool {
        let Some(Arc { from, to, value, lower, upper }) = self.network.arcs.get(arc).copied() else { return false };
        let up = self.send((to, from), arc, width.min(upper - value), scratch);
        up >= width || up + self.send((from, to), arc, (width - up).min(value - lower), scratch) >= width
    }

    /// Largest amount up to `limit` that goes from one node to the other without the arc `without`.
    fn send(&self, (start, end): (usize, usize), without: usize, limit: i64, scratch: &mut Scratch) -> i64 {
        let mut moved: HashMap<usize, i64> = HashMap::new();
        let mut sent = 0;
        while sent < limit {
            if !self.find((start, end), without, (limit <= SMALL, &moved), scratch) {
                break;
            }
            let path = self.path(start, end, scratch);
            let room =
                path.iter().map(|(arc, node)| self.room(*arc, *node, &moved)).min().unwrap_or(0).min(limit - sent);
            if room <= 0 {
                break;
            }
            for (arc, node) in path {
                let raised = self.network.arcs.get(arc).is_some_and(|found| found.from == node);
                *moved.entry(arc).or_insert(0) += if raised { room } else { -room };
            }
            sent += room;
        }
        sent
    }

    /// What is left of an arc's room when walked from `node`, after what has been moved along it.
    fn room(&self, arc: usize, node: usize, moved: &HashMap<usize, i64>) -> i64 {
        let Some(found) = self.network.arcs.get(arc) else { return 0 };
        let shift = if moved.is_empty() { 0 } else { moved.get(&arc).copied().unwrap_or(0) };
        Arc { value: found.value + shift, ..*found }.step(node).1
    }

    fn find(
        &self,
        (start, end): (usize, usize),
        without: usize,
        (deep, moved): (bool, &HashMap<usize, i64>),
        scratch: &mut Scratch,
    ) -> bool {
        scratch.search += 1;
        let mut queue = VecDeque::from([start]);
        if let Some(seen) = scratch.seen.get_mut(start) {
            *seen = scratch.search;
        }
        while let Some(node) = if deep { queue.pop_back() } else { queue.pop_front() } {
            for position in 0..self.around.get(node).map_or(0, Vec::len) {
                let Some(arc) = self.around.get(node).and_then(|around| around.get(position)).copied() else { break };
                let next = self.network.arcs.get(arc).map_or(node, |found| found.step(node).0);
                if arc == without || scratch.seen.get(next) == Some(&scratch.search) || self.room(arc, node, moved) <= 0
                {
                    continue;
                }
                if let (Some(seen), Some(by)) = (scratch.seen.get_mut(next), scratch.reached_by.get_mut(next)) {
                    (*seen, *by) = (scratch.search, arc);
                }
                if next == end {
                    return true;
                }
                queue.push_back(next);
            }
        }
        false
    }

    /// The arcs of the path just found, each with the node from which it is walked, last first.
    fn path(&self, start: usize, end: usize, scratch: &Scratch) -> Vec<(usize, usize)> {
        let mut path = Vec::new();
        let mut node = end;
        while node != start && path.len() <= self.network.nodes {
            let Some(arc) = scratch.reached_by.get(node).copied() else { break };
            let Some(found) = self.network.arcs.get(arc) else { break };
            node = if found.from == node { found.to } else { found.from };
            path.push((arc, node));
        }
        path
    }
}
