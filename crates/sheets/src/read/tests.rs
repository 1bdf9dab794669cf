//! Files of every kind, and those that are refused.

use super::*;
use crate::Format;

fn refuse(bytes: &[u8]) -> Problem {
    workbook(bytes, "表", &Limits::default()).unwrap_err()
}

#[test]
fn text_is_read_in_every_encoding() {
    let text = "单位\t数\n甲校\t3\n";
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let bare16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let gb = encoding_rs::GB18030.encode(text).0.into_owned();
    for bytes in [text.as_bytes().to_vec(), format!("\u{FEFF}{text}").into_bytes(), utf16, bare16, gb] {
        let workbook = workbook(&bytes, "表.csv", &Limits::default()).unwrap();
        assert_eq!((workbook.format, workbook.sheets[0].lines[1].cell(1).text().as_ref()), (Format::Csv, "甲校"));
    }
}

#[test]
fn other_files_are_refused_by_what_they_are() {
    for (bytes, said) in [
        (&b"%PDF-1.7"[..], "PDF"),
        (b"\x89PNG\r\n", "图片"),
        (b"", "空"),
        (b"<html><table>", "网页"),
        (b"ab\0cdefghijklmnopqrs", "编码"),
    ] {
        let problem = refuse(bytes);
        assert!(problem.message.contains(said), "{problem}");
    }
    assert_eq!(refuse(b"PK\x03\x04 nothing").slug, "workbook-corrupt");
    assert_eq!(refuse(&[&compound::SIGNATURE[..], &[0; 600]].concat()).slug, "workbook-corrupt");
}

#[test]
fn limits_are_named() {
    let text = "a,b\n".repeat(20);
    let limits = Limits { rows: 10, ..Limits::default() };
    assert_eq!(workbook(text.as_bytes(), "表.csv", &limits).unwrap_err().slug, "rows-too-many");
    let limits = Limits { bytes: 10, ..Limits::default() };
    assert_eq!(workbook(text.as_bytes(), "表.csv", &limits).unwrap_err().slug, "workbook-too-large");
}

#[test]
fn reading_can_be_cancelled() {
    let (flag, text) = (std::sync::atomic::AtomicBool::new(true), "a,b\n".repeat(9000));
    let watch = Watch::default().until(&flag);
    assert_eq!(
        workbook_watched(text.as_bytes(), "表.csv", &Limits::default(), watch).unwrap_err().slug,
        "reading-cancelled"
    );
}
