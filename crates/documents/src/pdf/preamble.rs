//! Page, grid and types as Typst rules.

use super::content::quoted;
use crate::fonts::{Fonts, Role};
use crate::model::Document;
use crate::statement::Provenance;

/// The grid: `zi` is the width of a character (156 mm ÷ 28), `row` the height of a line (225 mm ÷ 22). A line is as high as the
/// grid whatever its font, with the middle of the characters in its middle: an em box reaches from −0.12 to 0.88.
const RULES: &str = r##"
#let zi = 156mm / 28
#let row = 225mm / 22
#let edges(size) = (top-edge: row / 2 + 0.38 * size, bottom-edge: -(row / 2 - 0.38 * size))
#set page(width: 210mm, height: 297mm, margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm), header: none,
  footer-descent: 7mm - 7pt, footer: context {
  set text(font: song, size: 14pt, tracking: 0pt, top-edge: 0.88em, bottom-edge: -0.12em)
  let number = [— #counter(page).display() —]
  if calc.odd(here().page()) { align(right, pad(right: 14pt, number)) } else { align(left, pad(left: 14pt, number)) }
})
#set text(font: fang, size: 16pt, lang: "zh", region: "cn", tracking: zi - 16pt, cjk-latin-spacing: none, ..edges(16pt))
#set par(leading: 0pt, spacing: 0pt, justify: true, linebreaks: "simple", first-line-indent: (amount: 2 * zi, all: true))
#set block(spacing: 0pt)
#set list(spacing: 0pt)
#let flush(body) = par(first-line-indent: 0pt, body)
#let hei(body) = text(font: black, body)
#let kai(body) = text(font: regular, body)
#let blank() = block(height: row)
#let title(body) = block(width: 100%, align(center, par(first-line-indent: 0pt, justify: false,
  text(font: song-title, size: 22pt, weight: title-weight, tracking: 0pt, ..edges(22pt), body))))
#let caption(body) = block(width: 100%, sticky: true, align(center, flush(text(font: black, size: 14pt, tracking: 0pt, ..edges(14pt), body))))
#let hanging(left, out, body) = pad(left: (left - out) * zi, par(first-line-indent: 0pt, hanging-indent: out * zi, justify: false, body))
#let right-in(chars, body) = align(right, pad(right: chars * zi, flush(body)))
#let cells(size, body) = {
  set text(size: size, tracking: 0pt, top-edge: 0.88em, bottom-edge: -0.12em)
  set par(leading: 0.35em, spacing: 0.35em, justify: false, first-line-indent: 0pt)
  set table(stroke: 0.5pt, inset: (x: 1mm, y: 1.7mm))
  set table.cell(breakable: false)
  body
}
#let lying(body) = page(width: 297mm, height: 210mm, margin: (top: 28mm, left: 37mm, right: 35mm, bottom: 26mm), body)
"##;

/// The rules with this document's properties and these fonts.
pub fn of(document: &Document, provenance: &Provenance, fonts: &Fonts) -> String {
    let list = |role| {
        let families: Vec<String> = fonts.families(role).iter().map(|family| quoted(family)).collect();
        format!("({},)", families.join(","))
    };
    let author = document.signature.as_ref().map_or(provenance.made_by.as_str(), |signature| &signature.name);
    let substitutions: Vec<String> = fonts.substitutions().iter().map(ToString::to_string).collect();
    let own = fonts.substitutions().iter().all(|substitution| substitution.wanted != Role::Title.wanted());
    format!(
        "#set document(title: {}, author: {}, description: {})\n#let fang = {}\n#let black = {}\n#let regular = {}\n#let song = {}\n\
         #let song-title = {}\n#let title-weight = {}\n{RULES}",
        quoted(&document.title),
        quoted(author),
        quoted(&substitutions.join("\u{FF1B}")),
        list(Role::Text),
        list(Role::Bold),
        list(Role::Kai),
        list(Role::Song),
        list(Role::Title),
        if own { "400" } else { "700" },
    )
}
