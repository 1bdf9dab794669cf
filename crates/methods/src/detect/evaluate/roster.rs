//! The detectors that are compared, each at its default setting.

use yanpan_statistics::detection::evaluation::Alarming;
use yanpan_statistics::detection::farrington::{
    ClassicParams, DelayParams, FlexibleParams, run_classic, run_delay, run_flexible,
};
use yanpan_statistics::detection::{
    DetectionError, Judgement, Mode, Monitored, Series, Timeline, Verdicts, cusum, ears, ewma, glr, reference_values,
};

/// What a method makes of a series.
type Judge = Box<dyn Fn(Series<'_>, Monitored) -> Result<Verdicts, DetectionError> + Sync>;

/// One detector.
pub(super) struct Entry {
    /// Name on the command line.
    pub name: &'static str,
    /// Its setting in words.
    pub setting: &'static str,
    /// The share of days it is said to alarm on when nothing is the matter.
    pub stated: f64,
    /// How many of the trials it gets: slow ones fewer.
    pub trials: f64,
    /// Points before the first judged one that it needs.
    history: usize,
    /// Whether it decides by a statistic over several days rather than by today's p-value.
    chart: bool,
    judge: Judge,
}

impl Entry {
    /// Judgements from `from` on, by their row in the whole series; none where the method cannot run.
    pub fn judged(&self, counts: &[f64], from: usize, frequency: usize) -> Vec<Judgement> {
        let shift = |(row, point): (usize, Judgement)| Judgement { index: row, ..point };
        (from..).zip(self.points(counts, from, frequency)).map(shift).collect()
    }

    /// Judgements from `from` on; none where the method cannot run.
    fn points(&self, counts: &[f64], from: usize, frequency: usize) -> Vec<Judgement> {
        let skipped = from.saturating_sub(self.history);
        let timeline = Timeline { frequency, ..Timeline::default() };
        let counts = counts.get(skipped..).unwrap_or(&[]);
        let days = Monitored::Rows { from: from - skipped, to: counts.len().saturating_sub(1) };
        Series::new(counts, None, &timeline)
            .and_then(|series| (self.judge)(series, days))
            .map_or(Vec::new(), |v| v.points)
    }

    /// Decisions at the default setting: 0 for an alarm, 1 for none.
    pub fn decisions(&self, frequency: usize) -> Box<Alarming<'_>> {
        let decided = |point: &Judgement| point.alarm.map_or(f64::NAN, |alarm| if alarm { 0.0 } else { 1.0 });
        Box::new(move |counts, from| self.points(counts, from, frequency).iter().map(decided).collect())
    }

    /// Scores for a comparison at equal rates: smaller is more alarming.
    pub fn scores(&self, frequency: usize) -> Box<Alarming<'_>> {
        let chart = self.chart;
        let score = move |point: &Judgement| if chart { -point.score } else { point.pvalue };
        Box::new(move |counts, from| self.points(counts, from, frequency).iter().map(score).collect())
    }
}

/// All detectors of one series, for a series of this frequency with so many years before the judged days.
/// GLR's bound is the count that would have alarmed where it is `shown`, and left out where only decisions are wanted: it is slow.
pub(super) fn roster(frequency: usize, years: usize, shown: bool) -> Vec<Entry> {
    let past = frequency * years + 10;
    let mut entries: Vec<Entry> = charts(frequency).into();
    entries.extend(regressions(past, years));
    entries.extend(glr_and_delay(past, years, shown));
    entries
}

/// Detectors with short baselines, and RKI.
fn charts(frequency: usize) -> [Entry; 7] {
    let ears = |name, method, stated| {
        let params = ears::Params { method, ..ears::Params::default() };
        let judge: Judge = Box::new(move |series, days| ears::run(series, &params, days, Mode::Correct));
        let setting = if stated > 0.01 { "B = 7, α = 0.025" } else { "B = 7, α = 0.001" };
        Entry { name, setting, stated, trials: 1.0, history: 200, chart: method == ears::Variant::C3, judge }
    };
    let values = |params: reference_values::Params| -> Judge {
        Box::new(move |series, days| reference_values::run(series, &params, days, Mode::Correct))
    };
    let chart = |name, setting, (stated, history), judge| Entry {
        name,
        setting,
        stated,
        trials: 1.0,
        history,
        chart: true,
        judge,
    };
    [
        ears("ears-c1", ears::Variant::C1, 0.001),
        ears("ears-c2", ears::Variant::C2, 0.001),
        ears("ears-c3", ears::Variant::C3, 0.025),
        chart(
            "cusum",
            "k = 1.04, h = 2.26, m = null",
            (0.003, 3 * frequency + 10),
            Box::new(|series, days| cusum::run(series, &cusum::Params::default(), days, Mode::Correct)),
        ),
        chart(
            "ewma",
            "λ = 0.3, L = 3",
            (0.001, 200),
            Box::new(|series, days| ewma::run(series, &ewma::Params::default(), days)),
        ),
        Entry {
            chart: false,
            ..chart("bayes", "b = 0, w = 6, α = 0.05", (0.05, 200), values(reference_values::Params::bayes()))
        },
        Entry {
            chart: false,
            ..chart("rki", "b = 2, w = 4", (0.025, 3 * frequency), values(reference_values::Params::rki()))
        },
    ]
}

/// The Farrington family.
fn regressions(history: usize, years: usize) -> [Entry; 3] {
    let mut classic = ClassicParams::default();
    classic.common.years = years;
    let mut flexible = FlexibleParams::default();
    flexible.common.years = years;
    let mut seasons = FlexibleParams { periods: 10, skipped: Some(26), trend_level: 1.0, ..flexible.clone() };
    seasons.common.alpha = 0.01;
    let entry =
        |name, setting, stated, judge| Entry { name, setting, stated, trials: 0.5, history, chart: false, judge };
    [
        entry(
            "farrington",
            "w = 3, α = 0.05",
            0.05,
            Box::new(move |series, days| run_classic(series, &classic, days, Mode::Correct)),
        ),
        entry(
            "farrington-flexible",
            "w = 3, noPeriods = 1, α = 0.05",
            0.05,
            Box::new(move |series, days| run_flexible(series, &flexible, days, Mode::Correct)),
        ),
        entry(
            "farrington-flexible",
            "noPeriods = 10, pastWeeksNotIncluded = 26, α = 0.01",
            0.01,
            Box::new(move |series, days| run_flexible(series, &seasons, days, Mode::Correct)),
        ),
    ]
}

/// The likelihood-ratio charts and the delay method.
fn glr_and_delay(history: usize, years: usize, shown: bool) -> [Entry; 3] {
    let chart = |name, setting, alpha| {
        let returned = Some(if shown { glr::Returned::Cases } else { glr::Returned::Value });
        let params = glr::Params { alpha, returned, ..glr::Params::default() };
        let judge: Judge = Box::new(move |series, days| glr::run(series, &params, days, Mode::Correct));
        Entry { name, setting, stated: 0.005, trials: 0.5, history, chart: true, judge }
    };
    let mut delay = DelayParams::default();
    delay.common.years = years;
    [
        chart("glr-pois", "c.ARL = 5, S = 1", Some(0.0)),
        chart("glr-nb", "c.ARL = 5, S = 1, alpha = null", None),
        Entry {
            name: "delay",
            setting: "w = 3, noPeriods = 1, α = 0.05",
            stated: 0.05,
            trials: 0.25,
            history,
            chart: false,
            judge: Box::new(move |series, days| run_delay(series, &delay, days)),
        },
    ]
}
