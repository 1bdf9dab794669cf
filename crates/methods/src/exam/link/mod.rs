//! `yanpan exam link`: brings the parameters of a new paper onto the scale of a base paper.

mod reading;

use super::output::{Sheet, json, number, text, write_summary};
use crate::Report;
use clap::ValueEnum;
use reading::{Named, read};
use serde_json::{Value, json};
use std::path::PathBuf;
use yanpan_kernel::problem::{METHOD_REFUSED, Place, Problem};
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
pub struct Args {
    /// 基准卷参数(CSV:item,par,est)/ Parameters of the base paper
    #[arg(long)]
    base: PathBuf,
    /// 新卷参数(CSV:item,par,est)/ Parameters of the new paper
    #[arg(long)]
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
    /// 新卷参数换到基准量尺(CSV)/ New parameters on the base scale
    #[arg(long)]
    output: Option<PathBuf>,
    /// 共同题漂移检查(CSV)/ Drift of the common items
    #[arg(long)]
    drift: Option<PathBuf>,
    /// 汇总输出(JSON)/ Summary
    #[arg(long)]
    summary: Option<PathBuf>,
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
    let refuse = |reason: &str| {
        let place = Place { file: Some(args.new.display().to_string()), ..Place::default() };
        vec![Problem::new(&METHOD_REFUSED, &[("reason", &reason)]).at(place)]
    };
    let nodes = Nodes::new(61, 6.0).map_err(|_| refuse("积分节点无效"))?;
    let mut common = common(args, &base, &new);
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
    let one = |problem: Problem| vec![problem];
    moved(&new, &linked.constants).write(args.output.as_deref(), progress).map_err(one)?;
    if let Some(path) = &args.drift {
        drift_sheet(&common.names, &drifts).write(Some(path), false).map_err(one)?;
    }
    let mut report = report(args, &linked, &common, &drifts);
    report.insert("dropped".to_owned(), json!(dropped));
    report.insert("all_methods".to_owned(), all_methods(&common.pairs, &nodes));
    write_summary(&report, args.summary.as_deref()).map_err(one)?;
    Ok(report)
}

fn common(args: &Args, base: &[Named], new: &[Named]) -> Common {
    let wanted = |name: &String| args.anchors.is_empty() || args.anchors.contains(name);
    let mut found = Common { names: Vec::new(), pairs: Vec::new() };
    for item in base.iter().filter(|item| wanted(&item.name)) {
        let twin = new.iter().find(|other| other.name == item.name && other.item.categories == item.item.categories);
        if let Some(twin) = twin {
            found.names.push(item.name.clone());
            found.pairs.push(Pair { base: item.item.clone(), new: twin.item.clone() });
        }
    }
    found
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

fn report(args: &Args, linked: &Linked, common: &Common, drifts: &[Drift]) -> Report {
    let drifting: Vec<&String> =
        common.names.iter().zip(drifts).filter(|(_, one)| one.drifting).map(|(name, _)| name).collect();
    let method = args.method.to_possible_value().map(|value| value.get_name().to_owned());
    let figures = [
        ("method", json!(method)),
        ("A", json(linked.constants.slope)),
        ("B", json(linked.constants.shift)),
        ("A_se", json(linked.errors.map(|errors| errors.0))),
        ("B_se", json(linked.errors.map(|errors| errors.1))),
        ("common_items", json!(common.names)),
        ("drifting", json!(drifting)),
    ];
    figures.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
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
