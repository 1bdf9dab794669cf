//! `yanpan index ahp`: a square matrix of judgements in, weights and consistency out.

use crate::Report;
use crate::cells::Findings;
use crate::results::{Columns, Destination, Sheet, Source, extend, summary, warn};
use serde_json::{Value, json};
use yanpan_kernel::problem::{METHOD_REFUSED, Problem};
use yanpan_statistics::composites::{Ahp, AhpError};

/// Saaty's rule of thumb.
const ACCEPTABLE: f64 = 0.1;
/// Judgements named when they contradict each other.
const NAMED: usize = 3;

/// Words of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "例 / Example:\n  yanpan index ahp --input judgements.csv --output weights.csv\n  judgements.csv: 表头是准则名;第 i 行第 j 列写 i 比 j 重要几倍(可写 1/3);第一列可以是准则名"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    destination: Destination,
}

struct Judgements {
    criteria: Vec<String>,
    /// Header column of each criterion in the file.
    columns: Vec<usize>,
    values: Vec<Vec<f64>>,
}

pub(super) fn run(args: &Args, progress: bool) -> Result<Report, Vec<Problem>> {
    let data = args.source.read()?;
    let judgements = read(&data)?;
    let found = Ahp::of(&judgements.values).map_err(|error| refuse(&error, &data, &judgements))?;
    let mut report = summary("index ahp", json!({ "random_index": "Saaty 1980" }), &data.sha256);
    extend(&mut report, serde_json::to_value(&found).unwrap_or(Value::Null));
    match found.consistency_ratio {
        Some(ratio) if ratio > ACCEPTABLE => {
            let worst = found.inconsistencies(&judgements.values, NAMED);
            let name = |index: usize| judgements.criteria.get(index).map_or("", String::as_str);
            let said: Vec<String> = worst
                .iter()
                .map(|cell| {
                    format!(
                        "{} 对 {}:填 {:.2},按权重应约 {:.2}",
                        name(cell.row),
                        name(cell.column),
                        cell.judged,
                        cell.implied
                    )
                })
                .collect();
            warn(
                &mut report,
                format!("一致性比率 CR = {ratio:.3},大于 0.1:判断互相矛盾,请重新比较。差得最多的是 {}", said.join(";")),
            );
            extend(&mut report, json!({ "consistent": false, "largest_inconsistencies": worst }));
        }
        Some(_) => extend(&mut report, json!({ "consistent": true })),
        None => warn(&mut report, "超过 15 个准则没有随机一致性指标,不给 CR;请分层比较"),
    }
    let mut table = Columns::default();
    table.add("criterion", judgements.criteria.iter().map(String::as_str));
    table.add("weight_eigen", found.weights_eigen.iter().copied());
    table.add("weight_geomean", found.weights_geomean.iter().copied());
    table.add("weight_colmean", found.weights_colmean.iter().copied());
    args.destination.write(&table, &report, progress)?;
    Ok(report)
}

fn read(data: &Sheet) -> Result<Judgements, Vec<Problem>> {
    let table = &data.table;
    let mut findings = Findings::default();
    // One more column than rows, and words in the first: they name the criteria.
    let words = (0..table.rows.len()).any(|row| table.ratio(row, 0).is_err());
    let labelled = words && table.header.len() == table.rows.len() + 1;
    let columns: Vec<usize> = (usize::from(labelled)..table.header.len()).collect();
    let values = (0..table.rows.len())
        .map(|row| columns.iter().map(|column| findings.keep(table.ratio(row, *column)).unwrap_or(1.0)).collect())
        .collect();
    let criteria = table.header.iter().skip(usize::from(labelled)).cloned().collect();
    findings.done(Judgements { criteria, columns, values })
}

fn refuse(error: &AhpError, data: &Sheet, judgements: &Judgements) -> Vec<Problem> {
    let (cell, reason) = match error {
        AhpError::NotSquare { rows, columns } => (None, format!("判断矩阵应为方阵,现在是 {rows} 行 {columns} 列")),
        AhpError::NotPositive { row, column, value } => (Some((row, column)), format!("判断应为正数,不能是 {value}")),
        AhpError::NotReciprocal { row, column, value, mirror } if row == column => {
            (Some((row, column)), format!("自己与自己相比应为 1,不是 {value}(对称格 {mirror})"))
        }
        AhpError::NotReciprocal { row, column, value, mirror } => {
            (Some((row, column)), format!("{value} 与对称格的 {mirror} 应互为倒数"))
        }
    };
    let place = cell.map_or_else(
        || data.table.whole(),
        |(row, column)| data.table.place(*row, judgements.columns.get(*column).copied().unwrap_or(0)),
    );
    vec![Problem::new(&METHOD_REFUSED, &[("reason", &reason)]).at(place)]
}
