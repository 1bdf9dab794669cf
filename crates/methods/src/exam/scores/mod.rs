//! `yanpan exam scores`: one score on every common scale.

mod subjects;

use super::output::{self, json, number};
use crate::Report;
use crate::results::{Destination, Sheet, Source, extend, summary, write_summary};
use crate::table::Table;
use serde_json::{Value, json};
use yanpan_kernel::problem::{COLUMN_MISSING, METHOD_REFUSED, Place, Problem};
use yanpan_statistics::exams::standard::{QuantileType, StandardScore, quantile, standard_scores};

/// Words of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "例 / Example:\n  yanpan exam scores --input totals.csv --column 总分 --output scores.csv\n  有效分与双上线: yanpan exam scores --input totals.csv --subjects 语文,数学,英语 --cut 360 --effective cuts.csv\n  赋分: yanpan exam scores --input totals.csv --column 化学 --grades 3+1+2 --graded graded.csv"
)]
pub struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    destination: Destination,
    /// 分数所在的列;只有一列分数时可省 / Column of the score
    #[arg(long)]
    column: Option<String>,
    #[command(flatten)]
    subjects: subjects::Subjects,
}

const COLUMNS: [&str; 12] = [
    "row",
    "z_sample",
    "z_population",
    "T50_10",
    "std500_100",
    "rank_competition_desc",
    "pr_midpoint",
    "pr_below",
    "pr_at_or_below",
    "normal_blom",
    "T_normalised",
    "stanine",
];

/// Runs the command.
///
/// # Errors
/// All cells that are no numbers; a missing column.
pub fn run(args: &Args, progress: bool) -> Result<Report, Vec<Problem>> {
    let Sheet { table, sha256 } = args.source.read()?;
    let Destination { output, summary: path } = &args.destination;
    if args.subjects.wanted() {
        let mut report = summary("exam scores", args.subjects.parameters(None), &sha256);
        extend(&mut report, args.subjects.run(&table, output.as_deref(), progress)?);
        write_summary(&report, output.as_deref(), path.as_deref())?;
        return Ok(report);
    }
    let column = column(&table, args.column.as_deref()).map_err(|problem| vec![problem])?;
    let (rows, values) = values(&table, column)?;
    let scores = standard_scores(&values).map_err(|_| {
        let place = Place { file: Some(table.file.clone()), ..Place::default() };
        vec![Problem::new(&METHOD_REFUSED, &[("reason", &"这一列没有可用的分数")]).at(place)]
    })?;
    let mut sheet = output::Sheet::new(&COLUMNS);
    for (row, score) in rows.iter().zip(&scores) {
        sheet.row(cells(*row, score));
    }
    args.subjects.assign(&rows, &values)?;
    sheet.write(output.as_deref(), progress)?;
    let name = table.header.get(column).map(String::as_str);
    let mut report = summary("exam scores", args.subjects.parameters(name), &sha256);
    extend(&mut report, figures(&values, table.rows.len()));
    write_summary(&report, output.as_deref(), path.as_deref())?;
    Ok(report)
}

fn column(table: &Table, wanted: Option<&str>) -> Result<usize, Problem> {
    if let Some(name) = wanted {
        return table.column(name);
    }
    let candidates = ["score", "total", "x", "分数", "总分", "得分"];
    let identity = ["row", "id", "序号", "学号", "考号", "姓名"];
    let named = candidates.iter().find_map(|name| table.header.iter().position(|heading| heading == name));
    let mut others = table.header.iter().enumerate().filter(|(_, name)| !identity.contains(&name.as_str()));
    let only = others.next().filter(|_| others.next().is_none()).map(|(index, _)| index);
    named.or(only).ok_or_else(|| {
        let place = Place { file: Some(table.file.clone()), row: Some(1), ..Place::default() };
        Problem::new(&COLUMN_MISSING, &[("column", &"总分(用 --column 指明)")]).at(place)
    })
}

type Rows = (Vec<usize>, Vec<f64>);

fn values(table: &Table, column: usize) -> Result<Rows, Vec<Problem>> {
    let (mut rows, mut values, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for (row, cells) in table.rows.iter().enumerate() {
        if cells.get(column).is_some_and(|text| text == "缺考" || text == "absent") {
            continue;
        }
        match table.number(row, column) {
            Ok(Some(value)) if value.is_finite() => {
                rows.push(row + 1);
                values.push(value);
            }
            Ok(None) => {}
            Ok(Some(value)) => {
                let problem = Problem::new(&yanpan_kernel::problem::NOT_A_NUMBER, &[("value", &value)]);
                problems.push(problem.at(table.place(row, column)));
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok((rows, values)) } else { Err(problems) }
}

fn cells(row: usize, score: &StandardScore) -> Vec<String> {
    vec![
        row.to_string(),
        number(score.z_sample),
        number(score.z_population),
        number(score.t),
        number(score.std500),
        score.rank_descending.to_string(),
        number(score.percentile_midpoint),
        number(score.percentile_below),
        number(score.percentile_at_or_below),
        number(score.normal_blom),
        number(score.t_normalised),
        score.stanine.to_string(),
    ]
}

fn figures(values: &[f64], rows: usize) -> Value {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let quantiles = |kind: QuantileType| -> Value {
        let one = |percent: u32| (format!("q{percent}"), json(quantile(&sorted, f64::from(percent) / 100.0, kind)));
        Value::Object([5, 10, 25, 50, 75, 90, 95].into_iter().map(one).collect())
    };
    json!({
        "n": values.len(), "mean": json(mean), "sd": json((n > 1.0).then(|| (squares / (n - 1.0)).sqrt())),
        "quantiles_type7": quantiles(QuantileType::Seven), "quantiles_type6": quantiles(QuantileType::Six),
        "without_score": rows - values.len(),
    })
}
