//! Ranks with ties and every score that follows from them.

use super::normal_quantile;
use crate::exams::Error;

/// One pupil's score on every common scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StandardScore {
    /// (x − mean) / SD with n − 1; `None` without variance.
    pub z_sample: Option<f64>,
    /// (x − mean) / SD with n.
    pub z_population: Option<f64>,
    /// 50 + 10 z.
    pub t: Option<f64>,
    /// 500 + 100 z.
    pub std500: Option<f64>,
    /// 1 = highest; ties share the best rank (1, 2, 2, 4).
    pub rank_descending: usize,
    /// 100 (below + half of the equal) / n.
    pub percentile_midpoint: f64,
    /// 100 below / n.
    pub percentile_below: f64,
    /// 100 (below + equal) / n.
    pub percentile_at_or_below: f64,
    /// Blom 1958: Φ⁻¹((r − 3/8) / (n + 1/4)), r the average ascending rank.
    pub normal_blom: f64,
    /// 50 + 10 × the normal score.
    pub t_normalised: f64,
    /// 1 to 9, cuts on the midpoint percentile rank at 4, 11, 23, 40, 60, 77, 89, 96; a value on the cut goes up.
    pub stanine: u8,
}

/// Upper percentile ranks of stanines 1 to 8.
const STANINE_CUTS: [f64; 8] = [4.0, 11.0, 23.0, 40.0, 60.0, 77.0, 89.0, 96.0];

/// Mean and the two SDs of `values`.
fn spread(values: &[f64]) -> (f64, Option<f64>, Option<f64>) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let mean = mean + values.iter().map(|value| value - mean).sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let sd = |degrees: f64| (degrees > 0.0 && squares > 0.0).then(|| (squares / degrees).sqrt());
    (mean, sd(n - 1.0), sd(n))
}

/// Standard scores of finite `values`, in their order.
///
/// # Errors
/// [`Error::TooFewPupils`] when empty, [`Error::Parameter`] for a value that is not finite.
pub fn standard_scores(values: &[f64]) -> Result<Vec<StandardScore>, Error> {
    if values.is_empty() {
        return Err(Error::TooFewPupils { needed: 1, found: 0 });
    }
    if let Some(value) = values.iter().find(|value| !value.is_finite()) {
        return Err(Error::Parameter { name: "score", value: *value, reason: "must be finite" });
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let (mean, sample, population) = spread(values);
    let score = |value: &f64| {
        let below = sorted.partition_point(|other| other < value);
        let up_to = sorted.partition_point(|other| other <= value);
        let equal = (up_to - below) as f64;
        let z = |sd: Option<f64>| sd.map(|sd| (value - mean) / sd);
        let midpoint = 100.0 * (below as f64 + equal / 2.0) / n;
        let average_rank = below as f64 + (equal + 1.0) / 2.0;
        let normal = normal_quantile((average_rank - 0.375) / (n + 0.25));
        StandardScore {
            z_sample: z(sample),
            z_population: z(population),
            t: z(sample).map(|z| 50.0 + 10.0 * z),
            std500: z(sample).map(|z| 500.0 + 100.0 * z),
            rank_descending: sorted.len() - up_to + 1,
            percentile_midpoint: midpoint,
            percentile_below: 100.0 * below as f64 / n,
            percentile_at_or_below: 100.0 * up_to as f64 / n,
            normal_blom: normal,
            t_normalised: 50.0 + 10.0 * normal,
            stanine: 1 + STANINE_CUTS.iter().filter(|cut| midpoint >= **cut).count() as u8,
        }
    };
    Ok(values.iter().map(score).collect())
}
