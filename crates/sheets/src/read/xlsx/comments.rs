//! Comments by cell: classic notes and threaded comments.

use crate::read::Package;
use crate::workbook::cell_reference;
use std::collections::BTreeMap;

/// Comments of the sheet at `path`, by (row, column) from 1.
pub(super) fn read(package: &mut Package<'_>, path: &str) -> BTreeMap<(u32, u32), String> {
    let mut out: BTreeMap<(u32, u32), String> = BTreeMap::new();
    for (kind, target) in package.relations(path).into_values() {
        let list = match kind.as_str() {
            "comments" => "commentList",
            "threadedComment" => "",
            _ => continue,
        };
        let Some(tree) = package.tree(&target) else { continue };
        let holder = if list.is_empty() { Some(&tree) } else { tree.child(list) };
        for comment in holder.into_iter().flat_map(|holder| &holder.children) {
            let Some(cell) = comment.attribute("ref").and_then(cell_reference) else { continue };
            let text = crate::text::trim(&comment.all_text()).to_owned();
            // A threaded comment leaves a note «[Threaded comment] …» for old programs beside the true text.
            if text.is_empty() || text.starts_with("[Threaded comment]") || text.starts_with("[线程批注]") {
                continue;
            }
            let entry = out.entry(cell).or_default();
            if !entry.is_empty() {
                entry.push('\n');
            }
            entry.push_str(&text);
        }
    }
    out
}
