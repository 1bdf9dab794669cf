//! Ancestry, dates and jurisdiction of a small county.

use super::*;
use jiff::civil::date;

fn unit(number: u64) -> Id<Unit> {
    Id::from_parts(number, [0; 10])
}

fn version(number: u64, parent: Option<u64>, from: Date, to: Option<Date>) -> Version {
    Version {
        unit: unit(number),
        code: format!("U{number}"),
        name: format!("单位{number}"),
        kind: "primary".to_owned(),
        parent: parent.map(unit),
        valid_from: from,
        valid_to: to,
        position: i64::try_from(number).unwrap(),
        attributes: BTreeMap::new(),
    }
}

fn county() -> Vec<Version> {
    let start = date(2025, 9, 1);
    vec![
        version(1, None, start, None),
        version(2, Some(1), start, None),
        version(3, Some(1), start, None),
        version(4, Some(2), start, Some(date(2026, 7, 31))),
        version(4, Some(3), date(2026, 8, 1), None),
        version(9, None, start, None),
    ]
}

#[test]
fn a_moved_school_is_under_the_town_of_the_day() {
    let before = Tree::on(date(2026, 7, 31), &county(), &[]);
    let after = Tree::on(date(2026, 8, 1), &county(), &[]);
    assert!(before.covers(unit(2), unit(4)) && !before.covers(unit(3), unit(4)));
    assert!(after.covers(unit(3), unit(4)) && !after.covers(unit(2), unit(4)));
    assert_eq!(after.path(unit(4)), vec![unit(4), unit(3), unit(1)]);
}

#[test]
fn a_fire_brigade_has_jurisdiction_without_ancestry_and_only_in_its_dates() {
    let relation = Jurisdiction {
        authority: unit(9),
        unit: unit(3),
        kind: JurisdictionKind::Trade,
        valid_from: date(2026, 8, 1),
        valid_to: Some(date(2026, 12, 31)),
    };
    let tree = |on| Tree::on(on, &county(), std::slice::from_ref(&relation));
    assert!(tree(date(2026, 9, 1)).jurisdiction(unit(9), unit(4)));
    assert!(!tree(date(2026, 9, 1)).covers(unit(9), unit(4)));
    assert!(!tree(date(2026, 9, 1)).jurisdiction(unit(9), unit(2)));
    assert!(!tree(date(2027, 1, 1)).jurisdiction(unit(9), unit(4)));
}

#[test]
fn a_scope_holds_the_subtree_and_nothing_beside_it() {
    let tree = Tree::on(date(2026, 9, 1), &county(), &[]);
    let scope = Scope::of(&tree, &[unit(3)], false);
    assert!(scope.contains(unit(4)) && scope.contains(unit(3)));
    assert!(!scope.contains(unit(2)) && !scope.contains(unit(1)));
    assert_eq!(Scope::of(&tree, &[unit(1), unit(9)], false), Scope::Everything);
    assert_eq!(Scope::Everything.narrow(&scope), scope);
}

#[test]
fn a_cycle_in_bad_data_ends_the_walk() {
    let start = date(2025, 9, 1);
    let versions = [version(1, Some(2), start, None), version(2, Some(1), start, None)];
    let tree = Tree::on(start, &versions, &[]);
    assert_eq!(tree.path(unit(1)).len(), 2);
    assert_eq!(tree.subtree(unit(1)).len(), 2);
}
