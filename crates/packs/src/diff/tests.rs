//! What an upgrade changes is said, and what would strand an open case is marked.

use super::*;
use crate::read::{Folder, folder};

const CASE: &str = r#"
[form.visit]
title = "走访"
[[form.visit.field]]
key = "what"
title = "内容"
kind = "choice"
options = ["甲", "乙"]
[case.visit]
title = "走访"
form = "visit"
number = "{seq:4}"
summary = "what"
states = [{ key = "open", title = "走访中", stage = "open" }, { key = "closed", title = "已办结", stage = "closed" }]
[[case.visit.transition]]
verb = "open"
title = "登记"
to = "open"
who = "role('head')"
[[case.visit.transition]]
verb = "close"
title = "办结"
from = ["open"]
to = "closed"
who = "role('head')"
"#;

fn pack(case: &str) -> Pack {
    let meta = "key = \"visits\"\ntitle = \"走访\"\nversion = \"1.0.0\"\n";
    let files =
        Folder::from([("pack.toml".to_owned(), meta.to_owned()), ("cases/visit.toml".to_owned(), case.to_owned())]);
    let (pack, problems) = folder(&files);
    assert_eq!(problems, []);
    pack
}

fn said(before: &str, after: &str) -> Vec<String> {
    let newer = Pack { version: "1.1.0".to_owned(), ..pack(after) };
    diff(&pack(before), &newer).iter().map(ToString::to_string).collect()
}

fn check(from: &str, to: &str, expected: &[&str]) {
    assert!(CASE.contains(from), "{from}");
    assert_eq!(said(CASE, &CASE.replace(from, to)), expected);
}

#[test]
fn the_same_pack_differs_in_nothing() {
    assert_eq!(diff(&pack(CASE), &pack(CASE)), []);
}

#[test]
fn files_that_differ_under_one_version_are_named() {
    let changed = diff(&pack(CASE), &pack(&CASE.replace("办结", "了结")));
    assert!(changed.first().is_some_and(|change| change.breaking && change.path == "version"), "{changed:?}");
}

#[test]
fn a_field_option_taken_away_breaks_and_one_more_does_not() {
    let gone = "! 删去 表单「走访」的字段「内容」的选项「乙」，已选它的事项不能再改(form.visit.what)";
    check("\"甲\", \"乙\"", "\"甲\"", &[gone]);
    check(
        "\"甲\", \"乙\"",
        "\"甲\", \"乙\", \"丙\"",
        &["  新增 表单「走访」的字段「内容」的选项「丙」(form.visit.what)"],
    );
}

#[test]
fn a_state_renamed_strands_cases_and_a_guard_changed_does_not() {
    let guard = "  改动 「走访」的动作「办结」由谁做：role('head') → role('authority')(case.visit.close)";
    check("to = \"closed\"\nwho = \"role('head')\"", "to = \"closed\"\nwho = \"role('authority')\"", &[guard]);
    let stranded = [
        "! 删去 「走访」的状态「已办结」，停在这里的事项无路可走(case.visit.closed)",
        "  新增 「走访」的状态「已办结」(case.visit.ended)",
        "! 改动 「走访」的动作「办结」之后的状态：closed → ended(case.visit.close)",
    ];
    let renamed = CASE.replace("key = \"closed\"", "key = \"ended\"").replace("to = \"closed\"", "to = \"ended\"");
    assert_eq!(said(CASE, &renamed), stranded);
}
