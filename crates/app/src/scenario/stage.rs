//! The stage of scenarios: the small tree, and callers for the cast.

use crate::Caller;
use std::{collections::BTreeMap, sync::Arc};
use yanpan_kernel::{
    id::Id,
    person::Grant,
    unit::{Jurisdiction, JurisdictionKind, Tree, Unit, Version},
};
use yanpan_packs::{Scenario, UNITS};

/// The tree on the day of the beginning, and everybody by name.
pub(super) struct Stage {
    pub tree: Arc<Tree>,
    pub callers: BTreeMap<String, Caller>,
}

impl Stage {
    pub fn set(scenario: &Scenario) -> Self {
        let since = scenario.begins;
        let versions: Vec<Version> = UNITS
            .iter()
            .zip(0..)
            .map(|(unit, position)| Version {
                unit: unit_id(unit.key),
                code: unit.key.to_owned(),
                name: unit.name.to_owned(),
                kind: unit.kind.to_owned(),
                parent: unit.parent.map(unit_id),
                valid_from: since,
                valid_to: None,
                position,
                attributes: BTreeMap::new(),
            })
            .collect();
        let trade = Jurisdiction {
            authority: unit_id("fire"),
            unit: unit_id("county"),
            kind: JurisdictionKind::Trade,
            valid_from: since,
            valid_to: None,
        };
        let tree = Arc::new(Tree::on(since, &versions, &[trade]));
        let callers = scenario.cast.iter().zip(0..).map(|((name, posts), number)| {
            let account = id(2, number);
            let grant = |(post, index): (&yanpan_packs::Post, u8)| Grant {
                id: id(3, number.wrapping_mul(16).wrapping_add(index)),
                account,
                role: post.role,
                unit: unit_id(&post.unit),
                valid_from: since,
                valid_to: None,
            };
            let grants = posts.iter().zip(0..).map(grant).collect();
            let caller = Caller { account, login: name.clone(), name: name.clone(), grants, tree: tree.clone() };
            (name.clone(), caller)
        });
        let callers = callers.collect();
        Self { tree, callers }
    }
}

/// The id of a unit of the stage; nobody's for a key that is not on it.
pub(super) fn unit_id(key: &str) -> Id<Unit> {
    let index = UNITS.iter().zip(0..).find(|(unit, _)| unit.key == key).map_or(u8::MAX, |(_, index)| index);
    id(1, index)
}

/// An id out of a kind and a number, the same in every run.
pub(super) fn id<T>(kind: u8, number: u8) -> Id<T> {
    Id::from_parts(0, [kind, number, 0, 0, 0, 0, 0, 0, 0, 0])
}
