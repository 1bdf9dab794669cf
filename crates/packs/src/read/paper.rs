//! `[document.KEY]`: documents and their templates.

use super::{
    Folder,
    draft::{Draft, Wanted},
};
use crate::{
    Paper,
    toml::{Placed, Table},
};
use std::fmt::Display;
use yanpan_kernel::{period::PeriodKind, problem::PACK_VALUE};
use yanpan_rules::nearest;

/// Reads a document.
pub fn read(draft: &mut Draft, key: &Placed<String>, table: &Table<'_>, files: &Folder) {
    draft.define("document", key);
    let words: Vec<(&str, PeriodKind)> = PeriodKind::ALL.into_iter().map(|kind| (kind.key(), kind)).collect();
    let period = table.choice("period", &words).optional().map(|kind| kind.key().to_owned());
    let case = table.text("case").placed();
    draft.refer(Wanted::Case, case.as_ref());
    if period.is_none() == case.is_none() {
        let reason = "要么按期间(period),要么属于一类事项(case)";
        table.problem(&PACK_VALUE, &[("key", &"document"), ("value", &key.value), ("reason", &reason)]);
    }
    let file = table.text("template").required_placed();
    let template = file.as_ref().and_then(|file| files.get(&file.value)).cloned();
    if let Some(file) = file.as_ref().filter(|_| template.is_none()) {
        let near = nearest(file, files.keys().map(String::as_str));
        let meant = near.map(|near| format!("，是不是「{near}」？")).unwrap_or_default();
        let reason = format!("没有这个文件{meant}");
        let values: [(&str, &dyn Display); 3] = [("key", &"template"), ("value", &**file), ("reason", &reason)];
        table.problem_at(&file.place, &PACK_VALUE, &values);
    }
    let paper = Paper {
        key: key.value.clone(),
        title: table.text("title").required_or(String::new()),
        period,
        case: case.map(Placed::into_value),
        template: template.unwrap_or_default(),
        file: file.map(Placed::into_value).unwrap_or_default(),
    };
    draft.pack.documents.insert(key.value.clone(), paper);
}
