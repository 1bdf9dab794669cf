//! What the PDF writer promises: the grid, harmless text, the same bytes.

use super::*;
use crate::fonts::Fonts;
use crate::model::{Align, Block, Inline, Paragraph};
use crate::statement::Versioned;
use std::collections::BTreeMap;
use typst::layout::{Frame, FrameItem, Point};

fn provenance() -> Provenance {
    Provenance {
        template: Versioned::default(),
        pack: Versioned::default(),
        rules: vec![],
        unit: "1".into(),
        period: "2026-10".into(),
        tree_date: jiff::civil::date(2026, 10, 25),
        as_of: 1,
        made_by: "office".into(),
        made_at: "2026-11-05T01:30:00Z".parse().unwrap(),
    }
}

fn document(text: &str) -> Document {
    let text = vec![Inline::Text(text.to_owned())];
    Document {
        title: "题".into(),
        blocks: vec![Block::Paragraph(Paragraph { text, align: Align::Left })],
        ..Document::default()
    }
}

/// Text by the height at which it stands, top to bottom.
fn lines(frame: &Frame, at: Point, out: &mut BTreeMap<i64, String>) {
    for (place, item) in frame.items() {
        let place = at + *place;
        match item {
            FrameItem::Group(group) => lines(&group.frame, place, out),
            #[expect(clippy::cast_possible_truncation, reason = "tenths of points on a page")]
            FrameItem::Text(text) => {
                out.entry((place.y.to_pt() * 10.0).round() as i64).or_default().push_str(&text.text)
            }
            _ => {}
        }
    }
}

#[test]
fn a_full_page_has_22_lines_of_28_characters() {
    let fonts = Fonts::usual(None).unwrap();
    let pages = lay_out(&document(&"国".repeat(28 * 60)), &provenance(), &fonts).unwrap();
    let mut found = BTreeMap::new();
    lines(&pages.pages()[1].frame, Point::zero(), &mut found);
    let text: Vec<usize> = found.values().filter(|line| line.contains('国')).map(|line| line.chars().count()).collect();
    assert_eq!(text, vec![28; 22]);
}

#[test]
fn no_text_is_taken_for_markup() {
    let fonts = Fonts::usual(None).unwrap();
    for hostile in ["#panic()", "\"]#panic()", "$x$ @a <b> *c* _d_ = e \\", "//不是注释", "#\"\\u{0}"] {
        let printed = write(&document(hostile), &provenance(), &fonts).unwrap();
        assert_eq!(printed.pages, 1, "{hostile}");
    }
}

#[test]
fn the_same_document_is_the_same_pdf() {
    let fonts = Fonts::usual(None).unwrap();
    let one = write(&document("相同"), &provenance(), &fonts).unwrap();
    assert!(
        one.bytes.starts_with(b"%PDF") && one.bytes == write(&document("相同"), &provenance(), &fonts).unwrap().bytes
    );
}
