//! `[document.KEY]`: documents and their templates.

use super::{
    Folder,
    draft::{Draft, Wanted},
};
use crate::{
    Paper,
    toml::{Placed, Table},
};
use yanpan_kernel::{period::PeriodKind, problem::PACK_VALUE};

/// Reads a document.
pub fn read(draft: &mut Draft, key: &Placed<String>, table: &Table<'_>, files: &Folder) {
    let words: Vec<(&str, PeriodKind)> = PeriodKind::ALL.into_iter().map(|kind| (kind.key(), kind)).collect();
    let period = table.choice("period", &words).optional().map(|kind| kind.key().to_owned());
    let case = table.text("case").placed();
    draft.refer(Wanted::Case, case.as_ref());
    if period.is_none() == case.is_none() {
        let reason = "要么按期间(period),要么属于一类事项(case)";
        table.problem(&PACK_VALUE, &[("key", &"document"), ("value", &key.value), ("reason", &reason)]);
    }
    let file = table.text("template").required_or(String::new());
    let template = files.get(&file).cloned();
    if template.is_none() {
        table.problem(&PACK_VALUE, &[("key", &"template"), ("value", &file), ("reason", &"没有这个文件")]);
    }
    let paper = Paper {
        key: key.value.clone(),
        title: table.text("title").required_or(String::new()),
        period,
        case: case.map(Placed::into_value),
        template: template.unwrap_or_default(),
        file,
    };
    draft.pack.documents.insert(key.value.clone(), paper);
}
