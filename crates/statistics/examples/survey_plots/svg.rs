//! A plot as SVG text: axes with ticks, lines, points and bars; system fonts, no outside address.

use std::fmt::Write;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 64.0;
const TOP: f64 = 44.0;
const RIGHT: f64 = 20.0;
const BOTTOM: f64 = 52.0;

/// A plot being drawn; ranges are those of the data.
pub struct Plot {
    x: (f64, f64),
    y: (f64, f64),
    body: String,
}

impl Plot {
    /// Axes with five ticks each, a title that is a sentence, and the names of the axes.
    pub fn new(title: &str, x: (&str, f64, f64), y: (&str, f64, f64)) -> Self {
        let mut plot = Self { x: (x.1, x.2), y: (y.1, y.2), body: String::new() };
        let bottom = HEIGHT - BOTTOM;
        plot.text((LEFT, 24.0), "start", 15, title);
        for step in 0..=4 {
            let share = f64::from(step) / 4.0;
            let (at_x, at_y) = (x.1 + share * (x.2 - x.1), y.1 + share * (y.2 - y.1));
            let (px, py) = plot.place(at_x, at_y);
            plot.text((px, bottom + 18.0), "middle", 12, &tick(at_x));
            plot.text((LEFT - 8.0, py + 4.0), "end", 12, &tick(at_y));
            let _ = write!(
                plot.body,
                "<line x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{py:.1}\" y2=\"{py:.1}\" stroke=\"#e3e3e3\"/>",
                WIDTH - RIGHT
            );
        }
        plot.text(((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12.0), "middle", 13, x.0);
        plot.text((LEFT, TOP - 6.0), "middle", 12, y.0);
        plot
    }

    fn place(&self, x: f64, y: f64) -> (f64, f64) {
        let across = (x - self.x.0) / (self.x.1 - self.x.0);
        let up = (y - self.y.0) / (self.y.1 - self.y.0);
        (LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM))
    }

    fn text(&mut self, (x, y): (f64, f64), anchor: &str, size: u32, text: &str) {
        let _ = write!(
            self.body,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" font-size=\"{size}\">{text}</text>"
        );
    }

    /// A polyline with a label at its end.
    pub fn line(&mut self, points: &[(f64, f64)], colour: &str, label: &str) {
        let path: Vec<String> =
            points.iter().map(|(x, y)| self.place(*x, *y)).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let _ = write!(
            self.body,
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\" points=\"{}\"/>",
            path.join(" ")
        );
        if let Some((x, y)) = points.last() {
            let (x, y) = self.place(*x, *y);
            self.text((x - 4.0, y - 6.0), "end", 12, label);
        }
    }

    /// Dots.
    pub fn dots(&mut self, points: &[(f64, f64)], colour: &str) {
        for (x, y) in points {
            let (x, y) = self.place(*x, *y);
            let _ = write!(self.body, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>");
        }
    }

    /// Vertical bars from low to high: intervals.
    pub fn bars(&mut self, bars: &[(f64, f64, f64)], colour: &str) {
        for (x, low, high) in bars {
            let ((x, low), (_, high)) = (self.place(*x, *low), self.place(*x, *high));
            let _ = write!(
                self.body,
                "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{low:.1}\" y2=\"{high:.1}\" stroke=\"{colour}\" stroke-width=\"3\"/>"
            );
        }
    }

    /// The finished file.
    pub fn finish(self) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"Noto Sans CJK SC, Microsoft YaHei, sans-serif\" fill=\"#222\"><rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>{}</svg>\n",
            self.body
        )
    }
}

fn tick(value: f64) -> String {
    if value.abs() >= 10.0 || value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}
