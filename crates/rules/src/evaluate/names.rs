//! Where the names and host functions of an expression get their values.

use crate::value::Value;
use std::collections::BTreeMap;
use yanpan_kernel::calendar::Calendar;

/// What an expression is evaluated over. Answers must be the same each time they are asked within one evaluation.
pub trait Names {
    /// The value of a name: `Some(Null)` when it is known and unanswered, `None` when there is no such name.
    fn name(&self, name: &str) -> Option<Value>;

    /// The value of `name.key` where it is known without making the whole of `name`; `None` leaves it to [`Names::name`].
    fn member(&self, name: &str, key: &str) -> Option<Value> {
        let _ = (name, key);
        None
    }

    /// The result of a host function, `function(arguments)` or `target.function(arguments)`; `None` when there is no such
    /// function, `Err` with a Chinese message when it cannot answer.
    fn call(&self, function: &str, target: Option<&Value>, arguments: &[Value]) -> Option<Result<Value, String>> {
        let _ = (function, target, arguments);
        None
    }

    /// The calendar that `working_days` and `add_working_days` count by.
    fn calendar(&self) -> Option<&Calendar> {
        None
    }
}

/// No names at all: for expressions of literals.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoNames;

impl Names for NoNames {
    fn name(&self, _: &str) -> Option<Value> {
        None
    }
}

impl Names for BTreeMap<String, Value> {
    fn name(&self, name: &str) -> Option<Value> {
        self.get(name).cloned()
    }
}
