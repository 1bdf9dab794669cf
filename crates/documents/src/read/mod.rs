//! Reading a DOCX back: what the statement says, what the paper shows, and which numbers stand outside the controls.
//!
//! Only what a reader sees counts: tracked deletions, hidden text and field codes do not; tracked insertions do. Controls are
//! found by their tag wherever they were moved, around runs, paragraphs or cells.

mod compare;
mod loose;
mod package;
mod statement;
mod story;

pub use compare::{Comparison, Edited, same};
pub use loose::Loose;

use crate::figure::Figure;
use crate::statement::{Drawn, Provenance};
use std::collections::BTreeMap;
use yanpan_kernel::problem::Problem;

/// A document that came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// Where it says it comes from.
    pub provenance: Provenance,
    /// Its figures as they were printed.
    pub figures: Vec<Figure>,
    /// Its charts as they were drawn.
    pub charts: Vec<Drawn>,
    /// The visible text of each figure's controls, once per control: none is missing from here by accident, two are copies.
    pub shown: BTreeMap<u32, Vec<String>>,
    /// The visible text of each value of a chart that was printed as a table, by tag.
    pub drawn: BTreeMap<String, Vec<String>>,
    /// Numbers outside controls that are neither dates nor numbering.
    pub loose: Vec<Loose>,
    /// Whether the statement is as this installation wrote it.
    pub signature_valid: bool,
}

/// Opens a document. `key` is the installation's.
///
/// # Errors
/// [`DOCUMENT_UNREADABLE`](yanpan_kernel::problem::DOCUMENT_UNREADABLE) for what is no DOCX or is damaged,
/// [`DOCUMENT_OVERSIZED`](yanpan_kernel::problem::DOCUMENT_OVERSIZED) for zip bombs and the like,
/// [`STATEMENT_MISSING`](yanpan_kernel::problem::STATEMENT_MISSING) when the statement is not there.
pub fn docx(bytes: &[u8], key: &[u8]) -> Result<Opened, Problem> {
    let mut package = package::Package::open(bytes)?;
    let (said, signature_valid) = statement::find(&mut package, key)?;
    let mut story = story::Story::default();
    let main = package.main()?;
    story.read(&package.text(&main)?)?;
    for name in package.stories(&main) {
        let margin = !name.contains("notes");
        let before = story.paragraphs.len();
        story.read(&package.text(&name)?)?;
        // Page numbers stand in headers and footers; only notes hold prose.
        if margin {
            story.paragraphs.truncate(before);
        }
    }
    Ok(Opened {
        provenance: said.provenance,
        figures: said.figures,
        charts: said.charts,
        loose: story.paragraphs.iter().flat_map(loose::numbers).collect(),
        shown: story.shown,
        drawn: story.drawn,
        signature_valid,
    })
}

#[cfg(test)]
mod tests;
