//! P-values adjusted for the number of units looked at.

/// The ways of adjusting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adjustment {
    /// Times the number of tests.
    Bonferroni,
    /// Step-down; family-wise error without assumptions (Holm 1979).
    Holm,
    /// Step-up; false discovery rate of independent tests (Benjamini & Hochberg 1995).
    Bh,
    /// Step-up; false discovery rate under any dependence (Benjamini & Yekutieli 2001).
    By,
}

/// Adjusted p-values in the order of the input; NaN stays NaN and is not counted as a test.
#[must_use]
pub fn adjust(p: &[f64], how: Adjustment) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = p.iter().copied().enumerate().filter(|(_, p)| !p.is_nan()).collect();
    order.sort_by(|first, second| first.1.total_cmp(&second.1));
    let count = order.len();
    let tests = count as f64;
    let harmonic: f64 = (1..=count).map(|i| 1.0 / i as f64).sum();
    let scale = |(rank, (index, p)): (usize, &(usize, f64))| {
        let factor = match how {
            Adjustment::Bonferroni => tests,
            Adjustment::Holm => tests - rank as f64,
            Adjustment::Bh => tests / (rank as f64 + 1.0),
            Adjustment::By => harmonic * tests / (rank as f64 + 1.0),
        };
        (*index, (p * factor).min(1.0))
    };
    let mut scaled: Vec<(usize, f64)> = order.iter().enumerate().map(scale).collect();
    match how {
        Adjustment::Bonferroni => {}
        Adjustment::Holm => running(scaled.iter_mut(), f64::max),
        Adjustment::Bh | Adjustment::By => running(scaled.iter_mut().rev(), f64::min),
    }
    let mut adjusted = vec![f64::NAN; p.len()];
    for (index, value) in scaled {
        if let Some(slot) = adjusted.get_mut(index) {
            *slot = value;
        }
    }
    adjusted
}

fn running<'a>(values: impl Iterator<Item = &'a mut (usize, f64)>, pick: impl Fn(f64, f64) -> f64) {
    let mut last: Option<f64> = None;
    for (_, value) in values {
        *value = last.map_or(*value, |last| pick(last, *value));
        last = Some(*value);
    }
}
