//! Series by group: times ascending, each once, missing values left out.

use super::Args;
use crate::cells::Findings;
use crate::results::Sheet;
use yanpan_kernel::problem::Problem;
use yanpan_statistics::surveys::rates::Count;

/// One series in the order of time.
pub(super) struct Series {
    pub name: String,
    /// Time and value.
    pub points: Vec<(f64, f64)>,
    /// Numerators and denominators, when the values are rates.
    pub counts: Vec<Count>,
}

/// One row that holds a value.
struct Point {
    row: usize,
    time: f64,
    value: f64,
    count: Option<Count>,
}

pub(super) fn read(args: &Args, data: &Sheet) -> Result<Vec<Series>, Vec<Problem>> {
    let mut findings = Findings::default();
    let table = &data.table;
    let times = findings.full_numbers(table, &args.time);
    let groups = match &args.group {
        Some(name) => findings.words(table, name),
        None => vec![String::new(); table.rows.len()],
    };
    let points = points(args, data, &times, &mut findings);
    findings.check()?;
    let mut names: Vec<&String> = Vec::new();
    for group in &groups {
        if !names.contains(&group) {
            names.push(group);
        }
    }
    let mut series = Vec::new();
    for name in names {
        let mut own: Vec<&Point> = points.iter().filter(|point| groups.get(point.row) == Some(name)).collect();
        own.sort_by(|a, b| a.time.total_cmp(&b.time));
        for (point, next) in own.iter().zip(own.iter().skip(1)) {
            if point.time == next.time {
                findings.refuse(table, next.row, &args.time, "这一期出现了两次");
            }
        }
        series.push(Series {
            name: name.clone(),
            points: own.iter().map(|point| (point.time, point.value)).collect(),
            counts: own.iter().filter_map(|point| point.count).collect(),
        });
    }
    findings.done(series)
}

fn points(args: &Args, data: &Sheet, times: &[f64], findings: &mut Findings) -> Vec<Point> {
    let table = &data.table;
    let (Some(x), Some(n)) = (&args.x, &args.n) else {
        let values = findings.numbers(table, &args.value);
        let rows = times.iter().zip(values).enumerate();
        return rows
            .filter_map(|(row, (time, value))| value.map(|value| Point { row, time: *time, value, count: None }))
            .collect();
    };
    let (favourable, answers) = (findings.optional_counts(table, x), findings.optional_counts(table, n));
    let complete = findings.problems.is_empty();
    let mut points = Vec::new();
    for (row, ((time, x_count), n_count)) in times.iter().zip(favourable).zip(answers).enumerate() {
        let (x_count, n_count) = match (x_count, n_count) {
            (Some(x_count), Some(n_count)) => (x_count, n_count),
            (None, None) => continue,
            (None, _) | (_, None) if !complete => continue,
            (None, Some(_)) => {
                findings.refuse(table, row, x, "有分母而没有分子");
                continue;
            }
            (Some(_), None) => {
                findings.refuse(table, row, n, "有分子而没有分母");
                continue;
            }
        };
        match Count::new(row, x_count, n_count) {
            Ok(count) => points.extend(count.rate().map(|value| Point { row, time: *time, value, count: Some(count) })),
            Err(_) => findings.refuse(table, row, x, &format!("分子不能大于分母 {n_count}")),
        }
    }
    points
}
