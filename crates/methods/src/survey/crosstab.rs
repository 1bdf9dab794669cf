//! `yanpan survey crosstab`: association of two variables, and where it sits.

use super::margins::Codes;
use crate::Report;
use crate::cells::{Findings, share};
use crate::results::{Columns, Destination, Sheet, Source, extend, summary, warn};
use serde_json::{Value, json};
use yanpan_kernel::problem::{METHOD_REFUSED, Problem};
use yanpan_statistics::surveys::distributions::normal_quantile;
use yanpan_statistics::surveys::rates::{Count, wilson};
use yanpan_statistics::surveys::tables::{CellFit, TableError, associate};

/// Words of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "例 / Example:\n  yanpan survey crosstab --input answers.csv --rows grade --columns answer --output cells.csv\n  不写 --rows/--columns 时,文件本身就是频数表:第一列是行名,其余列是频数"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    destination: Destination,
    /// 行变量列 / Column of the row variable
    #[arg(long, value_name = "COLUMN", requires = "columns")]
    rows: Option<String>,
    /// 列变量列 / Column of the column variable
    #[arg(long, value_name = "COLUMN", requires = "rows")]
    columns: Option<String>,
    /// 频数列(每行代表多人时)/ Column of counts, when a row stands for many
    #[arg(long, value_name = "COLUMN", requires = "rows")]
    count: Option<String>,
    /// 区间的置信水平 / Level of the intervals
    #[arg(long, default_value_t = 0.95)]
    level: f64,
}

/// A table of counts with the names of its sides.
struct Counts {
    rows: Vec<String>,
    columns: Vec<String>,
    cells: Vec<Vec<f64>>,
    /// People with an empty cell in either variable.
    missing: f64,
}

pub(super) fn run(args: &Args, progress: bool) -> Result<Report, Vec<Problem>> {
    share(args.level, "level")?;
    let data = args.source.read()?;
    let counts = match (&args.rows, &args.columns) {
        (Some(rows), Some(columns)) => tally(args, &data, (rows, columns))?,
        _ => matrix(&data)?,
    };
    let (found, fits) = associate(&counts.cells, args.level)
        .map_err(|error| vec![Problem::new(&METHOD_REFUSED, &[("reason", &explain(&error))]).at(data.table.whole())])?;
    let parameters = json!({ "rows": args.rows, "columns": args.columns, "count": args.count, "level": args.level });
    let mut report = summary("survey crosstab", parameters, &data.sha256);
    extend(&mut report, serde_json::to_value(&found).unwrap_or(Value::Null));
    extend(&mut report, json!({ "missing": counts.missing as u64 }));
    if counts.missing > 0.0 {
        warn(&mut report, format!("{} 人在其中一题没有回答(空或 NA),未计入", counts.missing));
    }
    if found.share_expected_under_5 > 0.2 || found.min_expected < 1.0 {
        warn(&mut report, "期望频数太小(20% 以上的格小于 5,或有的小于 1):χ² 的 p 值不可靠,请合并类别");
    }
    args.destination.write(&cells(&counts, &fits, args.level), &report, progress)?;
    Ok(report)
}

fn tally(args: &Args, data: &Sheet, (rows, columns): (&str, &str)) -> Result<Counts, Vec<Problem>> {
    let mut findings = Findings::default();
    let table = &data.table;
    let (rows, columns) = (findings.keep(table.column(rows)), findings.keep(table.column(columns)));
    let counts = match &args.count {
        Some(name) => findings.counts(table, name).into_iter().map(|count| count as f64).collect(),
        None => vec![1.0; table.rows.len()],
    };
    findings.check()?;
    let answer = |row: usize, column: Option<usize>| {
        column.map(|column| table.text(row, column)).filter(|text| !text.is_empty() && *text != "NA")
    };
    let mut words = (Vec::new(), Vec::new(), Vec::new());
    let mut missing = 0.0;
    for (row, count) in counts.into_iter().enumerate() {
        match (answer(row, rows), answer(row, columns)) {
            (Some(first), Some(second)) => {
                words.0.push(first.to_owned());
                words.1.push(second.to_owned());
                words.2.push(count);
            }
            _ => missing += count,
        }
    }
    let (rows, columns) = (Codes::of(&words.0), Codes::of(&words.1));
    let mut cells = vec![vec![0.0; columns.names.len()]; rows.names.len()];
    for ((row, column), count) in rows.rows.iter().zip(&columns.rows).zip(words.2) {
        if let Some(cell) = cells.get_mut(*row as usize).and_then(|cells| cells.get_mut(*column as usize)) {
            *cell += count;
        }
    }
    Ok(Counts { rows: rows.names, columns: columns.names, cells, missing })
}

/// The file as a table of counts; the first column names the rows unless it holds counts too.
fn matrix(data: &Sheet) -> Result<Counts, Vec<Problem>> {
    let table = &data.table;
    let mut findings = Findings::default();
    let named = (0..table.rows.len()).any(|row| table.number(row, 0).is_err());
    let columns: Vec<String> = table.header.iter().skip(usize::from(named)).cloned().collect();
    let rows = if named {
        (0..table.rows.len()).map(|row| table.text(row, 0).to_owned()).collect()
    } else {
        (1..=table.rows.len()).map(|row| row.to_string()).collect()
    };
    let found: Vec<Vec<u64>> = columns.iter().map(|name| findings.counts(table, name)).collect();
    findings.check()?;
    let row = |row: usize| found.iter().map(|column| column.get(row).map_or(0.0, |count| *count as f64)).collect();
    Ok(Counts { rows, columns, cells: (0..table.rows.len()).map(row).collect(), missing: 0.0 })
}

fn explain(error: &TableError) -> String {
    match error {
        TableError::TooSmall { rows, columns } => format!("有数的行 {rows} 个、列 {columns} 个,至少各要两个"),
        TableError::Ragged { row, .. } => format!("第 {} 行的格数与第一行不同", row + 1),
        TableError::Count { value, .. } => format!("频数不能是 {value}"),
    }
}

fn cells(counts: &Counts, fits: &[Vec<CellFit>], level: f64) -> Columns {
    let z = normal_quantile(0.5 + 0.5 * level);
    let flat = || {
        counts.rows.iter().zip(&counts.cells).zip(fits).flat_map(|((row, cells), fits)| {
            let total: f64 = cells.iter().sum();
            counts
                .columns
                .iter()
                .zip(cells)
                .zip(fits)
                .map(move |((column, count), fit)| (row, column, *count, *fit, total))
        })
    };
    let shares: Vec<_> = flat()
        .map(|(_, _, count, _, total)| {
            let rate = Count { x: count as u64, n: total as u64 };
            (rate.rate(), wilson(rate, z))
        })
        .collect();
    let mut table = Columns::default();
    table.add("row", flat().map(|cell| cell.0.as_str()));
    table.add("column", flat().map(|cell| cell.1.as_str()));
    table.add("count", flat().map(|cell| cell.2));
    table.add("expected", flat().map(|cell| cell.3.expected));
    table.add("residual", flat().map(|cell| cell.3.residual));
    table.add("adjusted_residual", flat().map(|cell| cell.3.adjusted));
    table.add("row_share", shares.iter().map(|(rate, _)| *rate));
    table.add("row_share_lo", shares.iter().map(|(_, interval)| interval.map(|interval| interval.low)));
    table.add("row_share_hi", shares.iter().map(|(_, interval)| interval.map(|interval| interval.high)));
    table
}
