//! Sample quantiles (Hyndman & Fan 1996, types 6 and 7).

/// Definition of the sample quantile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantileType {
    /// Type 6: position (n + 1)p, as SPSS and Minitab.
    Six,
    /// Type 7: position (n − 1)p + 1, as R and Excel.
    Seven,
}

/// Quantile of ascending `sorted` at `p` in [0, 1]; `None` when empty.
#[must_use]
pub fn quantile(sorted: &[f64], p: f64, kind: QuantileType) -> Option<f64> {
    let n = sorted.len() as f64;
    let position = match kind {
        QuantileType::Six => (n + 1.0) * p,
        QuantileType::Seven => (n - 1.0) * p + 1.0,
    };
    // As R: a position within rounding of a whole number counts as that number.
    let fuzz = 4.0 * f64::EPSILON;
    let whole = (position + fuzz).floor();
    let part = position - whole;
    let part = if part.abs() < fuzz { 0.0 } else { part };
    let at = |index: f64| sorted.get((index.clamp(1.0, n.max(1.0)) - 1.0) as usize).copied();
    let (low, high) = (at(whole)?, at(whole + 1.0)?);
    Some(if part == 0.0 { low } else { (1.0 - part) * low + part * high })
}
