//! Rules of the regression.

use super::*;

fn design(columns: Vec<Vec<f64>>, y: &[f64]) -> Design {
    Design { columns, y: y.to_vec(), offset: vec![0.0; y.len()], prior: vec![1.0; y.len()] }
}

#[test]
fn an_intercept_alone_fits_the_mean() {
    let fit = design(vec![vec![1.0; 4]], &[1.0, 2.0, 3.0, 6.0]).fit().unwrap();
    assert!((fit.mu[0] - 3.0).abs() < 1e-9 && fit.converged);
}

#[test]
fn a_doubled_column_is_aliased() {
    let ramp: Vec<f64> = (0..6).map(f64::from).collect();
    let fit = design(vec![vec![1.0; 6], ramp.clone(), ramp], &[1.0, 0.0, 2.0, 3.0, 5.0, 4.0]).fit().unwrap();
    assert_eq!((fit.factor.rank(), fit.coefficients[2].is_nan()), (2, true));
}

#[test]
fn leverages_sum_to_the_rank() {
    let ramp: Vec<f64> = (0..9).map(f64::from).collect();
    let model = design(vec![vec![1.0; 9], ramp], &[1.0, 0.0, 2.0, 3.0, 5.0, 4.0, 7.0, 6.0, 9.0]);
    let fit = model.fit().unwrap();
    assert!((model.leverages(&fit).iter().sum::<f64>() - 2.0).abs() < 1e-9);
}
