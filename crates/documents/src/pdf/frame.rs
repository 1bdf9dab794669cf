//! The frame around the text in Typst: head, list of attachments, signature, attachments, copies.

use super::content::{blocks, words};
use crate::docx::{indents, written};
use crate::fonts::Fonts;
use crate::model::{Block, Document, Layout, em};
use std::fmt::Write as _;

/// The whole document after the rules.
pub fn of(document: &Document, fonts: &Fonts) -> String {
    let mut out = String::new();
    head(&mut out, document);
    out.push_str(&blocks(&document.blocks, document, fonts));
    named(&mut out, document);
    signature(&mut out, document);
    attachments(&mut out, document, fonts);
    if !document.copies.is_empty() {
        let line = format!("抄送\u{FF1A}{}。", document.copies.join("\u{FF0C}"));
        let _ = writeln!(
            out,
            "#place(bottom, float: true, clearance: row, block(width: 100%, stroke: (top: 0.35mm, bottom: 0.35mm), inset: (y: 1.5mm), \
             text(size: 14pt, tracking: 0pt, ..edges(14pt), pad(x: zi, hanging(3, 3)[{}]))))",
            words(&line)
        );
    }
    out
}

fn head(out: &mut String, document: &Document) {
    let number = document.number.as_deref();
    if document.layout == Layout::Plain {
        if let Some(number) = number {
            let _ = writeln!(out, "#flush[{}]", words(number));
        }
    } else {
        letterhead(out, document);
    }
    let _ = writeln!(
        out,
        "#title[{}]#blank()",
        document.title_lines().into_iter().map(words).collect::<Vec<_>>().join("#linebreak()")
    );
    if let Some(addressee) = &document.addressee {
        let _ = writeln!(out, "#flush[{}]", words(&format!("{addressee}\u{FF1A}")));
    }
}

/// The issuer 35 mm below the top of the text area, number, red line 4 mm below it; white where it is pre-printed.
fn letterhead(out: &mut String, document: &Document) {
    let red = document.layout == Layout::Letterhead;
    let issuer = document.issuer.as_deref().filter(|_| red).unwrap_or("\u{3000}");
    let size = (442.0 / em(issuer).max(1.0)).clamp(8.0, 31.0);
    let stroke = if red { "1.5pt + rgb(\"#ff0000\")" } else { "0pt + white" };
    let _ = writeln!(
        out,
        "#v(35mm)#align(center, flush(text(font: song-title, weight: title-weight, size: {size:.1}pt, tracking: 0pt, \
         fill: rgb(\"#ff0000\"), top-edge: 0.88em, bottom-edge: -0.12em)[{}]))#blank()#blank()#align(center, flush[{}])\
         #block(above: 4mm, below: 0pt, line(length: 100%, stroke: {stroke}))#blank()#blank()",
        words(issuer),
        words(document.number.as_deref().unwrap_or("\u{3000}"))
    );
}

fn named(out: &mut String, document: &Document) {
    let several = document.attachments.len() > 1;
    for (at, attachment) in document.attachments.iter().enumerate() {
        let (before, left, hanging) = match (at, several) {
            (0, false) => ("附件\u{FF1A}".to_owned(), 5, 3),
            (0, true) => ("附件\u{FF1A}1.".to_owned(), 6, 4),
            _ => (format!("{}.", at + 1), 6, 1),
        };
        let blank = if at == 0 { "#blank()" } else { "" };
        let _ =
            writeln!(out, "{blank}#hanging({left}, {hanging})[{}]", words(&format!("{before}{}", attachment.title)));
    }
}

fn signature(out: &mut String, document: &Document) {
    if let Some(signature) = &document.signature {
        let indents = indents(signature);
        let _ = write!(
            out,
            "#block(width: 100%, breakable: false)[#blank()#right-in({:.2})[{}]",
            indents.name,
            words(&signature.name)
        );
        if let Some(date) = signature.date {
            let _ = write!(out, "#right-in({:.2})[{}]", indents.date, words(&written(date)));
        }
        out.push_str("]\n");
    }
    if let Some(note) = &document.note {
        let _ = writeln!(out, "#par[{}]", words(&format!("\u{FF08}{note}\u{FF09}")));
    }
}

/// Each on a new page; a table that lies takes the whole attachment with it.
fn attachments(out: &mut String, document: &Document, fonts: &Fonts) {
    let several = document.attachments.len() > 1;
    for (at, attachment) in document.attachments.iter().enumerate() {
        let label = if several { format!("附件{}", at + 1) } else { "附件".to_owned() };
        let head = format!("#flush[#hei[{}]]#blank()#title[{}]#blank()", words(&label), words(&attachment.title));
        let lies = attachment.blocks.iter().any(|block| matches!(block, Block::Table(table) if table.landscape));
        if lies {
            let upright: Vec<Block> = attachment.blocks.iter().cloned().map(upright).collect();
            let _ = writeln!(out, "#lying[{head}{}]", blocks(&upright, document, fonts));
        } else {
            let _ = writeln!(out, "#pagebreak(weak: true)\n{head}{}", blocks(&attachment.blocks, document, fonts));
        }
    }
}

fn upright(block: Block) -> Block {
    match block {
        Block::Table(table) => Block::Table(crate::model::Table { landscape: false, ..table }),
        other => other,
    }
}
