//! The summary of a fit: how good, how made, on what data.

use super::super::items::Loaded;
use super::super::output::json;
use super::{Analysis, Args};
use crate::Report;
use serde_json::{Value, json};
use yanpan_statistics::exams::irt::{ItemFlag, Model, reliability};

/// All figures that are not tables.
pub fn report(args: &Args, loaded: &Loaded, analysis: &Analysis) -> Report {
    let Analysis { responses, settings, fit, scores, .. } = analysis;
    let (reliability, mean, variance) = reliability(scores, &responses.weights);
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
        ("data_sha256", json!(loaded.marks.hash)),
    ]);
    figures.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
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
    Value::Array(found.chain(steep).chain(negative).collect())
}
