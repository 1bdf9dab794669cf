//! Rules of the scan statistics.

use super::*;

fn input(counts: Vec<f64>, places: usize) -> Input {
    let counts = Matrix { places, values: counts };
    let baselines = by_margins(&counts);
    let zones = (0..places).map(|place| vec![place]).chain([vec![0, 1]]).collect();
    Input { counts, baselines, overdispersion: None, zones, max_duration: 2, mode: Mode::Correct }
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
