//! What the HTML writer promises: escaped text, figures that can be linked, nothing from outside.

use super::*;
use crate::figure::{Format, Parameters};
use crate::model::{Align, Paragraph};

#[test]
fn text_is_escaped_and_a_figure_carries_its_key_and_exact_value() {
    let exact = Exact::ratio(100, 109);
    let figure = Figure {
        number: 1,
        key: "rate".into(),
        parameters: Parameters::new(),
        cell: None,
        against: None,
        shown: "91.7%".into(),
        exact,
        format: Format::Percent(1),
    };
    let text = vec![Inline::Text("<script>\u{FDD0}&".into()), Inline::Figure(1)];
    let blocks = vec![Block::Paragraph(Paragraph { text, align: Align::Usual })];
    let document = Document { title: "题\"".into(), blocks, figures: vec![figure], ..Document::default() };
    let page = blocks::write(&document.blocks, &document);
    assert_eq!(
        page,
        "<p>&lt;script&gt;&amp;<data class=\"figure\" data-figure=\"1\" data-key=\"rate\" value=\"100/109\">91.7%</data></p>"
    );
}

#[test]
fn the_page_asks_nothing_from_outside() {
    assert!(!style::SHEET.contains("url(") && !style::SHEET.contains("@import"));
}
