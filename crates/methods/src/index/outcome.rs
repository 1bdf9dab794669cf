//! Scores, ranks and weights of one composite, as tables and as a summary.

use super::build::Scheme;
use super::input::Input;
use crate::Report;
use crate::results::{Columns, warn};
use serde_json::{Map, Value, json};
use yanpan_kernel::problem::{METHOD_REFUSED, Problem};
use yanpan_statistics::composites::{
    Aim, Column, Components, LeaveOneOut, Robustness, ScaleError, arithmetic, best_first, critic_weights,
    differing_coefficient, directed_z, entropies, entropy_weights, equal_weights, geometric, kendall_tau_b,
    leave_one_out, min_max, principal_component, rank_spread, spearman, standardised_alpha, topsis, towards,
    variation_weights,
};

/// Everything that one matrix of indicators gives.
pub(super) struct Outcome {
    pub scaled: Vec<Column>,
    equal: Vec<f64>,
    entropy: Vec<f64>,
    critic: Vec<f64>,
    pub given: Option<Vec<f64>>,
    entropies: Vec<f64>,
    variation: Vec<f64>,
    component: Components,
    alpha: f64,
    scores: Scores,
    spread: Robustness,
    left_out: LeaveOneOut,
}

struct Scores {
    equal: Column,
    entropy: Column,
    critic: Column,
    geometric: Column,
    z: Column,
    topsis: Column,
    given: Option<Column>,
}

impl Outcome {
    pub(super) fn of(
        input: &Input,
        given: Option<Vec<f64>>,
        draws: &[Vec<f64>],
        floor: f64,
    ) -> Result<Self, Vec<Problem>> {
        let pairs = || input.columns.iter().zip(&input.indicators);
        let scaled: Vec<Column> = pairs()
            .map(|(column, named)| min_max(column, named.indicator))
            .collect::<Result<_, _>>()
            .map_err(unscaled)?;
        let z: Vec<Column> = pairs()
            .map(|(column, named)| directed_z(column, named.indicator.aim))
            .collect::<Result<_, _>>()
            .map_err(unscaled)?;
        let turned: Vec<(Column, f64)> = pairs()
            .map(|(column, named)| towards(column, named.indicator.aim))
            .collect::<Result<_, _>>()
            .map_err(unscaled)?;
        let (distances, directions): (Vec<Column>, Vec<f64>) = turned.into_iter().unzip();
        let (equal, entropy, critic) = (equal_weights(scaled.len()), entropy_weights(&scaled), critic_weights(&scaled));
        let scores = Scores {
            equal: arithmetic(&scaled, &equal),
            entropy: arithmetic(&scaled, &entropy),
            critic: arithmetic(&scaled, &critic),
            geometric: geometric(&scaled, &equal, floor),
            z: arithmetic(&z, &equal),
            topsis: topsis(&distances, &directions, &entropy),
            given: given.as_ref().map(|weights| arithmetic(&scaled, weights)),
        };
        let reference: Vec<f64> = scores.equal.iter().map(|score| score.unwrap_or(f64::NEG_INFINITY)).collect();
        Ok(Self {
            entropies: entropies(&scaled),
            variation: variation_weights(&input.columns),
            component: principal_component(&input.columns),
            alpha: standardised_alpha(&z),
            spread: rank_spread(&scaled, draws, &reference),
            left_out: leave_one_out(&scaled, &reference),
            scaled,
            equal,
            entropy,
            critic,
            given,
            scores,
        })
    }

    pub(super) fn weights_of(&self, scheme: Scheme) -> &[f64] {
        match scheme {
            Scheme::Equal => &self.equal,
            Scheme::Entropy => &self.entropy,
            Scheme::Critic => &self.critic,
            Scheme::Given => self.given.as_ref().unwrap_or(&self.equal),
        }
    }

    pub(super) fn units(&self, input: &Input) -> Columns {
        let mut table = Columns::default();
        table.add("unit", input.units.iter().map(String::as_str));
        let scores = &self.scores;
        let recipes: [(&str, &str, &Column); 6] = [
            ("score_equal", "rank_equal", &scores.equal),
            ("score_entropy", "rank_entropy", &scores.entropy),
            ("score_critic", "rank_critic", &scores.critic),
            ("score_geometric", "rank_geometric", &scores.geometric),
            ("score_z_equal", "rank_z", &scores.z),
            ("topsis", "rank_topsis", &scores.topsis),
        ];
        for (score, rank, column) in recipes {
            table.add(score, column.iter().copied());
            table.add(rank, ranked(column));
        }
        let spread = &self.spread.units;
        table.add("rank_draw_mean", spread.iter().map(|unit| unit.mean));
        table.add("rank_draw_p05", spread.iter().map(|unit| unit.p05));
        table.add("rank_draw_median", spread.iter().map(|unit| unit.median));
        table.add("rank_draw_p95", spread.iter().map(|unit| unit.p95));
        table.add("prob_top10pct", spread.iter().map(|unit| unit.top_tenth));
        table.add("rank_loo_min", self.left_out.best.iter().copied());
        table.add("rank_loo_max", self.left_out.worst.iter().copied());
        if let Some(given) = &scores.given {
            table.add("score_given", given.iter().copied());
            table.add("rank_given", ranked(given));
        }
        table
    }

    pub(super) fn weights(&self, input: &Input) -> Columns {
        let mut table = Columns::default();
        let direction = |aim: Aim| match aim {
            Aim::Higher => "1".to_owned(),
            Aim::Lower => "-1".to_owned(),
            Aim::Target(target) => format!("target {target}"),
            Aim::Interval(low, high) => format!("interval {low} {high}"),
        };
        table.add("indicator", input.indicators.iter().map(|named| named.name.as_str()));
        table.add("direction", input.indicators.iter().map(|named| direction(named.indicator.aim)));
        table.add("entropy", self.entropies.iter().copied());
        table.add("w_entropy", self.entropy.iter().copied());
        table.add("w_critic", self.critic.iter().copied());
        table.add("w_variation", self.variation.iter().copied());
        table.add("pc1_loading", self.component.loadings.iter().copied());
        if let Some(given) = &self.given {
            table.add("w_given", given.iter().copied());
        }
        table
    }

    pub(super) fn summary(&self) -> Value {
        let agreement = |with: &Column, how: fn(&[f64], &[f64]) -> f64| {
            let pairs = self.scores.equal.iter().zip(with).filter_map(|(first, second)| first.zip(*second));
            let (first, second): (Vec<f64>, Vec<f64>) = pairs.unzip();
            how(&first, &second)
        };
        json!({
            "n": self.scores.equal.len(),
            "k": self.scaled.len(),
            "alpha_standardised": self.alpha,
            "pc1_share": self.component.share,
            "kendall_equal_entropy": agreement(&self.scores.entropy, kendall_tau_b),
            "kendall_equal_geometric": agreement(&self.scores.geometric, kendall_tau_b),
            "spearman_equal_z": agreement(&self.scores.z, spearman),
            "mean_abs_rank_shift_draws": self.spread.mean_abs_shift,
            "mean_spearman_draws": self.spread.mean_spearman,
            "mean_abs_rank_shift_loo": self.left_out.mean_abs_shift,
        })
    }

    /// Says what could not be worked out, rather than leaving NA unexplained.
    pub(super) fn warnings(&self, report: &mut Report) {
        let broken = |weights: &[f64]| weights.iter().any(|weight| !weight.is_finite());
        if broken(&self.entropy) {
            warn(report, "熵权算不出来(某个指标缩放后全是 0,或所有指标都没有区分度);相应列为 NA");
        }
        if broken(&self.critic) {
            warn(report, "CRITIC 权重算不出来(指标之间完全相关,或没有足够的共同单位);相应列为 NA");
        }
        if broken(&self.variation) {
            warn(report, "变异系数权重算不出来(某个指标的均值是 0);w_variation 为 NA");
        }
        if !self.alpha.is_finite() || self.alpha < 0.5 {
            warn(report, "指标之间相关很弱或方向相反(标准化 α 小于 0.5):合成一个分数要有别的理由");
        }
    }
}

fn unscaled(error: ScaleError) -> Vec<Problem> {
    vec![Problem::new(&METHOD_REFUSED, &[("reason", &error.to_string())])]
}

/// Rank 1 is the highest score; units without a score have no rank.
fn ranked(scores: &[Option<f64>]) -> Vec<Option<usize>> {
    let present: Vec<f64> = scores.iter().flatten().filter(|score| score.is_finite()).copied().collect();
    let mut ranks = best_first(&present).into_iter();
    scores.iter().map(|score| score.filter(|score| score.is_finite()).and_then(|_| ranks.next())).collect()
}

/// Differing coefficients of every indicator and of the equal-weight score, by pupils.
pub(super) fn inequality(input: &Input, outcome: &Outcome) -> Value {
    let Some(pupils) = &input.pupils else { return json!({}) };
    let coefficient = |column: &Column| {
        let pairs: Vec<(f64, f64)> =
            column.iter().zip(pupils).filter_map(|(value, pupils)| value.zip(*pupils)).collect();
        json!(differing_coefficient(&pairs))
    };
    let named = input.indicators.iter().zip(&input.columns);
    let mut found: Map<String, Value> =
        named.map(|(named, column)| (named.name.clone(), coefficient(column))).collect();
    found.insert("score_equal".to_owned(), coefficient(&outcome.scores.equal));
    json!({ "differing_coefficient": found })
}
