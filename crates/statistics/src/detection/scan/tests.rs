//! Rules of the scan statistics.

use super::*;

/// Score of one window from its definition, in one sum over its cells.
fn naive(statistic: Statistic, input: &Input, zone: &[usize], duration: usize) -> f64 {
    let (places, rows) = (input.counts.places, input.counts.rows());
    let over = |table: &Matrix| -> f64 {
        (rows - duration..rows).flat_map(|row| zone.iter().map(move |place| table.values[row * places + place])).sum()
    };
    let (c, b, n) = (over(&input.counts), over(&input.baselines), input.counts.total());
    let term = |x: f64, m: f64| if x > 0.0 { x * (x / m).ln() } else { 0.0 };
    let weighted = |emerging: bool| {
        let (mut above, mut below) = (0.0, 0.0);
        for age in 0..duration {
            let weight = if emerging { (duration - age) as f64 } else { 1.0 };
            for place in zone {
                let at = (rows - 1 - age) * places + place;
                let (mu, om) = (input.baselines.values[at], input.overdispersion.as_ref().unwrap().values[at]);
                above += weight * (input.counts.values[at] - mu) / om;
                below += weight * weight * mu / om;
            }
        }
        above / if input.mode == Mode::R { below } else { below.sqrt() }
    };
    match statistic {
        Statistic::Hotspot => weighted(false),
        Statistic::Emerging => weighted(true),
        _ if c <= b => 0.0,
        Statistic::ExpectationPoisson => term(c, b) + b - c,
        _ => term(c, b) + term(n - c, n - b),
    }
}

/// Draws from a fixed sequence.
fn sequence(mut state: u64) -> impl FnMut(u64) -> f64 {
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % below) as f64
    }
}

#[test]
fn every_window_scores_as_its_definition_says_and_the_best_of_a_replicate_is_the_best_of_all() {
    use Statistic::{Emerging, ExpectationPoisson, Hotspot, Permutation, PopulationPoisson};
    for seed in 0..60 {
        let mut draw = sequence(seed);
        let (places, rows) = (2 + draw(6) as usize, 2 + draw(7) as usize);
        let table = |values: Vec<f64>| Matrix { places, values };
        let cells = places * rows;
        let counts = table((0..cells).map(|_| if draw(9) < 1.0 { 20.0 } else { draw(5) }).collect());
        let spots: Vec<Place> =
            (0..places).map(|_| Place { x: draw(50), y: draw(50), population: 1.0 + draw(9) }).collect();
        for statistic in [PopulationPoisson, ExpectationPoisson, Permutation, Hotspot, Emerging] {
            let baselines = if statistic == ExpectationPoisson || statistic == Hotspot || statistic == Emerging {
                table((0..cells).map(|_| 0.2 + 0.3 * draw(9)).collect())
            } else {
                by_margins(&counts)
            };
            let input = Input {
                counts: counts.clone(),
                baselines,
                overdispersion: Some(table((0..cells).map(|_| 1.0 + 0.25 * draw(9)).collect())),
                zones: nearest_neighbours(&spots, places, 0.7),
                max_duration: 1 + draw(rows as u64) as usize,
                estimated_from: None,
                mode: if draw(2) < 1.0 { Mode::R } else { Mode::Correct },
            };
            let found = run(statistic, &input, None).unwrap().windows;
            assert_eq!(found.len(), input.zones.len() * input.max_duration, "each zone with each duration, once");
            for window in &found {
                let score = naive(statistic, &input, &input.zones[window.zone], window.duration);
                assert!(
                    (window.score - score).abs() < 1e-9 * score.abs().max(1.0),
                    "{statistic:?} {seed} {window:?} {score}"
                );
            }
            let plan = Plan::new(&input);
            let kernel = Kernel::new(statistic, &input, &plan);
            let best = kernel.maximum(&plan, &kernel.observed(&input));
            assert_eq!(best, found[0].score, "{statistic:?} {seed}");
        }
    }
}

fn input(counts: Vec<f64>, places: usize) -> Input {
    let counts = Matrix { places, values: counts };
    let baselines = by_margins(&counts);
    let zones = (0..places).map(|place| vec![place]).chain([vec![0, 1]]).collect();
    Input { counts, baselines, overdispersion: None, zones, max_duration: 2, estimated_from: None, mode: Mode::Correct }
}

#[test]
fn the_window_with_the_excess_comes_first() {
    let found =
        run(Statistic::Permutation, &input(vec![5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 20.0, 5.0], 3), None).unwrap();
    assert_eq!((found.windows[0].zone, found.windows[0].duration), (1, 1));
}

#[test]
fn the_answer_does_not_depend_on_threads_and_stopping_early_keeps_the_seed() {
    let data = input((0..40).map(|x| f64::from((x * 7) % 5)).collect(), 4);
    let wanted = MonteCarlo { replicates: 99, seed: 5, stop_after: None };
    let one = || run(Statistic::Permutation, &data, Some(&wanted)).unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
    assert_eq!(one(), pool.install(one));
    let early = MonteCarlo { stop_after: Some(10), ..wanted };
    let early = run(Statistic::Permutation, &data, Some(&early)).unwrap().significance.unwrap();
    assert!(early.replicates <= 99);
}

#[test]
fn a_zone_without_a_place_is_refused() {
    let mut data = input(vec![1.0; 9], 3);
    data.zones.push(vec![7]);
    assert!(run(Statistic::Permutation, &data, None).is_err());
}

#[test]
fn expected_counts_that_were_estimated_make_an_excess_less_rare() {
    let (places, rows) = (4, 7);
    let cells = places * rows;
    let counts = Matrix { places, values: (0..cells).map(|at| if at >= cells - 4 { 4.0 } else { 1.0 }).collect() };
    let p = |statistic, estimated_from| {
        let input = Input {
            counts: counts.clone(),
            baselines: Matrix { places, values: vec![1.0; cells] },
            overdispersion: Some(Matrix { places, values: vec![1.5; cells] }),
            zones: (0..places).map(|place| vec![place]).collect(),
            max_duration: rows,
            estimated_from,
            mode: Mode::Correct,
        };
        let wanted = MonteCarlo { replicates: 999, seed: 2, stop_after: None };
        run(statistic, &input, Some(&wanted)).unwrap().significance.unwrap().p_value
    };
    for statistic in [Statistic::ExpectationPoisson, Statistic::Hotspot, Statistic::Emerging] {
        let (known, few, many) = (p(statistic, None), p(statistic, Some(5.0)), p(statistic, Some(1e9)));
        assert!(few > known + 0.1, "{statistic:?} {few} {known}");
        assert!((many - known).abs() < 0.005, "{statistic:?} {many} {known}");
    }
}
