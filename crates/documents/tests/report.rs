//! The month's report whole: built, printed, edited in an office, verified.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers stop at what is wrong")]

mod fixture;

use fixture::{County, KEY, TEMPLATE, context, provenance};
use yanpan_documents::docx::{self, Sealing};
use yanpan_documents::figure::{Exact, recompute};
use yanpan_documents::model::Document;
use yanpan_documents::read;
use yanpan_documents::template::Template;

fn report() -> Document {
    let template = Template::parse("monthly.md", TEMPLATE).unwrap();
    let (document, problems) = template.build(&context(), &County::default());
    assert_eq!(problems, []);
    document
}

fn written(document: &Document) -> Vec<u8> {
    let provenance = provenance();
    docx::write(document, &Sealing { provenance: &provenance, key: KEY, substitutions: &[] }, &[]).unwrap()
}

#[test]
fn a_report_reads_back_as_it_was_written() {
    let document = report();
    let opened = read::docx(&written(&document), KEY).unwrap();
    assert!(opened.signature_valid);
    assert_eq!((opened.provenance.clone(), &opened.figures), (provenance(), &document.figures));
    let compared = opened.compare();
    assert_eq!((compared.edited, compared.missing, compared.duplicated), (vec![], vec![], vec![]));
    let loose: Vec<_> = compared.unsourced.iter().map(|loose| loose.number.as_str()).collect();
    assert_eq!(loose, ["5", "15", "50%", "1"], "thresholds of the template are named, dates and numbering are not");
}

#[test]
fn every_figure_is_recomputed_to_the_same_value_and_a_changed_one_is_told() {
    let document = report();
    let again = recompute(&County::default(), &document.figures);
    for (figure, exact) in document.figures.iter().zip(again) {
        assert_eq!(Ok(&figure.exact), exact.as_ref());
    }
    let mut county = County::default();
    county.changed.insert("hazards.due".into(), Exact::count(110));
    let again = recompute(&county, &document.figures);
    let differing: Vec<_> =
        document.figures.iter().zip(again).filter(|(figure, exact)| exact.as_ref() != Ok(&figure.exact)).collect();
    assert_eq!(differing.len(), 1);
    assert_eq!(differing[0].0.key, "hazards.due");
}

#[test]
fn the_same_document_is_the_same_bytes() {
    assert_eq!(written(&report()), written(&report()));
}
