//! A parent's excess that one child explains belongs to the child.

/// What becomes of a parent's alarm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Folded {
    /// The alarmed child that explains the parent, by its place in the list.
    pub child: Option<usize>,
    /// Share of the parent's excess found in that child.
    pub share: f64,
    /// Whether the parent's own alarm still stands.
    pub stands: bool,
}

/// Folds a parent's alarm into the child with the greatest excess, when that child alarms itself, holds more than `share` of the
/// parent's excess, and the parent without it is no longer above its bound.
///
/// `parent` is (observed, expected, bound); `children` are (observed, expected, alarm). The bound without the child is lowered by
/// the child's expectation. A rule of this library, stated here in full: no paper is claimed for it.
#[must_use]
pub fn fold_parent(parent: (f64, f64, f64), children: &[(f64, f64, bool)], share: f64) -> Folded {
    let (observed, expected, bound) = parent;
    let excess = observed - expected;
    let greatest = children
        .iter()
        .enumerate()
        .filter(|(_, (_, _, alarm))| *alarm)
        .max_by(|(_, a), (_, b)| (a.0 - a.1).total_cmp(&(b.0 - b.1)));
    let Some((place, (count, mean, _))) = greatest.filter(|_| excess > 0.0) else {
        return Folded { child: None, share: 0.0, stands: observed > bound };
    };
    let part = (count - mean) / excess;
    let explained = part > share && observed - count <= bound - mean;
    Folded { child: explained.then_some(place), share: part, stands: observed > bound && !explained }
}
