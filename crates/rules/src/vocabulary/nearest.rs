//! The near miss: which known word was probably meant.

/// The known word nearest to `word` by edits (insertion, deletion, replacement, swap of neighbours), if it is near enough:
/// at most one edit for every three characters begun.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().flat_map(char::to_lowercase).take(64).collect();
    let allowed = word.len().div_ceil(3);
    known
        .into_iter()
        .map(|candidate| {
            let letters: Vec<char> = candidate.chars().flat_map(char::to_lowercase).take(64).collect();
            (distance(&word, &letters), candidate)
        })
        // One edit turns every word of one letter into every other one.
        .filter(|(edits, candidate)| *edits <= allowed && *edits < candidate.chars().count().max(word.len()))
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// Optimal string alignment distance by rows.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    let mut previous = None;
    for (row, &letter) in one.iter().enumerate() {
        let mut current = vec![row + 1];
        let mut left_letter = None;
        for (column, &against) in other.iter().enumerate() {
            let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
            let replaced = at(&above, column) + usize::from(letter != against);
            let mut best = replaced.min(at(&above, column + 1) + 1).min(at(&current, column) + 1);
            if previous == Some(against) && left_letter == Some(letter) && column > 0 {
                best = best.min(at(&before, column - 1) + 1);
            }
            current.push(best);
            left_letter = Some(against);
        }
        before = std::mem::replace(&mut above, current);
        previous = Some(letter);
    }
    above.last().copied().unwrap_or_default()
}
