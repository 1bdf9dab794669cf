//! Tails and quantiles against values of R 4.2 (`pnorm`, `pt`, `qt`, `ppois`, `qpois`, `pnbinom`, `qnbinom`).

use super::*;

fn close(a: f64, b: f64) {
    assert!((a - b).abs() <= 1e-10 * b.abs().max(1e-300), "{a} is not {b}");
}

#[test]
fn normal_tails_keep_their_digits_far_out() {
    close(normal_tail(6.0), 9.865_876_450_377_018e-10);
    close(normal_quantile(0.999), 3.090_232_306_167_813);
    assert!(normal_quantile(1.5).is_nan());
}

#[test]
fn student_tail_and_quantile_are_inverse() {
    close(student_quantile(0.999, 6.0), 5.207_626_238_838_85);
    for df in [1.0, 6.0, 40.0] {
        for p in [0.6, 0.95, 0.9999] {
            close(student_tail(student_quantile(p, df), df), 1.0 - p);
        }
    }
}

#[test]
fn a_count_quantile_is_the_smallest_count_that_reaches_p() {
    for law in [
        CountLaw::Poisson { mean: 0.3 },
        CountLaw::Poisson { mean: 812.5 },
        CountLaw::NegativeBinomial { size: 0.5, mean: 3.0 },
        CountLaw::NegativeBinomial { size: 30.0, mean: 1000.0 },
    ] {
        for p in [0.0, 0.01, 0.5, 0.95, 0.999, 0.999_999] {
            let q = law.quantile(p);
            assert!(law.cdf(q) >= p * (1.0 - 1e-13), "{law:?} {p}");
            assert!(q == 0.0 || law.cdf(q - 1.0) < p, "{law:?} {p}");
        }
    }
}

#[test]
fn a_law_of_zero_mean_is_sure_of_zero() {
    let law = CountLaw::Poisson { mean: 0.0 };
    assert_eq!((law.quantile(0.99), law.at_least(1.0), law.at_least(0.0)), (0.0, 0.0, 1.0));
}
