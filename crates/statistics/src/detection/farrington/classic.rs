//! The classic Farrington method.

use super::baseline::Blocks;
use super::predictive::{Predictor, Rule};
use super::reweight::{self, Reweighted};
use super::threshold::{Predicted, z_of};
use super::{Common, baseline, dates};
use crate::detection::irls::{Design, mean_of};
use crate::detection::{DetectionError, Judgement, Mode, Monitored, Reason, Series, Verdicts};
use crate::distributions::student_tail;

/// Parameters of the classic method under R's names (`farrington`).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ClassicParams {
    /// What both methods share.
    pub common: Common,
}

/// Residuals above this are down-weighted in compat (the paper's own choice).
const WEIGHTS_THRESHOLD: f64 = 1.0;
/// The same in the default mode, after Noufaily et al. 2013: a threshold of 1 takes ordinary days for outbreaks, so that mean and
/// dispersion come out too small and a level of 5 % alarms on 10 % of overdispersed days.
const CALIBRATED_THRESHOLD: f64 = 2.58;
/// Level of the trend's test.
const TREND_LEVEL: f64 = 0.05;

/// A judged point with the columns of the method.
struct Outcome {
    point: Judgement,
    trend: f64,
    below: f64,
    centre: f64,
}

/// Judges the monitored points of one series. Columns: `trend` (1 kept), `pd_q` (P(Y ≤ y) on the power scale), `pd_m` (mean).
///
/// Default range: from point freq·b − w, counted from 1.
///
/// # Errors
/// A parameter out of range, a range outside the series, and in compat what stops R (a missing count in the baseline, no baseline
/// at all, dates of another step than a day, a week or a month).
pub fn run(
    series: Series<'_>,
    params: &ClassicParams,
    monitored: Monitored,
    mode: Mode,
) -> Result<Verdicts, DetectionError> {
    let common = &params.common;
    common.check()?;
    let first = (series.timeline.frequency * common.years).saturating_sub(common.half_width + 1);
    let range = monitored.resolve(series.len(), first, false)?;
    if mode == Mode::R {
        dates::known_to_r(series, range.start)?;
    }
    let outcomes = match mode {
        Mode::R => range.map(|index| judge(series, common, index)).collect::<Result<Vec<_>, _>>()?,
        Mode::Correct => {
            let mut predictor = Predictor::default();
            range.map(|index| predict(&mut predictor, (series, common), index)).collect()
        }
    };
    let mut verdicts = Verdicts { points: outcomes.iter().map(|o| o.point).collect(), extras: Vec::new() };
    verdicts.push_extra("trend", outcomes.iter().map(|o| o.trend).collect());
    verdicts.push_extra("pd_q", outcomes.iter().map(|o| o.below).collect());
    verdicts.push_extra("pd_m", outcomes.iter().map(|o| o.centre).collect());
    Ok(verdicts)
}

/// Judges one point in the default mode.
fn predict(predictor: &mut Predictor, (series, common): (Series<'_>, &Common), index: usize) -> Outcome {
    let rows = baseline::classic(series, index, common.years, common.half_width);
    let blocks = Blocks { levels: vec![1; rows.len()], rows };
    let rule =
        Rule { common, periods: 1, weights_threshold: CALIBRATED_THRESHOLD, trend_level: TREND_LEVEL, threshold: None };
    let found = predictor.outcome(series, &rule, &blocks, index);
    let trend = f64::from(u8::from(found.slope.is_some()));
    Outcome { point: found.point, trend, below: 1.0 - found.point.pvalue, centre: found.mean }
}

/// Judges one point as R does.
fn judge(series: Series<'_>, common: &Common, index: usize) -> Result<Outcome, DetectionError> {
    let stop = |reason| DetectionError::ReferenceStops { row: index, reason };
    let rows = baseline::classic(series, index, common.years, common.half_width);
    if rows.iter().any(|row| series.at(*row).is_nan()) {
        return Err(stop("a missing count in the baseline"));
    }
    if rows.len() <= 1 + usize::from(common.trend) {
        return Err(stop("the regression has no valid baseline"));
    }
    let model = Model { series, common, rows: &rows };
    let (fitted, trend) = model.choose(index).ok_or_else(|| stop("the regression has no valid baseline"))?;
    let predicted = model.predict(&fitted, index, trend);
    let limit = common.power.limit(predicted);
    let upper = limit.upper(z_of(common.alpha / 2.0));
    let today = series.at(index);
    let recent = common.recent_sum(series, index);
    let tail = limit.tail(today);
    let (upperbound, score, reason) = if recent.is_nan() {
        (f64::NAN, f64::NAN, Some(if today.is_nan() { Reason::MissingToday } else { Reason::MissingRecent }))
    } else if recent >= common.limit54.0 {
        (upper, (today - predicted.mu) / (upper - predicted.mu), None)
    } else {
        (0.0, 0.0, Some(Reason::TooFewCases))
    };
    let point = Judgement {
        upperbound,
        alarm: (!score.is_nan()).then_some(score > 1.0),
        expected: predicted.mu,
        score,
        pvalue: tail,
        reason,
        ..Judgement::open(index, today)
    };
    Ok(Outcome { point, trend: f64::from(u8::from(trend)), below: 1.0 - tail, centre: predicted.mu })
}

/// The regression of one monitored point.
struct Model<'a> {
    series: Series<'a>,
    common: &'a Common,
    rows: &'a [usize],
}

impl Model<'_> {
    /// Design with or without the trend.
    fn design(&self, trend: bool) -> Design {
        let rows = self.rows;
        let mut columns = vec![vec![1.0; rows.len()]];
        if trend {
            columns.push(rows.iter().map(|row| (row + 1) as f64).collect());
        }
        Design {
            columns,
            y: rows.iter().map(|row| self.series.at(*row)).collect(),
            offset: rows.iter().map(|row| self.common.offset(self.series, *row)).collect(),
            prior: vec![1.0; rows.len()],
        }
    }

    /// Fits; without the trend when the fit with it does not converge or the trend is not kept.
    fn choose(&self, index: usize) -> Option<(Reweighted, bool)> {
        let threshold = self.common.reweight.then_some(WEIGHTS_THRESHOLD);
        let plain = || reweight::fit(self.design(false), threshold).map(|fit| (fit, false));
        if !self.common.trend {
            return plain();
        }
        let with = match reweight::fit(self.design(true), threshold) {
            Some(with) if with.settled => with,
            _ => return plain(),
        };
        let highest = with.design.y.iter().copied().fold(0.0, f64::max);
        let kept =
            self.common.years >= 3 && trend_p(&with) < TREND_LEVEL && self.predict(&with, index, true).mu <= highest;
        if kept { Some((with, true)) } else { plain() }
    }

    /// Mean, clamped dispersion and standard error of the mean at a point.
    fn predict(&self, fitted: &Reweighted, index: usize, trend: bool) -> Predicted {
        let mut x = vec![1.0];
        if trend {
            x.push((index + 1) as f64);
        }
        let mu = mean_of(fitted.fit.predict(&x) + self.common.offset(self.series, index));
        let se = mu * (fitted.phi * fitted.fit.factor.quadratic(&x)).sqrt();
        Predicted { mu, phi: fitted.phi, se }
    }
}

/// p-value of the trend: Student's t with the unclamped Pearson dispersion.
fn trend_p(fitted: &Reweighted) -> f64 {
    let dispersion = fitted.design.dispersion(&fitted.fit, &fitted.fit.working);
    let se = (dispersion * fitted.fit.factor.quadratic(&[0.0, 1.0])).sqrt();
    let slope = fitted.fit.coefficients.get(1).copied().unwrap_or(f64::NAN);
    2.0 * student_tail((slope / se).abs(), fitted.design.residual_df(&fitted.fit))
}
