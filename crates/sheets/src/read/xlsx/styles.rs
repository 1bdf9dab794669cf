//! Which cell formats show dates: number formats by id (ECMA-376 part 1, 18.8.30) and by pattern.

use crate::read::Package;
use crate::xml::Element;
use std::collections::BTreeMap;

/// For each cell format (`cellXfs/xf` in order) whether it shows a date.
pub(crate) fn date_formats(package: &mut Package<'_>, path: Option<&str>) -> Vec<bool> {
    let Some(tree) = package.tree(path.unwrap_or("xl/styles.xml")) else { return Vec::new() };
    let empty = Element::default();
    let patterns: BTreeMap<u32, bool> = tree
        .child("numFmts")
        .unwrap_or(&empty)
        .named("numFmt")
        .filter_map(|format| {
            Some((format.attribute("numFmtId")?.parse().ok()?, is_date(format.attribute("formatCode")?)))
        })
        .collect();
    let formats = tree.child("cellXfs").unwrap_or(&empty).named("xf");
    formats
        .map(|format| {
            let id = format.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
            patterns.get(&id).copied().unwrap_or_else(|| is_built_in_date(id))
        })
        .collect()
}

/// Built-in ids: 14–22 everywhere, 27–36 and 50–58 in East Asian locales. 45–47 are durations.
fn is_built_in_date(id: u32) -> bool {
    matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57..=58)
}

/// Whether a pattern has a year or a day outside quotes, brackets and escapes.
fn is_date(pattern: &str) -> bool {
    if pattern.eq_ignore_ascii_case("general") {
        return false;
    }
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    for c in pattern.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' => bracketed = false,
            ';' if !quoted => return false,
            'y' | 'Y' | 'd' | 'D' | 'e' if !quoted && !bracketed => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    //! Patterns.
    use super::*;

    #[test]
    fn years_and_days_outside_quotes_make_a_date() {
        for pattern in ["yyyy-mm-dd", "m\"月\"d\"日\"", "[$-804]yyyy\"年\"m\"月\"d\"日\";@", "yyyy/m/d h:mm"] {
            assert!(is_date(pattern), "{pattern}");
        }
        for pattern in ["0.00", "\"day\"0", "[Red]0", "General", "h:mm", "@"] {
            assert!(!is_date(pattern), "{pattern}");
        }
    }
}
