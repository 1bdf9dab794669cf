//! The table of judgements: `t,unit,observed,upperbound,alarm,expected,score,pvalue,…,reason`, 17 significant digits.

use super::counts::Panel;
use crate::Report;
use std::io::{BufWriter, Write};
use std::path::Path;
use yanpan_kernel::problem::{FILE_UNREADABLE, Problem};
use yanpan_statistics::detection::{Judgement, Reason, Verdicts};

/// Writes the table and returns the counts of the report.
///
/// # Errors
/// The file cannot be written.
pub(super) fn write(path: &Path, panel: &Panel, all: &[Verdicts]) -> Result<Report, Vec<Problem>> {
    let file = path.display().to_string();
    let unwritable =
        |error: std::io::Error| vec![Problem::new(&FILE_UNREADABLE, &[("file", &file), ("reason", &error)])];
    let mut out = BufWriter::new(std::fs::File::create(path).map_err(unwritable)?);
    let tally = rows(&mut out, panel, all).and_then(|tally| out.flush().map(|()| tally)).map_err(unwritable)?;
    let mut report = Report::new();
    for (name, number) in ["rows", "alarms", "undecided"].into_iter().zip(tally) {
        report.insert(name.to_owned(), number.into());
    }
    Ok(report)
}

/// Writes header and rows; gives rows, alarms and undecided points.
fn rows(out: &mut impl Write, panel: &Panel, all: &[Verdicts]) -> std::io::Result<[u64; 3]> {
    write!(out, "t,unit,observed,upperbound,alarm,expected,score,pvalue")?;
    for extra in all.first().map_or(&[][..], |verdicts| verdicts.extras.as_slice()) {
        write!(out, ",{}", extra.name)?;
    }
    writeln!(out, ",reason")?;
    let mut tally = [0; 3];
    for (unit, verdicts) in panel.grid.units.iter().zip(all) {
        let unit = quoted(unit);
        for (place, point) in verdicts.points.iter().enumerate() {
            let [rows, alarms, undecided] = &mut tally;
            *rows += 1;
            *alarms += u64::from(point.alarm == Some(true));
            *undecided += u64::from(point.alarm.is_none());
            let time = panel.grid.times.get(point.index).copied().unwrap_or(f64::NAN);
            write!(out, "{},{unit},{}", number(time), common(point))?;
            for extra in &verdicts.extras {
                write!(out, ",{}", number(extra.values.get(place).copied().unwrap_or(f64::NAN)))?;
            }
            writeln!(out, ",{}", point.reason.map_or("", reason))?;
        }
    }
    Ok(tally)
}

/// The common columns from `observed` on.
fn common(point: &Judgement) -> String {
    let alarm = point.alarm.map_or("NA", |alarm| if alarm { "1" } else { "0" });
    let [observed, upper, expected, score, pvalue] =
        [point.observed, point.upperbound, point.expected, point.score, point.pvalue].map(number);
    format!("{observed},{upper},{alarm},{expected},{score},{pvalue}")
}

/// Why a point lacks a number or a decision.
fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::MissingToday => "当日缺报",
        Reason::MissingBaseline => "基线缺报过多",
        Reason::MissingRecent => "近期缺报",
        Reason::NoSpread => "基线没有离散",
        Reason::TooFewCases => "近期病例太少",
        Reason::NotConverged => "回归不收敛",
        Reason::NotFinite => "期望数不是有限数",
        Reason::NoMean => "受控均数为零或不明",
        Reason::NoSchool => "非上学日",
    }
}

/// A field of CSV, quoted where it must be.
pub(super) fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

/// 17 significant digits as C's `%.17g` writes them; NA for what does not exist, Inf and -Inf.
pub(super) fn number(x: f64) -> String {
    if x.is_nan() {
        return "NA".to_owned();
    }
    if x.is_infinite() {
        return if x > 0.0 { "Inf" } else { "-Inf" }.to_owned();
    }
    if x == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{x:.16e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..17).contains(&exponent) {
        return trimmed(&format!("{x:.*}", usize::try_from(16 - exponent).unwrap_or(0))).to_owned();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}e{sign}{:02}", trimmed(mantissa), exponent.abs())
}

/// A decimal number without trailing zeros.
fn trimmed(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

#[cfg(test)]
mod tests {
    //! The format of numbers.

    use super::number;

    #[test]
    fn numbers_have_seventeen_significant_digits() {
        let cases =
            ["8.1295581573525535", "0.10000000000000001", "100", "2.4212834056701248e+85", "-2.3395849430284542e-09"];
        for text in cases {
            assert_eq!(number(text.parse().unwrap()), text);
        }
        assert_eq!([number(f64::NAN), number(f64::INFINITY)], ["NA", "Inf"]);
    }
}
