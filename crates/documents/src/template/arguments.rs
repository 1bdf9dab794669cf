//! Arguments of our functions: reserved names apart, the rest becomes the parameters of the question.

use crate::figure::{Parameter, Parameters};
use minijinja::value::{Kwargs, Value, ValueKind};
use yanpan_kernel::problem::{ARGUMENT_INVALID, Problem};

/// Named arguments of one call.
pub struct Arguments {
    function: &'static str,
    /// What goes to the source.
    pub parameters: Parameters,
    reserved: Vec<(String, Value)>,
    /// Arguments that could not be used.
    pub problems: Vec<Problem>,
}

impl Arguments {
    /// Sorts the arguments: those named in `reserved` are ours.
    #[must_use]
    pub fn read(function: &'static str, kwargs: &Kwargs, reserved: &[&str]) -> Self {
        let mut read = Self { function, parameters: Parameters::new(), reserved: Vec::new(), problems: Vec::new() };
        for name in kwargs.args() {
            let Ok(value) = kwargs.peek::<Value>(name) else { continue };
            if reserved.contains(&name) {
                read.reserved.push((name.to_owned(), value));
            } else if let Some(parameter) = parameter(&value) {
                read.parameters.insert(name.to_owned(), parameter);
            } else {
                read.complain(name, "要的是文字、整数或 true/false");
            }
        }
        read
    }

    /// Notes that an argument is wrong.
    pub fn complain(&mut self, name: &str, reason: &str) {
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("function", &self.function), ("name", &name), ("reason", &reason)];
        self.problems.push(Problem::new(&ARGUMENT_INVALID, &values));
    }

    /// A reserved argument.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<Value> {
        self.reserved.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    /// A reserved argument that must be text.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let value = self.value(name)?;
        let text = value.as_str().map(super::marks::clean);
        if text.is_none() {
            self.complain(name, "要的是文字");
        }
        text
    }

    /// A reserved argument that is true or false; absent is `usual`.
    #[must_use]
    pub fn flag(&self, name: &str, usual: bool) -> bool {
        self.value(name).map_or(usual, |value| value.is_true())
    }

    /// A reserved argument that is a list of texts, or one text.
    pub fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        let value = self.value(name)?;
        if let Some(one) = value.as_str() {
            return Some(vec![one.to_owned()]);
        }
        let items: Option<Vec<String>> =
            value.try_iter().ok().and_then(|items| items.map(|item| item.as_str().map(str::to_owned)).collect());
        if items.is_none() {
            self.complain(name, "要的是文字的列表");
        }
        items
    }

    /// A reserved argument that is a list of whole numbers.
    pub fn numbers(&mut self, name: &str) -> Vec<u32> {
        let Some(value) = self.value(name) else { return Vec::new() };
        let items: Option<Vec<u32>> = value
            .try_iter()
            .ok()
            .and_then(|items| items.map(|item| item.as_i64().and_then(|number| u32::try_from(number).ok())).collect());
        if items.is_none() {
            self.complain(name, "要的是整数的列表");
        }
        items.unwrap_or_default()
    }
}

fn parameter(value: &Value) -> Option<Parameter> {
    match value.kind() {
        ValueKind::Bool => Some(Parameter::Flag(value.is_true())),
        ValueKind::Number => value.as_i64().map(Parameter::Integer),
        ValueKind::String => value.as_str().map(|text| Parameter::Text(text.to_owned())),
        _ => None,
    }
}
