//! The DOCX writer: OOXML by hand, the same document the same bytes.
//!
//! Why by hand: `docs/decisions/0005-docx-by-hand.md`. Measures are those of GB/T 9704-2012, in twips (1/20 pt) unless said.

mod attachments;
mod body;
mod head;
mod package;
mod paragraph;
mod parts;
mod picture;
mod run;
mod section;
mod statement;
mod table;

pub(crate) use body::mark;
pub(crate) use head::{indents, written};

use crate::model::Document;
use crate::statement::{Provenance, Statement};
use yanpan_kernel::problem::Problem;

/// What a document is sealed with.
#[derive(Debug, Clone, Copy)]
pub struct Sealing<'a> {
    /// Where the document comes from.
    pub provenance: &'a Provenance,
    /// The installation's key for HMAC-SHA256; any length.
    pub key: &'a [u8],
    /// Fonts replaced in the printed edition, written into the document's properties; empty when nothing was replaced.
    pub substitutions: &'a [String],
}

/// A chart as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// PNG bytes.
    pub png: Vec<u8>,
    /// Width on paper in hundredths of a millimetre.
    pub width: u32,
    /// Height on paper in hundredths of a millimetre.
    pub height: u32,
}

/// Writes a document with its statement. `pictures` are those of [`Document::charts`] in order; a chart without one is printed as a
/// table of its values.
///
/// # Errors
/// [`DOCUMENT_NOT_WRITTEN`](yanpan_kernel::problem::DOCUMENT_NOT_WRITTEN) when the package cannot be made.
pub fn write(document: &Document, sealing: &Sealing<'_>, pictures: &[Picture]) -> Result<Vec<u8>, Problem> {
    let statement = Statement::of(document, sealing.provenance).text()?;
    let mut parts = vec![
        package::part("[Content_Types].xml", parts::content_types(pictures.len())),
        package::part("_rels/.rels", parts::ROOT_RELATIONS.to_owned()),
        package::part("docProps/app.xml", parts::APP.to_owned()),
        package::part("docProps/core.xml", parts::core(document, sealing)),
        package::part("word/document.xml", body::xml(document, pictures)),
        package::part("word/_rels/document.xml.rels", parts::relations(pictures.len())),
        package::part("word/styles.xml", parts::STYLES.to_owned()),
        package::part("word/settings.xml", parts::SETTINGS.to_owned()),
        package::part("word/fontTable.xml", parts::font_table()),
        package::part("word/footer1.xml", parts::footer(section::Side::Odd)),
        package::part("word/footer2.xml", parts::footer(section::Side::Even)),
        package::part("customXml/item1.xml", statement::xml(&statement, sealing.key)),
        package::part("customXml/itemProps1.xml", statement::PROPERTIES.to_owned()),
        package::part("customXml/_rels/item1.xml.rels", statement::RELATIONS.to_owned()),
    ];
    parts.extend(pictures.iter().enumerate().map(|(at, picture)| package::Part {
        name: format!("word/media/chart{}.png", at + 1),
        bytes: picture.png.clone(),
    }));
    package::zip(&parts)
}

#[cfg(test)]
mod tests;
