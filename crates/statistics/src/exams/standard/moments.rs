//! Skewness and kurtosis of integer totals.

/// g₁ and g₂ of a population; `None` without variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CentralMoments {
    /// m₃ / m₂^1.5.
    pub skewness: Option<f64>,
    /// m₄ / m₂² − 3.
    pub kurtosis: Option<f64>,
}

/// Third and fourth standardised moments; both are free of the unit.
#[must_use]
pub fn central_moments(totals: &[i64]) -> CentralMoments {
    let n = totals.len() as f64;
    let mean = totals.iter().sum::<i64>() as f64 / n;
    let (mut second, mut third, mut fourth) = (0.0, 0.0, 0.0);
    for total in totals {
        let deviation = *total as f64 - mean;
        let square = deviation * deviation;
        second += square;
        third += square * deviation;
        fourth += square * square;
    }
    let (m2, m3, m4) = (second / n, third / n, fourth / n);
    let exists = m2 > 0.0;
    CentralMoments { skewness: exists.then(|| m3 / (m2 * m2.sqrt())), kurtosis: exists.then(|| m4 / (m2 * m2) - 3.0) }
}
