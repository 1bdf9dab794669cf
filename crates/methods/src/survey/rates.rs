//! `yanpan survey rates`: one row per unit, from a count of favourable answers and a count of answers.

use crate::Report;
use crate::cells::{Findings, share};
use crate::results::{Columns, Destination, Sheet, Source, extend, summary, warn};
use serde_json::json;
use yanpan_kernel::problem::Problem;
use yanpan_statistics::surveys::distributions::normal_quantile;
use yanpan_statistics::surveys::rates::{
    Adjustment, BetaBinomial, Count, Funnel, FunnelUnit, Hyperposterior, Moments, RateError, Shrunk, adjust,
    indistinguishable, rank_intervals, shrink, wilson,
};

/// Above so many units the sets of indistinguishable units are not listed: they grow with the square.
const LISTED: usize = 2000;

/// Words of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "例 / Example:\n  yanpan survey rates --input counts.csv --output rates.csv\n  counts.csv: unit,x,n(x 满意,n 有效回答;可加一列 不了解:--unknown dk)"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    destination: Destination,
    /// 单位列 / Column of unit names
    #[arg(long, default_value = "unit")]
    unit: String,
    /// 满意数列 / Column of favourable answers
    #[arg(long, default_value = "x")]
    x: String,
    /// 有效回答数列(不含不了解)/ Column of valid answers, «don't know» left out
    #[arg(long, default_value = "n")]
    n: String,
    /// 不了解数列 / Column of «don't know» answers
    #[arg(long, value_name = "COLUMN")]
    unknown: Option<String>,
    /// 区间的置信水平 / Level of the intervals
    #[arg(long, default_value_t = 0.95)]
    level: f64,
    /// 名次区间的联合水平 / Joint level of the rank intervals
    #[arg(long, default_value_t = 0.90)]
    rank_level: f64,
}

struct Input {
    units: Vec<String>,
    counts: Vec<Count>,
    unknown: Option<Vec<u64>>,
}

struct Shrinkage {
    prior: BetaBinomial,
    units: Vec<Shrunk>,
}

pub(super) fn run(args: &Args, progress: bool) -> Result<Report, Vec<Problem>> {
    share(args.level, "level")?;
    share(args.rank_level, "rank-level")?;
    let data = args.source.read()?;
    let input = read(args, &data)?;
    let parameters = json!({
        "level": args.level, "rank_level": args.rank_level,
        "unit": args.unit, "x": args.x, "n": args.n, "unknown": args.unknown,
    });
    let mut report = summary("survey rates", parameters, &data.sha256);
    let shrinkage = shrinkage(&input.counts, args.level, &mut report);
    let funnel = Funnel::fit(&input.counts).map_err(|error| warn(&mut report, explain(&error))).ok();
    let placed = funnel.map_or_else(|| vec![None; input.counts.len()], |funnel| funnel.units(&input.counts));
    let mut table = Columns::default();
    score_columns(&mut table, &input, args.level);
    shrinkage_columns(&mut table, shrinkage.as_ref(), input.counts.len());
    funnel_columns(&mut table, &placed);
    unknown_columns(&mut table, &input, args.level);
    corrected_columns(&mut table, &input, shrinkage.as_ref());
    rank_columns(&mut table, &input, args.rank_level);
    tell(&mut report, &input, shrinkage.as_ref(), funnel.as_ref().map(|funnel| (funnel, placed.as_slice())));
    args.destination.write(&table, &report, progress)?;
    Ok(report)
}

fn read(args: &Args, data: &Sheet) -> Result<Input, Vec<Problem>> {
    let mut findings = Findings::default();
    let table = &data.table;
    let units = findings.words(table, &args.unit);
    let x = findings.counts(table, &args.x);
    let n = findings.counts(table, &args.n);
    let unknown = args.unknown.as_ref().map(|name| findings.counts(table, name));
    let mut counts = Vec::new();
    for (row, (x, n)) in x.into_iter().zip(n).enumerate() {
        match Count::new(row, x, n) {
            Ok(count) => counts.push(count),
            Err(_) => findings.refuse(table, row, &args.x, &format!("满意数不能多于有效回答数 {n}")),
        }
    }
    findings.done(Input { units, counts, unknown })
}

fn explain(error: &RateError) -> String {
    match error {
        RateError::TooFewUnits { .. } => "有回答的单位不足两个,不作收缩与漏斗图".to_owned(),
        RateError::NoVariation => "所有回答都相同,不作收缩与漏斗图".to_owned(),
        RateError::MoreThanAnswered { row, .. } => format!("第{}行满意数多于回答数", row + 1),
    }
}

fn shrinkage(counts: &[Count], level: f64, report: &mut Report) -> Option<Shrinkage> {
    let fitted = BetaBinomial::fit(counts).and_then(|prior| {
        let uncertain = Hyperposterior::of(counts)?;
        Ok(Shrinkage { prior, units: shrink(counts, &prior, &uncertain, 0.5 * (1.0 - level)) })
    });
    fitted.map_err(|error| warn(report, explain(&error))).ok()
}

fn score_columns(table: &mut Columns, input: &Input, level: f64) {
    let z = normal_quantile(0.5 + 0.5 * level);
    let score: Vec<_> = input.counts.iter().map(|count| wilson(*count, z)).collect();
    table.add("unit", input.units.iter().map(String::as_str));
    table.add("x", input.counts.iter().map(|count| count.x));
    table.add("n", input.counts.iter().map(|count| count.n));
    table.add("p", input.counts.iter().map(|count| count.rate()));
    table.add("wilson_lo", score.iter().map(|interval| interval.map(|interval| interval.low)));
    table.add("wilson_hi", score.iter().map(|interval| interval.map(|interval| interval.high)));
}

fn shrinkage_columns(table: &mut Columns, shrinkage: Option<&Shrinkage>, rows: usize) {
    let column = |pick: fn(&Shrunk) -> f64| -> Vec<Option<f64>> {
        shrinkage.map_or_else(|| vec![None; rows], |found| found.units.iter().map(|unit| Some(pick(unit))).collect())
    };
    table.add("eb_mean", column(|unit| unit.mean));
    table.add("eb_lo", column(|unit| unit.plug_in.low));
    table.add("eb_hi", column(|unit| unit.plug_in.high));
    table.add("shrink_B", column(|unit| unit.weight_of_prior));
    table.add("prob_above_overall", column(|unit| unit.above_overall));
}

fn funnel_columns(table: &mut Columns, placed: &[Option<FunnelUnit>]) {
    let column = |pick: fn(&FunnelUnit) -> f64| -> Vec<Option<f64>> {
        placed.iter().map(|unit| unit.as_ref().map(pick)).collect()
    };
    let p: Vec<f64> = column(|unit| unit.binomial_p).into_iter().map(|p| p.unwrap_or(f64::NAN)).collect();
    table.add("z", column(|unit| unit.z));
    table.add("z_mult_adj", column(|unit| unit.multiplicative));
    table.add("z_additive", column(|unit| unit.additive));
    table.add("binom_p2", p.iter().copied());
    table.add("p_bonf", adjust(&p, Adjustment::Bonferroni));
    table.add("p_holm", adjust(&p, Adjustment::Holm));
    table.add("p_bh", adjust(&p, Adjustment::Bh));
    table.add("p_by", adjust(&p, Adjustment::By));
    table.add("lim95_lo", column(|unit| unit.limits95.low));
    table.add("lim95_hi", column(|unit| unit.limits95.high));
    table.add("lim998_lo", column(|unit| unit.limits998.low));
    table.add("lim998_hi", column(|unit| unit.limits998.high));
}

fn unknown_columns(table: &mut Columns, input: &Input, level: f64) {
    let Some(unknown) = &input.unknown else { return };
    let z = normal_quantile(0.5 + 0.5 * level);
    let all: Vec<Count> =
        input.counts.iter().zip(unknown).map(|(count, unknown)| Count { x: count.x, n: count.n + unknown }).collect();
    let score: Vec<_> = all.iter().map(|count| wilson(*count, z)).collect();
    table.add("unknown", unknown.iter().copied());
    table.add("n_all", all.iter().map(|count| count.n));
    table.add("p_all", all.iter().map(|count| count.rate()));
    table.add("wilson_all_lo", score.iter().map(|interval| interval.map(|interval| interval.low)));
    table.add("wilson_all_hi", score.iter().map(|interval| interval.map(|interval| interval.high)));
    let rates = all.iter().zip(unknown).map(|(all, unknown)| Count { x: *unknown, n: all.n }.rate());
    table.add("unknown_rate", rates);
}

fn corrected_columns(table: &mut Columns, input: &Input, shrinkage: Option<&Shrinkage>) {
    let rows = input.counts.len();
    let column = |pick: &dyn Fn(&Shrunk) -> f64| -> Vec<Option<f64>> {
        shrinkage.map_or_else(|| vec![None; rows], |found| found.units.iter().map(|unit| Some(pick(unit))).collect())
    };
    table.add("eb_corrected_mean", column(&|unit| unit.corrected_mean));
    table.add("eb_corrected_lo", column(&|unit| unit.corrected.low));
    table.add("eb_corrected_hi", column(&|unit| unit.corrected.high));
}

fn rank_columns(table: &mut Columns, input: &Input, level: f64) {
    let answered = input.counts.iter().filter(|count| count.n > 0).count().max(1);
    let z = normal_quantile(0.5 + 0.5 * level.powf(1.0 / answered as f64));
    let joint: Vec<_> = input.counts.iter().map(|count| wilson(*count, z)).collect();
    let ranks = rank_intervals(&joint);
    table.add("rank", order(&input.counts));
    table.add("rank_lo", ranks.iter().map(|rank| rank.map(|rank| rank.best)));
    table.add("rank_hi", ranks.iter().map(|rank| rank.map(|rank| rank.worst)));
    if input.counts.len() <= LISTED {
        let sets = indistinguishable(&input.counts, level);
        let name = |index: &usize| input.units.get(*index).map_or("", String::as_str);
        table.add("n_not_distinguishable", sets.iter().map(Vec::len));
        table
            .add("not_distinguishable_from", sets.iter().map(|set| set.iter().map(name).collect::<Vec<_>>().join(";")));
    }
}

/// Rank 1 is the highest rate; ties share the best rank.
fn order(counts: &[Count]) -> Vec<Option<usize>> {
    let mut rates: Vec<f64> = counts.iter().filter_map(|count| count.rate()).collect();
    rates.sort_by(f64::total_cmp);
    let above = |rate: f64| rates.len() - rates.partition_point(|other| *other <= rate);
    counts.iter().map(|count| count.rate().map(|rate| above(rate) + 1)).collect()
}

fn tell(
    report: &mut Report,
    input: &Input,
    shrinkage: Option<&Shrinkage>,
    funnel: Option<(&Funnel, &[Option<FunnelUnit>])>,
) {
    let answers: u64 = input.counts.iter().map(|count| count.n).sum();
    let favourable: u64 = input.counts.iter().map(|count| count.x).sum();
    let overall = Count { x: favourable, n: answers };
    extend(report, json!({ "units": input.counts.len(), "N": answers, "p_overall": overall.rate() }));
    if let Some(unknown) = &input.unknown {
        let unknown: u64 = unknown.iter().sum();
        let all = answers + unknown;
        let members = json!({
            "N_all": all, "p_overall_all": Count { x: favourable, n: all }.rate(),
            "unknown_rate": Count { x: unknown, n: all }.rate(),
        });
        extend(report, members);
    }
    if let Some(found) = shrinkage {
        extend(report, json!({ "beta_binomial_mle": found.prior, "default_interval": "corrected" }));
        if found.prior.at_bound {
            warn(report, "单位之间的差异没有超出偶然的范围,或全有全无(a + b 到了搜索边界)");
        }
    }
    extend(report, json!({ "method_of_moments": Moments::of(&input.counts) }));
    if let Some((funnel, placed)) = funnel {
        extend(report, json!({ "funnel": outside(funnel, placed) }));
    }
    let empty = input.counts.iter().filter(|count| count.n == 0).count();
    if empty > 0 {
        warn(report, format!("{empty} 个单位没有有效回答,不计率,也不排名"));
    }
}

fn outside(funnel: &Funnel, placed: &[Option<FunnelUnit>]) -> serde_json::Value {
    let (z95, z998) = (normal_quantile(0.975), normal_quantile(0.999));
    let beyond = |limit: f64, pick: fn(&FunnelUnit) -> f64| {
        placed.iter().flatten().filter(|unit| pick(unit).abs() > limit).count()
    };
    json!({
        "winsor_q10": funnel.winsor_q10, "winsor_q90": funnel.winsor_q90, "phi": funnel.phi, "tau2": funnel.tau2,
        "n_outside_95": beyond(z95, |unit| unit.z),
        "n_outside_998": beyond(z998, |unit| unit.z),
        "n_outside_998_mult": beyond(z998, |unit| unit.multiplicative),
        "n_outside_998_add": beyond(z998, |unit| unit.additive),
    })
}
