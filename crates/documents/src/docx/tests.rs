//! What the DOCX writer promises: the measures of the standard, schema order, any text as it is.

use super::*;
use crate::model::{Align, Block, Inline, Level, Paragraph, Seal, Signature};
use crate::read;
use crate::statement::Versioned;
use proptest::prelude::*;

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

fn figure(number: u32, shown: &str) -> crate::figure::Figure {
    crate::figure::Figure {
        number,
        key: "k<&\"".into(),
        parameters: crate::figure::Parameters::new(),
        cell: None,
        against: None,
        exact: crate::figure::Exact::text(shown),
        format: crate::figure::Format::Text,
        shown: shown.into(),
    }
}

fn document(text: &str, shown: &str) -> Document {
    let text = vec![Inline::Text(text.to_owned()), Inline::Figure(1)];
    let blocks = vec![Block::Paragraph(Paragraph { text, align: Align::Usual })];
    Document { title: "题".into(), blocks, figures: vec![figure(1, shown)], ..Document::default() }
}

#[test]
fn the_page_is_that_of_the_standard() {
    let xml = body::xml(&Document::default(), &[]);
    for part in [
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
        "w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\"",
        "<w:docGrid w:type=\"linesAndChars\" w:linePitch=\"579\" w:charSpace=\"-848\"/>",
    ] {
        assert!(xml.contains(part), "{part}");
    }
}

#[test]
fn a_figure_is_a_plain_text_control_with_its_tag() {
    let xml = body::xml(&document("超期", "9"), &[]);
    let control = xml.split("<w:sdt>").nth(1).unwrap().split("<w:sdtContent>").next().unwrap();
    assert_eq!(
        control,
        "<w:sdtPr><w:alias w:val=\"fig:1 k&lt;&amp;&quot;\"/><w:tag w:val=\"fig:1\"/><w:id w:val=\"100001\"/><w:text/></w:sdtPr>"
    );
}

#[test]
fn headings_have_the_faces_of_their_levels() {
    let faces = [Level::First, Level::Second, Level::Third, Level::Fourth].map(|level| body::face(level).name());
    assert_eq!(faces, ["黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312"]);
}

#[test]
fn the_date_begins_two_characters_right_of_the_signature_or_stands_two_from_the_edge() {
    let check = |name: &str, seal, expected: (f64, f64)| {
        let date = Some(jiff::civil::date(2026, 11, 5));
        let indents = indents(&Signature { name: name.into(), date, seal });
        assert_eq!((indents.name, indents.date), expected, "{name}");
    };
    // The date 2026年11月5日 is 6.5 characters wide.
    check("一二三四五六七八九十", Seal::Without, (2.0, 3.5));
    check("教育局", Seal::Without, (7.5, 2.0));
    check("教育局", Seal::With, (5.75, 4.0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_survives_writing_and_reading(text in any::<String>(), shown in "[^\\p{C}]{0,20}") {
        let document = document(&text, &shown);
        let provenance = provenance();
        let bytes = write(&document, &Sealing { provenance: &provenance, key: b"k", substitutions: &[] }, &[]).unwrap();
        let opened = read::docx(&bytes, b"k").unwrap();
        prop_assert!(opened.signature_valid);
        prop_assert_eq!(opened.compare().edited, vec![]);
    }

    #[test]
    fn no_bytes_make_reading_panic(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let provenance = provenance();
        let mut bytes = write(&document("文", "1"), &Sealing { provenance: &provenance, key: b"k", substitutions: &[] }, &[]).unwrap();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        let _ = read::docx(&bytes, b"k");
    }
}
