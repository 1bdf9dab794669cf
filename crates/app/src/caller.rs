//! Who asks: an account with the grants that hold today, and what they let it do.

use std::sync::Arc;
use yanpan_kernel::{
    id::Id,
    person::{Account, Grant, Role},
    problem::{FORBIDDEN, OUT_OF_SCOPE, Problem},
    unit::{Scope, Tree, Unit},
};

/// Someone who acts, with the tree of the day.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The account.
    pub account: Id<Account>,
    /// Sign-in name.
    pub login: String,
    /// Name as shown.
    pub name: String,
    /// Grants that hold today.
    pub grants: Vec<Grant>,
    /// The tree of today.
    pub tree: Arc<Tree>,
}

impl Caller {
    /// What it may see: the subtrees of its grants, and what authorities have under their jurisdiction.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope_as(&Role::ALL)
    }

    /// What it may see by its grants of these roles alone.
    #[must_use]
    pub fn scope_as(&self, roles: &[Role]) -> Scope {
        if roles.contains(&Role::Admin) && self.administers() {
            return Scope::Everything;
        }
        let held = self.grants.iter().filter(|grant| roles.contains(&grant.role));
        let units: Vec<Id<Unit>> = held.map(|grant| grant.unit).collect();
        Scope::of(&self.tree, &units, true)
    }

    /// Whether it is 平台管理员 of the whole installation.
    #[must_use]
    pub fn administers(&self) -> bool {
        self.grants.iter().any(|grant| grant.role == Role::Admin && self.tree.roots().contains(&grant.unit))
    }

    /// Only 平台管理员 of the whole installation.
    ///
    /// # Errors
    /// `FORBIDDEN`.
    pub fn as_administrator(&self) -> Result<(), Problem> {
        if self.administers() { Ok(()) } else { Err(Problem::new(&FORBIDDEN, &[])) }
    }

    /// What it may see below one unit.
    ///
    /// # Errors
    /// `OUT_OF_SCOPE` when it may not see that unit.
    pub fn scope_under(&self, unit: Id<Unit>) -> Result<Scope, Problem> {
        let scope = self.scope();
        if !scope.contains(unit) {
            return Err(Problem::new(&OUT_OF_SCOPE, &[]));
        }
        let below = if self.tree.roots() == [unit] { Scope::Everything } else { Scope::of(&self.tree, &[unit], false) };
        Ok(scope.narrow(&below))
    }

    /// A grant of one of these roles that covers the unit.
    ///
    /// # Errors
    /// `OUT_OF_SCOPE` when no grant reaches the unit, `FORBIDDEN` when none of the roles is held over it.
    pub fn grant_over(&self, unit: Id<Unit>, roles: &[Role]) -> Result<&Grant, Problem> {
        let mut reaches = false;
        for grant in &self.grants {
            if self.reaches(grant, unit) {
                reaches = true;
                if roles.contains(&grant.role) {
                    return Ok(grant);
                }
            }
        }
        Err(Problem::new(if reaches { &FORBIDDEN } else { &OUT_OF_SCOPE }, &[]))
    }

    /// A grant of one of these roles, wherever it lies.
    ///
    /// # Errors
    /// `FORBIDDEN`.
    pub fn grant_of(&self, roles: &[Role]) -> Result<&Grant, Problem> {
        self.grants.iter().find(|grant| roles.contains(&grant.role)).ok_or_else(|| Problem::new(&FORBIDDEN, &[]))
    }

    /// Grants that reach the unit: by the tree, or for authorities by jurisdiction.
    pub fn grants_over(&self, unit: Id<Unit>) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(move |grant| self.reaches(grant, unit))
    }

    fn reaches(&self, grant: &Grant, unit: Id<Unit>) -> bool {
        match grant.role {
            Role::Authority => self.tree.jurisdiction(grant.unit, unit),
            _ => self.tree.covers(grant.unit, unit),
        }
    }
}
