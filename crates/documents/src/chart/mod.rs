//! Charts: bars and lines as small SVG pictures that keep their meaning on a grey printer, and as PNG for DOCX.

mod axis;
mod marks;
mod raster;

pub use raster::png;

use crate::model::{Chart, ChartKind};
use axis::Scale;
use quick_xml::escape::escape;
use std::fmt::Write as _;

/// Width of the picture on paper in mm.
pub const WIDTH: u32 = 150;
/// Height of the picture on paper in mm.
pub const HEIGHT: u32 = 68;

/// Units of the drawing per mm.
const UNIT: f64 = 4.0;
/// Where the axes stand.
const LEFT: f64 = 44.0;
const RIGHT: f64 = 592.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 240.0;

/// The picture of a chart. `family` is the font of its labels.
#[must_use]
pub fn svg(chart: &Chart, family: &str) -> String {
    let (width, height) = (f64::from(WIDTH) * UNIT, f64::from(HEIGHT) * UNIT);
    let values =
        || chart.series.iter().flat_map(|series| series.values.iter().filter_map(crate::figure::Exact::approximate));
    let scale = Scale::of(values());
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{WIDTH}mm\" height=\"{HEIGHT}mm\" \
         font-family=\"{}\" font-size=\"13\">{}<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>",
        escape(family),
        marks::PATTERNS
    );
    grid(&mut out, chart, &scale);
    legend(&mut out, chart);
    match chart.kind {
        ChartKind::Bar => bars(&mut out, chart, &scale),
        ChartKind::Line => lines(&mut out, chart, &scale),
    }
    out.push_str("</svg>");
    out
}

/// Text at a place; `anchor` is `start`, `middle` or `end`.
fn words(out: &mut String, at: (f64, f64), anchor: &str, text: &str) {
    let _ = write!(out, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>", at.0, at.1, escape(text));
}

/// The middle of a label's share of the axis.
fn middle(chart: &Chart, at: usize) -> f64 {
    LEFT + step(chart) * (count(at) + 0.5)
}

fn step(chart: &Chart) -> f64 {
    (RIGHT - LEFT) / count(chart.labels.len().max(1))
}

#[expect(clippy::cast_precision_loss, reason = "labels and series are few")]
fn count(number: usize) -> f64 {
    number as f64
}

fn grid(out: &mut String, chart: &Chart, scale: &Scale) {
    let percent = chart.series.iter().flat_map(|series| &series.shown).any(|shown| shown.ends_with('%'));
    for tick in scale.ticks() {
        let y = scale.place(tick, TOP, BOTTOM);
        let _ = write!(out, "<path d=\"M{LEFT} {y:.1}H{RIGHT}\" stroke=\"#bbb\" stroke-width=\"0.6\"/>");
        words(out, (LEFT - 6.0, y + 4.5), "end", &scale.label(tick, percent));
    }
    let zero = scale.place(0.0, TOP, BOTTOM);
    let _ = write!(out, "<path d=\"M{LEFT} {zero:.1}H{RIGHT}\" stroke=\"#000\" stroke-width=\"1\"/>");
    // Crowded labels are thinned out: the axis keeps about one per 40 units.
    let every = (chart.labels.len() * 40).div_ceil(540).max(1);
    for (at, label) in chart.labels.iter().enumerate().step_by(every) {
        let short: String = label.chars().take(8).collect();
        words(out, (middle(chart, at), BOTTOM + 18.0), "middle", &short);
    }
}

fn legend(out: &mut String, chart: &Chart) {
    let mut x = RIGHT;
    for (at, series) in chart.series.iter().enumerate().rev() {
        x -= crate::model::em(&series.name) * 13.0;
        words(out, (x, 18.0), "start", &series.name);
        x -= 26.0;
        match chart.kind {
            ChartKind::Bar => {
                let _ = write!(out, "<rect x=\"{x:.1}\" y=\"7\" width=\"20\" height=\"12\" {}/>", marks::fill(at));
            }
            ChartKind::Line => {
                let _ = write!(out, "<path d=\"M{x:.1} 13h20\" fill=\"none\" {}/>", marks::stroke(at));
                out.push_str(&marks::point(at, (x + 10.0, 13.0)));
            }
        }
        x -= 16.0;
    }
}

fn bars(out: &mut String, chart: &Chart, scale: &Scale) {
    let series_count = count(chart.series.len().max(1));
    let width = (step(chart) * 0.72 / series_count).min(46.0);
    let zero = scale.place(0.0, TOP, BOTTOM);
    let labelled = width >= 14.0;
    for (at, series) in chart.series.iter().enumerate() {
        for (place, (value, shown)) in series.values.iter().zip(&series.shown).enumerate() {
            let Some(value) = value.approximate() else { continue };
            let x = middle(chart, place) + width * (count(at) - series_count / 2.0);
            let y = scale.place(value, TOP, BOTTOM);
            let (top, height) = (y.min(zero), (y - zero).abs());
            // A bar of nought has its label and no mark.
            if height >= 0.05 {
                let _ = write!(
                    out,
                    "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" {}/>",
                    marks::fill(at)
                );
            }
            if labelled {
                words(out, (x + width / 2.0, top - 4.0), "middle", shown);
            }
        }
    }
}

fn lines(out: &mut String, chart: &Chart, scale: &Scale) {
    for (at, series) in chart.series.iter().enumerate() {
        let (mut path, mut pen_down) = (String::new(), false);
        for (place, value) in series.values.iter().enumerate() {
            // A missing value breaks the line: 0 is not missing.
            let Some(value) = value.approximate() else {
                pen_down = false;
                continue;
            };
            let (x, y) = (middle(chart, place), scale.place(value, TOP, BOTTOM));
            let _ = write!(path, "{}{x:.1} {y:.1}", if pen_down { 'L' } else { 'M' });
            pen_down = true;
        }
        let _ = write!(out, "<path d=\"{path}\" fill=\"none\" {}/>", marks::stroke(at));
        for (place, (value, shown)) in series.values.iter().zip(&series.shown).enumerate() {
            let Some(value) = value.approximate() else { continue };
            let (x, y) = (middle(chart, place), scale.place(value, TOP, BOTTOM));
            out.push_str(&marks::point(at, (x, y)));
            if chart.labels.len() <= 13 && chart.series.len() <= 2 {
                words(out, (x, if at == 0 { y - 8.0 } else { y + 18.0 }), "middle", shown);
            }
        }
    }
}

#[cfg(test)]
mod tests;
