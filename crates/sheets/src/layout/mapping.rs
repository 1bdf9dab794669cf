//! A mapping of headings to keys: given as TOML, or confirmed once and remembered for a layout.

use crate::{Target, text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use yanpan_kernel::problem::{MAPPING_INVALID, Place, Problem};

/// Which heading is which column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The layout that it was confirmed for ([`Found::fingerprint`](super::Found)); none for one that holds anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// Heading → key; an empty key or `-` leaves the column out.
    pub headings: BTreeMap<String, String>,
}

impl Mapping {
    /// Reads `"heading" = "key"` lines; `file` is named in problems.
    ///
    /// # Errors
    /// Every line that is wrong, with file, line and column.
    pub fn from_toml(content: &str, file: &str) -> Result<Self, Vec<Problem>> {
        let wrong = |at: usize, reason: String| {
            let before = content.get(..at).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let place = Place::line(file, u32::try_from(line).unwrap_or(1), u32::try_from(column).unwrap_or(1));
            Problem::new(&MAPPING_INVALID, &[("reason", &reason)]).at(place)
        };
        let table: BTreeMap<String, toml::Spanned<toml::Value>> = toml::from_str(content).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            vec![wrong(at, "每行应写成「\"表头\" = \"项目\"」".to_owned())]
        })?;
        let (mut headings, mut problems) = (BTreeMap::new(), Vec::new());
        for (heading, value) in table {
            match value.get_ref() {
                toml::Value::String(key) => {
                    headings.insert(heading, key.clone());
                }
                _ => problems.push(wrong(value.span().start, format!("「{heading}」后面应是加引号的文字"))),
            }
        }
        if problems.is_empty() { Ok(Self { fingerprint: None, headings }) } else { Err(problems) }
    }

    /// What is wrong with it for this target: keys that do not exist, one key for two headings.
    #[must_use]
    pub fn check(&self, target: &Target) -> Vec<Problem> {
        let (mut problems, mut seen) = (Vec::new(), BTreeMap::new());
        for (heading, key) in &self.headings {
            if key.is_empty() || key == "-" {
                continue;
            }
            let reason = if !target.columns.iter().any(|column| column.key == *key || column.title == *key) {
                format!("「{heading}」对应的「{key}」不存在")
            } else if let Some(other) = seen.insert(key, heading) {
                format!("「{other}」和「{heading}」都对应「{key}」")
            } else {
                continue;
            };
            problems.push(Problem::new(&MAPPING_INVALID, &[("reason", &reason)]).at(Place::field(heading.clone())));
        }
        problems
    }

    /// What this mapping says of a heading: a key, «leave out» (`Some(None)`), or nothing.
    pub(super) fn of(&self, path: &[String], target: &Target) -> Option<Option<String>> {
        let full = text::fold(&path.concat());
        let leaf = path.last().map(|leaf| text::fold(leaf)).unwrap_or_default();
        let hit =
            |wanted: &str| self.headings.iter().find(|(heading, _)| text::fold(heading) == wanted).map(|(_, key)| key);
        let key = hit(&full).or_else(|| hit(&leaf))?;
        let column = target.columns.iter().find(|column| column.key == *key || column.title == *key);
        Some(column.map(|column| column.key.clone()))
    }
}
