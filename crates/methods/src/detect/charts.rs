//! Parameters of GLR, the delay method and EWMA.

use super::Name;
use super::bag::Bag;
use super::choose::{Detector, agree, common, numbers};
use serde_json::Value;
use yanpan_statistics::detection::farrington::DelayParams;
use yanpan_statistics::detection::{ewma, glr};

/// GLR for Poisson or negative-binomial counts.
pub(super) fn glr_params(name: Name, bag: &mut Bag) -> Detector {
    let names: &[&str] = if name == Name::GlrPois { &["glr-pois", "glrpois"] } else { &["glr-nb", "glrnb"] };
    agree(bag, names);
    // `S` and `beta` stand in older cases beside `mu0`
    bag.ignore(&["beta", "xMax"]);
    let defaults = glr::Params::default();
    let alpha = bag.optional("alpha");
    let (mean, refit) = mean(bag);
    let window = match bag.number("M", -1.0) {
        m if m < 0.0 => None,
        m => Some(m as usize),
    };
    let changes = [("intercept", glr::Change::Intercept), ("epi", glr::Change::Epidemic)];
    let returned = [("cases", Some(glr::Returned::Cases)), ("value", Some(glr::Returned::Value))];
    Detector::Glr(glr::Params {
        limit: bag.number("c.ARL", defaults.limit),
        mean,
        alpha: if name == Name::GlrPois { Some(0.0) } else { alpha },
        least: bag.whole("Mtilde", defaults.least),
        window,
        change: bag.word("change", &changes, defaults.change),
        theta: bag.optional("theta"),
        decrease: bag.word("dir", &[("inc", false), ("dec", true)], false),
        returned: bag.word("ret", &returned, defaults.returned),
        refit,
    })
}

/// The in-control mean: null, a list of means, or an object of `S`, `trend` and `refit`; and whether it is fitted again.
fn mean(bag: &mut Bag) -> (glr::Mean, Option<bool>) {
    let harmonics = bag.whole("S", 1);
    let seasonal = |harmonics, trend| glr::Mean::Seasonal { harmonics, trend };
    match bag.take("mu0") {
        None => (seasonal(harmonics, false), None),
        Some(Value::Object(model)) => {
            let flag = |name| model.get(name).and_then(Value::as_bool);
            let harmonics = model.get("S").and_then(Value::as_u64).map_or(harmonics, |s| s.min(20) as usize);
            (seasonal(harmonics, flag("trend").unwrap_or(false)), flag("refit"))
        }
        Some(value) => match numbers(&value).filter(|means| means.iter().all(|m| *m > 0.0)) {
            Some(means) => (glr::Mean::Given(means), None),
            None => {
                bag.invalid("mu0", &value, "应为 null、正数的列表或 {S, trend, refit}");
                (seasonal(harmonics, false), None)
            }
        },
    }
}

/// The delay method.
pub(super) fn delay_params(bag: &mut Bag) -> Detector {
    agree(bag, &["delay", "bodaDelay"]);
    bag.ignore(&["fitFun", "mc.munu", "mc.y", "pastAberrations", "inferenceMethod", "quantileMethod"]);
    if bag.flag("delay", false) {
        bag.invalid("delay", &Value::from(true), "计数表里没有报告延迟三角,只能为 false");
    }
    Detector::Delay(DelayParams {
        periods: bag.whole("noPeriods", 1),
        skipped: bag.optional_whole("pastWeeksNotIncluded"),
        common: common(bag),
    })
}

/// EWMA.
pub(super) fn ewma_params(bag: &mut Bag) -> Detector {
    agree(bag, &["ewma"]);
    let defaults = ewma::Params::default();
    Detector::Ewma(ewma::Params {
        lambda: bag.number("lambda", defaults.lambda),
        limit: bag.number("L", defaults.limit),
        baseline: bag.whole("baseline", defaults.baseline),
        lag: bag.whole("lag", defaults.lag),
        reset: bag.flag("reset", defaults.reset),
    })
}
