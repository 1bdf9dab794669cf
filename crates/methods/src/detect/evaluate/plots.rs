//! A plot of each method on one simulated series with an outbreak: counts, expectation, bound and alarms.

use super::page::write as put;
use super::roster::{Entry, roster};
use std::fmt::Write as _;
use std::path::Path;
use yanpan_kernel::problem::Problem;
use yanpan_statistics::detection::evaluation::{Cluster, Outbreak, Panel, Scenario, panel, simulate};
use yanpan_statistics::detection::scan::{Input, Statistic, by_margins, nearest_neighbours, run};
use yanpan_statistics::detection::{Judgement, Mode};

/// School days of a year.
const YEAR: usize = 260;
/// First day shown.
const FROM: usize = 5 * YEAR + 10;
/// Days shown.
const SHOWN: usize = 60;
/// Width, height and margin of a picture.
const SIZE: [f64; 3] = [640.0, 300.0, 44.0];

/// Writes one picture per method into a folder, and one of the scan.
///
/// # Errors
/// A file cannot be written.
pub(super) fn write(folder: &Path, seed: u64) -> Result<(), Vec<Problem>> {
    let scenario =
        Scenario { mean: 8.0, dispersion: 1.5, season: 0.3, monday: 1.1, term_start: 1.0, days: FROM + SHOWN };
    let trial = simulate(&scenario, FROM, Some(Outbreak { start: FROM + 35, size: 12.0 }), seed);
    let mut before = "";
    for entry in roster(YEAR, 5, true) {
        let again = if entry.name == before { "-seasons" } else { "" };
        let picture = picture(&entry, &entry.judged(&trial.counts, FROM, YEAR), &trial.ill);
        put(&folder.join(format!("detection-{}{again}.svg", entry.name)), &picture)?;
        before = entry.name;
    }
    put(&folder.join("detection-scan.svg"), &map(seed))
}

/// Counts as bars, outbreak days darker, bound and expectation as lines, alarms as triangles.
fn picture(entry: &Entry, points: &[Judgement], ill: &[bool]) -> String {
    let [width, height, margin] = SIZE;
    let highest = |value: fn(&Judgement) -> f64| points.iter().map(value).filter(|v| v.is_finite()).fold(1.0, f64::max);
    // a bound far above all counts leaves the picture, so that the bars can be seen
    let most = highest(|p| p.upperbound).min(1.6 * highest(|p| p.observed)).max(highest(|p| p.observed));
    let step = (width - 2.0 * margin) / points.len().max(1) as f64;
    let x = |at: usize| margin + (at as f64 + 0.5) * step;
    let y = |value: f64| height - margin - value.clamp(0.0, most) / most * (height - 2.0 * margin);
    let mut out = head(&format!("{}:{}", entry.name, entry.setting));
    for part in [0.0, 0.5, 1.0] {
        let (at, label) = (y(part * most), (part * most).round());
        let _ = write!(
            out,
            r##"<line x1="{margin}" x2="{}" y1="{at:.1}" y2="{at:.1}" stroke="#e3e3e3"/><text x="{}" y="{:.1}" text-anchor="end" font-size="12">{label}</text>"##,
            width - margin,
            margin - 6.0,
            at + 4.0
        );
    }
    for (at, point) in points.iter().enumerate() {
        let colour = if ill.get(point.index).is_some_and(|ill| *ill) { "#b3541e" } else { "#b9c7d6" };
        let (left, top) = (x(at) - 0.35 * step, y(point.observed));
        let _ = write!(
            out,
            r#"<rect x="{left:.1}" y="{top:.1}" width="{:.1}" height="{:.1}" fill="{colour}"/>"#,
            0.7 * step,
            height - margin - top
        );
        if point.alarm == Some(true) {
            let (cx, cy) = (x(at), top - 6.0);
            let _ = write!(out, r##"<path d="M{cx:.1} {:.1} l-5 -9 h10 z" fill="#c00"/>"##, cy);
        }
    }
    for (value, style) in [
        ((|p| p.upperbound) as fn(&Judgement) -> f64, r##"stroke="#1f5fa8" stroke-width="2""##),
        (|p| p.expected, r##"stroke="#555" stroke-dasharray="4 3""##),
    ] {
        let mut line = String::new();
        let mut pen = 'M';
        for (at, point) in points.iter().enumerate() {
            let value = value(point);
            if value.is_finite() && value <= most {
                let _ = write!(line, "{pen}{:.1} {:.1}", x(at), y(value));
                pen = 'L';
            } else {
                pen = 'M';
            }
        }
        let _ = write!(out, r#"<path d="{line}" fill="none" {style}/>"#);
    }
    let _ = write!(
        out,
        r#"<text x="{margin}" y="{}" font-size="12">60 个上学日:灰柱为日常病例,褐柱为含暴发的日子;实线报警界(高出图外不画),虚线期望数,红三角报警</text></svg>"#,
        height - 14.0
    );
    out
}

/// The districts' places, sized by cases of the last week, the best zone outlined.
fn map(seed: u64) -> String {
    let law = Panel { mean: 1.0, dispersion: 1.0, days: 42 };
    let (places, counts) = panel(&law, Some(Cluster { days: 3, factor: 5.0 }), seed);
    let zones = nearest_neighbours(&places, 8, 0.5);
    let week: Vec<f64> =
        (0..counts.places).map(|at| counts.values.iter().skip(at).step_by(counts.places).rev().take(3).sum()).collect();
    let baselines = by_margins(&counts);
    let input = Input {
        counts,
        baselines,
        overdispersion: None,
        zones: zones.clone(),
        max_duration: 7,
        estimated_from: None,
        mode: Mode::Correct,
    };
    let best = run(Statistic::Permutation, &input, None).ok().and_then(|scan| scan.windows.first().copied());
    let inside = best.and_then(|window| zones.get(window.zone)).cloned().unwrap_or_default();
    let mut out = head("时空置换扫描:圆的大小为近 3 日病例,红圈为最可能的聚集区");
    for (at, (place, cases)) in places.iter().zip(&week).enumerate() {
        let (cx, cy) = (80.0 + place.x * 95.0, 56.0 + place.y * 46.0);
        let edge = if inside.contains(&at) { r##"stroke="#c00" stroke-width="3""## } else { r##"stroke="#888""## };
        let _ = write!(
            out,
            r##"<circle cx="{cx:.1}" cy="{cy:.1}" r="{:.1}" fill="#b9c7d6" {edge}/><text x="{cx:.1}" y="{:.1}" font-size="11" text-anchor="middle">{cases}</text>"##,
            8.0 + 2.5 * cases.sqrt(),
            cy + 4.0
        );
    }
    let words = best.map_or(String::new(), |w| {
        format!("最可能的窗口:{} 个地点,最近 {} 日,对数似然比 {:.1}", inside.len(), w.duration, w.score)
    });
    let [_, height, margin] = SIZE;
    let _ = write!(out, r#"<text x="{margin}" y="{}" font-size="12">{words}</text></svg>"#, height - 14.0);
    out
}

/// The head of a picture with its title.
fn head(title: &str) -> String {
    let [width, height, margin] = SIZE;
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="Noto Sans CJK SC, Microsoft YaHei, sans-serif" fill="#222"><rect width="{width}" height="{height}" fill="#fff"/><text x="{margin}" y="24" font-size="15">{title}</text>"##
    )
}
