//! Asking a source again for a figure, each listing only once.

use super::change::difference;
use super::{Exact, Figure, Parameters};
use crate::source::{Listing, Source};
use std::collections::BTreeMap;
use std::sync::Arc;
use yanpan_kernel::problem::{FIGURE_UNKNOWN, Problem};

/// A source that remembers what it was asked, so that a document of a thousand cells asks for each listing once.
pub struct Answers<'a> {
    source: &'a dyn Source,
    measured: BTreeMap<(String, Parameters), Result<Exact, Problem>>,
    listed: BTreeMap<(String, Parameters), Result<Arc<Listing>, Problem>>,
}

impl<'a> Answers<'a> {
    /// Nothing asked yet.
    #[must_use]
    pub fn new(source: &'a dyn Source) -> Self {
        Self { source, measured: BTreeMap::new(), listed: BTreeMap::new() }
    }

    /// The value of an indicator.
    ///
    /// # Errors
    /// What the source refuses, the same each time.
    pub fn measure(&mut self, key: &str, parameters: &Parameters) -> Result<Exact, Problem> {
        let source = self.source;
        self.measured
            .entry((key.to_owned(), parameters.clone()))
            .or_insert_with(|| source.measure(key, parameters))
            .clone()
    }

    /// The rows of a listing.
    ///
    /// # Errors
    /// What the source refuses, the same each time.
    pub fn list(&mut self, key: &str, parameters: &Parameters) -> Result<Arc<Listing>, Problem> {
        let source = self.source;
        self.listed
            .entry((key.to_owned(), parameters.clone()))
            .or_insert_with(|| source.list(key, parameters).map(Arc::new))
            .clone()
    }

    /// The exact value of a figure now.
    ///
    /// # Errors
    /// What the source refuses, or a row or column that the listing no longer has.
    pub fn figure(&mut self, figure: &Figure) -> Result<Exact, Problem> {
        if let Some(cell) = &figure.cell {
            let listing = self.list(&figure.key, &figure.parameters)?;
            return listing.cell(cell).cloned().ok_or_else(|| {
                let key = format!("{}〔{},{}〕", figure.key, cell.row, cell.column);
                Problem::new(&FIGURE_UNKNOWN, &[("key", &key)])
            });
        }
        let now = self.measure(&figure.key, &figure.parameters)?;
        match figure.against {
            None => Ok(now),
            Some(against) => Ok(difference(&now, &self.measure(&figure.key, &against.shift(&figure.parameters))?)),
        }
    }

    /// The exact difference between the document's period and another.
    ///
    /// # Errors
    /// What the source refuses for either period.
    pub fn change(&mut self, key: &str, parameters: &Parameters, against: super::Against) -> Result<Exact, Problem> {
        Ok(difference(&self.measure(key, parameters)?, &self.measure(key, &against.shift(parameters))?))
    }
}

/// The exact value of each figure now, in the order given, or why there is none.
#[must_use]
pub fn recompute(source: &dyn Source, figures: &[Figure]) -> Vec<Result<Exact, Problem>> {
    let mut answers = Answers::new(source);
    figures.iter().map(|figure| answers.figure(figure)).collect()
}
