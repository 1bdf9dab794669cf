//! `yanpan exam link`: brings the parameters of a new paper onto the scale of a base paper.

mod reading;

use super::output::{Sheet, json, number, text};
use crate::Report;
use crate::results::{Destination, extend, summary, warn, write_summary};
use clap::ValueEnum;
use reading::{Named, Paper, read};
use serde_json::{Value, json};
use std::path::PathBuf;
use yanpan_kernel::problem::{METHOD_REFUSED, Place, Problem, VALUE_OUT_OF_RANGE};
use yanpan_statistics::exams::irt::{Item, Model, Nodes};
use yanpan_statistics::exams::link::{Constants, Drift, Linked, Method, Pair, drift, link};

/// How to link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// 斯托金–洛德 / Stocking–Lord
    StockingLord,
    /// 羽原 / Haebara
    Haebara,
    /// 均值–标准差 / Mean–sigma
    MeanSigma,
    /// 均值–均值 / Mean–mean
    MeanMean,
}

/// Words of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "例 / Example:\n  yanpan exam link --base 2025-params.csv --new 2026-params.csv --method stocking-lord --output linked.csv --drift drift.csv\n  两份参数表都是 yanpan exam irt --output 写出的 item,par,est,se / both tables as written by yanpan exam irt --output"
)]
pub struct Args {
    /// 基准卷参数(item,par,est)/ Parameters of the base paper
    #[arg(long, value_name = "FILE")]
    base: PathBuf,
    /// 新卷参数(item,par,est)/ Parameters of the new paper
    #[arg(long, value_name = "FILE")]
    new: PathBuf,
    /// 方法 / Method
    #[arg(long, value_enum, default_value = "stocking-lord")]
    method: Kind,
    /// 共同题,逗号分隔;省略时为同名题 / Common items (default: those of the same name)
    #[arg(long, value_delimiter = ',')]
    anchors: Vec<String>,
    /// 剔除漂移题后再链接 / Leave out drifting items and link again
    #[arg(long)]
    drop_drifting: bool,
    /// 共同题漂移检查(CSV)/ Drift of the common items
    #[arg(long, value_name = "OUT.csv")]
    drift: Option<PathBuf>,
    #[command(flatten)]
    destination: Destination,
}

impl From<Kind> for Method {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::StockingLord => Self::StockingLord,
            Kind::Haebara => Self::Haebara,
            Kind::MeanSigma => Self::MeanSigma,
            Kind::MeanMean => Self::MeanMean,
        }
    }
}

/// Common items with their names.
struct Common {
    names: Vec<String>,
    pairs: Vec<Pair>,
}

/// Runs the command.
///
/// # Errors
/// All problems of both tables; fewer than two common items.
pub fn run(args: &Args, progress: bool) -> Result<Report, Vec<Problem>> {
    let (base, new) = (read(&args.base), read(&args.new));
    let (base, new) = match (base, new) {
        (Ok(base), Ok(new)) => (base, new),
        (base, new) => return Err(base.err().into_iter().chain(new.err()).flatten().collect()),
    };
    let mut common = common(args, &base, &new)?;
    let refuse = |reason: &str| {
        let place = Place { file: Some(args.new.display().to_string()), ..Place::default() };
        vec![Problem::new(&METHOD_REFUSED, &[("reason", &reason)]).at(place)]
    };
    let nodes = Nodes::new(61, 6.0).map_err(|_| refuse("积分节点无效"))?;
    let mut dropped = Vec::new();
    let (linked, drifts) = loop {
        let linked = link(&common.pairs, args.method.into(), &nodes)
            .map_err(|_| refuse("共同题不足两道,或共同题的参数定不出量尺"))?;
        let drifts = drift(&common.pairs, &linked.constants, &nodes);
        let worst = worst(&drifts).filter(|_| args.drop_drifting && common.pairs.len() > 2);
        let Some(index) = worst else { break (linked, drifts) };
        dropped.push(common.names.remove(index));
        common.pairs.remove(index);
    };
    let Destination { output, summary } = &args.destination;
    moved(&new.items, &linked.constants).write(output.as_deref(), progress)?;
    if let Some(path) = &args.drift {
        drift_sheet(&common.names, &drifts).write(Some(path), false)?;
    }
    let mut report = report(args, (&base, &new), &linked, (&common, &drifts));
    report.insert("dropped".to_owned(), json!(dropped));
    report.insert("all_methods".to_owned(), all_methods(&common.pairs, &nodes));
    write_summary(&report, output.as_deref(), summary.as_deref())?;
    Ok(report)
}

/// The items of both papers, or those named; each must be the same kind of item on both.
fn common(args: &Args, base: &Paper, new: &Paper) -> Result<Common, Vec<Problem>> {
    let mut found = Common { names: Vec::new(), pairs: Vec::new() };
    let mut problems = Vec::new();
    for name in &args.anchors {
        for paper in [base, new].into_iter().filter(|paper| paper.items.iter().all(|item| item.name != *name)) {
            let values: &[(&str, &dyn std::fmt::Display)] = &[("value", name), ("reason", &"参数表里没有这道共同题")];
            problems.push(Problem::new(&VALUE_OUT_OF_RANGE, values).at(paper.whole.clone()));
        }
    }
    for item in base.items.iter().filter(|item| args.anchors.is_empty() || args.anchors.contains(&item.name)) {
        let Some(twin) = new.items.iter().find(|other| other.name == item.name) else { continue };
        if (item.item.categories, kind(&item.item)) != (twin.item.categories, kind(&twin.item)) {
            let reason = format!("共同题「{}」在两卷的模型或等级数不同", item.name);
            problems.push(Problem::new(&METHOD_REFUSED, &[("reason", &reason)]).at(twin.place.clone()));
        }
        found.names.push(item.name.clone());
        found.pairs.push(Pair { base: item.item.clone(), new: twin.item.clone() });
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// Whether the marks are built up in steps, cut by boundaries, or right and wrong.
fn kind(item: &Item) -> u8 {
    match item.model {
        Model::Rasch | Model::TwoPl | Model::ThreePl => 0,
        Model::Pcm | Model::Gpcm => 1,
        Model::Graded => 2,
    }
}

fn worst(drifts: &[Drift]) -> Option<usize> {
    let drifting = drifts.iter().enumerate().filter(|(_, one)| one.drifting);
    drifting.max_by(|(_, a), (_, b)| a.distance.total_cmp(&b.distance)).map(|(index, _)| index)
}

fn moved(new: &[Named], constants: &Constants) -> Sheet {
    let mut sheet = Sheet::new(&["item", "par", "est"]);
    for named in new {
        let item = constants.apply(&named.item);
        let mut line = |par: &str, est: f64| sheet.row([text(&named.name), par.to_owned(), number(est)]);
        line("a1", item.slope());
        match item.model {
            Model::Pcm | Model::Gpcm => {
                (0..item.categories).for_each(|k| line(&format!("ak{k}"), k as f64));
                line("d0", 0.0);
                (1..).zip(item.intercepts()).for_each(|(k, d): (u32, &f64)| line(&format!("d{k}"), *d));
            }
            Model::Graded => (1..).zip(item.intercepts()).for_each(|(k, d): (u32, &f64)| line(&format!("d{k}"), *d)),
            Model::Rasch | Model::TwoPl | Model::ThreePl => {
                item.intercepts().iter().for_each(|d| line("d", *d));
                line("g", item.guessing());
                line("u", 1.0);
            }
        }
    }
    sheet
}

fn drift_sheet(names: &[String], drifts: &[Drift]) -> Sheet {
    let mut sheet = Sheet::new(&["item", "diff_a", "diff_b", "robust_z", "rmsd", "drifting"]);
    for (name, one) in names.iter().zip(drifts) {
        let figures = [Some(one.slope), Some(one.difficulty), one.robust_z, Some(one.distance)];
        let cells = figures.into_iter().map(number);
        sheet.row(std::iter::once(text(name)).chain(cells).chain([one.drifting.to_string()]));
    }
    sheet
}

fn report(
    args: &Args,
    (base, new): (&Paper, &Paper),
    linked: &Linked,
    (common, drifts): (&Common, &[Drift]),
) -> Report {
    let drifting: Vec<&String> =
        common.names.iter().zip(drifts).filter(|(_, one)| one.drifting).map(|(name, _)| name).collect();
    let method = args.method.to_possible_value().map(|value| value.get_name().to_owned());
    let parameters = json!({
        "method": method, "anchors": args.anchors, "drop_drifting": args.drop_drifting, "base_sha256": base.sha256,
        "nodes": {"count": 61, "limit": 6.0, "weights": "normal, normalised"},
    });
    let mut report = summary("exam link", parameters, &new.sha256);
    let figures = json!({
        "A": json(linked.constants.slope), "B": json(linked.constants.shift),
        "A_se": json(linked.errors.map(|errors| errors.0)), "B_se": json(linked.errors.map(|errors| errors.1)),
        "common_items": common.names, "drifting": drifting,
    });
    extend(&mut report, figures);
    if common.names.len() < 5 {
        warn(&mut report, format!("共同题只有 {} 道,少于 5 道:链接很不稳", common.names.len()));
    }
    report
}

/// The constants by every method: agreement between them is the first check of a link.
fn all_methods(pairs: &[Pair], nodes: &Nodes) -> Value {
    let methods = [
        ("mean-mean", Method::MeanMean),
        ("mean-sigma", Method::MeanSigma),
        ("haebara", Method::Haebara),
        ("stocking-lord", Method::StockingLord),
    ];
    let one = |(name, method): (&str, Method)| {
        let constants = link(pairs, method, nodes).ok().map(|linked| linked.constants);
        let value = constants.map_or(Value::Null, |found| json!({"A": json(found.slope), "B": json(found.shift)}));
        (name.to_owned(), value)
    };
    Value::Object(methods.into_iter().map(one).collect())
}

/// An item from its named parameters.
fn item(parameters: &[(String, f64)]) -> Option<Item> {
    let find = |name: &str| parameters.iter().find(|(other, _)| other == name).map(|(_, value)| *value);
    let steps: Vec<f64> = (1..64).map_while(|k| find(&format!("d{k}"))).collect();
    let slope = find("a1").or_else(|| find("a"))?;
    if let Some(d) = find("d") {
        let guessing = find("g").or_else(|| find("logit(g)").map(|logit| 1.0 / (1.0 + (-logit).exp()))).unwrap_or(0.0);
        let three = guessing > 1e-9 && guessing < 1.0;
        let logit = three.then(|| (guessing / (1.0 - guessing)).ln());
        let model = if three { Model::ThreePl } else { Model::TwoPl };
        let parameters = [slope, d].into_iter().chain(logit).collect();
        return Some(Item { model, categories: 2, parameters });
    }
    let partial = find("ak1").is_some() || find("d0").is_some();
    let model = if partial { Model::Gpcm } else { Model::Graded };
    let categories = steps.len() + 1;
    (categories > 1).then(|| Item { model, categories, parameters: [vec![slope], steps].concat() })
}
