//! Matching names over a list.

use super::*;

fn list() -> List {
    let entry = |id: &str, name: &str, aliases: &[&str]| Entry {
        id: id.into(),
        code: format!("33{id}"),
        name: name.into(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
    };
    List::new(vec![
        entry("1", "城关第一小学", &["一小"]),
        entry("2", "城关第二小学", &[]),
        entry("3", "县实验小学", &["实小"]),
        entry("4", "柳河镇中心小学", &[]),
        entry("5", "天乐园幼儿园", &[]),
        entry("6", "城关第一幼儿园", &[]),
    ])
}

#[test]
fn code_name_and_alias_are_found_outright() {
    assert_eq!(list().find("331"), Match::Exact("1".into()));
    assert_eq!(list().find(" 城关第一小学 "), Match::Exact("1".into()));
    assert_eq!(list().find("城关第一小学(本部)"), Match::Exact("1".into()));
    assert_eq!(list().find("实小"), Match::Alias("3".into()));
}

#[test]
fn shortenings_and_slips_are_asked_about() {
    for (name, id) in [
        ("城关一小", "1"),
        ("实验小学", "3"),
        ("天乐圆幼儿园", "5"),
        ("柳河中心校", "4"),
        ("天乐园", "5"),
        ("城关一幼", "6"),
    ] {
        let Match::Near(near) = list().find(name) else { panic!("{name}: {:?}", list().find(name)) };
        assert_eq!(near.first().map(|candidate| candidate.id.as_str()), Some(id), "{name}: {near:?}");
    }
    assert_eq!(list().find("星海国际学校"), Match::None);
}

#[test]
fn the_second_school_is_never_taken_for_the_first() {
    let Match::Near(near) = list().find("城关二小") else { panic!() };
    assert!(near.iter().all(|candidate| candidate.id != "1"), "{near:?}");
}

#[test]
fn two_of_one_name_are_both_given_and_none_chosen() {
    let twin = |id: &str| Entry { id: id.into(), name: "王强".into(), ..Entry::default() };
    let Match::Near(near) = List::new(vec![twin("a"), twin("b")]).find("王强") else { panic!() };
    assert_eq!(near.len(), 2);
}

#[test]
fn distance_counts_a_swap_once() {
    assert_eq!((distance("天乐园", "天园乐"), distance("", "ab"), distance("甲", "甲")), (1, 2, 0));
}
