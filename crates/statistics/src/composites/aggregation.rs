//! Many indicators made one score.

use super::Column;

/// Weighted mean of each unit's values; missing ones are left out and the weights of the rest rescaled; `None` where a unit
/// has no value at all.
#[must_use]
pub fn arithmetic(columns: &[Column], weights: &[f64]) -> Column {
    aggregate(columns, weights, |value| value, |mean| mean)
}

/// Weighted geometric mean exp(Σ w ln(floor + (1 − floor) u)) of values in [0, 1]; `floor` keeps a nought from wiping out
/// the rest. Missing values as in [`arithmetic`].
#[must_use]
pub fn geometric(columns: &[Column], weights: &[f64], floor: f64) -> Column {
    aggregate(columns, weights, |value| (floor + (1.0 - floor) * value).ln(), f64::exp)
}

fn aggregate(columns: &[Column], weights: &[f64], value: impl Fn(f64) -> f64, mean: impl Fn(f64) -> f64) -> Column {
    let units = columns.first().map_or(0, Vec::len);
    let mut sums = vec![(0.0, 0.0); units];
    for (column, weight) in columns.iter().zip(weights) {
        for ((sum, total), cell) in sums.iter_mut().zip(column) {
            if let Some(cell) = cell {
                *sum += weight * value(*cell);
                *total += weight;
            }
        }
    }
    sums.into_iter().map(|(sum, total)| (total > 0.0).then(|| mean(sum / total))).collect()
}

/// TOPSIS closeness d⁻ / (d⁺ + d⁻) to the best and worst values found, after vector normalisation x / √Σx².
///
/// `columns` are raw values or distances with their `directions` (1 or −1) as [`super::towards`] gives them; `None` for a
/// unit with a missing value. Source: Hwang & Yoon 1981.
#[must_use]
pub fn topsis(columns: &[Column], directions: &[f64], weights: &[f64]) -> Column {
    let units = columns.first().map_or(0, Vec::len);
    let mut squares = vec![Some((0.0, 0.0)); units];
    for ((column, direction), weight) in columns.iter().zip(directions).zip(weights) {
        let norm = column.iter().flatten().map(|value| value * value).sum::<f64>().sqrt();
        let turned = |value: &f64| direction * weight * value / norm;
        let present = || column.iter().flatten().map(turned);
        let (best, worst) = (present().fold(f64::NEG_INFINITY, f64::max), present().fold(f64::INFINITY, f64::min));
        for (sum, value) in squares.iter_mut().zip(column) {
            *sum = sum.zip(value.as_ref().map(turned)).map(|((to_best, to_worst), value)| {
                (to_best + (value - best).powi(2), to_worst + (value - worst).powi(2))
            });
        }
    }
    let closeness = |(to_best, to_worst): (f64, f64)| to_worst.sqrt() / (to_best.sqrt() + to_worst.sqrt());
    squares.into_iter().map(|sums| sums.map(closeness)).collect()
}
