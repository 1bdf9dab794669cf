//! Fills, strokes and points that differ without colour.

/// Hatching for the third and fourth series.
pub const PATTERNS: &str = "<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
    <rect width=\"6\" height=\"6\" fill=\"#fff\"/><path d=\"M0 6L6 0\" stroke=\"#000\" stroke-width=\"1\"/></pattern>\
    <pattern id=\"dots\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\"><rect width=\"5\" height=\"5\" fill=\"#fff\"/>\
    <circle cx=\"2.5\" cy=\"2.5\" r=\"1\" fill=\"#000\"/></pattern></defs>";

/// The fill of the series at a place: dark, light, hatched, dotted.
pub fn fill(at: usize) -> String {
    let fill = ["#3b4a5a", "#d5dbe1", "url(#hatch)", "url(#dots)"].into_iter().cycle().nth(at % 4).unwrap_or("#999");
    format!("fill=\"{fill}\" stroke=\"#222\" stroke-width=\"0.8\"")
}

/// The stroke of a line: solid, dashed, dotted, dash-dotted.
pub fn stroke(at: usize) -> String {
    let dashes = ["none", "8 4", "2 3", "8 3 2 3"].into_iter().cycle().nth(at % 4).unwrap_or("none");
    format!("stroke=\"#222\" stroke-width=\"1.8\" stroke-dasharray=\"{dashes}\"")
}

/// The mark of a point: disc, square, triangle, ring.
pub fn point(at: usize, (x, y): (f64, f64)) -> String {
    match at % 4 {
        0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.6\" fill=\"#222\"/>"),
        1 => format!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"7\" height=\"7\" fill=\"#fff\" stroke=\"#222\"/>",
            x - 3.5,
            y - 3.5
        ),
        2 => format!("<path d=\"M{x:.1} {:.1}l4.5 8h-9z\" fill=\"#222\"/>", y - 4.5),
        _ => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.6\" fill=\"#fff\" stroke=\"#222\"/>"),
    }
}
