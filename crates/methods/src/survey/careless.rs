//! `yanpan survey careless`: flags, never deletions; reliability with and without the flagged.

use super::items::{Items, refuse};
use crate::Report;
use crate::cells::Findings;
use crate::results::{Columns, Destination, Sheet, Source, extend, summary, warn};
use serde_json::{Value, json};
use yanpan_kernel::problem::{PARAMETER_INVALID, Place, Problem};
use yanpan_statistics::surveys::distributions::chi_squared_quantile;
use yanpan_statistics::surveys::scales::{CarelessRow, Missing, Responses, careless, covariance, reliability};

/// Words of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "例 / Example:\n  yanpan survey careless --input answers.csv --exclude id --time seconds --min-seconds 30 --trap q7=3 --output rows.csv"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    destination: Destination,
    #[command(flatten)]
    items: Items,
    /// 用时列(秒)/ Column of seconds taken
    #[arg(long, value_name = "COLUMN")]
    time: Option<String>,
    /// 少于这么多秒算太快 / Fewer seconds than this are too few
    #[arg(long, value_name = "SECONDS", requires = "time")]
    min_seconds: Option<f64>,
    /// 陷阱题=应答,可写多次 / Trap question and its right answer, may be repeated
    #[arg(long, value_name = "COLUMN=ANSWER")]
    trap: Vec<String>,
    /// 连选同一答案到这么多题算长串,不写则为全部题目 / Run of equal answers that is flagged
    #[arg(long, value_name = "ITEMS")]
    max_run: Option<usize>,
    /// 马氏距离的 χ² 分位 / χ² quantile beyond which a distance is flagged
    #[arg(long, default_value_t = 0.999)]
    quantile: f64,
}

/// Signs beside the answers themselves.
struct Signs {
    seconds: Option<Vec<Option<f64>>>,
    trapped: Vec<bool>,
}

pub(super) fn run(args: &Args, progress: bool) -> Result<Report, Vec<Problem>> {
    crate::cells::share(args.quantile, "quantile")?;
    let data = args.source.read()?;
    let signs = signs(args, &data)?;
    let traps: Vec<Option<String>> =
        args.trap.iter().map(|trap| trap.split_once('=').map(|(name, _)| name.to_owned())).collect();
    let others: Vec<&Option<String>> = traps.iter().chain([&args.time]).collect();
    let (names, responses) = args.items.read(&data, &others)?;
    let parameters = json!({
        "items": names, "time": args.time, "min_seconds": args.min_seconds, "trap": args.trap,
        "max_run": args.max_run, "quantile": args.quantile,
    });
    let mut report = summary("survey careless", parameters, &data.sha256);
    let rows = look(&responses, &names, &data, &mut report)?;
    let run = args.max_run.unwrap_or(names.len());
    let limit = chi_squared_quantile(args.quantile, names.len() as f64);
    let fast = |row: usize| {
        let seconds = signs.seconds.as_ref().and_then(|seconds| seconds.get(row).copied().flatten());
        seconds.zip(args.min_seconds).is_some_and(|(seconds, least)| seconds < least)
    };
    let flags: Vec<[bool; 5]> = rows
        .iter()
        .zip(&signs.trapped)
        .enumerate()
        .map(|(position, (row, trapped))| {
            let outlying = row.mahalanobis.is_some_and(|distance| distance > limit);
            [row.longstring >= run.max(2), row.pattern.is_some(), outlying, fast(position), *trapped]
        })
        .collect();
    tell(&mut report, &responses, (&rows, &flags), limit);
    args.destination.write(&table(&rows, &flags, &signs), &report, progress)?;
    Ok(report)
}

fn signs(args: &Args, data: &Sheet) -> Result<Signs, Vec<Problem>> {
    let mut findings = Findings::default();
    let table = &data.table;
    let seconds = args.time.as_ref().map(|name| findings.numbers(table, name));
    let mut trapped = vec![false; table.rows.len()];
    for trap in &args.trap {
        let Some((name, right)) = trap.split_once('=') else {
            let values: &[(&str, &dyn std::fmt::Display)] =
                &[("name", &"trap"), ("value", trap), ("reason", &"应写成 列名=应答")];
            findings.problems.push(Problem::new(&PARAMETER_INVALID, values).at(Place::field("trap")));
            continue;
        };
        if let Some(column) = findings.keep(table.column(name)) {
            for (row, trapped) in trapped.iter_mut().enumerate() {
                *trapped |= table.text(row, column) != right;
            }
        }
    }
    findings.done(Signs { seconds, trapped })
}

/// Distances fall away, with a warning, where the items' covariance has no inverse or an item is constant.
fn look(
    responses: &Responses,
    names: &[String],
    data: &Sheet,
    report: &mut Report,
) -> Result<Vec<CarelessRow>, Vec<Problem>> {
    let measured =
        covariance(responses, Missing::Pairwise).and_then(|covariance| careless(responses, Some(&covariance)));
    match measured {
        Ok(rows) => Ok(rows),
        Err(error) => {
            let reason = refuse(&error, names, data).into_iter().map(|problem| problem.to_string()).collect::<String>();
            warn(report, format!("不计马氏距离:{reason}"));
            careless(responses, None).map_err(|error| refuse(&error, names, data))
        }
    }
}

fn tell(report: &mut Report, responses: &Responses, (rows, flags): (&[CarelessRow], &[[bool; 5]]), limit: f64) {
    let alpha = |keep: &dyn Fn(usize) -> bool| {
        let kept = responses.filtered(keep);
        let found =
            covariance(&kept, Missing::Pairwise).ok().map(|covariance| reliability(&covariance, kept.rows(), 0.95).0);
        found.map_or(Value::Null, |whole| json!({ "n": whole.n, "alpha": whole.alpha, "alpha_lo": whole.alpha_lo, "alpha_hi": whole.alpha_hi }))
    };
    let straight = |row: usize| rows.get(row).is_some_and(|row| row.straight_line);
    let flagged = |row: usize| flags.get(row).is_some_and(|flags| flags.contains(&true));
    let count = |position: usize| flags.iter().filter(|flags| flags.get(position) == Some(&true)).count();
    let members = json!({
        "rows": rows.len(), "items": responses.items(),
        "straight_lines": rows.iter().filter(|row| row.straight_line).count(),
        "flag_longstring": count(0), "flag_pattern": count(1), "flag_mahalanobis": count(2),
        "flag_time": count(3), "flag_trap": count(4),
        "flagged": (0..rows.len()).filter(|row| flagged(*row)).count(),
        "mahalanobis_limit": limit,
        "alpha": alpha(&|_| true),
        "alpha_without_straight_lines": alpha(&|row| !straight(row)),
        "alpha_without_flagged": alpha(&|row| !flagged(row)),
    });
    extend(report, members);
}

fn table(rows: &[CarelessRow], flags: &[[bool; 5]], signs: &Signs) -> Columns {
    let mut table = Columns::default();
    table.add("row", 1..=rows.len());
    table.add("answered", rows.iter().map(|row| row.answered));
    table.add("longstring", rows.iter().map(|row| row.longstring));
    table.add("irv", rows.iter().map(|row| row.irv));
    table.add("mahalanobis", rows.iter().map(|row| row.mahalanobis));
    table.add("straight_line", rows.iter().map(|row| usize::from(row.straight_line)));
    table.add("pattern", rows.iter().map(|row| row.pattern));
    if let Some(seconds) = &signs.seconds {
        table.add("seconds", seconds.iter().copied());
    }
    let names = ["flag_longstring", "flag_pattern", "flag_mahalanobis", "flag_time", "flag_trap"];
    for (position, name) in names.into_iter().enumerate() {
        table.add(name, flags.iter().map(|flags| usize::from(flags.get(position) == Some(&true))));
    }
    table.add("flags", flags.iter().map(|flags| flags.iter().filter(|flag| **flag).count()));
    table
}
