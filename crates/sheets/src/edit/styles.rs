//! Cell formats with a warning fill: each is the cell's own format with another background.

use super::split::{split, with_attribute};
use std::collections::BTreeMap;

/// Marked formats that were asked for, to be added to `styles.xml`.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    formats: u32,
    made: BTreeMap<u32, u32>,
}

impl Marks {
    /// Starts from a style part; nothing when it has no cell formats.
    pub fn new(styles: &str) -> Option<Self> {
        let formats = split(styles, "cellXfs")?.children.len();
        Some(Self { formats: u32::try_from(formats).ok()?, made: BTreeMap::new() })
    }

    /// The index of the marked twin of a format.
    pub fn of(&mut self, style: Option<u32>) -> u32 {
        let style = style.filter(|style| *style < self.formats).unwrap_or(0);
        let next = self.formats + u32::try_from(self.made.len()).unwrap_or(0);
        *self.made.entry(style).or_insert(next)
    }

    /// The style part with the marked formats added.
    pub fn add_to(&self, styles: &str) -> Option<String> {
        if self.made.is_empty() {
            return Some(styles.to_owned());
        }
        let fills = split(styles, "fills")?;
        let p = &fills.prefix;
        let (fill, count) = (fills.children.len(), fills.children.len() + 1);
        let warning = format!(
            "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"FFFFC7CE\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
        );
        let with_fill = format!("{}{}{warning}{}", recounted(fills.before, count), texts(&fills.children), fills.after);
        let formats = split(&with_fill, "cellXfs")?;
        let mut by_index: Vec<(u32, u32)> = self.made.iter().map(|(style, index)| (*index, *style)).collect();
        by_index.sort_unstable();
        let twins = by_index.iter().filter_map(|(_, style)| {
            let (_, own) = formats.children.get(usize::try_from(*style).ok()?)?;
            Some(with_attribute(&with_attribute(own, "fillId", &fill.to_string()), "applyFill", "1"))
        });
        let twins: String = twins.collect();
        let before = recounted(formats.before, formats.children.len() + by_index.len());
        Some(format!("{before}{}{twins}{}", texts(&formats.children), formats.after))
    }
}

fn texts(children: &[(String, &str)]) -> String {
    children.iter().map(|(_, text)| *text).collect()
}

/// The text up to a start tag, with the tag's `count` set.
fn recounted(before: &str, count: usize) -> String {
    let at = before.rfind('<').unwrap_or(0);
    let (rest, tag) = before.split_at(at);
    format!("{rest}{}", with_attribute(tag, "count", &count.to_string()))
}
