//! Which model, on which nodes, with which prior, stopped when.

use super::super::items::Loaded;
use super::groups::Grouping;
use clap::ValueEnum;
use serde_json::{Value, json};
use yanpan_kernel::problem::{PARAMETER_INVALID, Place, Problem};
use yanpan_statistics::exams::Error;
use yanpan_statistics::exams::irt::{Guessing, Model, Nodes, Responses, Settings, Stop};

/// Fewest pupils for a 3PL without prior.
const UNPRIORED: usize = 1000;

/// Model of the whole paper; the item list may say otherwise for single items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// 拉希模型 / Rasch
    Rasch,
    /// 双参数 / Two-parameter logistic
    #[value(name = "2pl")]
    TwoPl,
    /// 三参数 / Three-parameter logistic
    #[value(name = "3pl")]
    ThreePl,
    /// 分部计分 / Partial credit
    Pcm,
    /// 广义分部计分 / Generalised partial credit
    Gpcm,
    /// 等级反应 / Graded response
    #[value(alias = "grm")]
    Graded,
    /// 对错题用双参数,其余用广义分部计分 / 2PL for two categories, GPCM otherwise
    Mixed,
}

impl Kind {
    /// Name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rasch => "rasch",
            Self::TwoPl => "2pl",
            Self::ThreePl => "3pl",
            Self::Pcm => "pcm",
            Self::Gpcm => "gpcm",
            Self::Graded => "graded",
            Self::Mixed => "mixed",
        }
    }

    /// Model of an item with this many categories.
    #[must_use]
    pub fn of_item(self, categories: usize) -> Model {
        match self {
            Self::Rasch | Self::Pcm if categories == 2 => Model::Rasch,
            Self::Rasch | Self::Pcm => Model::Pcm,
            Self::Mixed if categories == 2 => Model::TwoPl,
            Self::Gpcm | Self::Mixed => Model::Gpcm,
            Self::TwoPl => Model::TwoPl,
            Self::ThreePl => Model::ThreePl,
            Self::Graded => Model::Graded,
        }
    }
}

/// What a blank means to a response model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Blank {
    /// 未知 / Unknown
    Missing,
    /// 0 分 / No points
    Zero,
}

/// Words that choose the model.
#[derive(Debug, Clone, clap::Args)]
pub struct Choice {
    /// 模型 / Model
    #[arg(long, value_enum, default_value = "2pl")]
    pub model: Kind,
    /// 积分节点数 / Quadrature nodes
    #[arg(long, visible_alias = "quadpts", default_value_t = 61)]
    pub nodes: usize,
    /// 节点范围 ±limit / Nodes on [-limit, limit]
    #[arg(long, visible_alias = "theta-lim", default_value_t = 6.0)]
    pub limit: f64,
    /// 参数最大变化小于此值才停 / Largest parameter change at the end
    #[arg(long, default_value_t = 1e-6)]
    pub tol: f64,
    /// 只看参数变化就停 / Stop by the parameter change alone
    #[arg(long)]
    pub parameters_only: bool,
    /// 最多轮数 / Most cycles
    #[arg(long, default_value_t = 20_000)]
    pub max_cycles: usize,
    /// logit g 先验均值(三参数)/ Prior mean of logit g
    #[arg(long, default_value_t = -1.386, allow_negative_numbers = true)]
    pub guess_mean: f64,
    /// logit g 先验标准差 / Prior SD of logit g
    #[arg(long, default_value_t = 0.5, allow_negative_numbers = true)]
    pub guess_sd: f64,
    /// 三参数不用先验(至少 1000 人)/ 3PL without prior, from 1,000 pupils
    #[arg(long)]
    pub no_guess_prior: bool,
    /// 空白怎样算 / What a blank means
    #[arg(long, value_enum, default_value = "missing")]
    pub blank: Blank,
    /// 不算标准误 / Leave out standard errors
    #[arg(long)]
    pub no_se: bool,
}

impl Choice {
    /// Whether a blank counts as no points.
    #[must_use]
    pub fn blank_is_zero(&self) -> bool {
        self.blank == Blank::Zero
    }

    /// The options in force, for the summary.
    #[must_use]
    pub fn parameters(&self, groups: &Grouping) -> Value {
        let blank = if self.blank_is_zero() { "zero" } else { "missing" };
        json!({
            "model": self.model.name(), "nodes": self.nodes, "limit": self.limit, "tol": self.tol,
            "parameters_only": self.parameters_only, "max_cycles": self.max_cycles, "blank": blank,
            "guess_prior": self.guessing().map(|prior| [prior.mean, prior.sd]),
            "group": groups.group, "draws": groups.draws, "seed": groups.seed,
        })
    }

    /// The prior in force.
    #[must_use]
    pub fn guessing(&self) -> Option<Guessing> {
        (!self.no_guess_prior).then_some(Guessing { mean: self.guess_mean, sd: self.guess_sd })
    }

    /// Settings for these responses.
    ///
    /// # Errors
    /// All options out of range, unknown model names in the item list, a model that does not fit an item.
    pub fn settings(&self, loaded: &Loaded, responses: &Responses) -> Result<Settings, Vec<Problem>> {
        let mut problems = self.out_of_range();
        let mut models = Vec::new();
        for (column, categories) in responses.columns.iter().zip(&responses.categories) {
            match self.model_of(loaded, *column, *categories) {
                Ok(model) => models.push(model),
                Err(problem) => problems.push(problem),
            }
        }
        if self.no_guess_prior && models.contains(&Model::ThreePl) && responses.pupils < UNPRIORED {
            problems.push(invalid("no-guess-prior", &responses.pupils, "三参数模型不用先验时至少要 1000 名学生"));
        }
        let nodes = Nodes::new(self.nodes, self.limit);
        let nodes = nodes.map_err(|error| problems.push(super::refused(&error, &loaded.marks))).ok();
        match nodes {
            Some(nodes) if problems.is_empty() => {
                let stop = Stop { parameters: self.tol, cycles: self.max_cycles, ..Stop::default() };
                let loose = Stop { likelihood: f64::INFINITY, gradient: f64::INFINITY, ..stop };
                let stop = if self.parameters_only { loose } else { stop };
                Ok(Settings { models, nodes, guessing: self.guessing(), stop, errors: !self.no_se })
            }
            _ => Err(problems),
        }
    }

    fn model_of(&self, loaded: &Loaded, column: usize, categories: usize) -> Result<Model, Problem> {
        let named = loaded.listed.get(column).and_then(|line| line.model.as_deref());
        let kind = match named {
            Some(name) => Kind::from_str(name, true).map_err(|_| {
                let reason = "可用:rasch、2pl、3pl、pcm、gpcm、graded、mixed";
                invalid("model", &name, reason).at(loaded.marks.place(usize::MAX, column))
            })?,
            None => self.model,
        };
        let model = kind.of_item(categories);
        if model.dichotomous() && categories != 2 {
            let error = Error::NotDichotomous { column, categories, model: model.name() };
            return Err(super::refused(&error, &loaded.marks));
        }
        Ok(model)
    }

    fn out_of_range(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut check = |holds: bool, name: &str, value: &dyn std::fmt::Display, reason: &str| {
            if !holds {
                problems.push(invalid(name, value, reason));
            }
        };
        check(self.tol > 0.0 && self.tol <= 0.1, "tol", &self.tol, "大于 0,不超过 0.1");
        check((1..=1_000_000).contains(&self.max_cycles), "max-cycles", &self.max_cycles, "1 到 1000000");
        check(self.guess_sd > 0.0 && self.guess_sd <= 10.0, "guess-sd", &self.guess_sd, "大于 0,不超过 10");
        check(self.guess_mean.abs() <= 10.0, "guess-mean", &self.guess_mean, "-10 到 10");
        problems
    }
}

fn invalid(name: &str, value: &dyn std::fmt::Display, reason: &str) -> Problem {
    Problem::new(&PARAMETER_INVALID, &[("name", &name), ("value", value), ("reason", &reason)]).at(Place::field(name))
}
