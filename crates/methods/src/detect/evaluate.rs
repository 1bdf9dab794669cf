//! `yanpan detect evaluate`: all detectors on simulated school series, at equal false-alarm rate and at their defaults.

use crate::Report;
use std::fmt::Write as _;
use std::path::PathBuf;
use yanpan_kernel::problem::{FILE_UNREADABLE, Problem};
use yanpan_statistics::detection::evaluation::{Alarming, Scenario, calibrate, false_alarm_rate, measure};
use yanpan_statistics::detection::farrington::{FlexibleParams, run_flexible};
use yanpan_statistics::detection::{
    DetectionError, Mode, Monitored, Series, Timeline, Verdicts, cusum, ears, ewma, reference_values,
};

/// Words of the command.
#[derive(Debug, clap::Args)]
pub struct EvaluateArgs {
    /// 结果(Markdown 表)/ Markdown tables
    #[arg(long)]
    output: PathBuf,
    /// 模拟序列数 / Simulated series per scenario
    #[arg(long, default_value_t = 300)]
    series: u64,
    /// 随机种子 / Seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// 统一的误报率 / Common false-alarm rate per day
    #[arg(long, default_value_t = 0.01)]
    rate: f64,
    /// 暴发规模(基线标准差的倍数)/ Outbreak size in baseline standard deviations
    #[arg(long, default_value_t = 5.0)]
    size: f64,
}

/// Days judged begin here: the fourth year.
const FROM: usize = 3 * 260 + 10;

/// The named simulations.
fn scenarios() -> [(&'static str, Scenario); 4] {
    let base = Scenario { mean: 5.0, dispersion: 1.5, season: 0.3, monday: 1.2, term_start: 1.3, days: FROM + 160 };
    [
        (
            "班级 class: mean 0.3, Poisson",
            Scenario { mean: 0.3, dispersion: 1.0, season: 0.0, monday: 1.0, term_start: 1.0, ..base },
        ),
        (
            "学校 school: mean 5, Poisson, flat",
            Scenario { dispersion: 1.0, season: 0.0, monday: 1.0, term_start: 1.0, ..base },
        ),
        ("学校 school: mean 5, variance 1.5×, season, weekdays, terms", base),
        ("乡镇 town: mean 60, variance 3×, season, weekdays, terms", Scenario { mean: 60.0, dispersion: 3.0, ..base }),
    ]
}

/// What a method makes of a series, as p-values; a day without decision is 1.
type Judge = Box<dyn Fn(Series<'_>, Monitored) -> Result<Verdicts, DetectionError> + Sync>;

/// The detectors with the level of their default setting.
fn detectors() -> Vec<(&'static str, f64, Judge)> {
    let ears = |method| -> Judge {
        let params = ears::Params { method, ..ears::Params::default() };
        Box::new(move |series, days| ears::run(series, &params, days, Mode::Correct))
    };
    let mut flexible = FlexibleParams { periods: 10, skipped: Some(26), trend_level: 1.0, ..FlexibleParams::default() };
    flexible.common.years = 3;
    flexible.common.limit54 = (0.0, 4);
    flexible.common.alpha = 0.01;
    vec![
        ("ears-c1", 0.001, ears(ears::Variant::C1)),
        ("ears-c2", 0.001, ears(ears::Variant::C2)),
        ("ears-c3", 0.025, ears(ears::Variant::C3)),
        ("cusum", f64::NAN, Box::new(|s, days| cusum::run(s, &cusum::Params::default(), days, Mode::Correct))),
        ("ewma", f64::NAN, Box::new(|s, days| ewma::run(s, &ewma::Params::default(), days))),
        (
            "bayes",
            0.05,
            Box::new(|s, days| reference_values::run(s, &reference_values::Params::bayes(), days, Mode::Correct)),
        ),
        (
            "rki",
            f64::NAN,
            Box::new(|s, days| reference_values::run(s, &reference_values::Params::rki(), days, Mode::Correct)),
        ),
        ("farrington-flexible", 0.01, Box::new(move |s, days| run_flexible(s, &flexible, days, Mode::Correct))),
    ]
}

/// Runs the command.
///
/// # Errors
/// The file cannot be written.
pub(super) fn evaluate(args: &EvaluateArgs) -> Result<Report, Vec<Problem>> {
    let timeline = Timeline { frequency: 260, ..Timeline::default() };
    let mut text = format!(
        "Seed {}, {} series a scenario, outbreaks of {} baseline standard deviations.\n",
        args.seed, args.series, args.size
    );
    for (name, scenario) in scenarios() {
        let _ = write!(
            text,
            "\n### {name}\n\n| method | alarm rate at default [95 %] | POD at {} | POD ≤ 1 / 3 / 7 d | delay d | PPV | false per 1,000 units·day |\n|---|---|---|---|---|---|---|\n",
            args.rate
        );
        for (method, _, judge) in detectors() {
            let row = line(args, &scenario, &timeline, (method, &judge));
            text.push_str(&row);
        }
    }
    let file = args.output.display().to_string();
    std::fs::write(&args.output, &text)
        .map_err(|error| vec![Problem::new(&FILE_UNREADABLE, &[("file", &file), ("reason", &error)])])?;
    let mut report = Report::new();
    report.insert("series".to_owned(), args.series.into());
    Ok(report)
}

/// One detector in one scenario.
fn line(args: &EvaluateArgs, scenario: &Scenario, timeline: &Timeline, (name, judge): (&str, &Judge)) -> String {
    let judged = |counts: &[f64], from: usize| {
        let days = Monitored::Rows { from, to: counts.len().saturating_sub(1) };
        Series::new(counts, None, timeline).and_then(|series| judge(series, days)).map_or(Vec::new(), |v| v.points)
    };
    // at the default setting a day counts by the detector's own decision
    let decided = |counts: &[f64], from: usize| -> Vec<f64> {
        judged(counts, from).iter().map(|point| if point.alarm == Some(true) { 0.0 } else { 1.0 }).collect()
    };
    // for equal rates the charts are compared by their statistic, the others by their p-value
    let chart = matches!(name, "cusum" | "ewma" | "ears-c3" | "rki");
    let scores = |counts: &[f64], from: usize| -> Vec<f64> {
        judged(counts, from).iter().map(|point| if chart { -point.score } else { point.pvalue }).collect()
    };
    let runs = (args.series, args.seed);
    let decided: &Alarming<'_> = &decided;
    let scores: &Alarming<'_> = &scores;
    let (rate, (low, high)) = false_alarm_rate(scenario, FROM, runs, 0.5, decided);
    let limit = calibrate(scenario, FROM, runs, args.rate, scores);
    let found = measure(scenario, (args.size, FROM), (args.series, args.seed.wrapping_add(1)), limit, scores);
    let [one, three, seven] = found.within;
    let (least, most) = found.detected_interval;
    format!(
        "| {name} | {:.2} % [{:.2}, {:.2}] | {:.0} % [{:.0}, {:.0}] | {:.0} / {:.0} / {:.0} % | {:.1} | {:.0} % | {:.1} |\n",
        100.0 * rate,
        100.0 * low,
        100.0 * high,
        100.0 * found.detected,
        100.0 * least,
        100.0 * most,
        100.0 * one,
        100.0 * three,
        100.0 * seven,
        found.delay,
        100.0 * found.precision,
        found.per_thousand,
    )
}
