//! Composites: scales, weights, ranks and what they promise at their edges.

use super::*;

fn column(values: &[f64]) -> Column {
    values.iter().copied().map(Some).collect()
}

#[test]
fn a_target_scores_best_at_the_target_and_worst_farthest_from_it() {
    let indicator = Indicator { aim: Aim::Target(5.0), goalposts: None };
    assert_eq!(min_max(&column(&[3.0, 5.0, 9.0]), indicator), Ok(column(&[0.5, 1.0, 0.0])));
}

#[test]
fn an_interval_scores_best_anywhere_inside() {
    let indicator = Indicator { aim: Aim::Interval(3.0, 5.0), goalposts: None };
    assert_eq!(min_max(&column(&[3.0, 4.0, 9.0, 1.0]), indicator), Ok(column(&[1.0, 1.0, 0.0, 0.5])));
}

#[test]
fn goalposts_cut_what_lies_beyond_them() {
    let indicator = Indicator { aim: Aim::Higher, goalposts: Some((0.0, 10.0)) };
    assert_eq!(min_max(&column(&[-1.0, 5.0, 20.0]), indicator), Ok(column(&[0.0, 0.5, 1.0])));
}

#[test]
fn an_indicator_without_variance_is_refused() {
    let refused = min_max(&column(&[2.0, 2.0]), Indicator::default());
    assert_eq!(refused, Err(ScaleError::NoVariation { value: 2.0 }));
    assert_eq!(directed_z(&[Some(1.0), None], Aim::Higher), Err(ScaleError::TooFew { found: 1 }));
}

#[test]
fn missing_values_leave_the_weights_to_the_others() {
    let columns = [vec![Some(0.2), None], vec![Some(0.6), Some(0.6)]];
    assert_eq!(arithmetic(&columns, &[0.5, 0.5]), [Some(0.4), Some(0.6)]);
    assert_eq!(arithmetic(&[vec![None]], &[1.0]), [None]);
}

#[test]
fn ties_share_the_best_rank() {
    assert_eq!(best_first(&[0.5, 0.9, 0.5, 0.1]), [2, 1, 2, 4]);
    assert_eq!(average_ranks(&[0.5, 0.9, 0.5, 0.1]), [2.5, 4.0, 2.5, 1.0]);
}

#[test]
fn kendall_agrees_with_counting_every_pair() {
    let (x, y) = ([1.0, 2.0, 2.0, 4.0, 5.0, 5.0], [2.0, 1.0, 3.0, 3.0, 3.0, 6.0]);
    let (mut agree, mut ties_x, mut ties_y, mut all) = (0.0, 0.0, 0.0, 0.0);
    for i in 0..6 {
        for j in 0..i {
            let (dx, dy): (f64, f64) = (x[i] - x[j], y[i] - y[j]);
            agree += (dx * dy).signum() * f64::from(u8::from(dx * dy != 0.0));
            ties_x += f64::from(u8::from(dx == 0.0));
            ties_y += f64::from(u8::from(dy == 0.0));
            all += 1.0;
        }
    }
    let expected = agree / f64::sqrt((all - ties_x) * (all - ties_y));
    assert!((kendall_tau_b(&x, &y) - expected).abs() < 1e-15);
}

#[test]
fn draws_depend_on_the_seed_and_not_on_the_threads() {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(one.install(|| simplex_draws(50, 4, 7)), simplex_draws(50, 4, 7));
    assert_ne!(simplex_draws(50, 4, 7), simplex_draws(50, 4, 8));
}

#[test]
fn spread_over_draws_is_the_same_with_one_thread() {
    let columns = [column(&[0.1, 0.9, 0.4]), vec![Some(0.8), Some(0.2), None]];
    let (draws, reference) = (simplex_draws(300, 2, 1), [0.45, 0.55, 0.4]);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let alone = one.install(|| rank_spread(&columns, &draws, &reference));
    assert_eq!(alone, rank_spread(&columns, &draws, &reference));
}

#[test]
fn the_parts_of_a_change_add_up_to_it() {
    let (old, new) = ([column(&[0.2]), column(&[0.6])], [column(&[0.5]), column(&[0.1])]);
    let (w0, w1) = ([0.3, 0.7], [0.6, 0.4]);
    let parts = decompose(Year { columns: &old, weights: &w0 }, Year { columns: &new, weights: &w1 });
    let sum: f64 = parts.iter().flatten().flatten().map(|part| part.by_value + part.by_weight).sum();
    let change = arithmetic(&new, &w1)[0].unwrap() - arithmetic(&old, &w0)[0].unwrap();
    assert!((sum - change).abs() < 1e-15, "{sum} {change}");
}

#[test]
fn pupils_weigh_the_differing_coefficient() {
    let found = differing_coefficient(&[(1.0, 300.0), (2.0, 100.0)]).unwrap();
    assert!((found - (0.1875_f64).sqrt() / 1.25).abs() < 1e-15);
    assert_eq!(differing_coefficient(&[(1.0, 0.0)]), None);
}

#[test]
fn consistent_judgements_have_no_inconsistency() {
    let judgements = vec![vec![1.0, 2.0, 8.0], vec![0.5, 1.0, 4.0], vec![0.125, 0.25, 1.0]];
    let found = Ahp::of(&judgements).unwrap();
    assert!((found.lambda_max - 3.0).abs() < 1e-14 && found.gci.unwrap() < 1e-28, "{found:?}");
}

#[test]
fn a_judgement_without_its_mirror_image_is_named() {
    let broken = Ahp::of(&[vec![1.0, 3.0], vec![3.0, 1.0]]);
    assert_eq!(broken, Err(AhpError::NotReciprocal { row: 0, column: 1, value: 3.0, mirror: 3.0 }));
    assert_eq!(
        Ahp::of(&[vec![1.0, 0.0], vec![1.0, 1.0]]),
        Err(AhpError::NotPositive { row: 0, column: 1, value: 0.0 })
    );
    assert_eq!(Ahp::of(&[vec![1.0, 2.0]]), Err(AhpError::NotSquare { rows: 1, columns: 2 }));
}
