//! The PDF writer: the document as Typst source on the grid of GB/T 9704-2012, compiled in this process.

mod content;
mod frame;
mod preamble;
mod press;

use crate::fonts::Fonts;
use crate::model::{Document, plain};
use crate::statement::Provenance;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};
use yanpan_kernel::problem::{DOCUMENT_NOT_WRITTEN, Problem};

/// A printed document.
#[derive(Debug, Clone)]
pub struct Printed {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// How many pages.
    pub pages: usize,
    /// Characters that no font could print; each stands as an empty box.
    pub uncovered: Vec<char>,
}

/// Prints a document. The same document, provenance and fonts give the same bytes.
///
/// # Errors
/// [`DOCUMENT_NOT_WRITTEN`] when Typst refuses, which its own input cannot cause.
pub fn write(document: &Document, provenance: &Provenance, fonts: &Fonts) -> Result<Printed, Problem> {
    let laid_out = lay_out(document, provenance, fonts)?;
    let made_at = jiff::tz::Offset::UTC.to_datetime(provenance.made_at);
    let options = PdfOptions {
        ident: typst::foundations::Smart::Custom(format!(
            "{}/{}/{}",
            provenance.unit, provenance.period, provenance.as_of
        )),
        creator: typst::foundations::Smart::Custom(Some("Yanpan".to_owned())),
        timestamp: press::moment(made_at).map(Timestamp::new_utc),
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&laid_out, &options).map_err(|errors| refused(&errors))?;
    // What was memoised for this document is of no use to the next one but for fonts and shaping of the last few.
    typst::comemo::evict(4);
    Ok(Printed { bytes, pages: laid_out.pages().len(), uncovered: fonts.uncovered(&words(document)) })
}

/// The pages before they become PDF.
fn lay_out(document: &Document, provenance: &Provenance, fonts: &Fonts) -> Result<PagedDocument, Problem> {
    let source = preamble::of(document, provenance, fonts) + &frame::of(document, fonts);
    let press = press::Press::new(fonts, source);
    typst::compile::<PagedDocument>(&press).output.map_err(|errors| refused(&errors))
}

fn refused(errors: &[typst::diag::SourceDiagnostic]) -> Problem {
    let reason = errors.first().map_or_else(String::new, |error| error.message.to_string());
    Problem::new(&DOCUMENT_NOT_WRITTEN, &[("reason", &reason)])
}

/// All words of a document, to see whether the fonts have them.
fn words(document: &Document) -> String {
    use crate::model::Block;
    let mut out = document.title.clone();
    for attachment in &document.attachments {
        out.push_str(&attachment.title);
    }
    for block in document.all_blocks() {
        match block {
            Block::Heading(heading) => {
                out.push_str(&plain(&heading.text, document));
                out.push_str(&plain(&heading.run_in, document));
            }
            Block::Paragraph(paragraph) => out.push_str(&plain(&paragraph.text, document)),
            Block::List(list) => list.items.iter().for_each(|item| out.push_str(&plain(item, document))),
            Block::Table(table) => {
                table.header.iter().for_each(|title| out.push_str(title));
                table.rows.iter().flatten().for_each(|cell| out.push_str(&plain(&cell.text, document)));
            }
            Block::Chart(chart) => out.push_str(&chart.in_words()),
            Block::PageBreak => {}
        }
    }
    out
}

#[cfg(test)]
mod tests;
