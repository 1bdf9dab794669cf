//! The frame of the text: letterhead, number, title, addressee; signature, date, note and copies.

use super::body::{SIZE, Writer};
use super::paragraph::{Shape, blank, paragraph, words};
use super::run::{Face, Type, text};
use crate::model::{Layout, Seal, Signature, em};
use jiff::civil::Date;

/// 2号 in half points.
const TITLE: u32 = 44;

/// Letterhead if any, number, title, addressee.
pub fn write(writer: &mut Writer<'_>) {
    let document = writer.document;
    match document.layout {
        Layout::Plain => {
            if let Some(number) = &document.number {
                writer.out.push_str(&words(&Shape::left(), number, Type::new(Face::Text, SIZE)));
            }
        }
        Layout::Preprinted | Layout::Letterhead => letterhead(writer),
    }
    writer.out.push_str(&title(&document.title_lines()));
    writer.out.push_str(&blank());
    if let Some(addressee) = &document.addressee {
        let line = format!("{addressee}\u{FF1A}");
        writer.out.push_str(&words(&Shape::left(), &line, Type::new(Face::Text, SIZE)));
    }
}

/// A title, also of an attachment.
pub fn title(lines: &[&str]) -> String {
    let shape = Shape { style: "Title", outline: None, ..Shape::default() };
    let runs: Vec<String> = lines.iter().map(|line| text(line, Type::new(Face::Title, TITLE))).collect();
    paragraph(&shape, &runs.join("<w:r><w:br/></w:r>"))
}

/// The issuer's name 35 mm below the top of the text area in red, two lines free, the number, the red line 4 mm below it, two
/// lines free. On a pre-printed sheet the same room stays white and only the number is printed.
fn letterhead(writer: &mut Writer<'_>) {
    let document = writer.document;
    let red = document.layout == Layout::Letterhead;
    let issuer = document.issuer.as_deref().filter(|_| red).unwrap_or("\u{3000}");
    let shape = Shape {
        align: "center",
        before_indent: "<w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"1984\" w:line=\"240\" w:lineRule=\"auto\"/>",
        ..Shape::default()
    };
    writer.out.push_str(&words(&shape, issuer, Type { face: Face::Title, size: sign_size(issuer), red: true }));
    writer.out.push_str(&blank());
    writer.out.push_str(&blank());
    let line = "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"11\" w:color=\"FF0000\"/></w:pBdr>";
    let shape = Shape { before_indent: if red { line } else { "" }, ..Shape::centre() };
    writer.out.push_str(&words(&shape, document.number.as_deref().unwrap_or("\u{3000}"), Type::new(Face::Text, SIZE)));
    writer.out.push_str(&blank());
    writer.out.push_str(&blank());
}

/// Half points of the issuer's name: as large as fits in one line, at most 31 pt.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 16 and 62")]
fn sign_size(issuer: &str) -> u32 {
    (884.0 / em(issuer).max(1.0)).clamp(16.0, 62.0) as u32
}

/// How far from the right the signature and the date stand, in characters (GB/T 9704-2012, 7.3.5).
pub struct Indents {
    /// Of the signature.
    pub name: f64,
    /// Of the date.
    pub date: f64,
}

/// Without a seal the date begins two characters right of the signature; if it would then come nearer than two characters to the
/// edge, it stands there and the signature moves left. With a seal the date is four from the right, the signature centred above.
pub fn indents(signature: &Signature) -> Indents {
    let (name, date) = (em(&signature.name), signature.date.map_or(0.0, |date| em(&written(date))));
    match signature.seal {
        Seal::Without if name - date >= 2.0 => Indents { name: 2.0, date: name - date },
        Seal::Without => Indents { name: (4.0 + date - name).max(2.0), date: 2.0 },
        Seal::With if name <= date => Indents { name: 4.0 + (date - name) / 2.0, date: 4.0 },
        Seal::With => Indents { name: 4.0_f64.max(2.0), date: 4.0 + (name - date) / 2.0 },
    }
}

/// 2026年1月5日.
pub fn written(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// One line free, signature, date, note.
pub fn signature(writer: &mut Writer<'_>) {
    if let Some(signature) = &writer.document.signature {
        let indents = indents(signature);
        let style = Type::new(Face::Text, SIZE);
        let shape = |right| Shape { align: "right", right, keep: true, ..Shape::default() };
        writer.out.push_str(&paragraph(&Shape { keep: true, ..Shape::default() }, ""));
        writer.out.push_str(&words(&shape(indents.name), &signature.name, style));
        if let Some(date) = signature.date {
            writer.out.push_str(&words(&Shape { keep: false, ..shape(indents.date) }, &written(date), style));
        }
    }
    if let Some(note) = &writer.document.note {
        let note = format!("\u{FF08}{note}\u{FF09}");
        writer.out.push_str(&words(&Shape::text(), &note, Type::new(Face::Text, SIZE)));
    }
}

/// 版记 at the foot of the last page: 抄送 in 4号 between lines of 0.35 mm.
pub fn copies(writer: &mut Writer<'_>) {
    if writer.document.copies.is_empty() {
        return;
    }
    let shape = Shape {
        before_indent: "<w:framePr w:w=\"8844\" w:wrap=\"notBeside\" w:vAnchor=\"margin\" w:hAnchor=\"margin\" w:xAlign=\"left\" \
                        w:yAlign=\"bottom\"/><w:pBdr><w:top w:val=\"single\" w:sz=\"8\" w:space=\"4\" w:color=\"000000\"/>\
                        <w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"4\" w:color=\"000000\"/></w:pBdr>",
        left: 4.0,
        hanging: 3.0,
        right: 1.0,
        ..Shape::default()
    };
    let line = format!("抄送\u{FF1A}{}。", writer.document.copies.join("\u{FF0C}"));
    writer.out.push_str(&words(&shape, &line, Type::new(Face::Text, 28)));
}
