//! `yanpan trend`: does a series rise or fall, by how much a period, and did a rate change.

mod series;

use crate::Report;
use crate::cells::share;
use crate::results::{Columns, Destination, Source, extend, summary, warn};
use serde_json::{Value, json};
use series::Series;
use yanpan_kernel::problem::Problem;
use yanpan_statistics::surveys::distributions::normal_quantile;
use yanpan_statistics::surveys::rates::{Count, Interval, newcombe};
use yanpan_statistics::surveys::trends::{LeastSquares, MannKendall, TheilSen, least_squares, mann_kendall, theil_sen};

/// Words of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "例 / Example:\n  yanpan trend --input yearly.csv --time year --value rate --output trend.csv\n  率的序列: yanpan trend --input yearly.csv --time year --x satisfied --n answers --group school"
)]
pub struct Args {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    destination: Destination,
    /// 时间列 / Column of times
    #[arg(long, default_value = "time")]
    time: String,
    /// 数值列 / Column of values
    #[arg(long, default_value = "value")]
    value: String,
    /// 率的分子列 / Column of the numerator of a rate
    #[arg(long, value_name = "COLUMN", requires = "n")]
    x: Option<String>,
    /// 率的分母列 / Column of the denominator of a rate
    #[arg(long, value_name = "COLUMN", requires = "x")]
    n: Option<String>,
    /// 分组列,一组一条序列 / Column of groups, one series each
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,
    /// 区间的置信水平 / Level of the intervals
    #[arg(long, default_value_t = 0.95)]
    level: f64,
}

/// One series' answers; `None` where it is too short.
struct Trend {
    kendall: Option<MannKendall>,
    sen: Option<TheilSen>,
    line: Option<LeastSquares>,
    /// Last rate minus first.
    change: Option<(f64, Interval)>,
}

/// Runs the command.
pub fn run(args: Args, progress: bool) -> Result<Report, Vec<Problem>> {
    share(args.level, "level")?;
    let data = args.source.read()?;
    let series = series::read(&args, &data)?;
    let trends: Vec<Trend> = series.iter().map(|series| trend(series, args.level)).collect();
    let parameters = json!({
        "time": args.time, "value": args.value, "x": args.x, "n": args.n, "group": args.group, "level": args.level,
    });
    let mut report = summary("trend", parameters, &data.sha256);
    let named = series.iter().zip(&trends).map(|(series, trend)| (series.name.clone(), members(trend)));
    match (&args.group, trends.first()) {
        (None, Some(trend)) => extend(&mut report, members(trend)),
        _ => extend(&mut report, json!({ "series": named.collect::<serde_json::Map<_, _>>() })),
    }
    for series in series.iter().filter(|series| series.points.len() < 3) {
        warn(&mut report, format!("「{}」只有 {} 期有数,不作趋势检验", series.name, series.points.len()));
    }
    for (series, trend) in series.iter().zip(&trends) {
        if trend.line.and_then(|line| line.residual_lag1).is_some_and(|correlation| correlation > 0.5) {
            warn(&mut report, format!("「{}」相邻各期的残差高度相关:p 值偏小", series.name));
        }
    }
    args.destination.write(&table(&series, &trends), &report, progress)?;
    Ok(report)
}

fn trend(series: &Series, level: f64) -> Trend {
    let values: Vec<f64> = series.points.iter().map(|(_, value)| *value).collect();
    let z = normal_quantile(0.5 + 0.5 * level);
    let ends = series.counts.last().zip(series.counts.first());
    let change = |last: Count, first: Count| {
        let difference = last.rate()? - first.rate()?;
        newcombe(last, first, z).map(|interval| (difference, interval))
    };
    Trend {
        kendall: mann_kendall(&values).ok(),
        sen: theil_sen(&series.points, level).ok().filter(|_| values.len() > 2),
        line: least_squares(&series.points, level).ok().filter(|_| values.len() > 2),
        change: ends.filter(|_| series.counts.len() > 1).and_then(|(last, first)| change(*last, *first)),
    }
}

fn members(trend: &Trend) -> Value {
    let change = trend
        .change
        .map(|(difference, interval)| json!({ "diff": difference, "diff_lo": interval.low, "diff_hi": interval.high }));
    json!({ "mann_kendall": trend.kendall, "theil_sen": trend.sen, "ols": trend.line, "change_of_rate": change })
}

fn table(series: &[Series], trends: &[Trend]) -> Columns {
    let mut table = Columns::default();
    let kendall = |pick: fn(&MannKendall) -> f64| trends.iter().map(move |trend| trend.kendall.as_ref().map(pick));
    let sen = |pick: fn(&TheilSen) -> f64| trends.iter().map(move |trend| trend.sen.as_ref().map(pick));
    let line =
        |pick: fn(&LeastSquares) -> Option<f64>| trends.iter().map(move |trend| trend.line.as_ref().and_then(pick));
    table.add("series", series.iter().map(|series| series.name.as_str()));
    table.add("n", series.iter().map(|series| series.points.len()));
    table.add("S", kendall(|found| found.s));
    table.add("varS", kendall(|found| found.variance));
    table.add("tau", kendall(|found| found.tau));
    table.add("z", kendall(|found| found.z));
    table.add("p", kendall(|found| found.p));
    table.add("p_exact", trends.iter().map(|trend| trend.kendall.and_then(|found| found.p_exact)));
    table.add("sen_slope", sen(|found| found.slope));
    table.add("sen_lo", sen(|found| found.slope_lo));
    table.add("sen_hi", sen(|found| found.slope_hi));
    table.add("sen_intercept", sen(|found| found.intercept));
    table.add("ols_slope", line(|found| Some(found.slope)));
    table.add("ols_se", line(|found| found.se));
    table.add("ols_lo", line(|found| found.slope_lo));
    table.add("ols_hi", line(|found| found.slope_hi));
    table.add("ols_p", line(|found| found.p));
    table.add("ols_intercept", line(|found| Some(found.intercept)));
    table.add("diff", trends.iter().map(|trend| trend.change.map(|change| change.0)));
    table.add("diff_lo", trends.iter().map(|trend| trend.change.map(|change| change.1.low)));
    table.add("diff_hi", trends.iter().map(|trend| trend.change.map(|change| change.1.high)));
    table
}
