//! EARS as R's `earsC` computes it: normal quantile, no inflation for the estimated mean, C3 centred on today's own count.

use super::{Judgement, Params, Reason, Series, Variant, normal_quantile, normal_tail, window};

/// Judges every point of the range as R does.
pub(super) fn judge(series: Series<'_>, params: &Params, range: std::ops::Range<usize>) -> Vec<Judgement> {
    let z = normal_quantile(1.0 - params.level());
    range
        .map(|index| {
            let today = series.at(index);
            let (mean, sd) = baseline(series, index, params, 0);
            let bound = match params.method {
                Variant::C1 | Variant::C2 => mean + z * sd,
                Variant::C3 => {
                    let before = [1, 2].map(|back| excess(series, index, params, back));
                    at_least_zero(today + sd * (z - before.iter().sum::<f64>()))
                }
            };
            decide(series, index, (mean, sd, bound))
        })
        .collect()
}

/// Mean and spread (not below `minSigma`) of the baseline of the point `back` days ago; NaN as soon as one value is missing.
fn baseline(series: Series<'_>, index: usize, params: &Params, back: usize) -> (f64, f64) {
    let window = window(series.counts, index, params, back);
    let n = window.len() as f64;
    let mean = window.iter().sum::<f64>() / n;
    let sd = (window.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    (mean, if sd < params.min_sigma { params.min_sigma } else { sd })
}

/// max(0, C2 − 1) of an earlier day, NaN kept.
fn excess(series: Series<'_>, index: usize, params: &Params, back: usize) -> f64 {
    let (mean, sd) = baseline(series, index, params, back);
    at_least_zero((series.at(index - back) - mean) / sd - 1.0)
}

/// max(0, x) that keeps NaN, as R does.
fn at_least_zero(x: f64) -> f64 {
    if x < 0.0 { 0.0 } else { x }
}

/// The judgement for a mean, spread and bound.
fn decide(series: Series<'_>, index: usize, (mean, sd, bound): (f64, f64, f64)) -> Judgement {
    let today = series.at(index);
    let score = (today - mean) / sd;
    let reason = if today.is_nan() {
        Some(Reason::MissingToday)
    } else if mean.is_nan() {
        Some(Reason::MissingBaseline)
    } else if bound.is_nan() {
        Some(if sd > 0.0 { Reason::MissingBaseline } else { Reason::NoSpread })
    } else {
        None
    };
    let alarm = (!today.is_nan() && !bound.is_nan()).then_some(today > bound);
    Judgement {
        index,
        observed: today,
        upperbound: bound,
        alarm,
        expected: mean,
        score,
        pvalue: normal_tail(score),
        reason,
    }
}
