//! The statement inside a document: where each figure came from, sealed with the installation's key.

use crate::figure::{Figure, Parameters};
use crate::model::{Document, Series};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use yanpan_kernel::problem::{DOCUMENT_NOT_WRITTEN, Problem};

/// XML namespace of the part that carries the statement.
pub const NAMESPACE: &str = "urn:yanpan:statement:1";

/// Something with a version: a template, pack or rule.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Versioned {
    /// Its key.
    pub key: String,
    /// Its version.
    pub version: String,
}

/// Where a document comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The template.
    pub template: Versioned,
    /// The pack.
    pub pack: Versioned,
    /// Rules that the figures used.
    pub rules: Vec<Versioned>,
    /// Code of the unit.
    pub unit: String,
    /// Key of the period, for example `2026-10`.
    pub period: String,
    /// Date whose organisation tree was used.
    pub tree_date: Date,
    /// Entry number up to which data was known.
    pub as_of: u64,
    /// Account that made it.
    pub made_by: String,
    /// When it was made.
    pub made_at: Timestamp,
}

/// A chart's question and series, kept because nobody can read values from a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// Key of the listing.
    pub key: String,
    /// Its arguments.
    pub parameters: Parameters,
    /// Keys of the rows drawn.
    pub rows: Vec<String>,
    /// The series.
    pub series: Vec<Series>,
}

/// Everything that the part says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Where the document comes from.
    pub provenance: Provenance,
    /// Every figure.
    pub figures: Vec<Figure>,
    /// Every chart.
    pub charts: Vec<Drawn>,
}

impl Statement {
    /// The statement of a document.
    #[must_use]
    pub fn of(document: &Document, provenance: &Provenance) -> Self {
        let charts = document.charts().into_iter().map(|chart| Drawn {
            key: chart.key.clone(),
            parameters: chart.parameters.clone(),
            rows: chart.rows.clone(),
            series: chart.series.clone(),
        });
        Self { provenance: provenance.clone(), figures: document.figures.clone(), charts: charts.collect() }
    }

    /// The text that is stored and signed.
    ///
    /// # Errors
    /// Does not happen with the types above; kept so that nothing panics.
    pub fn text(&self) -> Result<String, Problem> {
        serde_json::to_string(self).map_err(|error| Problem::new(&DOCUMENT_NOT_WRITTEN, &[("reason", &error)]))
    }
}

/// The tag of a chart's value printed in a table: chart from 1, column of the series, row from 0.
#[must_use]
pub fn value_tag(chart: usize, column: &str, row: usize) -> String {
    format!("chart:{chart}:{row}:{column}")
}

/// HMAC-SHA256 of the stored text in hexadecimal.
#[must_use]
pub fn sign(text: &str, key: &[u8]) -> String {
    let Some(mac) = keyed(text, key) else { return String::new() };
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether the signature is the text's under this key, in constant time.
#[must_use]
pub fn signed(text: &str, key: &[u8], signature: &str) -> bool {
    let bytes: Option<Vec<u8>> = signature
        .as_bytes()
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect();
    match (keyed(text, key), bytes) {
        (Some(mac), Some(bytes)) => mac.verify_slice(&bytes).is_ok(),
        _ => false,
    }
}

fn keyed(text: &str, key: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(text.as_bytes());
    Some(mac)
}

#[cfg(test)]
mod tests;
