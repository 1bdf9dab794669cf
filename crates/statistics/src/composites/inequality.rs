//! The differing coefficient: how unequal units are, each counted by its pupils.

/// 差异系数: CV = √(Σ (nᵢ/N)(xᵢ − x̄)²) / x̄ with x̄ = Σ (nᵢ/N) xᵢ; `None` when nobody is counted or x̄ is not positive.
///
/// `pairs` are (value, pupils) of the units that have both. Source: 县域义务教育均衡发展督导评估暂行办法 (教育部, 2012), annex.
#[must_use]
pub fn differing_coefficient(pairs: &[(f64, f64)]) -> Option<f64> {
    let pupils: f64 = pairs.iter().map(|(_, pupils)| pupils).sum();
    let mean = pairs.iter().map(|(value, pupils)| value * pupils).sum::<f64>() / pupils;
    let variance = pairs.iter().map(|(value, weight)| weight * (value - mean).powi(2)).sum::<f64>() / pupils;
    (pupils > 0.0 && mean > 0.0).then(|| variance.sqrt() / mean)
}
