//! View 视图: which pages a pack has, composed of a closed list of generic ones.

use serde::Serialize;
use std::collections::BTreeMap;

/// A page that a pack composes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct View {
    /// Key.
    pub key: String,
    /// Chinese title, as in the menu.
    pub title: String,
    /// Where in the menu of the loop it stands.
    pub menu: Menu,
    /// Whether the phone has it too.
    pub phone: bool,
    /// What it shows.
    #[serde(flatten)]
    pub shows: Shows,
}

/// Places of the menu, in the order of the loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Menu {
    /// 采集
    Collect,
    /// 研判
    Assess,
    /// 处置
    Act,
    /// 报告
    Report,
}

/// The generic views.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Shows {
    /// A ledger: cases of a kind in rows, each leading to its record.
    List {
        /// Kind of case.
        case: String,
        /// Columns: fields of the form, or one of [`CASE_COLUMNS`].
        columns: Vec<String>,
        /// Columns offered as filters.
        filters: Vec<String>,
        /// Sort column, with `-` before it from high to low.
        sort: String,
        /// Ready-made narrowings.
        tabs: Vec<Tab>,
    },
    /// What units owe for a round, and where each stands.
    Returns {
        /// Round.
        round: String,
    },
    /// Opening a case in a few touches, pictures first.
    Capture {
        /// Kind of case.
        case: String,
        /// Opening act.
        verb: String,
        /// Fields shown at once, in this order; the others wait behind 「更多」.
        fields: Vec<String>,
    },
}

/// A ready-made narrowing of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tab {
    /// Chinese title.
    pub title: String,
    /// Filters by column.
    #[serde(rename = "query")]
    pub narrows: BTreeMap<String, String>,
}

/// Columns that every case has besides the fields of its form.
pub const CASE_COLUMNS: &[&str] = &["number", "unit", "state", "stage", "opened_on", "closed_on", "due_on"];
