//! How many units count further than j: the sums of logarithms that replace differences of log-gammas.

use super::{Count, as_f64};

/// Counts up to here are summed term by term; what lies beyond is added by Stirling's formula per unit.
const EXACT: u64 = 8192;

/// For j = 0, 1, …: the number of units whose count exceeds j; and the counts beyond [`EXACT`].
#[derive(Debug, Clone, Default)]
pub(super) struct Exceedances {
    above: Vec<f64>,
    beyond: Vec<f64>,
}

/// Σ ln(a)ₙ over the units, with first and second derivative in a.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RisingSum {
    pub value: f64,
    pub first: f64,
    pub second: f64,
}

impl Exceedances {
    pub(super) fn new(counts: impl Iterator<Item = u64> + Clone) -> Self {
        let longest = counts.clone().max().unwrap_or(0).min(EXACT);
        let mut above = vec![0.0; usize::try_from(longest).unwrap_or(0)];
        let mut beyond = Vec::new();
        for count in counts {
            // Ends are marked first and summed from the right afterwards: one step per unit.
            if let Some(last) = usize::try_from(count.min(EXACT)).ok().and_then(|count| count.checked_sub(1))
                && let Some(slot) = above.get_mut(last)
            {
                *slot += 1.0;
            }
            if count > EXACT {
                beyond.push(as_f64(count));
            }
        }
        let mut running = 0.0;
        for slot in above.iter_mut().rev() {
            running += *slot;
            *slot = running;
        }
        Self { above, beyond }
    }

    /// Σ over units and j below the unit's count of ln(a + j).
    pub(super) fn rising(&self, a: f64) -> RisingSum {
        let mut sum = RisingSum::default();
        let mut term = a;
        for units in &self.above {
            let inverse = 1.0 / term;
            sum.value += units * term.ln();
            sum.first += units * inverse;
            sum.second -= units * inverse * inverse;
            term += 1.0;
        }
        let start = a + as_f64(EXACT);
        for count in &self.beyond {
            stirling_step(&mut sum, start, count - as_f64(EXACT));
        }
        sum
    }
}

/// Adds ln Γ(z + m) − ln Γ(z) and its derivatives for z > 8000, where three terms of Stirling's series are exact to rounding.
fn stirling_step(sum: &mut RisingSum, z: f64, m: f64) {
    let end = z + m;
    sum.value += (end - 0.5) * (m / z).ln_1p() + m * (z.ln() - 1.0) + (1.0 / end - 1.0 / z) / 12.0;
    let slope = |y: f64| -0.5 / y - 1.0 / (12.0 * y * y);
    sum.first += (m / z).ln_1p() + slope(end) - slope(z);
    let bend = |y: f64| 1.0 / y + 0.5 / (y * y) + 1.0 / (6.0 * y * y * y);
    sum.second += bend(end) - bend(z);
}

/// The three families of sums that the beta-binomial likelihood needs.
#[derive(Debug, Clone)]
pub(super) struct CountingSums {
    pub favourable: Exceedances,
    pub unfavourable: Exceedances,
    pub answers: Exceedances,
}

impl CountingSums {
    pub(super) fn new(counts: &[Count]) -> Self {
        Self {
            favourable: Exceedances::new(counts.iter().map(|count| count.x)),
            unfavourable: Exceedances::new(counts.iter().map(|count| count.n - count.x)),
            answers: Exceedances::new(counts.iter().map(|count| count.n)),
        }
    }
}
