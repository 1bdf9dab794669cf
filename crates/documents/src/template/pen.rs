//! The functions of a template: each asks the source, notes a figure or block, and leaves its mark in the text.

use super::arguments::Arguments;
use super::marks::{self, BLOCK, FIGURE};
use super::row::Row;
use super::{Context, Template};
use crate::figure::{Against, Cell, Exact, Figure, Format, KNOWN_FORMATS, Parameters};
use crate::model::Block;
use crate::source::Listing;
use minijinja::value::{Kwargs, Value};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use yanpan_kernel::problem::{FORMAT_MISFIT, FORMAT_UNKNOWN, INTERNAL, Problem};

/// A question to whoever holds the source.
pub enum Ask {
    /// An indicator.
    Measure(String, Parameters),
    /// An indicator against another period.
    Change(String, Parameters, Against),
    /// A listing.
    List(String, Parameters),
}

/// The answer to an [`Ask`].
pub enum Answer {
    /// To an indicator.
    Exact(Result<Exact, Problem>),
    /// To a listing.
    Listing(Result<Arc<Listing>, Problem>),
}

/// What a run has made so far.
#[derive(Default)]
pub struct Draft {
    /// Figures in the order of their numbers.
    pub figures: Vec<Figure>,
    /// Tables and charts in the order of their marks.
    pub blocks: Vec<Block>,
    /// What was wrong.
    pub problems: Vec<Problem>,
}

/// What a figure asks, before it has a number.
pub struct Question {
    /// Key of the indicator or listing.
    pub key: String,
    /// Arguments.
    pub parameters: Parameters,
    /// For a cell of a listing.
    pub cell: Option<Cell>,
    /// For a difference.
    pub against: Option<Against>,
}

/// Writes one document.
pub struct Pen {
    template: Template,
    names: Context,
    line: Mutex<(Sender<Ask>, Receiver<Answer>)>,
    draft: Mutex<Draft>,
}

impl Pen {
    /// A pen whose questions go out by one end and come back by the other.
    #[must_use]
    pub fn new(template: &Template, context: &Context, asks: Sender<Ask>, answers: Receiver<Answer>) -> Self {
        let names = Context { variables: serde_json::Map::new(), ..context.clone() };
        Self { template: template.clone(), names, line: Mutex::new((asks, answers)), draft: Mutex::default() }
    }

    /// What has been made.
    pub fn draft(&self) -> MutexGuard<'_, Draft> {
        self.draft.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a problem at a position of the template.
    pub fn complain(&self, position: usize, problem: Problem) {
        let placed = if problem.place.file.is_none() { problem.at(self.template.place(position)) } else { problem };
        let problems = &mut self.draft().problems;
        if !problems.contains(&placed) {
            problems.push(placed);
        }
    }

    /// Notes what was wrong with some arguments.
    pub fn complain_all(&self, position: usize, arguments: &mut Arguments) {
        for problem in std::mem::take(&mut arguments.problems) {
            self.complain(position, problem);
        }
    }

    fn ask(&self, ask: Ask) -> Option<Answer> {
        let line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        line.0.send(ask).ok()?;
        line.1.recv().ok()
    }

    fn exact(&self, position: usize, ask: Ask) -> Option<Exact> {
        match self.ask(ask) {
            Some(Answer::Exact(Ok(exact))) => Some(exact),
            Some(Answer::Exact(Err(problem))) => {
                self.complain(position, problem);
                None
            }
            _ => self.lost(position),
        }
    }

    /// Rows of a listing; a refusal is noted.
    pub fn listing(&self, position: usize, key: &str, parameters: &Parameters) -> Option<Arc<Listing>> {
        match self.ask(Ask::List(key.to_owned(), parameters.clone())) {
            Some(Answer::Listing(Ok(listing))) => Some(listing),
            Some(Answer::Listing(Err(problem))) => {
                self.complain(position, problem);
                None
            }
            _ => self.lost(position),
        }
    }

    fn lost<T>(&self, position: usize) -> Option<T> {
        self.complain(position, Problem::new(&INTERNAL, &[("reference", &"template-source")]));
        None
    }

    /// Reads a format argument; an unknown one is noted.
    pub fn format(&self, position: usize, arguments: &mut Arguments) -> Option<Format> {
        let text = arguments.text("format")?;
        match text.parse() {
            Ok(format) => Some(format),
            Err(_) => {
                let values: [(&str, &dyn std::fmt::Display); 2] = [("format", &text), ("known", &KNOWN_FORMATS)];
                self.complain(position, Problem::new(&FORMAT_UNKNOWN, &values));
                None
            }
        }
    }

    /// Notes a figure; its number, or `None` when the value does not fit the format.
    pub fn figure(&self, position: usize, question: Question, exact: Exact, format: Format) -> Option<u32> {
        let Some(shown) = format.print(&exact).map(|text| marks::clean(&text)) else {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("key", &question.key), ("kind", &exact.kind()), ("format", &format)];
            self.complain(position, Problem::new(&FORMAT_MISFIT, &values));
            return None;
        };
        let mut draft = self.draft();
        let number = u32::try_from(draft.figures.len()).ok()?.checked_add(1)?;
        let Question { key, parameters, cell, against } = question;
        draft.figures.push(Figure { number, key, parameters, cell, against, exact, format, shown });
        Some(number)
    }

    /// `fig(key, format=…, …)`: a figure in the text.
    pub fn fig(&self, position: usize, key: String, kwargs: &Kwargs) -> Value {
        let mut arguments = Arguments::read("fig", kwargs, &["format"]);
        let format = self.format(position, &mut arguments);
        self.complain_all(position, &mut arguments);
        let parameters = arguments.parameters;
        let Some(exact) = self.exact(position, Ask::Measure(key.clone(), parameters.clone())) else { return nothing() };
        let format = format.unwrap_or_else(|| Format::usual(&exact));
        printed(self.figure(position, Question { key, parameters, cell: None, against: None }, exact, format))
    }

    /// `change(key, against="previous", measure="处", prefix=true, …)`: 「比上月提高3.2个百分点」 as words and a figure.
    pub fn change(&self, position: usize, key: String, kwargs: &Kwargs) -> Value {
        let mut arguments = Arguments::read("change", kwargs, &["format", "against", "measure", "prefix"]);
        let format = self.format(position, &mut arguments);
        let measure = arguments.text("measure");
        let named = arguments.text("against");
        let against = named.as_deref().map_or(Some(Against::Previous), Against::parse);
        if against.is_none() {
            arguments.complain("against", "要的是 \"previous\" 或 \"year_ago\"");
        }
        self.complain_all(position, &mut arguments);
        let prefix = arguments.flag("prefix", true);
        let parameters = arguments.parameters;
        let Some(against) = against else { return nothing() };
        let ask = Ask::Change(key.clone(), parameters.clone(), against);
        let Some(exact) = self.exact(position, ask) else { return nothing() };
        let format = format.unwrap_or_else(|| match (&exact, measure) {
            (Exact::Number { .. }, measure) => Format::CountChange(measure.unwrap_or_default()),
            (_, Some(measure)) => Format::CountChange(measure),
            _ => Format::Change(1),
        });
        let words = match (prefix, &exact) {
            (false, _) => String::new(),
            (true, Exact::Missing) => self.names.name(against).to_owned(),
            (true, _) => format!("比{}", self.names.name(against)),
        };
        let question = Question { key, parameters, cell: None, against: Some(against) };
        match self.figure(position, question, exact, format) {
            Some(number) => Value::from_safe_string(format!("{words}{}", figure_mark(number))),
            None => nothing(),
        }
    }

    /// `value(key, default=…, …)`: a number, date text or word for conditions; a rate is between 0 and 1; missing is `default` or none.
    pub fn value(&self, position: usize, key: String, kwargs: &Kwargs) -> Value {
        let mut arguments = Arguments::read("value", kwargs, &["default"]);
        self.complain_all(position, &mut arguments);
        let default = arguments.value("default").unwrap_or(Value::from(()));
        match self.exact(position, Ask::Measure(key, arguments.parameters)) {
            Some(exact) => plain(&exact).unwrap_or(default),
            None => default,
        }
    }

    /// `list(key, …)`: rows for a loop; `row.column` is the value, `row.fig("column")` a figure.
    pub fn list(self: &Arc<Self>, position: usize, key: &str, kwargs: &Kwargs) -> Value {
        let mut arguments = Arguments::read("list", kwargs, &[]);
        self.complain_all(position, &mut arguments);
        let Some(listing) = self.listing(position, key, &arguments.parameters) else {
            return Value::from(Vec::<Value>::new());
        };
        let question = Arc::new((key.to_owned(), arguments.parameters));
        let rows = (0..listing.rows.len()).map(|at| {
            Value::from_object(Row {
                pen: Arc::clone(self),
                question: Arc::clone(&question),
                listing: Arc::clone(&listing),
                at,
            })
        });
        Value::from(rows.collect::<Vec<_>>())
    }

    /// Notes a block and leaves its mark.
    pub fn block(&self, block: Block) -> Value {
        let mut draft = self.draft();
        draft.blocks.push(block);
        Value::from_safe_string(marks::mark(BLOCK, draft.blocks.len() - 1))
    }
}

/// What a call prints that could not be answered; the problem is noted already.
pub fn nothing() -> Value {
    Value::from_safe_string(String::new())
}

/// The mark of a figure.
pub fn printed(number: Option<u32>) -> Value {
    number.map_or_else(nothing, |number| Value::from_safe_string(figure_mark(number)))
}

fn figure_mark(number: u32) -> String {
    format!("{FIGURE}{number}{}", marks::END)
}

/// A value for conditions; `None` when there is none.
pub fn plain(exact: &Exact) -> Option<Value> {
    match exact {
        Exact::Missing | Exact::Suppressed => None,
        Exact::Number { scaled, scale: 0 } => Some(Value::from(*scaled)),
        Exact::Number { .. } | Exact::Ratio { .. } => exact.approximate().map(Value::from),
        Exact::Date(date) => Some(Value::from(date.to_string())),
        Exact::Text(text) => Some(Value::from(text.clone())),
    }
}
