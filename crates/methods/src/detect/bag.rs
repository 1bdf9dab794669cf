//! The parameters of a run, taken one by one by name, so that what nobody took is reported as unknown.

use serde_json::{Map, Value};
use yanpan_kernel::problem::{PARAMETER_INVALID, PARAMETER_UNKNOWN, Place, Problem};

/// Named parameters still to be taken. `null` counts as not given.
#[derive(Debug, Default)]
pub(super) struct Bag {
    file: Option<String>,
    values: Map<String, Value>,
    known: Vec<&'static str>,
    problems: Vec<Problem>,
    lenient: bool,
}

impl Bag {
    /// A bag of these values; `lenient` leaves unknown names in peace.
    pub fn new(file: Option<String>, values: Map<String, Value>, lenient: bool) -> Self {
        Self { file, values, lenient, ..Self::default() }
    }

    /// Takes a value; `None` when not given or null.
    pub fn take(&mut self, name: &'static str) -> Option<Value> {
        self.known.push(name);
        self.values.shift_remove(name).filter(|value| !value.is_null())
    }

    /// Notes a value that does not fit.
    pub fn invalid(&mut self, name: &str, value: &Value, reason: &str) {
        let problem = Problem::new(&PARAMETER_INVALID, &[("name", &name), ("value", value), ("reason", &reason)]);
        self.problems.push(problem.at(self.place(name)));
    }

    /// A finite number.
    pub fn number(&mut self, name: &'static str, default: f64) -> f64 {
        match self.take(name) {
            None => default,
            Some(value) => value.as_f64().unwrap_or_else(|| {
                self.invalid(name, &value, "应为数字");
                default
            }),
        }
    }

    /// A number if given.
    pub fn optional(&mut self, name: &'static str) -> Option<f64> {
        let value = self.take(name)?;
        if value.as_f64().is_none() {
            self.invalid(name, &value, "应为数字");
        }
        value.as_f64()
    }

    /// A whole number from 0 to a million.
    pub fn whole(&mut self, name: &'static str, default: usize) -> usize {
        self.optional_whole(name).unwrap_or(default)
    }

    /// A whole number from 0 to a million, if given.
    pub fn optional_whole(&mut self, name: &'static str) -> Option<usize> {
        let value = self.take(name)?;
        let found = value.as_f64().filter(|x| x.fract() == 0.0 && (0.0..=1e6).contains(x)).map(|x| x as usize);
        if found.is_none() {
            self.invalid(name, &value, "应为 0 到 1000000 的整数");
        }
        found
    }

    /// A yes or no.
    pub fn flag(&mut self, name: &'static str, default: bool) -> bool {
        match self.take(name) {
            None => default,
            Some(value) => value.as_bool().unwrap_or_else(|| {
                self.invalid(name, &value, "应为 true 或 false");
                default
            }),
        }
    }

    /// One of a few words.
    pub fn word<T: Copy>(&mut self, name: &'static str, choices: &[(&str, T)], default: T) -> T {
        let Some(value) = self.take(name) else { return default };
        match choices.iter().find(|(word, _)| value.as_str() == Some(word)) {
            Some((_, choice)) => *choice,
            None => {
                let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
                self.invalid(name, &value, &format!("应为 {} 之一", words.join("、")));
                default
            }
        }
    }

    /// Takes names that have no bearing on the answer (R's printing options).
    pub fn ignore(&mut self, names: &[&'static str]) {
        for name in names {
            self.take(name);
        }
    }

    /// All problems, what was never asked for among them.
    pub fn finish(&mut self) -> Vec<Problem> {
        let mut problems = std::mem::take(&mut self.problems);
        if !self.lenient {
            let known = self.known.join("、");
            for name in self.values.keys() {
                let problem = Problem::new(&PARAMETER_UNKNOWN, &[("name", name), ("known", &known)]);
                problems.push(problem.at(self.place(name)));
            }
        }
        problems
    }

    /// Place of a parameter.
    fn place(&self, name: &str) -> Place {
        Place { file: self.file.clone(), ..Place::field(name) }
    }
}
