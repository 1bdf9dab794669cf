//! Scales: reliability by the formula, missing answers, careless rows.

use super::*;

fn responses(items: usize, cells: &[f64]) -> Responses {
    Responses::new(items, cells.iter().map(|cell| (*cell >= 0.0).then_some(*cell))).unwrap()
}

#[test]
fn alpha_of_parallel_items_is_one_and_lambda2_never_below_alpha() {
    let same = responses(2, &[1.0, 1.0, 2.0, 2.0, 4.0, 4.0]);
    let (whole, _) = reliability(&covariance(&same, Missing::Listwise).unwrap(), 3, 0.95);
    assert!((whole.alpha - 1.0).abs() < 1e-15 && whole.lambda2 >= whole.alpha - 1e-15, "{whole:?}");
}

#[test]
fn listwise_drops_rows_and_pairwise_keeps_pairs() {
    let gaps = responses(3, &[1.0, 2.0, 1.0, 2.0, -1.0, 3.0, 3.0, 1.0, 2.0, 4.0, 3.0, 5.0]);
    let (list, pair) = (covariance(&gaps, Missing::Listwise).unwrap(), covariance(&gaps, Missing::Pairwise).unwrap());
    assert_eq!((list.counts[0], pair.counts[0], pair.counts[1], list.complete), (3.0, 4.0, 3.0, 3));
    // Items 1 and 3 of all four rows: (1,1), (2,3), (3,2), (4,5).
    assert!((pair.matrix[(0, 2)] - 5.5 / 3.0).abs() < 1e-12, "{}", pair.matrix[(0, 2)]);
}

#[test]
fn a_constant_item_is_named() {
    let flat = responses(2, &[1.0, 3.0, 2.0, 3.0, 4.0, 3.0]);
    assert_eq!(covariance(&flat, Missing::Listwise), Err(ScaleError::ConstantItem { item: 1 }));
}

#[test]
fn duplicated_items_have_no_mahalanobis_distance() {
    let same = responses(2, &[1.0, 1.0, 2.0, 2.0, 4.0, 4.0]);
    let found = covariance(&same, Missing::Listwise).unwrap();
    assert_eq!(careless(&same, Some(&found)), Err(ScaleError::Singular));
}

#[test]
fn straight_lines_patterns_and_gaps_are_told_apart() {
    let rows = careless(
        &responses(6, &[3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 1.0, 5.0, 1.0, 5.0, 1.0, 5.0, 2.0, 2.0, -1.0, 2.0, 2.0, 2.0]),
        None,
    );
    let rows = rows.unwrap();
    assert_eq!((rows[0].straight_line, rows[0].irv, rows[0].longstring), (true, Some(0.0), 6));
    assert_eq!((rows[1].straight_line, rows[1].pattern, rows[1].longstring), (false, Some(2), 1));
    assert_eq!((rows[2].longstring, rows[2].answered, rows[2].pattern), (3, 5, None));
}

#[test]
fn mahalanobis_distances_average_to_the_number_of_items() {
    let cells: Vec<f64> = (0..300).map(|i| f64::from((i * i * 7 + i * 13) % 11)).collect();
    let data = responses(3, &cells);
    let rows = careless(&data, Some(&covariance(&data, Missing::Listwise).unwrap())).unwrap();
    let mean = rows.iter().filter_map(|row| row.mahalanobis).sum::<f64>() / 100.0;
    assert!((mean - 3.0 * 99.0 / 100.0).abs() < 1e-10, "{mean}");
}
