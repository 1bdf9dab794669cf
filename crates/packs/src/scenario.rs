//! Scenarios: stories that a pack tells of itself, with a small cast on a small tree, run by `pack test`.

use jiff::civil::Date;
use std::collections::BTreeMap;
use yanpan_kernel::person::Role;

/// A unit of the stage on which every scenario plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageUnit {
    /// Key, as scenarios write it; also its code.
    pub key: &'static str,
    /// Chinese name.
    pub name: &'static str,
    /// Kind of unit.
    pub kind: &'static str,
    /// Key of the unit above.
    pub parent: Option<&'static str>,
}

/// The stage: a county with two towns, a school and a kindergarten in one of them, and a fire brigade that is nobody's
/// ancestor and has trade jurisdiction (行业主管) over the county.
pub const UNITS: [StageUnit; 7] = [
    StageUnit { key: "county", name: "甲县教育局", kind: "county", parent: None },
    StageUnit { key: "town", name: "甲镇教管中心", kind: "town", parent: Some("county") },
    StageUnit { key: "other_town", name: "乙镇教管中心", kind: "town", parent: Some("county") },
    StageUnit { key: "school", name: "甲镇中心小学", kind: "primary", parent: Some("town") },
    StageUnit { key: "kindergarten", name: "甲镇幼儿园", kind: "kindergarten", parent: Some("town") },
    StageUnit { key: "other_school", name: "乙镇小学", kind: "primary", parent: Some("other_town") },
    StageUnit { key: "fire", name: "甲县消防救援大队", kind: "authority", parent: None },
];

/// A role at a unit of the stage, written `safety-officer@school`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Role.
    pub role: Role,
    /// Key of the unit.
    pub unit: String,
}

/// A story that the pack tells of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// File.
    pub file: String,
    /// Title.
    pub title: String,
    /// The day on which it begins: day 0.
    pub begins: Date,
    /// People by name, with their posts.
    pub cast: BTreeMap<String, Vec<Post>>,
    /// Steps in order.
    pub steps: Vec<ScenarioStep>,
}

/// One step of a story: an act, or with no verb only a look.
#[derive(Debug, Clone, PartialEq)]
pub struct ScenarioStep {
    /// Line in the file, from 1.
    pub line: u32,
    /// Days after the beginning.
    pub day: i32,
    /// The case, by the name that the story gives it.
    pub case: String,
    /// Its kind.
    pub kind: String,
    /// Key of the unit that it belongs to.
    pub unit: String,
    /// Who acts; nobody in a look.
    pub who: Option<String>,
    /// Verb.
    pub verb: Option<String>,
    /// Answers. A date may be written as an offset from the step's day (`+7d`), files as their number.
    pub answers: serde_json::Map<String, serde_json::Value>,
    /// Whether the act tells of the past, as an import does.
    pub imported: bool,
    /// State expected afterwards.
    pub state: Option<String>,
    /// Refusals expected, no more and no fewer: codes or parts of their messages.
    pub refused: Vec<String>,
    /// Expressions over the case that must hold afterwards.
    pub expect: Vec<String>,
    /// Document that the act must make.
    pub document: Option<String>,
    /// Whether the case must, or must not, be overdue on that day.
    pub overdue: Option<bool>,
    /// Who must be told on that day, and what: a reminder's offset (`-3wd`), `overdue`, or `escalated`.
    pub told: BTreeMap<String, String>,
    /// Who must not be told anything.
    pub untold: Vec<String>,
    /// Who must be able to see the case.
    pub seen_by: Vec<String>,
    /// Who must not.
    pub hidden_from: Vec<String>,
}
