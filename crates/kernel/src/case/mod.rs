//! Case 事项: a closed loop. Its state is a fold over its entries; [`Case::apply`] is the only way forward.

mod definition;

pub use definition::{Ask, Check, Deadline, Definition, MOST_SLOTS, Stage, State, Transition};

use crate::{entry::Statement, form::Answers, id::Id, person::Account, unit::Unit};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A case as it stands after its last entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Id, also of its chain.
    pub id: Id<Case>,
    /// Key of its definition.
    pub kind: String,
    /// Pack version it started with.
    pub version: String,
    /// Number that people quote.
    pub number: String,
    /// The unit that answers for it.
    pub unit: Id<Unit>,
    /// State key.
    pub state: String,
    /// How the state counts.
    pub stage: Stage,
    /// Entries so far; a writer must have seen the last.
    pub revision: i64,
    /// Answers so far.
    pub answers: Answers,
    /// Who last did what, by verb.
    pub done: BTreeMap<String, Done>,
    /// Business date of its first entry.
    pub opened_on: Date,
    /// Business date of its closing, while it is closed.
    pub closed_on: Option<Date>,
}

/// Who last did an act, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Who.
    pub actor: Id<Account>,
    /// Business date.
    pub on: Date,
}

/// Payload of a case entry: everything of it that is not in the statement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Number, in the first entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Pack version, in the first entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Answers given or set; a null takes an answer back.
    #[serde(default, skip_serializing_if = "Answers::is_empty")]
    pub set: Answers,
    /// Which row of which decision table decided, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<serde_json::Value>,
    /// The time that the actor's phone gave, where the act was done offline (Unix milliseconds).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_at: Option<i64>,
    /// Import batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
}

/// Why a fold stops: the entries tell no possible story.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Impossible {
    /// The first entry does not open a case, or a later one opens it again.
    #[error("entry {0} does not continue the case")]
    Order(i64),
    /// A state that the definition does not know.
    #[error("entry {0} names the unknown state «{1}»")]
    State(i64, String),
}

impl Case {
    /// The case after one more entry: the same fold for a new act, for replay and for facts.
    ///
    /// # Errors
    /// When the entry cannot follow.
    pub fn apply(
        before: Option<Self>,
        definition: &Definition,
        statement: &Statement,
        body: &Body,
    ) -> Result<Self, Impossible> {
        let sequence = before.as_ref().map_or(1, |case| case.revision + 1);
        let to = statement.to.clone().or_else(|| before.as_ref().map(|case| case.state.clone()));
        let to = to.ok_or(Impossible::Order(sequence))?;
        let stage = definition.state(&to).ok_or_else(|| Impossible::State(sequence, to.clone()))?.stage;
        let mut case = match before {
            Some(case) => case,
            None => Self {
                id: statement.chain.cast(),
                kind: definition.key.clone(),
                version: body.version.clone().unwrap_or_default(),
                number: body.number.clone().unwrap_or_default(),
                unit: statement.unit.ok_or(Impossible::Order(sequence))?,
                state: to.clone(),
                stage,
                revision: 0,
                answers: Answers::new(),
                done: BTreeMap::new(),
                opened_on: statement.happened_on,
                closed_on: None,
            },
        };
        if case.revision > 0 && statement.from.as_deref() != Some(case.state.as_str()) {
            return Err(Impossible::Order(sequence));
        }
        for (key, value) in &body.set {
            if value.is_null() {
                case.answers.remove(key);
            } else {
                case.answers.insert(key.clone(), value.clone());
            }
        }
        case.closed_on = match (case.stage, stage) {
            (_, Stage::Open) => None,
            (Stage::Open, _) => Some(statement.happened_on),
            _ if case.revision == 0 => Some(statement.happened_on),
            _ => case.closed_on,
        };
        case.unit = statement.unit.unwrap_or(case.unit);
        case.done.insert(statement.verb.clone(), Done { actor: statement.actor, on: statement.happened_on });
        case.state = to;
        case.stage = stage;
        case.revision = sequence;
        Ok(case)
    }

    /// Folds a whole chain.
    ///
    /// # Errors
    /// When an entry cannot follow, or there is none.
    pub fn replay<'a>(
        definition: &Definition,
        entries: impl IntoIterator<Item = (&'a Statement, &'a Body)>,
    ) -> Result<Self, Impossible> {
        let mut case = None;
        for (statement, body) in entries {
            case = Some(Self::apply(case, definition, statement, body)?);
        }
        case.ok_or(Impossible::Order(0))
    }
}

#[cfg(test)]
mod tests;
