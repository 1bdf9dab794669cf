//! What a pack says of a kind of case: states, transitions, deadlines. Expressions stay text here; `packs` compiles them.

use serde::{Deserialize, Serialize};

/// A closed loop that a pack defines as a state machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// Key, unique over all packs of an installation, for example the name of a ledger.
    pub key: String,
    /// Chinese title of one case.
    pub title: String,
    /// Key of its form.
    pub form: String,
    /// Pattern of its number: `{unit.code}`, `{year}`, `{seq:4}`.
    pub number: String,
    /// States, in the order of the way through.
    pub states: Vec<State>,
    /// Transitions.
    pub transitions: Vec<Transition>,
    /// Deadlines.
    pub deadlines: Vec<Deadline>,
    /// At most [`MOST_SLOTS`] fields by which lists filter and sort.
    pub slots: Vec<String>,
    /// Fields by which the conservation equation is kept, besides the unit.
    pub balance: Vec<String>,
    /// Field that names a case in one line, in lists and reminders.
    pub summary: String,
}

/// Fields of a case kind that lists can filter and sort by.
pub const MOST_SLOTS: usize = 8;

/// A state of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Key.
    pub key: String,
    /// Chinese title.
    pub title: String,
    /// How it counts.
    pub stage: Stage,
}

/// How a state counts in the conservation equation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// 未销号: counts in 期初 and 期末.
    Open,
    /// 已销号.
    Closed,
    /// 已撤销: was never one.
    Withdrawn,
}

impl Stage {
    /// Stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The stage of this key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        [Self::Open, Self::Closed, Self::Withdrawn].into_iter().find(|stage| stage.key() == key)
    }
}

/// One act on a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transition {
    /// Key of the act.
    pub verb: String,
    /// Chinese title: a verb, as on the button.
    pub title: String,
    /// States from which it may be done; empty for the act that opens the case.
    pub from: Vec<String>,
    /// State afterwards; `None` leaves it as it is.
    pub to: Option<String>,
    /// Fields that may be answered in the act.
    pub ask: Vec<Ask>,
    /// Who may: an expression over `actor`, `grant`, `case`, `unit`, `now`. Not asked of imported history.
    pub who: String,
    /// What must be true of the answers, whoever acts.
    pub checks: Vec<Check>,
    /// Fields set by expressions after the answers are in, in order.
    pub set: Vec<(String, String)>,
    /// Decision table asked before the checks; its outcomes are set as fields.
    pub decide: Option<String>,
    /// Document that the act produces.
    pub document: Option<String>,
    /// Whether the phone and the desk show it as a button of its own (imports and jobs only when false).
    pub offered: bool,
}

/// A field that an act asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Field key.
    pub field: String,
    /// When it must be answered: an expression, `true` for always, `false` for never.
    pub need: String,
}

/// A condition on the data of an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Expression that must be true.
    pub that: String,
    /// What to say when it is not.
    pub message: String,
    /// Field to say it at.
    pub field: Option<String>,
}

/// A clock on some states of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// Key.
    pub key: String,
    /// Chinese title, for example 整改时限.
    pub title: String,
    /// States in which it runs.
    pub states: Vec<String>,
    /// Field that holds the date.
    pub due: String,
    /// When to remind, as offsets from the date: `-3wd`, `0d`.
    pub remind: Vec<String>,
    /// Whether an overdue case is told one level up.
    pub escalate: bool,
}

impl Definition {
    /// A state by key.
    #[must_use]
    pub fn state(&self, key: &str) -> Option<&State> {
        self.states.iter().find(|state| state.key == key)
    }

    /// A transition by verb that may be done from this state (`None`: before the case exists).
    #[must_use]
    pub fn transition(&self, verb: &str, from: Option<&str>) -> Option<&Transition> {
        self.transitions.iter().find(|transition| transition.verb == verb && transition.leaves(from))
    }

    /// Transitions that may be done from this state.
    pub fn offered<'a>(&'a self, from: Option<&str>) -> impl Iterator<Item = &'a Transition> {
        self.transitions.iter().filter(move |transition| transition.offered && transition.leaves(from))
    }

    /// Position of a field among the slots.
    #[must_use]
    pub fn slot(&self, field: &str) -> Option<usize> {
        self.slots.iter().position(|slot| slot == field)
    }
}

impl Transition {
    /// Whether it may be done from this state.
    #[must_use]
    pub fn leaves(&self, from: Option<&str>) -> bool {
        match from {
            None => self.from.is_empty(),
            Some(state) => self.from.iter().any(|known| known == state),
        }
    }
}
