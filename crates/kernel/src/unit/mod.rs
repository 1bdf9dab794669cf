//! Unit 单位: a node of the organisation tree, with dated versions, successions and jurisdictions.

mod tree;
pub use tree::{Scope, Tree};

use crate::id::Id;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A unit is an immutable id; everything that may change about it is in its dated [`Version`]s.
#[derive(Debug)]
pub enum Unit {}

/// Marker of a version row.
#[derive(Debug)]
pub enum UnitVersion {}

/// What a unit was called and where it hung from one date to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The unit.
    pub unit: Id<Unit>,
    /// Code that people write; unique at any date.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Kind, one of [`KINDS`].
    pub kind: String,
    /// The unit above; only the root has none.
    pub parent: Option<Id<Unit>>,
    /// First day on which this version holds.
    pub valid_from: Date,
    /// Last day on which it holds; `None` while it is the present one.
    pub valid_to: Option<Date>,
    /// Place in the bureau's fixed order.
    pub position: i64,
    /// Attributes that rules and statistics need: 公民办, 城乡, 学段, pupils, staff, ….
    pub attributes: BTreeMap<String, String>,
}

impl Version {
    /// Whether it is a school or kindergarten.
    #[must_use]
    pub fn is_school(&self) -> bool {
        SCHOOLS.contains(&self.kind.as_str())
    }

    /// Whether it holds on that day.
    #[must_use]
    pub fn holds(&self, on: Date) -> bool {
        self.valid_from <= on && self.valid_to.is_none_or(|last| on <= last)
    }
}

/// Kinds of unit: key and Chinese name. A flat list.
pub const KINDS: &[(&str, &str)] = &[
    ("province", "省"),
    ("city", "市"),
    ("county", "区县"),
    ("zone", "开发区"),
    ("town", "乡镇街道(教管中心)"),
    ("village", "村居"),
    ("department", "股室"),
    ("authority", "主管或协作部门"),
    ("kindergarten", "幼儿园"),
    ("primary", "小学"),
    ("teaching-point", "教学点"),
    ("junior", "初中"),
    ("nine-year", "九年一贯制学校"),
    ("senior", "高中"),
    ("complete", "完全中学"),
    ("vocational", "中职"),
    ("special", "特殊教育学校"),
    ("university", "大学"),
    ("training", "校外培训机构"),
    ("grade", "年级"),
    ("class", "班级"),
    ("enterprise", "企业"),
    ("place", "公共场所"),
];

/// Kinds that are schools in the sense of 应报单位 and 每校.
pub const SCHOOLS: &[&str] = &[
    "kindergarten",
    "primary",
    "teaching-point",
    "junior",
    "nine-year",
    "senior",
    "complete",
    "vocational",
    "special",
    "university",
    "training",
];

/// Chinese name of a kind, or the key itself when it is not in [`KINDS`].
#[must_use]
pub fn kind_title(kind: &str) -> &str {
    KINDS.iter().find(|(key, _)| *key == kind).map_or(kind, |(_, title)| title)
}

/// How one unit follows another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SuccessionKind {
    /// 合并: several into one.
    Merge,
    /// 拆分: one into several.
    Split,
}

/// 承继: from a date on, `to` answers for what was `from`'s.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succession {
    /// The unit that ends (merge) or is divided (split).
    pub from: Id<Unit>,
    /// The unit that follows.
    pub to: Id<Unit>,
    /// Merge or split.
    pub kind: SuccessionKind,
    /// First day of the new order.
    pub on: Date,
}

/// Why an authority that is no ancestor may list, inspect and accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JurisdictionKind {
    /// 属地
    Territory,
    /// 行业主管
    Trade,
}

/// 管辖: a dated relation between an authority and a unit (and all below that unit).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jurisdiction {
    /// The authority.
    pub authority: Id<Unit>,
    /// The unit whose subtree it covers.
    pub unit: Id<Unit>,
    /// 属地 or 行业主管.
    pub kind: JurisdictionKind,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
}

#[cfg(test)]
mod tests;
