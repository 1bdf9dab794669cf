//! Reference values computed with R 4.2.2 (`pbeta`, `qbeta`, `qnorm`, `pchisq`, `qf`, `qt`).

use super::*;

fn check(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-11 * expected.abs().max(1e-300), "{found:e} ≠ {expected:e}");
}

#[test]
fn beta_tails_agree_with_r() {
    let law = BetaLaw::new(2.5, 3.5).unwrap();
    check(law.cdf(0.29999999999999999), 0.29675298929566635);
    check(law.sf(0.29999999999999999), 0.7032470107043336);
    let law = BetaLaw::new(0.01, 0.02).unwrap();
    check(law.cdf(0.40000000000000002), 0.66406899327522806);
    check(law.sf(0.40000000000000002), 0.33593100672477194);
    let law = BetaLaw::new(400000.0, 600000.0).unwrap();
    check(law.cdf(0.40100000000000002), 0.97936526138673097);
    check(law.sf(0.40100000000000002), 0.020634738613268953);
    let law = BetaLaw::new(400000.0, 600000.0).unwrap();
    check(law.cdf(0.40999999999999998), 1.0);
    check(law.sf(0.40999999999999998), 1.9628317914253661e-92);
    let law = BetaLaw::new(50.0, 1000000.0).unwrap();
    check(law.cdf(3.0000000000000001e-05), 0.00051932786682978426);
    check(law.sf(3.0000000000000001e-05), 0.99948067213317016);
    let law = BetaLaw::new(1.0, 1.0).unwrap();
    check(law.cdf(0.25), 0.25);
    check(law.sf(0.25), 0.75);
    let law = BetaLaw::new(300.0, 700.0).unwrap();
    check(law.cdf(0.20000000000000001), 3.3282408726064794e-14);
    check(law.sf(0.20000000000000001), 0.99999999999996669);
}

#[test]
fn beta_quantiles_agree_with_r() {
    check(BetaLaw::new(2.5, 3.5).unwrap().quantile(0.025000000000000001), 0.094390327344344077);
    check(BetaLaw::new(2.5, 3.5).unwrap().quantile(0.97499999999999998), 0.7905833359239951);
    check(
        BetaLaw::new(0.20000000000000001, 0.29999999999999999).unwrap().quantile(0.025000000000000001),
        8.7283664386915692e-08,
    );
    check(BetaLaw::new(0.20000000000000001, 5.0).unwrap().quantile(0.97499999999999998), 0.27900081621001338);
    check(BetaLaw::new(400000.0, 600000.0).unwrap().quantile(0.025000000000000001), 0.39904000779144605);
    check(BetaLaw::new(1000.5, 3.2000000000000002).unwrap().quantile(0.999), 0.9997690189272741);
    check(BetaLaw::new(1.0, 1.0).unwrap().quantile(0.29999999999999999), 0.29999999999999999);
    check(BetaLaw::new(0.5, 0.5).unwrap().quantile(0.10000000000000001), 0.024471741852423217);
}

#[test]
fn other_laws_agree_with_r() {
    check(normal_quantile(0.97499999999999998), 1.9599639845400536);
    check(normal_quantile(0.999), 3.0902323061678132);
    check(normal_quantile(0.5), 0.0);
    check(normal_quantile(0.94999999999999996), 1.6448536269514715);
    check(normal_quantile(1e-10), -6.3613409024040557);
    check(normal_quantile(0.99990000000000001), 3.7190164854557084);
    check(normal_cdf(-8.0), 6.2209605742717849e-16);
    check(normal_sf(-8.0), 0.99999999999999933);
    check(normal_cdf(-1.3), 0.096800484585610344);
    check(normal_sf(-1.3), 0.9031995154143897);
    check(normal_cdf(0.69999999999999996), 0.75803634777692697);
    check(normal_sf(0.69999999999999996), 0.24196365222307298);
    check(normal_cdf(5.0), 0.99999971334842808);
    check(normal_sf(5.0), 2.8665157187919391e-07);
    check(chi_squared_sf(3.2000000000000002, 2.0), 0.20189651799465538);
    check(chi_squared_sf(60.0, 12.0), 2.2573487463962842e-08);
    check(chi_squared_sf(1200.0, 1000.0), 1.2255942330622908e-05);
    check(chi_squared_quantile(0.999, 28.0), 56.892285393353603);
    check(noncentral_chi_squared_cdf(30.0, 4.0, 12.5), 0.94532575073349501);
    check(f_quantile(0.025, 999.0, 8991.0), 0.91008601162752667);
    check(f_quantile(0.975, 5.0, 3.0), 14.884822920641957);
    check(student_quantile(0.975, 7.0), 2.3646242515927844);
    check(student_p_two_sided(2.3, 7.0), 0.054991095204371537);
    check(binomial_cdf(3.0, 20.0, 0.35), 0.044375603446451792);
    check(binomial_cdf(20.0, 20.0, 0.35), 1.0);
    check(binomial_cdf(4102.0, 9000.0, 0.5), 2.5271983551256688e-17);
}
