//! Reference values computed with R 4.2.2 (`pbeta`, `qbeta`, `qnorm`, `pchisq`, `qf`, `qt`).

use super::*;

fn check(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-11 * expected.abs().max(1e-300), "{found:e} ≠ {expected:e}");
}

#[test]
fn beta_tails_agree_with_r() {
    let law = BetaLaw::new(2.5, 3.5).unwrap();
    check(law.cdf(0.3), 0.29675298929566635);
    check(law.sf(0.3), 0.7032470107043336);
    let law = BetaLaw::new(0.01, 0.02).unwrap();
    check(law.cdf(0.4), 0.6640689932752281);
    check(law.sf(0.4), 0.33593100672477194);
    let law = BetaLaw::new(400000.0, 600000.0).unwrap();
    check(law.cdf(0.401), 0.979365261386731);
    check(law.sf(0.401), 0.020634738613268953);
    let law = BetaLaw::new(400000.0, 600000.0).unwrap();
    check(law.cdf(0.41), 1.0);
    check(law.sf(0.41), 1.962831791425366e-92);
    let law = BetaLaw::new(50.0, 1000000.0).unwrap();
    check(law.cdf(3e-05), 0.0005193278668297843);
    check(law.sf(3e-05), 0.9994806721331702);
    let law = BetaLaw::new(1.0, 1.0).unwrap();
    check(law.cdf(0.25), 0.25);
    check(law.sf(0.25), 0.75);
    let law = BetaLaw::new(300.0, 700.0).unwrap();
    check(law.cdf(0.2), 3.3282408726064794e-14);
    check(law.sf(0.2), 0.9999999999999667);
}

#[test]
fn beta_quantiles_agree_with_r() {
    check(BetaLaw::new(2.5, 3.5).unwrap().quantile(0.025), 0.09439032734434408);
    check(BetaLaw::new(2.5, 3.5).unwrap().quantile(0.975), 0.7905833359239951);
    check(BetaLaw::new(0.2, 0.3).unwrap().quantile(0.025), 8.728366438691569e-08);
    check(BetaLaw::new(0.2, 5.0).unwrap().quantile(0.975), 0.2790008162100134);
    check(BetaLaw::new(400000.0, 600000.0).unwrap().quantile(0.025), 0.39904000779144605);
    check(BetaLaw::new(1000.5, 3.2).unwrap().quantile(0.999), 0.9997690189272741);
    check(BetaLaw::new(1.0, 1.0).unwrap().quantile(0.3), 0.3);
    check(BetaLaw::new(0.5, 0.5).unwrap().quantile(0.1), 0.024471741852423217);
}

#[test]
fn a_quantile_of_the_beta_law_leads_back_to_its_probability() {
    for a in [0.3, 1.0, 3.556_935_771_624_434_8, 24.556_935_771_624_435, 900.25] {
        for b in [0.7, 2.5, 12.294_366_455_444_122, 4000.5] {
            let law = BetaLaw::new(a, b).unwrap();
            for p in [1e-6, 0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.999] {
                let (x, found) = (law.quantile(p), law.cdf(law.quantile(p)));
                // Where x is next to 1 its own rounding moves the probability further.
                assert!((found - p).abs() < 1e-12 || 1.0 - x < 1e-4, "Beta({a}, {b}) at {p}: {x}, {found}");
            }
        }
    }
}

#[test]
fn other_laws_agree_with_r() {
    check(normal_quantile(0.975), 1.9599639845400536);
    check(normal_quantile(0.999), 3.090232306167813);
    check(normal_quantile(0.5), 0.0);
    check(normal_quantile(0.95), 1.6448536269514715);
    check(normal_quantile(1e-10), -6.361340902404056);
    check(normal_quantile(0.9999), 3.7190164854557084);
    check(normal_cdf(-8.0), 6.220960574271785e-16);
    check(normal_sf(-8.0), 0.9999999999999993);
    check(normal_cdf(-1.3), 0.09680048458561034);
    check(normal_sf(-1.3), 0.9031995154143897);
    check(normal_cdf(0.7), 0.758036347776927);
    check(normal_sf(0.7), 0.24196365222307298);
    check(normal_cdf(5.0), 0.9999997133484281);
    check(normal_sf(5.0), 2.866515718791939e-07);
    check(chi_squared_sf(3.2, 2.0), 0.20189651799465538);
    check(chi_squared_sf(60.0, 12.0), 2.2573487463962842e-08);
    check(chi_squared_sf(1200.0, 1000.0), 1.2255942330622908e-05);
    check(chi_squared_quantile(0.999, 28.0), 56.8922853933536);
    check(noncentral_chi_squared_cdf(30.0, 4.0, 12.5), 0.945325750733495);
    check(f_quantile(0.025, 999.0, 8991.0), 0.9100860116275267);
    check(f_quantile(0.975, 5.0, 3.0), 14.884822920641957);
    check(student_quantile(0.975, 7.0), 2.3646242515927844);
    check(student_p_two_sided(2.3, 7.0), 0.05499109520437154);
    check(binomial_cdf(3.0, 20.0, 0.35), 0.04437560344645179);
    check(binomial_cdf(20.0, 20.0, 0.35), 1.0);
    check(binomial_cdf(4102.0, 9000.0, 0.5), 2.5271983551256688e-17);
}
