//! Names of units and people as printed → whom they mean: by code, name, alias, or a near miss that is asked about.

mod list;
mod short;

pub use list::{Entry, List};

/// Looks up units and people; the caller's registers stand behind it.
pub trait Resolver {
    /// The unit that a code, name or alias means.
    fn unit(&self, name: &str) -> Match;

    /// The person of this name, within a unit when it is known. Several of one name are `Near` with all of them.
    fn person(&self, name: &str, unit: Option<&str>) -> Match;
}

/// What a name means.
#[derive(Debug, Clone, PartialEq)]
pub enum Match {
    /// Its code or its own name.
    Exact(String),
    /// A known alias.
    Alias(String),
    /// Something like these, best first: to be asked, never assumed.
    Near(Vec<Candidate>),
    /// Nothing like it.
    None,
}

/// Someone or something that a name may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Id.
    pub id: String,
    /// Its own name.
    pub name: String,
    /// Likeness, 0 to 1.
    pub score: f64,
}

/// Letters to insert, delete, replace or swap with a neighbour to come from one text to the other
/// (optimal string alignment; Damerau 1964, Levenshtein 1966).
#[must_use]
pub fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, cb) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX - 1);
            let replaced = at(&above, j) + usize::from(ca != cb);
            let mut best = replaced.min(at(&above, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(cb) && b.get(j - 1) == Some(ca);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests;
