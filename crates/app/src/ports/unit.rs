//! Rows of the organisation tree.

use async_trait::async_trait;
use yanpan_kernel::{
    id::Id,
    problem::Problem,
    unit::{Jurisdiction, Succession, Unit, Version},
};

/// Reading units. The tree itself is not unit data: names and places in it are known to all who may sign in.
#[async_trait]
pub trait UnitRows {
    /// Changes with every write of units, so that a cached tree knows when it is old.
    async fn tree_version(&self) -> Result<i64, Problem>;
    /// All versions of all units.
    async fn unit_versions(&self) -> Result<Vec<Version>, Problem>;
    /// All jurisdictions.
    async fn jurisdictions(&self) -> Result<Vec<Jurisdiction>, Problem>;
    /// All successions.
    async fn successions(&self) -> Result<Vec<Succession>, Problem>;
    /// Other names by which people write units.
    async fn unit_aliases(&self) -> Result<Vec<(Id<Unit>, String)>, Problem>;
}

/// Writing units.
#[async_trait]
pub trait UnitWrites {
    /// Adds versions, or replaces those of the same unit and first day.
    async fn put_unit_versions(&self, versions: &[Version]) -> Result<(), Problem>;
    /// Adds jurisdictions.
    async fn put_jurisdictions(&self, relations: &[Jurisdiction]) -> Result<(), Problem>;
    /// Adds successions.
    async fn put_successions(&self, successions: &[Succession]) -> Result<(), Problem>;
    /// Adds an alias; one alias names one unit.
    async fn put_unit_alias(&self, unit: Id<Unit>, alias: &str) -> Result<(), Problem>;
}
