//! The organisation tree as it stood on one day: ancestry, subtrees, jurisdiction, and the scope of a grant.

use super::{Jurisdiction, Unit, Version};
use crate::id::Id;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The tree on one day. Building costs the number of versions; ancestry costs the depth.
#[derive(Debug, Clone)]
pub struct Tree {
    on: Date,
    units: HashMap<Id<Unit>, Version>,
    children: HashMap<Id<Unit>, Vec<Id<Unit>>>,
    roots: Vec<Id<Unit>>,
    jurisdictions: HashMap<Id<Unit>, Vec<Id<Unit>>>,
}

impl Tree {
    /// The versions and relations that hold on `on`.
    #[must_use]
    pub fn on(on: Date, versions: &[Version], jurisdictions: &[Jurisdiction]) -> Self {
        let mut ordered: Vec<&Version> = versions.iter().filter(|version| version.holds(on)).collect();
        ordered.sort_by(|a, b| a.position.cmp(&b.position).then_with(|| a.code.cmp(&b.code)));
        let mut tree = Self {
            on,
            units: HashMap::new(),
            children: HashMap::new(),
            roots: Vec::new(),
            jurisdictions: HashMap::new(),
        };
        for version in &ordered {
            tree.units.insert(version.unit, (*version).clone());
        }
        for version in ordered {
            match version.parent.filter(|parent| tree.units.contains_key(parent)) {
                Some(parent) => tree.children.entry(parent).or_default().push(version.unit),
                None => tree.roots.push(version.unit),
            }
        }
        let holds =
            |relation: &&Jurisdiction| relation.valid_from <= on && relation.valid_to.is_none_or(|last| on <= last);
        for relation in jurisdictions.iter().filter(holds) {
            tree.jurisdictions.entry(relation.authority).or_default().push(relation.unit);
        }
        tree
    }

    /// The day that it shows.
    #[must_use]
    pub const fn date(&self) -> Date {
        self.on
    }

    /// A unit's version of that day.
    #[must_use]
    pub fn get(&self, unit: Id<Unit>) -> Option<&Version> {
        self.units.get(&unit)
    }

    /// A unit by its code.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<&Version> {
        self.units.values().find(|version| version.code == code)
    }

    /// Units without a parent, in the bureau's order.
    #[must_use]
    pub fn roots(&self) -> &[Id<Unit>] {
        &self.roots
    }

    /// Units directly below, in the bureau's order.
    #[must_use]
    pub fn children(&self, unit: Id<Unit>) -> &[Id<Unit>] {
        self.children.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// The unit above.
    #[must_use]
    pub fn parent(&self, unit: Id<Unit>) -> Option<Id<Unit>> {
        self.get(unit)?.parent.filter(|parent| self.units.contains_key(parent))
    }

    /// The unit itself, then those above it, nearest first. A cycle in bad data ends the walk.
    #[must_use]
    pub fn path(&self, unit: Id<Unit>) -> Vec<Id<Unit>> {
        let mut path = Vec::new();
        let mut next = self.units.contains_key(&unit).then_some(unit);
        while let Some(current) = next {
            if path.contains(&current) {
                break;
            }
            path.push(current);
            next = self.parent(current);
        }
        path
    }

    /// Whether `above` is `unit` or one of its ancestors.
    #[must_use]
    pub fn covers(&self, above: Id<Unit>, unit: Id<Unit>) -> bool {
        self.path(unit).contains(&above)
    }

    /// Whether `authority` has jurisdiction over `unit`: by ancestry, or by a relation to the unit or one above it.
    #[must_use]
    pub fn jurisdiction(&self, authority: Id<Unit>, unit: Id<Unit>) -> bool {
        let path = self.path(unit);
        if path.contains(&authority) {
            return true;
        }
        self.jurisdictions.get(&authority).is_some_and(|covered| covered.iter().any(|over| path.contains(over)))
    }

    /// The unit and all below it, depth first in the bureau's order.
    #[must_use]
    pub fn subtree(&self, unit: Id<Unit>) -> Vec<Id<Unit>> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut stack = if self.units.contains_key(&unit) { vec![unit] } else { Vec::new() };
        while let Some(current) = stack.pop() {
            if seen.insert(current) {
                found.push(current);
                stack.extend(self.children(current).iter().rev());
            }
        }
        found
    }

    /// The nearest unit of this kind at or above.
    #[must_use]
    pub fn ancestor_of_kind(&self, unit: Id<Unit>, kind: &str) -> Option<&Version> {
        self.path(unit).into_iter().filter_map(|above| self.get(above)).find(|version| version.kind == kind)
    }

    /// All units, depth first from the roots in the bureau's order.
    #[must_use]
    pub fn all(&self) -> Vec<&Version> {
        self.roots.iter().flat_map(|root| self.subtree(*root)).filter_map(|unit| self.get(unit)).collect()
    }
}

/// The units that a reader or writer may touch. Every query of unit data takes one; there is none without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// The whole installation: jobs and holders of a grant over every root.
    Everything,
    /// These units only.
    Units(BTreeSet<Id<Unit>>),
}

impl Scope {
    /// The subtrees of these units, and with `relations` what lies under their jurisdiction too.
    #[must_use]
    pub fn of(tree: &Tree, units: &[Id<Unit>], relations: bool) -> Self {
        if !tree.roots().is_empty() && tree.roots().iter().all(|root| units.contains(root)) {
            return Self::Everything;
        }
        let mut covered: BTreeSet<Id<Unit>> = units.iter().flat_map(|unit| tree.subtree(*unit)).collect();
        if relations {
            let related = units.iter().filter_map(|unit| tree.jurisdictions.get(unit)).flatten();
            covered.extend(related.flat_map(|unit| tree.subtree(*unit)).collect::<Vec<_>>());
        }
        Self::Units(covered)
    }

    /// Whether it holds this unit.
    #[must_use]
    pub fn contains(&self, unit: Id<Unit>) -> bool {
        match self {
            Self::Everything => true,
            Self::Units(units) => units.contains(&unit),
        }
    }

    /// The part of this scope that lies in another.
    #[must_use]
    pub fn narrow(&self, to: &Self) -> Self {
        match (self, to) {
            (Self::Everything, other) => other.clone(),
            (own, Self::Everything) => own.clone(),
            (Self::Units(own), Self::Units(other)) => Self::Units(own.intersection(other).copied().collect()),
        }
    }
}
