//! One run of a template: the engine on a thread of its own, the source answering on the caller's.

use super::pen::{Answer, Ask, Draft, Pen};
use super::{Context, Template, environment, lines, marks, syntax};
use crate::figure::Answers;
use crate::model::Document;
use crate::source::Source;
use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, ErrorKind};
use serde_json::Value as Json;
use std::sync::{Arc, mpsc};
use yanpan_kernel::problem::{INTERNAL, Problem, TEMPLATE_EXHAUSTED};

/// Runs a template; the source need be neither `Sync` nor `'static`, since only this thread touches it.
pub fn run(template: &Template, context: &Context, source: &dyn Source) -> (Document, Vec<Problem>) {
    let (asks, asked) = mpsc::channel();
    let (answers, answered) = mpsc::channel();
    let pen = Arc::new(Pen::new(template, context, asks, answered));
    let (text, draft) = std::thread::scope(|scope| {
        let writer = scope.spawn(move || write(template, context, pen));
        let mut known = Answers::new(source);
        while let Ok(ask) = asked.recv() {
            let answer = match ask {
                Ask::Measure(key, parameters) => Answer::Exact(known.measure(&key, &parameters)),
                Ask::Change(key, parameters, against) => Answer::Exact(known.change(&key, &parameters, against)),
                Ask::List(key, parameters) => Answer::Listing(known.list(&key, &parameters)),
            };
            if answers.send(answer).is_err() {
                break;
            }
        }
        writer.join().unwrap_or_else(|_| {
            let problem = Problem::new(&INTERNAL, &[("reference", &"template-engine")]);
            (String::new(), Draft { problems: vec![problem], ..Draft::default() })
        })
    });
    lines::document(template, &text, draft)
}

fn write(template: &Template, context: &Context, pen: Arc<Pen>) -> (String, Draft) {
    let mut environment = environment();
    register(&mut environment, &pen);
    let variables = Value::from_serialize(cleaned(&Json::Object(context.variables.clone())));
    let text = environment.template_from_str(&template.marked.text).and_then(|engine| engine.render(variables));
    drop(environment);
    let mut draft = std::mem::take(&mut *pen.draft());
    match text {
        Ok(text) => (text, draft),
        Err(error) => {
            let mut problem = syntax(&template.file, &template.marked, &error);
            if error.kind() == ErrorKind::OutOfFuel {
                problem = Problem::new(&TEMPLATE_EXHAUSTED, &[]).at(problem.place);
            }
            draft.problems.push(problem);
            (String::new(), draft)
        }
    }
}

fn register(environment: &mut Environment<'_>, pen: &Arc<Pen>) {
    let own = Arc::clone(pen);
    environment.add_function("fig", move |at: usize, key: String, kwargs: Kwargs| own.fig(at, key, &kwargs));
    let own = Arc::clone(pen);
    environment.add_function("change", move |at: usize, key: String, kwargs: Kwargs| own.change(at, key, &kwargs));
    let own = Arc::clone(pen);
    environment.add_function("value", move |at: usize, key: String, kwargs: Kwargs| own.value(at, key, &kwargs));
    let own = Arc::clone(pen);
    environment.add_function("list", move |at: usize, key: String, kwargs: Kwargs| own.list(at, &key, &kwargs));
    let own = Arc::clone(pen);
    environment.add_function("table", move |at: usize, key: String, kwargs: Kwargs| own.table(at, &key, &kwargs));
    let own = Arc::clone(pen);
    environment.add_function("chart", move |at: usize, key: String, kwargs: Kwargs| own.chart(at, &key, &kwargs));
}

/// Variables whose texts cannot be taken for marks.
fn cleaned(json: &Json) -> Json {
    match json {
        Json::String(text) => Json::String(marks::clean(text)),
        Json::Array(items) => Json::Array(items.iter().map(cleaned).collect()),
        Json::Object(fields) => Json::Object(fields.iter().map(|(key, value)| (key.clone(), cleaned(value))).collect()),
        other => other.clone(),
    }
}
