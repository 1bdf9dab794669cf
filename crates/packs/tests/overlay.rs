//! A bureau's overlay gives a pack of its own version, and a path that hits nothing is an error at its line.

use std::path::Path;
use yanpan_packs::{
    diff,
    read::{self, Folder},
};

fn shipped() -> Folder {
    read::directory(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/special-action")).unwrap_or_default()
}

fn site(text: &str) -> Folder {
    Folder::from([("overlay.toml".to_owned(), text.to_owned())])
}

#[test]
fn an_overlay_changes_single_keys_and_whole_definitions_under_a_version_of_its_own() {
    let text = r#"
base = "special-action"
version = 3
[set]
"case.hazard.deadline.rectification.remind" = ["-5wd", "-1wd"]
"case.hazard.transition.accept.title" = "复查销号"
[round.hazard_monthly]
title = "隐患排查月报"
period = "month"
audience = "unit.school"
due = "+5d"
"#;
    let (pack, problems) = read::overlay(&shipped(), &site(text));
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(pack.version, "1.1.0+site.3");
    let (base, _) = read::folder(&shipped());
    let said: Vec<String> = diff(&base, &pack).into_iter().map(|change| change.path).collect();
    assert_eq!(said, ["case.hazard.accept", "case.hazard.deadline", "round.hazard_monthly"]);
}

#[test]
fn a_path_that_hits_nothing_and_a_value_that_does_not_do_are_errors_at_their_lines() {
    let text = "base = \"special-action\"\nversion = 1\n[set]\n\"case.hazard.deadline.rectificatio.remind\" = []\n\"case.task.deadline.task.due\" = \"what\"\n";
    let found: Vec<String> = read::overlay(&shipped(), &site(text)).1.iter().map(ToString::to_string).collect();
    let expected = [
        "overlay.toml:4:1:「set」的值「case.hazard.deadline.rectificatio.remind」不合要求：没有「rectificatio」，是不是想写「rectification」？ [422.110]",
        "overlay.toml:5:1:「字段」的值「what」不合要求：应为日期字段 [422.110]",
    ];
    assert_eq!(found, expected);
}
