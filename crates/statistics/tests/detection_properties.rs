//! Properties of the detectors: shift in time, order of units, scale of offsets, monotone in today's count, streaming = batch.

#![expect(clippy::unwrap_used, reason = "a test file: what is missing shall fail loudly")]

use proptest::prelude::*;
use yanpan_statistics::detection::evaluation::{Scenario, simulate};
use yanpan_statistics::detection::farrington::{FlexibleParams, run_flexible};
use yanpan_statistics::detection::scan::{Input, Matrix, Statistic, by_margins, run as run_scan};
use yanpan_statistics::detection::{
    Judgement, Mode, Monitored, Series, Timeline, cusum, ears, ewma, reference_values, residual,
};

fn last(counts: &[f64], population: Option<&[f64]>) -> Judgement {
    let timeline = Timeline { frequency: 12, ..Timeline::default() };
    let series = Series::new(counts, population, &timeline).unwrap();
    let mut params = FlexibleParams { periods: 3, ..FlexibleParams::default() };
    (params.common.years, params.common.half_width, params.common.limit54) = (3, 1, (0.0, 4));
    params.common.population_offset = population.is_some();
    let day = Monitored::Rows { from: counts.len() - 1, to: counts.len() - 1 };
    run_flexible(series, &params, day, Mode::Correct).unwrap().points.pop().unwrap()
}

/// The last day by each method of one series.
fn by_all(counts: &[f64]) -> Vec<Judgement> {
    let timeline = Timeline { frequency: 12, ..Timeline::default() };
    let series = Series::new(counts, None, &timeline).unwrap();
    let day = Monitored::Rows { from: counts.len() - 1, to: counts.len() - 1 };
    let bayes = reference_values::Params::bayes();
    let ears = |method| {
        ears::run(series, &ears::Params { method, ..ears::Params::default() }, day, Mode::Correct).unwrap().points
    };
    let all = [
        ears(ears::Variant::C1),
        ears(ears::Variant::C2),
        ears(ears::Variant::C3),
        cusum::run(series, &cusum::Params::default(), day, Mode::Correct).unwrap().points,
        ewma::run(series, &ewma::Params::default(), day).unwrap().points,
        reference_values::run(series, &bayes, day, Mode::Correct).unwrap().points,
    ];
    all.into_iter().flatten().chain([last(counts, None)]).collect()
}

fn numbers() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec((0_u32..30).prop_map(f64::from), 50)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// The number of a row, the year it lies in and missing days before the series change nothing.
    #[test]
    fn a_shift_in_time_changes_nothing(counts in numbers(), shift in 1_usize..20) {
        let later: Vec<f64> = std::iter::repeat_n(f64::NAN, shift).chain(counts.iter().copied()).collect();
        for (a, b) in by_all(&counts).iter().zip(by_all(&later)) {
            prop_assert_eq!((a.alarm, a.observed), (b.alarm, b.observed));
            prop_assert!((a.upperbound - b.upperbound).abs() <= 1e-6 * a.upperbound.abs().max(1.0));
            prop_assert!((a.expected - b.expected).abs() <= 1e-6 * a.expected.max(1.0));
        }
    }

    #[test]
    fn the_unit_of_the_population_does_not_matter(counts in numbers(), scale in 0.01_f64..100.0) {
        let people: Vec<f64> = (0..50).map(|t| 1000.0 + 7.0 * f64::from(t)).collect();
        let scaled: Vec<f64> = people.iter().map(|p| p * scale).collect();
        let (a, b) = (last(&counts, Some(&people)), last(&counts, Some(&scaled)));
        prop_assert!((a.expected - b.expected).abs() <= 1e-6 * a.expected.max(1.0));
    }

    #[test]
    fn more_cases_today_are_never_less_alarming(mut counts in numbers(), more in 1_u32..40) {
        let before = by_all(&counts);
        counts[49] += f64::from(more);
        for (a, b) in before.iter().zip(by_all(&counts)) {
            prop_assert!(b.pvalue <= a.pvalue + 1e-12 && b.upperbound == a.upperbound, "{:?} {:?}", a, b);
            prop_assert!(!(a.alarm == Some(true) && b.alarm == Some(false)), "{:?} {:?}", a, b);
        }
    }

    #[test]
    fn the_order_of_places_changes_no_score(cells in proptest::collection::vec(0_u32..9, 24), turn in 1_usize..4) {
        let values: Vec<f64> = cells.iter().map(|y| f64::from(*y)).collect();
        let score = |values: Vec<f64>, zones: Vec<Vec<usize>>| {
            let counts = Matrix { places: 4, values };
            let input = Input { baselines: by_margins(&counts), counts, overdispersion: None, zones, max_duration: 3, estimated_from: None, mode: Mode::Correct };
            run_scan(Statistic::Permutation, &input, None).unwrap().windows[0].score
        };
        let zones = || vec![vec![0], vec![1], vec![2], vec![3], vec![0, 1], vec![1, 2, 3]];
        let turned = values.chunks(4).flat_map(|row| (0..4).map(move |place| row[(place + turn) % 4])).collect();
        let moved = zones().iter().map(|zone| zone.iter().map(|place| (place + 4 - turn) % 4).collect()).collect();
        prop_assert!((score(values, zones()) - score(turned, moved)).abs() < 1e-9);
    }

    #[test]
    fn streaming_gives_the_batch_answers(counts in numbers(), gap in 0_usize..50, means in proptest::collection::vec(1_u32..20, 50)) {
        let mut counts = counts;
        counts[gap] = f64::NAN;
        let timeline = Timeline::default();
        let series = Series::new(&counts, None, &timeline).unwrap();
        let told = |points: &[Judgement]| points.iter().map(|p| format!("{p:?}")).collect::<Vec<_>>();
        let mut stream = Vec::new();
        for method in [ears::Variant::C1, ears::Variant::C2, ears::Variant::C3] {
            let params = ears::Params { method, ..ears::Params::default() };
            let batch = ears::run(series, &params, Monitored::Default, Mode::Correct).unwrap().points;
            let mut bank = ears::Bank::new(&params, 1);
            stream.clear();
            for count in &counts {
                bank.step(&[*count], |_, point| stream.push(point));
            }
            prop_assert_eq!(told(&batch), told(&stream[params.reach()..]));
        }
        let params = ewma::Params::default();
        let batch = ewma::run(series, &params, Monitored::Default).unwrap().points;
        let mut bank = ewma::Bank::new(&params, 1);
        stream.clear();
        for count in &counts {
            bank.step(&[*count], |_, point| stream.push(point));
        }
        prop_assert_eq!(told(&batch), told(&stream[params.baseline + params.lag..]));
        let means: Vec<f64> = means.into_iter().map(f64::from).collect();
        let params = cusum::Params { mean: cusum::Mean::Given(means.clone()), ..cusum::Params::default() };
        let batch = cusum::run(series, &params, Monitored::Rows { from: 0, to: 49 }, Mode::Correct).unwrap().points;
        let mut bank = cusum::Bank::new(&params, 1);
        stream.clear();
        for (count, mean) in counts.iter().zip(&means) {
            bank.step(&[*count], &[*mean], |_, point| stream.push(point));
        }
        prop_assert_eq!(told(&batch), told(&stream));
    }
}

/// The level a chart states is the rate it has, in counts of many means and dispersions: within a factor of two where the counts
/// are not so small that no bound can reach the level.
#[test]
fn the_stated_level_is_the_rate_measured() {
    for (mean, dispersion) in [(5.0, 1.0), (5.0, 3.0), (60.0, 3.0)] {
        let scenario = Scenario { mean, dispersion, season: 0.0, monday: 1.0, term_start: 1.0, days: 1000 };
        let (mut alarms, mut days) = (0.0, 0.0);
        for seed in 0..30 {
            let trial = simulate(&scenario, 100, None, seed);
            let timeline = Timeline::default();
            let series = Series::new(&trial.counts, None, &timeline).unwrap();
            let params = ears::Params { alpha: Some(0.01), ..ears::Params::default() };
            let range = Monitored::Rows { from: 100, to: 999 };
            for point in ears::run(series, &params, range, Mode::Correct).unwrap().points {
                alarms += f64::from(u8::from(point.alarm == Some(true)));
                days += 1.0;
            }
        }
        let rate = alarms / days;
        assert!((0.004..0.015).contains(&rate), "mean {mean}, dispersion {dispersion}: {rate}");
    }
}

#[test]
fn residuals_fall_with_the_mean_and_rise_with_the_count() {
    use yanpan_statistics::distributions::CountLaw;
    let at = |mean: f64, count: f64| residual::residual(&CountLaw::NegativeBinomial { size: mean / 0.5, mean }, count);
    for count in 0..60 {
        let count = f64::from(count);
        assert!(at(4.0, count + 1.0) > at(4.0, count) && at(9.0, count) < at(4.0, count), "{count}");
    }
}
