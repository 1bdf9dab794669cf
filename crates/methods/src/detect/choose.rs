//! From a method's name and its parameters to a detector, and over all units.

use super::bag::Bag;
use super::counts::Panel;
use super::school::School;
use super::{Name, charts, problems};
use indicatif::{ProgressBar, ProgressDrawTarget};
use rayon::prelude::*;
use serde_json::Value;
use yanpan_kernel::problem::Problem;
use yanpan_statistics::detection::farrington::{
    ClassicParams, Common, DelayParams, FlexibleParams, Power, ThresholdMethod, run_classic, run_delay, run_flexible,
};
use yanpan_statistics::detection::{
    DetectionError, Mode, Monitored, Series, Verdicts, cusum, ears, ewma, glr, reference_values,
};

/// A method with its parameters.
#[derive(Debug, Clone)]
pub(super) enum Detector {
    Ears(ears::Params),
    Cusum(cusum::Params),
    ReferenceValues(reference_values::Params),
    Classic(ClassicParams),
    Flexible(FlexibleParams),
    Delay(DelayParams),
    Glr(glr::Params),
    Ewma(ewma::Params),
}

impl Detector {
    /// Takes the method's parameters out of the bag; what does not fit is noted there.
    pub fn choose((name, mode): (Name, Mode), bag: &mut Bag) -> Self {
        match name {
            Name::EarsC1 => Self::Ears(ears_params(bag, ears::Variant::C1, "C1")),
            Name::EarsC2 => Self::Ears(ears_params(bag, ears::Variant::C2, "C2")),
            Name::EarsC3 => Self::Ears(ears_params(bag, ears::Variant::C3, "C3")),
            Name::Cusum => Self::Cusum(cusum_params(bag)),
            Name::Bayes => {
                agree(bag, &["bayes"]);
                let alpha = bag.number("alpha", 0.05);
                let bound = reference_values::Bound::Bayes { alpha };
                Self::ReferenceValues(windows(
                    bag,
                    reference_values::Params { bound, ..reference_values::Params::bayes() },
                ))
            }
            Name::Rki => {
                agree(bag, &["rki"]);
                Self::ReferenceValues(windows(bag, reference_values::Params::rki()))
            }
            Name::Farrington => {
                agree(bag, &["farrington"]);
                let by_fit = fits_offset(bag);
                let mut common = common(bag);
                // R's classic method knows the offset by `fitFun` alone and does not look at `populationOffset`
                common.population_offset = by_fit || (mode == Mode::Correct && common.population_offset);
                Self::Classic(ClassicParams { common })
            }
            Name::GlrPois | Name::GlrNb => charts::glr_params(name, bag),
            Name::Delay => charts::delay_params(bag),
            Name::Ewma => charts::ewma_params(bag),
            // scans have been taken out before
            _ => Self::Flexible(flexible_params(bag)),
        }
    }

    /// Whether it compares with the same time of earlier years.
    pub fn looks_years_back(&self) -> bool {
        match self {
            Self::Classic(_) | Self::Flexible(_) | Self::Delay(_) => true,
            Self::ReferenceValues(params) => params.years > 0,
            Self::Cusum(params) => params.mean == cusum::Mean::Past,
            Self::Ears(_) | Self::Glr(_) | Self::Ewma(_) => false,
        }
    }

    /// Judges one series.
    pub fn judge(&self, series: Series<'_>, monitored: Monitored, mode: Mode) -> Result<Verdicts, DetectionError> {
        match self {
            Self::Ears(params) => ears::run(series, params, monitored, mode),
            Self::Cusum(params) => cusum::run(series, params, monitored, mode),
            Self::ReferenceValues(params) => reference_values::run(series, params, monitored, mode),
            Self::Classic(params) => run_classic(series, params, monitored, mode),
            Self::Flexible(params) => run_flexible(series, params, monitored, mode),
            Self::Delay(params) => run_delay(series, params, monitored),
            Self::Glr(params) => glr::run(series, params, monitored, mode),
            Self::Ewma(params) => ewma::run(series, params, monitored),
        }
    }
}

/// What is run over all units.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'a> {
    pub detector: &'a Detector,
    /// The school's time axis, if a calendar is given.
    pub school: Option<&'a School>,
    pub monitored: Monitored,
    pub mode: Mode,
}

/// Judges all units, in parallel, answers in the order of the columns.
///
/// # Errors
/// The problems of all units that could not be judged.
pub(super) fn judge_all(run: &Run<'_>, panel: &Panel, progress: bool) -> Result<Vec<Verdicts>, Vec<Problem>> {
    let bar = ProgressBar::new(panel.grid.units.len() as u64);
    if !progress {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let one = |place: usize| {
        let counts = panel.grid.columns.get(place).map_or(&[][..], Vec::as_slice);
        let population = panel.population.as_ref().and_then(|p| p.columns.get(place)).map(Vec::as_slice);
        let found = match run.school {
            Some(school) => school.judge(run.detector, (counts, population), run.monitored),
            None => Series::new(counts, population, &panel.timeline)
                .and_then(|series| run.detector.judge(series, run.monitored, run.mode)),
        };
        bar.inc(1);
        let unit = panel.grid.units.get(place).map_or("", String::as_str);
        found.map_err(|error| problems::of(&error, &panel.grid, unit))
    };
    let all: Vec<Result<Verdicts, Problem>> = (0..panel.grid.units.len()).into_par_iter().map(one).collect();
    bar.finish_and_clear();
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for found in all {
        match found {
            Ok(verdicts) => good.push(verdicts),
            Err(problem) => bad.push(problem),
        }
    }
    // a fault of the range or the parameters is the same for every unit: say it once
    bad.dedup();
    if bad.is_empty() { Ok(good) } else { Err(bad) }
}

/// `control.method`, where given, must be the method of the command line.
pub(super) fn agree(bag: &mut Bag, names: &[&str]) {
    if let Some(value) = bag.take("method")
        && !names.iter().any(|name| value.as_str() == Some(name))
    {
        bag.invalid("method", &value, &format!("与 --method 不一致,应为 {}", names.join("、")));
    }
}

/// EARS.
fn ears_params(bag: &mut Bag, method: ears::Variant, short: &str) -> ears::Params {
    agree(bag, &[short, &format!("ears-{}", short.to_lowercase())]);
    let defaults = ears::Params::default();
    let prior = match bag.take("prior") {
        None => None,
        Some(value) => match value.as_array().map(|items| items.iter().filter_map(Value::as_f64).collect::<Vec<_>>()) {
            Some(numbers) if numbers.len() == 2 => numbers.first().copied().zip(numbers.last().copied()),
            _ => {
                bag.invalid("prior", &value, "应为 [shape, rate]");
                None
            }
        },
    };
    ears::Params {
        method,
        baseline: bag.whole("baseline", defaults.baseline),
        min_sigma: bag.number("minSigma", defaults.min_sigma),
        alpha: bag.optional("alpha"),
        min_present: bag.optional_whole("minPresent"),
        prior,
    }
}

/// CUSUM.
fn cusum_params(bag: &mut Bag) -> cusum::Params {
    use cusum::Transform;
    agree(bag, &["cusum"]);
    let defaults = cusum::Params::default();
    let choices = [
        ("rossi", Some(Transform::Rossi)),
        ("standard", Some(Transform::Standard)),
        ("anscombe", Some(Transform::Anscombe)),
        ("anscombe2nd", Some(Transform::Anscombe2nd)),
        ("pearsonNegBin", Some(Transform::PearsonNegBin)),
        ("none", Some(Transform::None)),
    ];
    let mean = match bag.take("m") {
        None => cusum::Mean::Past,
        Some(Value::String(word)) if word == "glm" => cusum::Mean::Seasonal,
        Some(value) => match numbers(&value) {
            Some(given) => cusum::Mean::Given(given),
            None => {
                bag.invalid("m", &value, "应为 null、\"glm\"、数字或数字的列表");
                cusum::Mean::Past
            }
        },
    };
    let reset = bag.take("reset");
    if let Some(value) = &reset
        && !value.is_boolean()
    {
        bag.invalid("reset", value, "应为 true 或 false");
    }
    cusum::Params {
        k: bag.number("k", defaults.k),
        h: bag.number("h", defaults.h),
        mean,
        transform: bag.word("trans", &choices, None),
        alpha: bag.number("alpha", defaults.alpha),
        reset: reset.and_then(|value| value.as_bool()),
    }
}

/// One number or a list of numbers.
pub(super) fn numbers(value: &Value) -> Option<Vec<f64>> {
    match value.as_array() {
        None => value.as_f64().map(|x| vec![x]),
        Some(items) => items.iter().map(Value::as_f64).collect(),
    }
}

/// Windows of Bayes and RKI.
fn windows(bag: &mut Bag, defaults: reference_values::Params) -> reference_values::Params {
    reference_values::Params {
        years: bag.whole("b", defaults.years),
        half_width: bag.whole("w", defaults.half_width),
        this_year: bag.flag("actY", defaults.this_year),
        bound: defaults.bound,
    }
}

/// Whether the regression named by `fitFun` has an offset by population.
fn fits_offset(bag: &mut Bag) -> bool {
    let fits = [
        ("algo.farrington.fitGLM.fast", false),
        ("algo.farrington.fitGLM", false),
        ("algo.farrington.fitGLM.flexible", false),
        ("algo.farrington.fitGLM.populationOffset", true),
    ];
    bag.word("fitFun", &fits, false)
}

/// What the Farrington family shares.
pub(super) fn common(bag: &mut Bag) -> Common {
    let defaults = Common::default();
    bag.ignore(&["verbose", "plot", "glmWarnings"]);
    let powers = [("none", Power::Unit), ("1/2", Power::Half), ("2/3", Power::TwoThirds)];
    let limit54 = match bag.take("limit54") {
        None => defaults.limit54,
        Some(value) => match numbers(&value).as_deref() {
            Some([cases, period]) if *cases >= 0.0 && *period >= 1.0 && period.fract() == 0.0 && *period <= 1e6 => {
                (*cases, *period as usize)
            }
            _ => {
                bag.invalid("limit54", &value, "应为 [病例数, 期数]");
                defaults.limit54
            }
        },
    };
    Common {
        years: bag.whole("b", defaults.years),
        half_width: bag.whole("w", defaults.half_width),
        reweight: bag.flag("reweight", defaults.reweight),
        alpha: bag.number("alpha", defaults.alpha),
        trend: bag.flag("trend", defaults.trend),
        limit54,
        power: bag.word("powertrans", &powers, defaults.power),
        population_offset: bag.flag("populationOffset", false),
    }
}

/// The flexible method.
fn flexible_params(bag: &mut Bag) -> FlexibleParams {
    agree(bag, &["farrington-flexible", "farringtonFlexible"]);
    let defaults = FlexibleParams::default();
    let methods = [
        ("delta", Some(ThresholdMethod::Delta)),
        ("nbPlugin", Some(ThresholdMethod::NbPlugin)),
        ("muan", Some(ThresholdMethod::Muan)),
    ];
    let by_fit = fits_offset(bag);
    let mut common = common(bag);
    common.population_offset |= by_fit;
    FlexibleParams {
        common,
        weights_threshold: bag.number("weightsThreshold", defaults.weights_threshold),
        trend_level: bag.number("pThresholdTrend", defaults.trend_level),
        periods: bag.whole("noPeriods", defaults.periods),
        skipped: bag.optional_whole("pastWeeksNotIncluded"),
        threshold: bag.word("thresholdMethod", &methods, None),
    }
}
