//! The scenarios of every shipped pack hold, and a broken one is seen failing at its line.

use proptest::prelude::*;
use std::path::Path;
use yanpan_app::scenario::run;
use yanpan_kernel::calendar::{CHINA, Calendar};
use yanpan_packs::read::{self, Folder};

fn shipped() -> Folder {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/special-action");
    read::directory(&path).unwrap_or_default()
}

fn told(folder: &Folder) -> Vec<String> {
    let (calendar, _) = Calendar::read("calendar-cn.json", CHINA);
    let (pack, problems) = read::folder(folder);
    let failing = pack.scenarios.iter().flat_map(|scenario| run(&pack, scenario, &calendar));
    problems.into_iter().chain(failing).map(|problem| problem.to_string()).collect()
}

#[test]
fn every_scenario_of_the_shipped_pack_holds() {
    let folder = shipped();
    assert!(read::folder(&folder).0.scenarios.len() >= 8);
    let said = told(&folder);
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn a_guard_taken_away_breaks_the_scenario_that_needs_it_at_its_line() {
    let mut folder = shipped();
    let case = folder.entry("cases/hazard.toml".to_owned()).or_default();
    *case = case.replacen("who = \"actor != case.by.submit && (case.level", "who = \"(case.level", 1);
    let said = told(&folder);
    let expected = "tests/own_work.scenario.toml:43:情景「谁也不验收自己的整改」：「accept」应被拒绝(须由另一人办理)，却做成了 [422.112]";
    assert!(said.iter().any(|said| said == expected), "{}", said.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn no_mutated_case_or_scenario_makes_the_runner_panic(
        pick in any::<prop::sample::Index>(),
        words in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(vec![
            "", "0", "-1", "99999999999", "\"\"", "null", "case", "true", "seq:", "}", "2026-02-30", "+3660d", "[]",
        ])), 1..6),
    ) {
        let mut folder = shipped();
        let told_of = |file: &&String| file.starts_with("tests/") || file.starts_with("cases/");
        let files: Vec<String> = folder.keys().filter(told_of).cloned().collect();
        let text = folder.entry(pick.get(&files).clone()).or_default();
        for (at, word) in words {
            let parts: Vec<&str> = text.split(' ').collect();
            let at = at.index(parts.len());
            let changed: Vec<&str> = parts.iter().enumerate().map(|(index, part)| if index == at { word } else { part }).collect();
            *text = changed.join(" ");
        }
        let _ = told(&folder);
    }
}
