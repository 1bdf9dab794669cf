//! The page the tables go into, and how a share is written.

use std::path::Path;
use yanpan_kernel::problem::{FILE_UNREADABLE, Problem};
use yanpan_statistics::detection::evaluation::{Measures, Share};

/// The marks between which the measured part of a page stands.
const MARKS: [&str; 2] = ["<!-- measured:begin -->\n", "<!-- measured:end -->"];

/// Writes the text between the marks of the page, or as the whole page when it has none.
///
/// # Errors
/// The file cannot be written.
pub(super) fn put(path: &Path, text: &str) -> Result<(), Vec<Problem>> {
    let old = std::fs::read_to_string(path).unwrap_or_default();
    let [begin, end] = MARKS;
    let new = match (old.split_once(begin), old.split_once(end)) {
        (Some((before, _)), Some((_, after))) => format!("{before}{begin}{text}{end}{after}"),
        _ => text.to_owned(),
    };
    write(path, &new)
}

/// Writes a file.
///
/// # Errors
/// The file cannot be written.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Vec<Problem>> {
    let file = path.display().to_string();
    let unwritable = |error| vec![Problem::new(&FILE_UNREADABLE, &[("file", &file), ("reason", &error)])];
    std::fs::write(path, text).map_err(unwritable)
}

/// A share in per cent with its interval.
pub(super) fn percent(share: Share, digits: usize) -> String {
    let (low, high) = share.interval();
    let [value, low, high] = [share.value(), low, high].map(|part| format!("{:.digits$}", 100.0 * part));
    if share.of > 0.0 { format!("{value} [{low}, {high}]") } else { "—".to_owned() }
}

/// Head of a comparison.
pub(super) const COMPARISON: &str = "| 方法 | 发现率 % [95 %] | 1 / 3 / 7 日内 % | 延迟(日) | PPV % [95 %] | 每千单位每日误报 [95 %] |\n|---|---|---|---|---|---|\n";

/// A line of a comparison.
pub(super) fn line(name: &str, found: &Measures) -> String {
    let [one, three, seven] = found.within.map(|share| 100.0 * share);
    if found.false_rate.of == 0.0 {
        return format!("| {name} | 历史不够长 | — | — | — | — |\n");
    }
    let (low, high) = found.false_rate.interval();
    let delay = if found.delay.is_nan() { "—".to_owned() } else { format!("{:.1}", found.delay) };
    format!(
        "| {name} | {} | {one:.0} / {three:.0} / {seven:.0} | {delay} | {} | {:.1} [{:.1}, {:.1}] |\n",
        percent(found.detected, 0),
        percent(found.precision, 0),
        1000.0 * found.false_rate.value(),
        1000.0 * low,
        1000.0 * high,
    )
}
