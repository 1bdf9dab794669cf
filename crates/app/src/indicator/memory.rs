//! Answers of this process, kept while nothing new has been told.

use jiff::civil::Date;
use serde_json::Value as Json;
use std::{collections::HashMap, sync::Mutex};
use yanpan_kernel::{id::Id, unit::Unit};

/// Answers kept at most.
const MOST: usize = 1_000;

/// What an answer depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    /// Entry number, day and smallest cell: another one makes every answer old.
    pub known: (i64, Date, i64),
    /// Unit.
    pub unit: Id<Unit>,
    /// Period key.
    pub period: String,
    /// Indicator and break-down, or the tiles.
    pub what: String,
}

/// Answers by what they depend on.
#[derive(Debug, Default)]
pub struct Memory(Mutex<HashMap<Asked, Json>>);

impl Memory {
    /// An answer given before.
    pub(super) fn recall(&self, asked: &Asked) -> Option<Json> {
        self.0.lock().ok()?.get(asked).cloned()
    }

    /// Keeps an answer, and forgets those that are old.
    pub(super) fn keep(&self, asked: Asked, answer: Json) {
        let Ok(mut answers) = self.0.lock() else { return };
        if answers.len() >= MOST {
            answers.clear();
        }
        answers.retain(|other, _| other.known == asked.known);
        answers.insert(asked, answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_is_forgotten_once_something_new_is_told() {
        let memory = Memory::default();
        let asked = |entry: i64, what: &str| Asked {
            known: (entry, jiff::civil::date(2026, 10, 8), 10),
            unit: Id::from_parts(1, [0; 10]),
            period: "2026-10".to_owned(),
            what: what.to_owned(),
        };
        memory.keep(asked(7, "a"), json!(1));
        memory.keep(asked(7, "b"), json!(2));
        assert_eq!((memory.recall(&asked(7, "a")), memory.recall(&asked(8, "a"))), (Some(json!(1)), None));
        memory.keep(asked(8, "b"), json!(3));
        assert_eq!((memory.recall(&asked(7, "a")), memory.recall(&asked(8, "b"))), (None, Some(json!(3))));
    }
}
