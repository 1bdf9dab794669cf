//! The summary of a fit: how good, how made, on what data.

use super::super::items::Loaded;
use super::super::output::json;
use super::{Analysis, Args};
use crate::Report;
use crate::results::warn;
use serde_json::{Value, json};
use yanpan_statistics::exams::irt::{ItemFlag, Model, reliability};

/// All figures that are not tables.
pub fn report(args: &Args, loaded: &Loaded, analysis: &Analysis) -> Report {
    let Analysis { responses, settings, fit, scores, .. } = analysis;
    let (reliability, mean, variance) = reliability(scores, &responses.weights);
    let mut report = loaded.summary("exam irt", args.choice.parameters(&args.groups));
    warnings(args, analysis, &mut report);
    let mut figures = vec![
        ("model", json!(args.choice.model.name())),
        ("loglik", json(fit.log_likelihood)),
        ("aic", json(fit.aic())),
        ("bic", json(fit.bic())),
        ("npar", json!(fit.parameters)),
        ("converged", json!(fit.converged)),
        ("iterations", json!(fit.cycles)),
        ("logprior", json(fit.log_prior)),
    ];
    if fit.variance_free {
        figures.push(("latent_variance", json(fit.variance)));
        let error = fit.standard_errors().and_then(|errors| errors.last().copied());
        figures.push(("latent_variance_se", json(error)));
    }
    let stop = settings.stop;
    let bound = |value: f64| if value.is_finite() { json(value) } else { Value::Null };
    let gain = json!({"parameters": stop.parameters, "likelihood_per_pupil": bound(stop.likelihood),
        "gradient": bound(stop.gradient), "cycles": stop.cycles});
    let three = fit.items.iter().any(|item| item.model == Model::ThreePl);
    let prior = match settings.guessing.filter(|_| three) {
        Some(guessing) => json!(format!("logit(g) ~ Normal({},{}); no prior on a, d", guessing.mean, guessing.sd)),
        None => Value::Null,
    };
    figures.extend([
        ("eap_marginal_reliability", json(reliability)),
        ("mean_eap", json(mean)),
        ("var_eap", json(variance)),
        ("n", json!(responses.pupils)),
        ("items", json!(responses.items())),
        ("patterns", json!(responses.weights.len())),
        ("standard_errors", json!(errors(args, analysis))),
        ("prior", prior),
        (
            "nodes",
            json!({"count": settings.nodes.points.len(), "limit": args.choice.limit, "weights": "normal, normalised"}),
        ),
        ("stop", gain),
        ("item_fit_sx2", super::fit_tables::item_fit_json(loaded, analysis)),
        ("M2", super::fit_tables::model_fit_json(args.m2, analysis)),
        ("flags", flags(loaded, analysis)),
    ]);
    report.extend(figures.into_iter().map(|(key, value)| (key.to_owned(), value)));
    report
}

/// What did not come out as asked.
fn warnings(args: &Args, analysis: &Analysis, report: &mut Report) {
    if !analysis.fit.converged {
        warn(report, format!("{} 轮后仍未收敛,参数不可靠;可加大 --max-cycles 或减少参数", analysis.fit.cycles));
    }
    if analysis.fit.variance_free && analysis.fit.variance < 1e-3 {
        warn(report, "潜在方差几乎为 0:这些题目量的不是同一件事,或有反向题没有翻转");
    }
    if !args.choice.no_se && analysis.fit.covariance.is_none() {
        warn(report, "信息矩阵不正定,不给标准误");
    }
    if args.fit_wanted() && analysis.item_fit.is_none() {
        warn(report, "没有学生答完全部题目,不计 S-X²");
    }
    if args.m2 && analysis.model_fit.is_none() {
        warn(report, "有缺失、题目多于 70 道或没有自由度,不计 M2");
    }
}

fn errors(args: &Args, analysis: &Analysis) -> &'static str {
    match (&analysis.fit.covariance, args.choice.no_se) {
        (Some(_), _) => "oakes",
        (None, true) => "not asked for",
        (None, false) => "information not positive definite",
    }
}

fn flags(loaded: &Loaded, analysis: &Analysis) -> Value {
    let name = |column: usize| loaded.matrix.names.get(column).cloned().unwrap_or_default();
    let found = analysis.responses.flags.iter().map(|(column, flag)| match flag {
        ItemFlag::Constant => json!({"item": name(*column), "flag": "constant", "message": "得分全部相同,未参与估计"}),
        ItemFlag::EmptyCategories(marks) => {
            json!({"item": name(*column), "flag": "empty categories", "marks": marks, "message": "有的得分没有人得到,等级按出现的得分编号"})
        }
        ItemFlag::DuplicateOf(other) => {
            json!({"item": name(*column), "flag": "duplicate", "of": name(*other), "message": "与另一题逐行相同,局部独立不成立"})
        }
    });
    let steep = analysis.responses.columns.iter().zip(&analysis.fit.items).filter(|(_, item)| item.slope().abs() > 6.0);
    let steep =
        steep.map(|(column, _)| json!({"item": name(*column), "flag": "steep", "message": "斜率超过 6,估计不可靠"}));
    let negative = analysis.responses.columns.iter().zip(&analysis.fit.items).filter(|(_, item)| item.slope() < 0.0);
    let negative = negative.map(|(column, _)| {
        json!({"item": name(*column), "flag": "negative slope", "message": "能力越高得分越低,请核对答案或计分"})
    });
    Value::Array(found.chain(steep).chain(negative).chain(guessed(analysis, name)).collect())
}

/// 3PL items whose g is known no better than before anybody answered.
fn guessed<'a>(analysis: &'a Analysis, name: impl Fn(usize) -> String + 'a) -> impl Iterator<Item = Value> + 'a {
    let prior = analysis.settings.guessing.map_or(f64::INFINITY, |guessing| guessing.sd);
    let mut errors = analysis.fit.standard_errors().unwrap_or_default().into_iter();
    let items = analysis.responses.columns.iter().zip(&analysis.fit.items);
    items.filter_map(move |(column, item)| {
        let last = errors.by_ref().take(item.parameters.len()).last()?;
        (item.model == Model::ThreePl && last > 0.9 * prior).then(|| {
            json!({"item": name(*column), "flag": "guessing from the prior", "message": "数据几乎不能说明猜测参数,g 主要来自先验;可改用 2pl"})
        })
    })
}
