//! Tables: reference values of R 4.2.2 (`chisq.test(correct = FALSE)`), and what is refused.

use super::*;

#[test]
fn association_agrees_with_r() {
    let table = [
        vec![68.0, 119.0, 26.0, 7.0],
        vec![20.0, 84.0, 17.0, 94.0],
        vec![15.0, 54.0, 14.0, 10.0],
        vec![5.0, 29.0, 14.0, 16.0],
    ];
    let (found, fits) = associate(&table, 0.95).unwrap();
    let close = |found: f64, expected: f64| assert!((found / expected - 1.0).abs() < 1e-10, "{found} ≠ {expected}");
    // HairEyeColor, both sexes together (hair black, brown, red, blond by eye brown, blue, hazel, green, transposed).
    close(found.chi2, 138.28984162600827);
    close(found.p, 2.325286787098808e-25);
    close(found.cramers_v, 0.2790446233426584);
    close(fits[0][0].expected, 40.13513513513514);
    assert!(found.v_lo < found.cramers_v_corrected && found.cramers_v_corrected < found.v_hi);
}

#[test]
fn empty_rows_are_left_out_of_the_degrees_of_freedom() {
    let (found, _) = associate(&[vec![5.0, 9.0], vec![0.0, 0.0], vec![7.0, 3.0]], 0.95).unwrap();
    assert_eq!(found.df, 1.0);
}

#[test]
fn a_table_of_one_row_is_refused() {
    assert_eq!(associate(&[vec![1.0, 2.0]], 0.95), Err(TableError::TooSmall { rows: 1, columns: 2 }));
    assert_eq!(associate(&[vec![1.0, 2.0], vec![1.0]], 0.95), Err(TableError::Ragged { row: 1, found: 1, needed: 2 }));
}
