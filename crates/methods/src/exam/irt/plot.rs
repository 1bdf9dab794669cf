//! An item's page: the curve with what was observed, and the information.

use super::super::items::Loaded;
use super::Analysis;
use crate::results::write_file;
use std::fmt::Write;
use std::path::Path;
use yanpan_kernel::problem::Problem;
use yanpan_statistics::exams::irt::{Item, expected_counts, information};

/// Distance on θ of the points beside the curve.
const APART: f64 = 0.6;

/// Fewest expected pupils at a point.
const FEWEST: f64 = 5.0;

/// Plot area of one panel in pixels.
struct Panel {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    most: f64,
}

impl Panel {
    fn at(&self, theta: f64, value: f64) -> (f64, f64) {
        let x = self.left + (theta + 4.0) / 8.0 * self.width;
        (x, self.top + self.height * (1.0 - (value / self.most).clamp(0.0, 1.0)))
    }

    fn frame(&self, title: &str, out: &mut String) {
        let Self { left, top, width, height, most } = self;
        let _ = write!(
            out,
            r##"<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="none" stroke="#bbb"/>"##
        );
        let _ = write!(out, r#"<text x="{left}" y="{}">{title}</text>"#, top - 8.0);
        for tick in [-4.0, -2.0, 0.0, 2.0, 4.0] {
            let (x, _) = self.at(tick, 0.0);
            let _ = write!(out, r#"<text x="{x:.1}" y="{}" text-anchor="middle">{tick}</text>"#, top + height + 16.0);
        }
        for part in [0.0, 0.5, 1.0] {
            let (_, y) = self.at(0.0, part * most);
            let label = format!("{:.2}", part * most);
            let _ = write!(out, r#"<text x="{}" y="{:.1}" text-anchor="end">{label}</text>"#, left - 6.0, y + 4.0);
        }
    }

    fn line(&self, curve: impl Fn(f64) -> f64, dash: &str, out: &mut String) {
        let points: Vec<String> = (0..=80)
            .map(|step| f64::from(step) / 10.0 - 4.0)
            .map(|theta| self.at(theta, curve(theta)))
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        let points = points.join(" ");
        let _ = write!(out, r##"<polyline points="{points}" fill="none" stroke="#1f5fa8" stroke-width="2"{dash}/>"##);
    }
}

/// Writes one SVG per item into `folder`.
///
/// # Errors
/// A file cannot be written.
pub fn write(folder: &Path, loaded: &Loaded, analysis: &Analysis) -> Result<(), Vec<Problem>> {
    let nodes = &analysis.settings.nodes;
    let counts = expected_counts(&analysis.responses, &analysis.fit, nodes);
    for (index, (column, item)) in analysis.responses.columns.iter().zip(&analysis.fit.items).enumerate() {
        let name = loaded.matrix.names.get(*column).map_or("", String::as_str);
        let safe: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        let path = folder.join(format!("{}-{safe}.svg", column + 1));
        write_file(
            &path,
            page(
                &Subject {
                    name,
                    index,
                    item,
                    points: observed(counts.get(index).map_or(&[], Vec::as_slice), item, &nodes.points),
                },
                analysis,
            )
            .as_bytes(),
        )?;
    }
    Ok(())
}

fn probabilities(item: &Item, theta: f64) -> Vec<f64> {
    let mut logs = vec![0.0; item.categories];
    item.log_probabilities(theta, &mut logs);
    logs.iter().map(|log| log.exp()).collect()
}

fn rate(item: &Item, theta: f64) -> f64 {
    let top = (item.categories - 1) as f64;
    probabilities(item, theta).iter().enumerate().map(|(k, p)| k as f64 * p).sum::<f64>() / top
}

/// The item of a page, and its points.
struct Subject<'a> {
    name: &'a str,
    index: usize,
    item: &'a Item,
    points: Vec<(f64, f64, f64)>,
}

fn page(subject: &Subject, analysis: &Analysis) -> String {
    let Subject { name, index, item, points } = subject;
    let mut out = String::from(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 330" font-family="sans-serif" font-size="12">"#,
    );
    let escaped = name.replace('&', "&amp;").replace('<', "&lt;");
    let difficulties: Vec<String> = item.difficulties().iter().map(|b| format!("{b:.2}")).collect();
    let fit = analysis
        .item_fit
        .as_ref()
        .and_then(|rows| rows.get(*index))
        .and_then(|row| row.p.map(|p| format!(",S-X² = {:.2}(df {},p = {p:.3})", row.statistic, row.degrees)));
    let title = format!("{escaped}:{} a = {:.2},b = {}", item.model.name(), item.slope(), difficulties.join("、"));
    let _ = write!(out, r#"<text x="50" y="22" font-size="14">{title}{}</text>"#, fit.unwrap_or_default());
    let curve = Panel { left: 50.0, top: 60.0, width: 310.0, height: 220.0, most: 1.0 };
    curve.frame("得分率:模型(线)与作答(点,95% 区间)", &mut out);
    curve.line(|theta| rate(item, theta), "", &mut out);
    if item.categories > 2 {
        for category in 0..item.categories {
            let probability = |theta: f64| probabilities(item, theta).get(category).copied().unwrap_or(0.0);
            curve.line(probability, r#" stroke-dasharray="3 4" stroke-opacity="0.5""#, &mut out);
        }
    }
    for (theta, mean, half) in points.iter().copied() {
        let ((x, y), (_, low), (_, high)) =
            (curve.at(theta, mean), curve.at(theta, mean - half), curve.at(theta, mean + half));
        let _ = write!(out, r##"<line x1="{x:.1}" x2="{x:.1}" y1="{low:.1}" y2="{high:.1}" stroke="#333"/>"##);
        let _ = write!(out, r##"<circle cx="{x:.1}" cy="{y:.1}" r="3" fill="#333"/>"##);
    }
    let most = (0..=80).map(|step| information(item, f64::from(step) / 10.0 - 4.0)).fold(0.1, f64::max);
    let panel = Panel { left: 430.0, top: 60.0, width: 310.0, height: 220.0, most };
    panel.frame("信息量", &mut out);
    panel.line(|theta| information(item, theta), "", &mut out);
    out.push_str(r#"<text x="205" y="318" text-anchor="middle">能力 θ</text><text x="585" y="318" text-anchor="middle">能力 θ</text></svg>"#);
    out.push('\n');
    out
}

/// θ, expected score ÷ full mark from the responses, and half its 95 % interval, for nodes a group apart.
fn observed(counts: &[f64], item: &Item, points: &[f64]) -> Vec<(f64, f64, f64)> {
    let nodes = points.len();
    let top = (item.categories - 1) as f64;
    let step = points.get(1).zip(points.first()).map_or(1.0, |(next, first)| next - first);
    let width = ((APART / step).round() as usize).max(1);
    let mut out = Vec::new();
    for start in (0..nodes).step_by(width) {
        let (mut n, mut thetas, mut parts, mut squares) = (0.0, 0.0, 0.0, 0.0);
        for node in start..nodes.min(start + width) {
            for category in 0..item.categories {
                let count = counts.get(category * nodes + node).copied().unwrap_or(0.0);
                let part = category as f64 / top;
                n += count;
                thetas += count * points.get(node).copied().unwrap_or(0.0);
                parts += count * part;
                squares += count * part * part;
            }
        }
        let theta = thetas / n;
        if n >= FEWEST && theta.abs() < 4.0 {
            let mean = parts / n;
            out.push((theta, mean, 1.96 * ((squares / n - mean * mean).max(0.0) / n).sqrt()));
        }
    }
    out
}
