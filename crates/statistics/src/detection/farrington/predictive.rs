//! The default mode of both methods: the quick regression and a predictive negative-binomial bound.

use super::baseline::{self, Blocks};
use super::quick::{Fitted, Row, Wanted, Workspace};
use super::threshold::{Predicted, quasi, z_of};
use super::{Common, FlexibleParams, ThresholdMethod};
use crate::detection::{DetectionError, Judgement, Reason, Series};
use crate::distributions::CountLaw;

/// A judged point with the columns of the method.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outcome {
    pub point: Judgement,
    pub phi: f64,
    pub mean: f64,
    /// Relative standard error of the mean.
    pub relative: f64,
    pub slope: Option<f64>,
}

/// Judges point after point, each fit starting from the last.
#[derive(Debug, Clone, Default)]
pub struct Predictor {
    workspace: Workspace,
}

/// What varies between the two methods.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule<'a> {
    pub common: &'a Common,
    pub periods: usize,
    pub weights_threshold: f64,
    pub trend_level: f64,
    pub threshold: Option<ThresholdMethod>,
}

impl Predictor {
    /// One point of the flexible method in the default mode: bound, decision, expectation and mid-p value.
    ///
    /// # Errors
    /// Reference points that do not exist, too many periods.
    pub fn judge(
        &mut self,
        series: Series<'_>,
        params: &FlexibleParams,
        index: usize,
    ) -> Result<Judgement, DetectionError> {
        Ok(self.flexible(series, params, index)?.point)
    }

    /// The predictive law of a row by the flexible regression; `None` where it has none.
    pub(in super::super) fn law(
        &mut self,
        series: Series<'_>,
        params: &FlexibleParams,
        index: usize,
    ) -> Option<CountLaw> {
        let found = self.flexible(series, params, index).ok()?;
        let variance = found.phi * found.mean + (found.mean * found.relative).powi(2);
        found.mean.is_finite().then(|| CountLaw::of_moments(found.mean, variance))
    }

    /// One point of the flexible method.
    pub(super) fn flexible(
        &mut self,
        series: Series<'_>,
        params: &FlexibleParams,
        index: usize,
    ) -> Result<Outcome, DetectionError> {
        let blocks = baseline::blocks(series, index, params.layout())?;
        let rule = Rule {
            common: &params.common,
            periods: params.periods.max(1),
            weights_threshold: params.weights_threshold,
            trend_level: params.trend_level,
            threshold: params.threshold,
        };
        Ok(self.outcome(series, &rule, &blocks, index))
    }

    /// One point of either method.
    pub(super) fn outcome(&mut self, series: Series<'_>, rule: &Rule<'_>, blocks: &Blocks, index: usize) -> Outcome {
        let years = series.timeline.frequency as f64;
        let rows = blocks.rows.iter().zip(&blocks.levels).filter_map(|(row, level)| {
            let y = series.at(*row);
            let time = (*row as f64 - index as f64) / years;
            (!y.is_nan()).then(|| Row { y, time, offset: rule.common.offset(series, *row), level: level - 1 })
        });
        self.workspace.load(rows, rule.periods);
        let today = series.at(index);
        let least = (blocks.rows.len() / 2).max(rule.periods + 2);
        if self.workspace.len() < least {
            let point = Judgement::undecided(index, today, Reason::MissingBaseline);
            return Outcome { point, phi: f64::NAN, mean: f64::NAN, relative: f64::NAN, slope: None };
        }
        let common = rule.common;
        let fitted = self.workspace.fit(&Wanted {
            level: rule.periods - 1,
            offset: common.offset(series, index),
            threshold: common.reweight.then_some(rule.weights_threshold),
            trend: (common.trend && common.years >= 3).then_some(rule.trend_level),
        });
        let point = judge(series, rule, &fitted, index);
        Outcome {
            point,
            phi: fitted.phi,
            mean: fitted.mean,
            relative: fitted.relative,
            slope: fitted.slope.map(|slope| slope / years),
        }
    }
}

/// Bound and decision for a fitted mean.
fn judge(series: Series<'_>, rule: &Rule<'_>, fitted: &Fitted, index: usize) -> Judgement {
    let today = series.at(index);
    if !fitted.mean.is_finite() {
        return Judgement::undecided(index, today, Reason::NotFinite);
    }
    let alpha = rule.common.alpha;
    let se = fitted.mean * fitted.relative;
    let law = match rule.threshold {
        Some(ThresholdMethod::NbPlugin) => quasi(fitted.mean, fitted.phi),
        Some(ThresholdMethod::Muan) => quasi(fitted.mean * (z_of(alpha) * fitted.relative).exp(), fitted.phi),
        // the estimated mean's own uncertainty is part of tomorrow's spread
        None | Some(ThresholdMethod::Delta) => CountLaw::of_moments(fitted.mean, fitted.phi * fitted.mean + se * se),
    };
    let limit = rule.common.power.limit(Predicted { mu: fitted.mean, phi: fitted.phi, se });
    let delta = rule.threshold == Some(ThresholdMethod::Delta);
    let upperbound = if delta { limit.upper(z_of(alpha)) } else { law.quantile(1.0 - alpha) };
    let mut point = Judgement { upperbound, expected: fitted.mean, ..Judgement::open(index, today) };
    if today.is_nan() {
        point.reason = Some(Reason::MissingToday);
        return point;
    }
    point.score = (today - fitted.mean) / (upperbound - fitted.mean).max(f64::MIN_POSITIVE);
    point.pvalue = if delta { limit.tail(today) } else { law.mid_p(today) };
    point.alarm = Some(today > upperbound);
    let from = (index + 1).saturating_sub(rule.common.limit54.1);
    let recent: f64 = (from..=index).map(|row| series.at(row)).filter(|y| !y.is_nan()).sum();
    if recent < rule.common.limit54.0 {
        point.alarm = Some(false);
        point.reason = Some(Reason::TooFewCases);
    }
    point
}
