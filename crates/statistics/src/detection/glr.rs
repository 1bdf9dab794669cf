//! Generalised likelihood ratio detector for Poisson and negative-binomial counts with a seasonal in-control mean.
//!
//! Source: Höhle & Paul 2008 (Comput Stat Data Anal 52:4357). In the default mode the ratio is divided by the in-control fit's
//! dispersion (quasi-likelihood, McCullagh & Nelder 1989, §9.2), so that overdispersed counts keep the rate of the limit.

use super::irls::{Design, Factor, Fit};
use super::{DetectionError, Judgement, Mode, Monitored, Reason, Series, Verdicts};
use crate::distributions::CountLaw;

/// What may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Change {
    /// The mean is multiplied by e^κ.
    #[default]
    Intercept,
    /// Yesterday's cases infect: mean + λ·(yesterday's count). Poisson only.
    Epidemic,
}

/// What `upperbound` shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Returned {
    /// The count that would have alarmed.
    #[default]
    Cases,
    /// The statistic.
    Value,
}

/// Where the in-control mean comes from (`mu0`).
#[derive(Debug, Clone, PartialEq)]
pub enum Mean {
    /// Poisson regression on harmonics and perhaps a trend, fitted before the range.
    Seasonal {
        /// Harmonics (`S`).
        harmonics: usize,
        /// Linear trend.
        trend: bool,
    },
    /// One per monitored point.
    Given(Vec<f64>),
}

/// Parameters under R's names (`glrpois`, `glrnb`).
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    /// Limit of the statistic (`c.ARL`).
    pub limit: f64,
    /// In-control mean.
    pub mean: Mean,
    /// Dispersion: variance m + αm²; 0 is Poisson (`alpha`). `None` is 0 in compat and by default estimated with the seasonal mean.
    pub alpha: Option<f64>,
    /// Fewest points after the change (`Mtilde`).
    pub least: usize,
    /// Points looked back; `None` is all since the last alarm (`M` = −1).
    pub window: Option<usize>,
    /// Kind of change.
    pub change: Change,
    /// A known κ or λ: the recursive likelihood-ratio CUSUM instead of the maximum (`theta`).
    pub theta: Option<f64>,
    /// Look for decreases (`dir` = "dec").
    pub decrease: bool,
    /// What the bound shows (`ret`); `None` is R's "value" in compat and the count by default.
    pub returned: Option<Returned>,
    /// Fit the seasonal mean again after every alarm (`mu0$refit`); `None` is no in compat, as in R, and yes by default.
    pub refit: Option<bool>,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            limit: 5.0,
            mean: Mean::Seasonal { harmonics: 1, trend: false },
            alpha: Some(0.0),
            least: 1,
            window: None,
            change: Change::Intercept,
            theta: None,
            decrease: false,
            returned: None,
            refit: None,
        }
    }
}

/// One point since the last alarm: count, in-control mean, count before.
#[derive(Debug, Clone, Copy)]
struct Step {
    x: f64,
    mu: f64,
    before: f64,
}

/// What is known of the counts in control.
#[derive(Debug, Clone)]
struct Control {
    /// Means of the monitored points.
    means: Vec<f64>,
    alpha: f64,
    /// Pearson dispersion about the law, at least 1; 1 in compat.
    phi: f64,
}

/// The chart's parameters with what is known in control.
#[derive(Debug, Clone, Copy)]
struct Rule<'a> {
    params: &'a Params,
    alpha: f64,
    phi: f64,
    mode: Mode,
}

/// Judges the monitored points of one series; `score` is the statistic. After an alarm the detector starts again.
///
/// Default range: from the third year on, or the second half of a shorter series. Missing counts in control are left out, as long
/// as there are two more counts than coefficients; a monitored day without a count is not judged and moves nothing.
///
/// # Errors
/// A parameter out of range, a range outside the series, too few counts in control, means of another length than the range; in
/// compat a missing count within the range, where R stops.
pub fn run(series: Series<'_>, params: &Params, monitored: Monitored, mode: Mode) -> Result<Verdicts, DetectionError> {
    check(params)?;
    let first = (2 * series.timeline.frequency).min(series.len() / 2);
    let range = monitored.resolve(series.len(), first, false)?;
    let from = range.start;
    if let Some(row) = range.clone().find(|row| mode == Mode::R && series.at(*row).is_nan()) {
        return Err(DetectionError::ReferenceStops { row, reason: "a missing count (GLR)" });
    }
    let mut control = in_control(series, (params, mode), from, range.clone())?;
    let mut since: Vec<Step> = Vec::new();
    let mut recursive = 0.0;
    let mut verdicts = Verdicts::default();
    let refit = matches!(params.mean, Mean::Seasonal { .. }) && params.refit.unwrap_or(mode == Mode::Correct);
    let returned = params.returned.unwrap_or(if mode == Mode::R { Returned::Value } else { Returned::Cases });
    for index in range.clone() {
        let mu = control.means.get(index - from).copied().unwrap_or(f64::NAN);
        let before = (0..index).rev().map(|row| series.at(row)).find(|y| !y.is_nan()).unwrap_or(0.0);
        let step = Step { x: series.at(index), mu, before };
        let rule = Rule { params, alpha: control.alpha, phi: control.phi, mode };
        let statistic = |x: f64| statistic(&since, Step { x, ..step }, (&rule, recursive));
        if step.x.is_nan() {
            let upperbound =
                if returned == Returned::Value { f64::NAN } else { cases(statistic, (&rule, recursive, mu)) };
            let open = Judgement::undecided(index, step.x, Reason::MissingToday);
            verdicts.points.push(Judgement { upperbound, expected: mu, ..open });
            continue;
        }
        let value = statistic(step.x);
        let alarm = value >= params.limit;
        let upperbound = if returned == Returned::Value { value } else { cases(statistic, (&rule, recursive, mu)) };
        verdicts.points.push(judgement(index, step, (value, upperbound, alarm), &rule));
        if alarm {
            since.clear();
            recursive = 0.0;
            if refit && index + 1 < range.end {
                control = in_control(series, (params, mode), index + 1, range.clone())?;
            }
        } else {
            recursive = if params.theta.is_some() { value } else { 0.0 };
            since.push(step);
            if let Some(window) = params.window {
                let over = since.len().saturating_sub(window);
                since.drain(..over);
            }
        }
    }
    Ok(verdicts)
}

/// Checks the ranges of the parameters.
fn check(params: &Params) -> Result<(), DetectionError> {
    let bad = |name, reason| Err(DetectionError::Parameter { name, reason });
    if !params.limit.is_finite() {
        return bad("c.ARL", "a finite number");
    }
    if params.alpha.is_some_and(|alpha| !(alpha >= 0.0 && alpha.is_finite())) {
        return bad("alpha", "0 or more");
    }
    if params.change == Change::Epidemic && (params.alpha.unwrap_or(0.0) > 0.0 || params.decrease) {
        return bad("change", "epi is for increases of Poisson counts");
    }
    if params.least == 0 {
        return bad("Mtilde", "at least 1");
    }
    if params.theta.is_some_and(|theta| !theta.is_finite()) {
        return bad("theta", "a finite number");
    }
    Ok(())
}

/// A point as a judgement.
fn judgement(index: usize, step: Step, (value, upperbound, alarm): (f64, f64, bool), rule: &Rule<'_>) -> Judgement {
    let law = CountLaw::of_moments(step.mu, rule.phi * (step.mu + rule.alpha * step.mu * step.mu));
    let known = step.mu.is_finite() && step.mu > 0.0;
    Judgement {
        index,
        observed: step.x,
        upperbound,
        alarm: known.then_some(alarm),
        expected: step.mu,
        score: value,
        pvalue: law.mid_p(step.x),
        reason: (!known).then_some(Reason::NoMean),
    }
}

/// In-control law of the range, by the counts before `until`.
fn in_control(
    series: Series<'_>,
    (params, mode): (&Params, Mode),
    until: usize,
    range: std::ops::Range<usize>,
) -> Result<Control, DetectionError> {
    let (harmonics, trend) = match &params.mean {
        Mean::Given(means) if means.len() == range.len() => {
            return Ok(Control { means: means.clone(), alpha: params.alpha.unwrap_or(0.0), phi: 1.0 });
        }
        Mean::Given(means) => {
            return Err(DetectionError::Shape { what: "mu0", expected: range.len(), found: means.len() });
        }
        Mean::Seasonal { harmonics, trend } => (*harmonics, *trend),
    };
    let omega = 2.0 * std::f64::consts::PI / series.timeline.frequency as f64;
    let row = |index: usize| {
        let t = (index + 1) as f64;
        let mut x = vec![1.0];
        if trend {
            x.push(t);
        }
        x.extend((1..=harmonics).flat_map(|s| [(omega * t * s as f64).cos(), (omega * t * s as f64).sin()]));
        x
    };
    let columns = row(0).len();
    let present: Vec<usize> = (0..until).filter(|index| !series.at(*index).is_nan()).collect();
    if present.len() <= columns || (present.len() < until && present.len() < columns + 2) {
        return Err(DetectionError::TooShort { first: columns + 2 + until - present.len(), asked: until + 1 });
    }
    let rows: Vec<Vec<f64>> = present.iter().map(|index| row(*index)).collect();
    let column = |c: usize| rows.iter().map(|r| r.get(c).copied().unwrap_or(0.0)).collect();
    let design = Design {
        columns: (0..columns).map(column).collect(),
        y: present.iter().map(|index| series.at(*index)).collect(),
        offset: vec![0.0; present.len()],
        prior: vec![1.0; present.len()],
    };
    let stop = DetectionError::ReferenceStops { row: until, reason: "the seasonal regression has no finite fit" };
    let fit = design.fit().ok_or(stop)?;
    let (alpha, phi) = match mode {
        Mode::R => (params.alpha.unwrap_or(0.0), 1.0),
        Mode::Correct => spread(&design.y, &fit.mu, (params.alpha, columns)),
    };
    let coefficients = if alpha > 0.0 { weighted_for(&design, &fit, alpha) } else { fit.coefficients };
    let eta = |index: usize| {
        row(index).iter().zip(&coefficients).filter(|(_, c)| !c.is_nan()).map(|(x, c)| x * c).sum::<f64>()
    };
    Ok(Control { means: range.map(|index| eta(index).exp().max(f64::EPSILON)).collect(), alpha, phi })
}

/// Coefficients of the same regression with the weights of a negative binomial law, m / (1 + αm).
fn weighted_for(design: &Design, fit: &Fit, alpha: f64) -> Vec<f64> {
    let (mut mu, mut coefficients) = (fit.mu.clone(), fit.coefficients.clone());
    for _ in 0..50 {
        let weights: Vec<f64> = mu.iter().map(|mu| mu / (1.0 + alpha * mu)).collect();
        let target: Vec<f64> = mu.iter().zip(&design.y).map(|(mu, y)| mu.ln() + (y - mu) / mu).collect();
        let found = Factor::weighted(&design.columns, &weights).solve(&weights, &target);
        if found.iter().any(|c| c.is_infinite()) {
            return coefficients;
        }
        let change = found.iter().zip(&coefficients).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        coefficients = found;
        mu = (0..mu.len())
            .map(|at| {
                let terms = design.columns.iter().zip(&coefficients).filter(|(_, c)| !c.is_nan());
                terms.map(|(column, c)| column.get(at).copied().unwrap_or(0.0) * c).sum::<f64>().exp().max(f64::EPSILON)
            })
            .collect();
        if change < 1e-11 {
            break;
        }
    }
    coefficients
}

/// α, by moments where it is not given, and the Pearson dispersion about the law it makes.
fn spread(y: &[f64], mu: &[f64], (alpha, columns): (Option<f64>, usize)) -> (f64, f64) {
    let pairs = || y.iter().zip(mu);
    let alpha = alpha.unwrap_or_else(|| {
        let excess: f64 = pairs().map(|(y, mu)| (y - mu).powi(2) - mu).sum();
        (excess / mu.iter().map(|mu| mu * mu).sum::<f64>()).max(0.0)
    });
    let pearson: f64 = pairs().map(|(y, mu)| (y - mu).powi(2) / (mu + alpha * mu * mu)).sum();
    (alpha, (pearson / (y.len() - columns.min(y.len() - 1)) as f64).max(1.0))
}

/// The statistic with today's step: the greatest log-likelihood ratio over change points, or the recursive one for a known θ.
fn statistic(since: &[Step], today: Step, (rule, recursive): (&Rule<'_>, f64)) -> f64 {
    if let Some(theta) = rule.params.theta {
        return (recursive + ratio(&[today], theta, rule) / rule.phi).max(0.0);
    }
    let mut steps: Vec<Step> = since.to_vec();
    steps.push(today);
    // with a window R leaves out one more of the latest change points than without
    let windowed = usize::from(rule.mode == Mode::R && rule.params.window.is_some());
    let starts = 0..(steps.len() + 1).saturating_sub(rule.params.least + windowed);
    let best = starts.filter_map(|start| steps.get(start..)).map(|part| greatest(part, rule)).fold(0.0, f64::max);
    best / rule.phi
}

/// Log-likelihood ratio of a change by θ over some steps.
fn ratio(steps: &[Step], theta: f64, rule: &Rule<'_>) -> f64 {
    let one = |step: &Step| match rule.params.change {
        Change::Epidemic => {
            let raised = step.mu + theta * step.before;
            (if step.x > 0.0 { step.x * (raised / step.mu).ln() } else { 0.0 }) - theta * step.before
        }
        Change::Intercept if rule.alpha > 0.0 => {
            let (a, raised) = (rule.alpha, step.mu * theta.exp());
            step.x * theta - (step.x + 1.0 / a) * ((1.0 + a * raised) / (1.0 + a * step.mu)).ln()
        }
        Change::Intercept => step.x * theta + step.mu * (1.0 - theta.exp()),
    };
    steps.iter().map(one).sum()
}

/// The ratio at its greatest over admissible θ.
fn greatest(steps: &[Step], rule: &Rule<'_>) -> f64 {
    let (x, mu): (f64, f64) = steps.iter().fold((0.0, 0.0), |(x, mu), step| (x + step.x, mu + step.mu));
    if rule.params.change == Change::Intercept && rule.alpha == 0.0 {
        let up = if rule.params.decrease { x < mu } else { x > mu };
        return if up { (if x > 0.0 { x * (x / mu).ln() } else { 0.0 }) + mu - x } else { 0.0 };
    }
    // the log-likelihood ratio is concave and zero at θ = 0: its greatest value lies on the side where it rises
    let (low, high) = match rule.params.change {
        Change::Epidemic => (0.0, 1e4),
        Change::Intercept if rule.params.decrease => (-30.0, 0.0),
        Change::Intercept => (0.0, 30.0),
    };
    ratio(steps, summit(steps, rule, (low, high)), rule).max(0.0)
}

/// Where the concave ratio is greatest between two ends: Newton's method on its slope, kept inside a shrinking bracket.
fn summit(steps: &[Step], rule: &Rule<'_>, (mut low, mut high): (f64, f64)) -> f64 {
    let mut theta = if low < 0.0 { -0.1 } else { 0.1 };
    for _ in 0..100 {
        let (slope, curve) = derivatives(steps, theta, rule);
        if slope > 0.0 {
            low = theta;
        } else {
            high = theta;
        }
        let newton = theta - slope / curve;
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        if (next - theta).abs() <= 1e-12 * (1.0 + theta.abs()) {
            return next;
        }
        theta = next;
    }
    theta
}

/// First and second derivative of the ratio.
fn derivatives(steps: &[Step], theta: f64, rule: &Rule<'_>) -> (f64, f64) {
    let a = rule.alpha;
    let one = |step: &Step| match rule.params.change {
        Change::Epidemic => {
            let raised = step.mu + theta * step.before;
            (step.before * (step.x / raised - 1.0), -step.x * (step.before / raised).powi(2))
        }
        Change::Intercept => {
            let raised = step.mu * theta.exp();
            let damped = (1.0 + a * step.x) * raised / (1.0 + a * raised);
            (step.x - damped, -damped / (1.0 + a * raised))
        }
    };
    steps.iter().map(one).fold((0.0, 0.0), |(slope, curve), (s, c)| (slope + s, curve + c))
}

/// The smallest count (largest, for decreases) at which the statistic reaches the limit; NaN when none does, 0 in compat. For a known
/// change R gives the real number that reaches it.
fn cases(statistic: impl Fn(f64) -> f64, (rule, recursive, mu): (&Rule<'_>, f64, f64)) -> f64 {
    let params = rule.params;
    let none = if rule.mode == Mode::R { 0.0 } else { f64::NAN };
    if let (Mode::R, Some(theta), Change::Intercept) = (rule.mode, params.theta, params.change) {
        let a = rule.alpha;
        let (slope, level) = if a > 0.0 {
            let damp = ((1.0 + a * mu * theta.exp()) / (1.0 + a * mu)).ln();
            (theta - damp, -damp / a)
        } else {
            (theta, mu * (1.0 - theta.exp()))
        };
        return (params.limit - recursive - level) / slope;
    }
    let reached = |x: f64| statistic(x) >= params.limit;
    // a rise is reached from some count on, a fall up to some count: the change of side lies between `low` and `high`
    let beyond = |x: f64| reached(x) != params.decrease;
    if params.decrease && !reached(0.0) {
        return none;
    }
    let mut high = 1.0;
    while !beyond(high) {
        high *= 2.0;
        if high > 1e15 || (high > 1e9 && !params.decrease) {
            return none;
        }
    }
    let mut low = if params.decrease { 0.0 } else { -1.0 };
    while high - low > 1.0 {
        let middle = ((low + high) / 2.0_f64).floor();
        if beyond(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    if params.decrease { low } else { high }
}

#[cfg(test)]
mod tests {
    //! Missing counts and bounds.

    use super::*;
    use crate::detection::Timeline;

    const COUNTS: [f64; 24] = {
        let nan = f64::NAN;
        [
            3.0, 5.0, nan, 7.0, 2.0, 4.0, 6.0, 9.0, 3.0, nan, 4.0, 8.0, 2.0, 5.0, 7.0, 6.0, 3.0, 4.0, 9.0, 12.0, 15.0,
            11.0, 10.0, 14.0,
        ]
    };

    fn judge(counts: &[f64], params: &Params, mode: Mode) -> Result<Vec<Judgement>, DetectionError> {
        let timeline = Timeline { frequency: 4, ..Timeline::default() };
        let range = Monitored::Rows { from: 12, to: counts.len() - 1 };
        run(Series::new(counts, None, &timeline)?, params, range, mode).map(|verdicts| verdicts.points)
    }

    fn plain() -> Params {
        Params { mean: Mean::Seasonal { harmonics: 1, trend: false }, alpha: Some(0.0), ..Params::default() }
    }

    /// R 4.2.2, surveillance 1.20.3: `glrpois(sts(matrix(y), frequency = 4), control = list(range = 13:24, ret = "value",
    /// mu0 = list(S = 1, trend = FALSE)))`.
    #[test]
    fn missing_counts_before_the_range_are_left_out_as_r_does() {
        let points = judge(&COUNTS, &plain(), Mode::R).unwrap();
        let values = [
            0.0,
            0.450458679143,
            0.303378214176,
            0.0565100743401,
            0.0169852551158,
            0.101126071392,
            0.577548265113,
            1.83121134545,
            10.1486386901,
            5.86404005812,
            0.900917358289,
            3.35215313454,
        ];
        for (point, value) in points.iter().zip(values) {
            assert!((point.upperbound - value).abs() <= 1e-6 * value, "{point:?} {value}");
            assert_eq!(point.alarm, Some(value >= 5.0));
        }
    }

    #[test]
    fn a_missing_day_stops_r_and_is_passed_over_by_default() {
        let mut counts = COUNTS;
        counts[19] = f64::NAN;
        assert!(judge(&counts, &plain(), Mode::R).is_err());
        let points = judge(&counts, &plain(), Mode::Correct).unwrap();
        assert_eq!((points[7].alarm, points[7].reason), (None, Some(Reason::MissingToday)));
        assert!(points[7].upperbound.is_finite() && points[7].expected > 0.0);
        assert!(points[8].alarm.is_some());
    }

    #[test]
    fn too_many_missing_counts_are_a_problem() {
        let mut counts = COUNTS;
        counts[..9].fill(f64::NAN);
        assert!(matches!(judge(&counts, &plain(), Mode::Correct), Err(DetectionError::TooShort { .. })));
    }

    #[test]
    fn the_bound_is_the_count_at_which_the_alarm_begins() {
        for decrease in [false, true] {
            let params = Params { decrease, ..plain() };
            let mut counts: Vec<f64> = COUNTS[..13].iter().map(|y| 10.0 * y).collect();
            let bound = judge(&counts, &params, Mode::Correct).unwrap()[0].upperbound;
            let beyond = if decrease { bound + 1.0 } else { bound - 1.0 };
            for (count, alarm) in [(bound, true), (beyond, false)] {
                counts[12] = count;
                let point = judge(&counts, &params, Mode::Correct).unwrap()[0];
                assert_eq!(point.alarm, Some(alarm), "decrease {decrease}: {count} of {bound}");
            }
        }
    }
}
