//! The month's report whole: built, printed, edited in an office, verified.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers stop at what is wrong")]

mod fixture;

use fixture::{County, KEY, TEMPLATE, context, provenance};
use std::io::{Cursor, Read, Write};
use yanpan_documents::docx::{self, Sealing};
use yanpan_documents::figure::{Exact, recompute};
use yanpan_documents::model::Document;
use yanpan_documents::read;
use yanpan_documents::template::Template;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

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

/// The document with its text changed as an office would.
fn edited(bytes: &[u8], edit: impl Fn(String) -> String) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name == "word/document.xml" {
            let before = String::from_utf8(content).unwrap();
            let after = edit(before.clone());
            assert_ne!(before, after, "the edit did nothing");
            content = after.into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn edited_prose_and_moved_tables_still_verify() {
    let bytes = edited(&written(&report()), |xml| {
        let xml = xml.replace("主要是应急照明失效", "主要原因是应急照明设备老化失效");
        let (start, end) = (xml.find("<w:tbl>").unwrap(), xml.find("</w:tbl>").unwrap() + 8);
        let table = xml[start..end].to_owned();
        xml.replace(&table, "").replacen("<w:body>", &format!("<w:body>{table}"), 1)
    });
    let compared = read::docx(&bytes, KEY).unwrap().compare();
    assert_eq!(
        (compared.edited, compared.missing, compared.duplicated, compared.unknown),
        (vec![], vec![], vec![], vec![])
    );
}

#[test]
fn a_changed_figure_is_named_and_a_deleted_or_copied_one_too() {
    let document = report();
    let due = document.figures.iter().find(|figure| figure.key == "returns.due").unwrap();
    let control = |xml: &str, number: u32| {
        let tag = xml.find(&format!("fig:{number}\"")).unwrap();
        let (start, end) = (xml[..tag].rfind("<w:sdt>").unwrap(), tag + xml[tag..].find("</w:sdt>").unwrap() + 8);
        xml[start..end].to_owned()
    };
    let bytes = edited(&written(&document), |xml| {
        let (first, second, third) =
            (control(&xml, due.number), control(&xml, due.number + 1), control(&xml, due.number + 2));
        xml.replace(&first, &first.replace(">92<", ">93<")).replace(&second, "").replace(&third, &third.repeat(2))
    });
    let compared = read::docx(&bytes, KEY).unwrap().compare();
    let edits: Vec<_> =
        compared.edited.iter().map(|edit| (edit.key.as_str(), edit.printed.as_str(), edit.found.as_str())).collect();
    assert_eq!(edits, [("returns.due", "92", "93")]);
    assert_eq!((compared.missing, compared.duplicated), (vec![due.number + 1], vec![due.number + 2]));
}

#[test]
fn a_number_typed_into_the_prose_is_unsourced() {
    let bytes = edited(&written(&report()), |xml| xml.replace("自查质量不高", "自查质量不高,共17处"));
    let compared = read::docx(&bytes, KEY).unwrap().compare();
    assert!(compared.unsourced.iter().any(|loose| loose.number == "17" && loose.paragraph.contains("乙镇")));
}

#[test]
fn a_statement_that_was_tampered_with_is_not_signed() {
    let bytes = written(&report());
    assert!(!read::docx(&bytes, b"another key").unwrap().signature_valid);
}
