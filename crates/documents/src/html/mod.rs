//! The HTML writer: one self-contained page that looks on the screen as on paper and prints like it.

mod blocks;
mod style;

use crate::docx::{indents, written};
use crate::figure::{Exact, Figure};
use crate::model::{Block, Document, Inline, Layout};
use crate::statement::Provenance;
use quick_xml::escape::escape;
use std::fmt::Write as _;

/// The page. Each figure is `<data class="figure" data-figure="N" data-key="…" value="…">`, so that a script of the console can link
/// it to its rows; the page itself has no script and no outside address.
#[must_use]
pub fn write(document: &Document, provenance: &Provenance) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{}</title><meta name=\"generator\" content=\"Yanpan\"><meta name=\"yanpan-template\" content=\"{} {}\">\
         <meta name=\"yanpan-as-of\" content=\"{}\"><style>{}</style></head><body><main class=\"sheet\">",
        xml(&document.title),
        xml(&provenance.template.key),
        xml(&provenance.template.version),
        provenance.as_of,
        style::SHEET
    );
    head(&mut out, document);
    out.push_str(&blocks::write(&document.blocks, document));
    tail(&mut out, document);
    out.push_str("</main>");
    attachments(&mut out, document);
    out.push_str("</body></html>\n");
    out
}

/// Text as HTML: forbidden characters gone, the rest escaped.
fn xml(text: &str) -> String {
    let clean: String = text.chars().filter(|letter| !crate::template::forbidden(*letter)).collect();
    escape(&clean).into_owned()
}

/// A line with its figures.
fn line(inlines: &[Inline], document: &Document) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push_str(&xml(text)),
            Inline::Figure(number) => out.push_str(&document.figure(*number).map_or_else(String::new, figure)),
        }
    }
    out
}

fn figure(figure: &Figure) -> String {
    let value = match &figure.exact {
        Exact::Missing | Exact::Suppressed => String::new(),
        Exact::Ratio { numerator, denominator } => format!("{numerator}/{denominator}"),
        Exact::Number { scaled, scale: 0 } => scaled.to_string(),
        Exact::Number { .. } => figure.exact.approximate().map_or_else(String::new, |value| value.to_string()),
        Exact::Date(date) => date.to_string(),
        Exact::Text(text) => text.clone(),
    };
    format!(
        "<data class=\"figure\" data-figure=\"{}\" data-key=\"{}\" value=\"{}\">{}</data>",
        figure.number,
        xml(&figure.key),
        xml(&value),
        xml(&figure.shown)
    )
}

fn head(out: &mut String, document: &Document) {
    let number = document.number.as_deref().map(xml).unwrap_or_default();
    match document.layout {
        Layout::Plain if number.is_empty() => {}
        Layout::Plain => {
            let _ = write!(out, "<p class=\"flush\">{number}</p>");
        }
        Layout::Preprinted => {
            let _ = write!(out, "<header class=\"preprinted\"><p>{number}</p></header>");
        }
        Layout::Letterhead => {
            let issuer = document.issuer.as_deref().map(xml).unwrap_or_default();
            let _ =
                write!(out, "<header class=\"letterhead\"><p class=\"issuer\">{issuer}</p><p>{number}</p></header>");
        }
    }
    let _ = write!(out, "<h1>{}</h1>", document.title_lines().into_iter().map(xml).collect::<Vec<_>>().join("<br/>"));
    if let Some(addressee) = &document.addressee {
        let _ = write!(out, "<p class=\"flush\">{}\u{FF1A}</p>", xml(addressee));
    }
}

/// List of attachments, signature, date, note, copies.
fn tail(out: &mut String, document: &Document) {
    let several = document.attachments.len() > 1;
    for (at, attachment) in document.attachments.iter().enumerate() {
        let class = if at == 0 { "attached first" } else { "attached" };
        let label = if at == 0 { "附件\u{FF1A}" } else { "" };
        let number = if several { format!("{}.", at + 1) } else { String::new() };
        let target = at + 1;
        let _ = write!(
            out,
            "<p class=\"{class}\">{label}<a href=\"#attachment-{target}\">{number}{}</a></p>",
            xml(&attachment.title)
        );
    }
    if let Some(signature) = &document.signature {
        let indents = indents(signature);
        let _ = write!(
            out,
            "<div class=\"signed\"><p class=\"signature\" style=\"padding-right:{:.2}em\">{}</p>",
            indents.name,
            xml(&signature.name)
        );
        if let Some(date) = signature.date {
            let shown = written(date);
            let _ = write!(
                out,
                "<p class=\"date\" style=\"padding-right:{:.2}em\"><time datetime=\"{date}\">{shown}</time></p>",
                indents.date
            );
        }
        out.push_str("</div>");
    }
    if let Some(note) = &document.note {
        let _ = write!(out, "<p>\u{FF08}{}\u{FF09}</p>", xml(note));
    }
    if !document.copies.is_empty() {
        let _ = write!(out, "<p class=\"copies\">抄送\u{FF1A}{}。</p>", xml(&document.copies.join("\u{FF0C}")));
    }
}

fn attachments(out: &mut String, document: &Document) {
    let several = document.attachments.len() > 1;
    for (at, attachment) in document.attachments.iter().enumerate() {
        let lies = attachment.blocks.iter().any(|block| matches!(block, Block::Table(table) if table.landscape));
        let class = if lies { "sheet lying" } else { "sheet" };
        let number = if several { (at + 1).to_string() } else { String::new() };
        let _ = write!(
            out,
            "<section class=\"{class}\" id=\"attachment-{}\"><p class=\"flush label\">附件{number}</p><h1>{}</h1>{}</section>",
            at + 1,
            xml(&attachment.title),
            blocks::write(&attachment.blocks, document)
        );
    }
}

#[cfg(test)]
mod tests;
