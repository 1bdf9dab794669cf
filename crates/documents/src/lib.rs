//! One document model, three writers (DOCX, PDF, HTML) in the layout of GB/T 9704-2012, and a reader that verifies a DOCX.
//!
//! Pure: values and bytes in, bytes out. The way of a document: [`template::Template`] asks a [`source::Source`] and makes a
//! [`model::Document`]; [`docx::write`], [`pdf::write`] and [`html::write`] print it; [`read::docx`] opens what came back from the
//! office, [`read::Opened::compare`] says what was edited, and [`figure::recompute`] asks the source again.

pub mod chart;
pub mod docx;
pub mod figure;
pub mod fonts;
pub mod html;
pub mod model;

pub mod pdf;
pub mod read;
pub mod source;
pub mod statement;
pub mod template;
pub mod text;
