//! Order statistics that several methods share.

/// Quantile of ascending `sorted` values by linear interpolation, R's type 7; NaN when there are none.
#[must_use]
pub fn quantile7(sorted: &[f64], probability: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let position = probability.clamp(0.0, 1.0) * last as f64;
    // R adds a few units of rounding so that a position meant to be whole is taken as whole.
    let whole = (position + 4.0 * f64::EPSILON).floor();
    let share = position - whole;
    let at = |index: usize| sorted.get(index).copied().unwrap_or(f64::NAN);
    let index = whole as usize;
    let low = at(index);
    if share.abs() < 1e-12 { low } else { low + share * (at((index + 1).min(last)) - low) }
}
