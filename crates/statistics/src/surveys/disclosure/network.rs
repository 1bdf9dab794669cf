//! A table with its sums as a network: one node per published sum, one arc per count.

use super::Hierarchy;

/// A count: raising it by one sends one unit from `from` to `to`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    pub from: usize,
    pub to: usize,
    pub value: i64,
    /// What a reader knows anyway.
    pub lower: i64,
    pub upper: i64,
}

impl Arc {
    /// How far the count can move when the arc is walked from `node`, and where that leads.
    pub(super) fn step(&self, node: usize) -> (usize, i64) {
        if node == self.from { (self.to, self.upper - self.value) } else { (self.from, self.value - self.lower) }
    }
}

/// Arcs in the order of the table's cells.
#[derive(Debug, Clone)]
pub(super) struct Network {
    pub arcs: Vec<Arc>,
    pub nodes: usize,
}

impl Network {
    /// Nodes: one for each row without children (its cells add up to its total), one for each row with children and column
    /// (the children add up to it), one for the root's own total. A reader knows that a hidden count is not nought, because
    /// noughts are shown.
    pub(super) fn of(table: &Hierarchy) -> Self {
        let (rows, width) = (table.rows(), table.width());
        let root_node = rows * width;
        let mut has_children = vec![false; rows];
        for parent in table.parents().iter().flatten() {
            if let Some(slot) = has_children.get_mut(*parent) {
                *slot = true;
            }
        }
        let total = width - 1;
        let mut arcs = Vec::with_capacity(rows * width);
        let mut values = table.values().iter();
        for (row, parent) in table.parents().iter().enumerate() {
            let inner = has_children.get(row) == Some(&true);
            for column in 0..width {
                let own = if inner { row * width + column } else { row * width };
                let above = parent.map_or(root_node, |parent| parent * width + column);
                let (from, to) = if column == total { (own, above) } else { (above, own) };
                let value = values.next().and_then(|value| i64::try_from(*value).ok()).unwrap_or(0);
                arcs.push(Arc { from, to, value, lower: 1, upper: i64::MAX / 4 });
            }
        }
        Self { arcs, nodes: root_node + 1 }
    }
}
