//! A pack's ledger as a target: a row becomes the acts of a case.

mod acts;
mod compare;
mod undo;
mod write;

pub(super) use acts::Ground;

use super::{
    columns::ledger_target,
    identity::row_key,
    plan::RowPlan,
    target::{Secret, Target, WRITERS, at_column},
};
use crate::ports::{Batch, Progress, Reading, SheetTarget, Writing};
use async_trait::async_trait;
use std::collections::BTreeSet;
use yanpan_kernel::{
    case::Case,
    form::Answers,
    id::Id,
    person::Role,
    problem::{Place, Problem},
    unit::Unit,
};

#[async_trait]
impl Target for Ground<'_> {
    fn sheet(&self) -> SheetTarget {
        ledger_target(self.ledger, self.form)
    }

    fn writers(&self) -> &'static [Role] {
        WRITERS
    }

    fn unit_column(&self) -> Option<&str> {
        Some(&self.ledger.unit)
    }

    fn key(&self, values: &Answers) -> String {
        row_key(self.ledger, values)
    }

    fn keeps_equals(&self) -> bool {
        true
    }

    fn look(&self, values: &Answers, place: &Place) -> Vec<Problem> {
        let Some(unit) = self.unit_of(values) else { return Vec::new() };
        match self.acts(values, None, (Id::from_parts(0, [0; 10]), unit, "trial"), "trial") {
            Ok(_) => Vec::new(),
            Err(problems) => problems.into_iter().map(|problem| self.at_column(place, problem)).collect(),
        }
    }

    async fn compare(&self, reading: &dyn Reading, rows: &mut [RowPlan], progress: &Progress) -> Result<(), Problem> {
        compare::compare(self, reading, rows, progress).await
    }

    async fn write(
        &self,
        writing: &dyn Writing,
        batch: &Batch,
        rows: &[&RowPlan],
        _: &[Secret],
    ) -> Result<Vec<(u32, String)>, Problem> {
        write::write(self, writing, batch, rows).await
    }

    async fn undo(
        &self,
        writing: &dyn Writing,
        batch: &Batch,
        confirmed: &BTreeSet<Id<Case>>,
    ) -> Result<Result<usize, Vec<Problem>>, Problem> {
        undo::undo(self, writing, batch, confirmed).await
    }
}

impl Ground<'_> {
    /// The unit of a row.
    pub(super) fn unit_of(&self, values: &Answers) -> Option<Id<Unit>> {
        values.get(&self.ledger.unit)?.as_str()?.parse().ok()
    }

    /// A problem of a step is said at the row, in the column of its field.
    fn at_column(&self, place: &Place, problem: Problem) -> Problem {
        let title =
            |key: &str| self.ledger.columns.iter().find(|column| column.key == key).map(|one| one.title.clone());
        at_column(place, problem, title)
    }
}
