//! Properties of the detectors: shift in time, scale of offsets, monotone in today's count, threads.

#![expect(clippy::unwrap_used, reason = "a test file: what is missing shall fail loudly")]

use proptest::prelude::*;
use yanpan_statistics::detection::farrington::{FlexibleParams, run_flexible};
use yanpan_statistics::detection::{Judgement, Mode, Monitored, Series, Timeline, ears};

fn last(counts: &[f64], population: Option<&[f64]>) -> Judgement {
    let timeline = Timeline { frequency: 12, ..Timeline::default() };
    let series = Series::new(counts, population, &timeline).unwrap();
    let mut params = FlexibleParams { periods: 3, ..FlexibleParams::default() };
    (params.common.years, params.common.half_width, params.common.limit54) = (3, 1, (0.0, 4));
    params.common.population_offset = population.is_some();
    let day = Monitored::Rows { from: counts.len() - 1, to: counts.len() - 1 };
    run_flexible(series, &params, day, Mode::Correct).unwrap().points.pop().unwrap()
}

fn numbers() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec((0_u32..30).prop_map(f64::from), 50)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_shift_in_time_changes_nothing(counts in numbers(), shift in 1_usize..20) {
        let params = ears::Params::default();
        let timeline = Timeline::default();
        let run = |counts: &[f64]| {
            let series = Series::new(counts, None, &timeline).unwrap();
            ears::run(series, &params, Monitored::Default, Mode::Correct).unwrap().points
        };
        let longer: Vec<f64> = std::iter::repeat_n(1.0, shift).chain(counts.iter().copied()).collect();
        let (plain, moved) = (run(&counts), run(&longer));
        for (a, b) in plain.iter().zip(moved.iter().skip(shift)) {
            prop_assert_eq!((a.upperbound, a.alarm), (b.upperbound, b.alarm));
        }
        let a = last(&counts, None);
        let b = last(&longer, None);
        prop_assert!((a.expected - b.expected).abs() <= 1e-6 * a.expected.max(1.0));
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
        let before = last(&counts, None);
        counts[49] += f64::from(more);
        let after = last(&counts, None);
        prop_assert!(after.pvalue <= before.pvalue + 1e-12 && after.upperbound == before.upperbound);
    }
}
