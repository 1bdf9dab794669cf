//! Paragraphs: indents, spacing and borders.

use super::run::Type;
use std::fmt::Write as _;

/// Width of a character on the grid: 16 pt with −0.207 pt tracking.
pub const CHARACTER: f64 = 315.86;

/// How a paragraph stands. Indents in characters of the text size.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shape {
    /// Style id in `styles.xml`; empty is the text.
    pub style: &'static str,
    /// `both` when empty, else `left`, `center`, `right`.
    pub align: &'static str,
    /// First line in.
    pub first: f64,
    /// First line out.
    pub hanging: f64,
    /// From the left.
    pub left: f64,
    /// From the right.
    pub right: f64,
    /// Begins a page.
    pub new_page: bool,
    /// Stays with the next paragraph.
    pub keep: bool,
    /// Outline level from 0 for headings, for the navigation pane.
    pub outline: Option<u8>,
    /// More of `w:pPr`, already XML, in schema order between indents and alignment.
    pub before_indent: &'static str,
}

impl Shape {
    /// A paragraph of text: first line two characters in.
    pub fn text() -> Self {
        Self { first: 2.0, ..Self::default() }
    }

    /// Flush left.
    pub fn left() -> Self {
        Self { align: "left", ..Self::default() }
    }

    /// Centred.
    pub fn centre() -> Self {
        Self { align: "center", ..Self::default() }
    }

    /// `w:pPr`.
    pub fn properties(&self) -> String {
        let mut out = String::from("<w:pPr>");
        if !self.style.is_empty() {
            let _ = write!(out, "<w:pStyle w:val=\"{}\"/>", self.style);
        }
        if self.keep {
            out.push_str("<w:keepNext/>");
        }
        if self.new_page {
            out.push_str("<w:pageBreakBefore/>");
        }
        out.push_str(self.before_indent);
        out.push_str(&self.indents());
        if !self.align.is_empty() {
            let _ = write!(out, "<w:jc w:val=\"{}\"/>", self.align);
        }
        if let Some(level) = self.outline {
            let _ = write!(out, "<w:outlineLvl w:val=\"{level}\"/>");
        }
        out.push_str("</w:pPr>");
        out
    }

    #[expect(clippy::cast_possible_truncation, reason = "indents are a few characters")]
    fn indents(&self) -> String {
        let mut out = String::new();
        for (name, value) in
            [("left", self.left), ("right", self.right), ("firstLine", self.first), ("hanging", self.hanging)]
        {
            if value > 0.0 {
                let (hundredths, twips) = ((value * 100.0).round() as i64, (value * CHARACTER).round() as i64);
                let _ = write!(out, " w:{name}Chars=\"{hundredths}\" w:{name}=\"{twips}\"");
            }
        }
        if out.is_empty() { out } else { format!("<w:ind{out}/>") }
    }
}

/// A paragraph of runs.
pub fn paragraph(shape: &Shape, runs: &str) -> String {
    format!("<w:p>{}{runs}</w:p>", shape.properties())
}

/// An empty line of the grid.
pub fn blank() -> String {
    "<w:p/>".to_owned()
}

/// A paragraph of plain words.
pub fn words(shape: &Shape, text: &str, style: Type) -> String {
    paragraph(shape, &super::run::text(text, style))
}
