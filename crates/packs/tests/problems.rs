//! A pack with many errors names all of them at their places, and no bytes of a pack panic.

use proptest::prelude::*;
use std::path::Path;
use yanpan_packs::read::{self, Folder};

fn shipped() -> Folder {
    read::directory(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/special-action")).unwrap_or_default()
}

fn broken(changes: &[(&str, &str, &str)]) -> Vec<String> {
    let mut folder = shipped();
    for (file, from, to) in changes {
        let text = folder.entry((*file).to_owned()).or_default();
        assert!(text.contains(from), "{file} has no {from}");
        *text = text.replacen(from, to, 1);
    }
    read::folder(&folder).1.iter().map(ToString::to_string).collect()
}

#[test]
fn a_pack_with_ten_different_errors_reports_all_ten_at_their_places() {
    let found = broken(&[
        ("pack.toml", "1.1.0", "v1"),
        ("cases/hazard.toml", "form = \"hazard\"", "form = \"hazrad\""),
        ("cases/accident.toml", "from = [\"open\"]", "from = [\"opened\"]"),
        (
            "cases/accident.toml",
            "who = \"role('head') || role('authority')\"",
            "who = \"role('haed') || rol('authority')\"",
        ),
        ("cases/task.toml", "due = \"due_on\"", "due = \"what\""),
        ("cases/task.toml", "remind = [\"-1wd\"]", "remind = [\"1 day\"]"),
        (
            "forms/hazard.toml",
            "title = \"责任人电话\"\nkind = \"text\"\nmax = 20\npersonal",
            "title = \"责任人电话\"\nkind = \"text\"\nmaximum",
        ),
        ("rounds.toml", "unit.school", "unit.schol"),
        ("rules/measures.toml", "measure('hazard_overdue')", "measure('hazard_overdu')"),
        ("rules/outlook.toml", "month in [11, 12, 1, 2]", "month in [11, 12, 1, 2"),
        ("indicators.toml", "FROM hazard\n", "FROM hazards\n"),
        ("indicators.toml", "$first AND $last", "$fist AND $last"),
        ("documents.toml", "documents/monthly.md", "documents/month.md"),
    ]);
    let expected = include_str!("ten_errors.txt");
    let said = found.join("\n") + "\n";
    assert!(said == expected, "{said}");
}

#[test]
fn a_case_that_cannot_end_and_a_step_that_cannot_follow_are_named() {
    let found = broken(&[
        ("cases/task.toml", "to = \"done\"", "to = \"assigned\""),
        ("ledgers/hazard.toml", "verb = \"grade\"", "verb = \"accept\""),
        ("rules/major_hazard.toml", "level = \"重大\"", "level = \"特大\""),
    ]);
    let expected = [
        "cases/task.toml:41:11:「states」的值「assigned」不合要求：从这个状态没有一条路通向销号 [422.110]",
        "cases/task.toml:42:11:「states」的值「done」不合要求：没有动作能到达这个状态 [422.110]",
        "ledgers/hazard.toml:206:1:「verb」的值「accept」不合要求：前面各步之后，事项不会处在能做这个动作的状态 [422.110]",
    ];
    for line in expected {
        assert!(found.iter().any(|said| said == line), "{line}\n{}", found.join("\n"));
    }
    assert!(
        found.iter().any(|said| said.starts_with("rules/major_hazard.toml:7:1:「then」的值「level」")),
        "{found:?}"
    );
}

#[test]
fn a_person_is_listed_by_nothing_that_the_law_forbids_and_by_nothing_undeclared() {
    let found = broken(&[
        ("forms/hazard.toml", "title = \"备注\"", "title = \"民族\""),
        ("forms/hazard.toml", "title = \"挂牌单位\"", "title = \"联系人姓名\""),
        ("cases/hazard.toml", "\"found_on\", \"rectify_by\"", "\"found_by\", \"rectify_by\""),
        ("forms/hazard.toml", "\"staff-name\"", "\"faith\""),
    ]);
    for part in ["不得按「民族」登记个人", "「姓名」是个人信息", "个人信息不能用于清单和统计", "faith"]
    {
        assert!(found.iter().any(|said| said.contains(part)), "{part}: {found:?}");
    }
}

#[test]
fn the_table_of_the_four_colours_gives_one_colour_with_its_reason_and_counts_no_persons() {
    let found = broken(&[
        ("rules/school_colour.toml", "policy = \"first\"", "policy = \"collect\""),
        ("rules/school_colour.toml", "colour = \"红\"", "colour = \"紫\""),
        (
            "rules/school_colour.toml",
            "reason = \"有超期15天以上的隐患\", figure = \"hazard_overdue_long\"",
            "figure = \"hazard\"",
        ),
        ("indicators.toml", "[indicator.returns_missing]\n", "[indicator.returns_missing]\npersons = true\n"),
    ]);
    for part in [
        "四色只取一色",
        "「紫」不合要求：应为 红、橙、黄、蓝 之一",
        "每一色都要写明理由",
        "「hazard」不合要求：没有这个指标",
        "只数人的指标不能决定颜色",
    ] {
        assert!(found.iter().any(|said| said.contains(part)), "{part}: {}", found.join("\n"));
    }
    let found = broken(&[("pack.toml", "colours = \"school_colour\"", "colours = \"school_color\"")]);
    assert!(found.iter().any(|said| said.contains("没有这个判定表，是不是想写「school_colour」")), "{found:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn mutated_bytes_of_the_shipped_pack_never_panic(
        pick in any::<prop::sample::Index>(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 1..12),
    ) {
        let mut folder = shipped();
        let file = pick.get(&folder.keys().cloned().collect::<Vec<_>>()).clone();
        let mut bytes = folder[&file].clone().into_bytes();
        for (at, byte, act) in cuts {
            let at = at.index(bytes.len().max(1));
            match act {
                0 if at < bytes.len() => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => bytes.truncate(bytes.len() - bytes.len().min(usize::from(byte))),
            }
        }
        folder.insert(file, String::from_utf8_lossy(&bytes).into_owned());
        let _ = read::folder(&folder);
    }
}
