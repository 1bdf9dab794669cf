//! One row of a listing inside a loop.

use super::arguments::Arguments;
use super::pen::{Pen, Question, nothing, plain, printed};
use crate::figure::{Cell, Parameters};
use crate::source::Listing;
use minijinja::value::{Enumerator, Kwargs, Object, Value, from_args};
use minijinja::{Error, ErrorKind, State};
use std::sync::Arc;
use yanpan_kernel::problem::{FIGURE_UNKNOWN, Problem};

/// A row: `row.column` is the plain value, `row.fig("column", format=…)` a figure.
#[derive(Clone)]
pub struct Row {
    /// Who notes the figures.
    pub pen: Arc<Pen>,
    /// Key and parameters of the listing.
    pub question: Arc<(String, Parameters)>,
    /// All rows.
    pub listing: Arc<Listing>,
    /// Which of them, from 0.
    pub at: usize,
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}[{}]", self.question.0, self.at)
    }
}

impl Row {
    fn fig(&self, position: usize, column: &str, kwargs: &Kwargs) -> Value {
        let mut arguments = Arguments::read("fig", kwargs, &["format"]);
        let format = self.pen.format(position, &mut arguments);
        self.pen.complain_all(position, &mut arguments);
        let (key, parameters) = (&self.question.0, &self.question.1);
        let found = self.listing.rows.get(self.at).zip(self.listing.position(column));
        let found = found.and_then(|(row, at)| Some((row, row.cells.get(at)?, self.listing.columns.get(at)?)));
        let Some((row, exact, known)) = found else {
            let key = format!("{key}〔{column}〕");
            self.pen.complain(position, Problem::new(&FIGURE_UNKNOWN, &[("key", &key)]));
            return nothing();
        };
        let cell = Some(Cell { row: row.key.clone(), column: column.to_owned() });
        let question = Question { key: key.clone(), parameters: parameters.clone(), cell, against: None };
        printed(self.pen.figure(position, question, exact.clone(), format.unwrap_or_else(|| known.format.clone())))
    }
}

impl Object for Row {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let at = self.listing.position(key.as_str()?)?;
        let exact = self.listing.rows.get(self.at)?.cells.get(at)?;
        Some(plain(exact).unwrap_or(Value::from(())))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.listing.columns.iter().map(|column| Value::from(column.key.clone())).collect())
    }

    fn call_method(self: &Arc<Self>, _state: &State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        if method != "fig" {
            return Err(Error::from(ErrorKind::UnknownMethod));
        }
        let (position, column, kwargs): (usize, String, Kwargs) = from_args(args)?;
        Ok(self.fig(position, &column, &kwargs))
    }
}
