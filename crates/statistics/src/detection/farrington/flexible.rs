//! The flexible Farrington method: season levels, more of the past, a choice of thresholds.

use super::Common;
use super::baseline::{self, Blocks, Layout};
use super::dates::{self, days_between};
use super::predictive::{self, Predictor};
use super::reweight::{self, Reweighted};
use super::threshold::{Predicted, quasi, z_of};
use crate::detection::irls::{Design, mean_of};
use crate::detection::{DetectionError, Judgement, Mode, Monitored, Reason, Series, Verdicts};
use crate::distributions::student_tail;

/// How the bound is derived (`thresholdMethod`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThresholdMethod {
    /// Normal limit on a power scale.
    #[default]
    Delta,
    /// Negative-binomial quantile at the fitted mean.
    NbPlugin,
    /// Negative-binomial quantile at an upper limit of the mean.
    Muan,
}

/// Parameters of the flexible method under R's names (`farringtonFlexible`).
#[derive(Debug, Clone, PartialEq)]
pub struct FlexibleParams {
    /// What both methods share.
    pub common: Common,
    /// Residuals above this are down-weighted (`weightsThreshold`).
    pub weights_threshold: f64,
    /// Level of the trend's test (`pThresholdTrend`).
    pub trend_level: f64,
    /// Season levels (`noPeriods`).
    pub periods: usize,
    /// Latest points left out of the baseline; `None` is w (`pastWeeksNotIncluded`).
    pub skipped: Option<usize>,
    /// How the bound is derived; `None` is R's delta in compat and the predictive law by default.
    pub threshold: Option<ThresholdMethod>,
}

impl Default for FlexibleParams {
    fn default() -> Self {
        Self {
            common: Common::default(),
            weights_threshold: 2.58,
            trend_level: 0.05,
            periods: 1,
            skipped: None,
            threshold: None,
        }
    }
}

impl FlexibleParams {
    /// How the baseline is cut into blocks.
    pub(super) fn layout(&self) -> Layout {
        let half_width = self.common.half_width;
        let skipped = self.skipped.unwrap_or(half_width);
        Layout { years: self.common.years, half_width, periods: self.periods.max(1), skipped }
    }
}

/// A judged point with the columns of the method.
struct Outcome {
    point: Judgement,
    phi: f64,
    mu0: f64,
    /// Whether the trend was kept, and its coefficient.
    trend: f64,
    slope: f64,
}

impl From<predictive::Outcome> for Outcome {
    fn from(found: predictive::Outcome) -> Self {
        let trend = f64::from(u8::from(found.slope.is_some()));
        Self { point: found.point, phi: found.phi, mu0: found.mean, trend, slope: found.slope.unwrap_or(f64::NAN) }
    }
}

/// Judges the monitored points of one series. Columns: `phiVector`, `mu0Vector`, `trend`, `trendVector`.
///
/// Default range: from point freq·b + w + 1, counted from 1.
///
/// # Errors
/// A parameter out of range, a range outside the series, reference points that do not exist, too many periods; in compat also
/// what stops R (no baseline, one season level of several, dates of another step than a day, a week or a month).
pub fn run(
    series: Series<'_>,
    params: &FlexibleParams,
    monitored: Monitored,
    mode: Mode,
) -> Result<Verdicts, DetectionError> {
    params.common.check()?;
    let first = series.timeline.frequency * params.common.years + params.common.half_width;
    let range = monitored.resolve(series.len(), first, false)?;
    if mode == Mode::R {
        dates::known_to_r(series, range.start)?;
    }
    let outcomes = match mode {
        Mode::R => range.map(|index| judge(series, params, index)).collect::<Result<Vec<_>, _>>()?,
        Mode::Correct => {
            let mut predictor = Predictor::default();
            let mut judge = |index| predictor.flexible(series, params, index).map(Outcome::from);
            range.map(&mut judge).collect::<Result<Vec<_>, _>>()?
        }
    };
    let mut verdicts = Verdicts { points: outcomes.iter().map(|o| o.point).collect(), extras: Vec::new() };
    verdicts.push_extra("phiVector", outcomes.iter().map(|o| o.phi).collect());
    verdicts.push_extra("mu0Vector", outcomes.iter().map(|o| o.mu0).collect());
    verdicts.push_extra("trend", outcomes.iter().map(|o| o.trend).collect());
    verdicts.push_extra("trendVector", outcomes.iter().map(|o| o.slope).collect());
    Ok(verdicts)
}

/// Why R stops when a regression has as many coefficients as rows.
const SPENT: &str = "the regression has no degree of freedom left";

/// Judges one point as R does.
fn judge(series: Series<'_>, params: &FlexibleParams, index: usize) -> Result<Outcome, DetectionError> {
    let blocks = baseline::blocks(series, index, params.layout())?;
    let model = Model::new(series, params, &blocks, index);
    let today = series.at(index);
    let stop = |reason| Err(DetectionError::ReferenceStops { row: index, reason });
    if model.rows.is_empty() {
        return stop("the regression has no valid baseline");
    }
    if params.periods > 1 && model.seasons().is_empty() {
        return stop("only one season level in the baseline");
    }
    let Some((fitted, trend)) = model.choose()? else {
        let nan = f64::NAN;
        let point = Judgement::undecided(index, today, Reason::NotConverged);
        return Ok(Outcome { point, phi: nan, mu0: nan, trend: nan, slope: nan });
    };
    if fitted.design.residual_df(&fitted.fit) <= 0.0 {
        // without a degree of freedom R has no dispersion: its delta bound is NA, its other ways stop
        if params.common.trend || !matches!(params.threshold, None | Some(ThresholdMethod::Delta)) {
            return stop(SPENT);
        }
        let nan = f64::NAN;
        let open = Judgement::undecided(index, today, Reason::NotFinite);
        let point = Judgement { alarm: Some(false), ..open };
        return Ok(Outcome { point, phi: nan, mu0: nan, trend: 0.0, slope: nan });
    }
    let slope = if trend { fitted.fit.coefficients.get(1).copied().unwrap_or(f64::NAN) } else { f64::NAN };
    let (mut point, mu0) = model.bound(&fitted, trend, today);
    let recent = params.common.recent_sum(series, index);
    if recent.is_nan() || recent < params.common.limit54.0 {
        point.upperbound = f64::NAN;
        point.expected = f64::NAN;
        point.alarm = Some(false);
        point.reason = Some(Reason::TooFewCases);
    }
    Ok(Outcome { point, phi: fitted.phi, mu0, trend: f64::from(u8::from(trend)), slope })
}

/// The regression of one monitored point.
struct Model<'a> {
    series: Series<'a>,
    params: &'a FlexibleParams,
    rows: Vec<usize>,
    levels: Vec<usize>,
    times: Vec<f64>,
    index: usize,
    now: f64,
}

impl<'a> Model<'a> {
    /// Rows with counts, their levels and their times.
    fn new(series: Series<'a>, params: &'a FlexibleParams, blocks: &Blocks, index: usize) -> Self {
        let present = |row: &usize| !series.at(*row).is_nan();
        let kept = blocks.rows.iter().copied().zip(blocks.levels.iter().copied()).filter(|(row, _)| present(row));
        let (rows, levels): (Vec<usize>, Vec<usize>) = kept.unzip();
        let (times, now) = times(series, &rows, blocks, index);
        Self { series, params, rows, levels, times, index, now }
    }

    /// Levels present, the lowest being the reference.
    fn seasons(&self) -> Vec<usize> {
        let mut present = self.levels.clone();
        present.sort_unstable();
        present.dedup();
        present.get(1..).unwrap_or(&[]).to_vec()
    }

    /// Design with or without the trend.
    fn design(&self, trend: bool) -> Design {
        let mut columns = vec![vec![1.0; self.rows.len()]];
        if trend {
            columns.push(self.times.clone());
        }
        for season in self.seasons() {
            columns.push(self.levels.iter().map(|level| f64::from(u8::from(*level == season))).collect());
        }
        Design {
            columns,
            y: self.rows.iter().map(|row| self.series.at(*row)).collect(),
            offset: self.rows.iter().map(|row| self.params.common.offset(self.series, *row)).collect(),
            prior: vec![1.0; self.rows.len()],
        }
    }

    /// The design row of the monitored point.
    fn row(&self, trend: bool) -> Vec<f64> {
        let level = self.params.periods.max(1);
        let mut x = vec![1.0];
        if trend {
            x.push(self.now);
        }
        x.extend(self.seasons().iter().map(|season| f64::from(u8::from(*season == level))));
        x
    }

    /// Fits; without the trend when the fit with it does not converge or the trend is not kept. `None` when neither converges.
    ///
    /// # Errors
    /// No degree of freedom left to reweight with, where R stops.
    fn choose(&self) -> Result<Option<(Reweighted, bool)>, DetectionError> {
        let common = &self.params.common;
        let plain = || Ok(self.fitted(false)?.filter(|fit| fit.settled).map(|fit| (fit, false)));
        if !common.trend {
            return plain();
        }
        let with = match self.fitted(true)? {
            Some(with) if with.settled => with,
            _ => return plain(),
        };
        let highest = with.design.y.iter().copied().fold(0.0, f64::max);
        let kept = common.years >= 3
            && self.trend_p(&with) < self.params.trend_level
            && self.predict(&with, true).mu <= highest;
        if kept { Ok(Some((with, true))) } else { plain() }
    }

    /// The regression with or without the trend; `None` when its means overflow.
    fn fitted(&self, trend: bool) -> Result<Option<Reweighted>, DetectionError> {
        let common = &self.params.common;
        let found = reweight::fit(self.design(trend), common.reweight.then_some(self.params.weights_threshold));
        match found {
            Some(fit) if common.reweight && fit.design.residual_df(&fit.fit) <= 0.0 => {
                Err(DetectionError::ReferenceStops { row: self.index, reason: SPENT })
            }
            found => Ok(found),
        }
    }

    /// The dispersion R's prediction really uses: with prior weights in place of the working ones after reweighting.
    fn dispersion(&self, fitted: &Reweighted) -> f64 {
        let weights = if self.params.common.reweight { &fitted.design.prior } else { &fitted.fit.working };
        fitted.design.dispersion(&fitted.fit, weights)
    }

    /// p-value of the trend.
    fn trend_p(&self, fitted: &Reweighted) -> f64 {
        let mut x = vec![0.0; fitted.design.columns.len()];
        if let Some(slot) = x.get_mut(1) {
            *slot = 1.0;
        }
        let se = (self.dispersion(fitted) * fitted.fit.factor.quadratic(&x)).sqrt();
        let slope = fitted.fit.coefficients.get(1).copied().unwrap_or(f64::NAN);
        2.0 * student_tail((slope / se).abs(), fitted.design.residual_df(&fitted.fit))
    }

    /// Linear predictor at the monitored point and its standard error.
    fn linear(&self, fitted: &Reweighted, trend: bool) -> (f64, f64) {
        let x = self.row(trend);
        let eta = fitted.fit.predict(&x) + self.params.common.offset(self.series, self.index);
        (eta, (self.dispersion(fitted) * fitted.fit.factor.quadratic(&x)).sqrt())
    }

    /// Mean, dispersion and standard error of the mean at the monitored point.
    fn predict(&self, fitted: &Reweighted, trend: bool) -> Predicted {
        let (eta, se) = self.linear(fitted, trend);
        Predicted { mu: mean_of(eta), phi: fitted.phi, se: mean_of(eta) * se }
    }

    /// Bound, score and p-value by the threshold method, and R's `mu0Vector`.
    fn bound(&self, fitted: &Reweighted, trend: bool, today: f64) -> (Judgement, f64) {
        let z = z_of(self.params.common.alpha);
        let at = self.predict(fitted, trend);
        let open = Judgement { expected: at.mu, ..Judgement::open(self.index, today) };
        let method = self.params.threshold.unwrap_or_default();
        if method == ThresholdMethod::Delta {
            let limit = self.params.common.power.limit(at);
            let upperbound = limit.upper(z);
            let score = (today - at.mu) / (upperbound - at.mu);
            let alarm = (!score.is_nan()).then_some(score > 1.0);
            return (
                Judgement { upperbound, alarm, score, pvalue: limit.tail(today), ..open },
                (z * at.se + at.mu).exp(),
            );
        }
        let (eta, se) = self.linear(fitted, trend);
        let mean = if method == ThresholdMethod::Muan { (eta + z * se).exp() } else { eta.exp() };
        if !mean.is_finite() {
            // a day without a case is no alarm whatever the bound
            let alarm = (today == 0.0).then_some(false);
            return (Judgement { reason: Some(Reason::NotFinite), expected: f64::NAN, alarm, ..open }, mean);
        }
        let law = quasi(mean, fitted.phi);
        let upperbound = law.quantile(1.0 - self.params.common.alpha);
        let score = (today - eta) / (upperbound - eta);
        let alarm = (!today.is_nan()).then_some(score > 1.0 && today != 0.0);
        (Judgement { upperbound, alarm, score, pvalue: law.at_least(today), ..open }, mean)
    }
}

/// Times of the rows and of the monitored point: indices, or first steps since the first baseline date.
fn times(series: Series<'_>, rows: &[usize], blocks: &Blocks, index: usize) -> (Vec<f64>, f64) {
    let Some(dates) = &series.timeline.dates else {
        return (rows.iter().map(|row| (row + 1) as f64).collect(), (index + 1) as f64);
    };
    let date = |row: usize| dates.get(row).copied().unwrap_or_default();
    let origin = date(rows.first().copied().unwrap_or(0));
    let before = date(blocks.rows.first().copied().unwrap_or(0));
    let step = days_between(date(0), date(1)).max(1.0);
    let since = |origin, row| days_between(origin, date(row)) / step;
    (rows.iter().map(|row| since(before, *row)).collect(), since(origin, index))
}
