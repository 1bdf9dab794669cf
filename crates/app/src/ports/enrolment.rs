//! Rows of pupils in classes, of teaching, and of the numbers by which people are told apart.

use async_trait::async_trait;
use jiff::civil::Date;
use yanpan_kernel::{
    enrolment::{Enrolment, Identity, Teaching},
    id::Id,
    person::Person,
    problem::Problem,
    unit::Scope,
};

/// Reading them.
#[async_trait]
pub trait EnrolmentRows {
    /// Who bears the numbers of these marks.
    async fn marked(&self, marks: &[[u8; 32]]) -> Result<Vec<([u8; 32], Person)>, Problem>;
    /// Numbers of these people.
    async fn identities(&self, people: &[Id<Person>]) -> Result<Vec<Identity>, Problem>;
    /// Enrolments in classes of the scope with their pupils, by class and first day.
    async fn enrolments(&self, scope: &Scope) -> Result<Vec<(Enrolment, Person)>, Problem>;
    /// Every enrolment of these pupils, wherever: a pupil who moves leaves the class before.
    async fn enrolments_of(&self, pupils: &[Id<Person>]) -> Result<Vec<Enrolment>, Problem>;
    /// Enrolments by id, as an earlier import made them.
    async fn enrolments_by_id(&self, ids: &[Id<Enrolment>]) -> Result<Vec<Enrolment>, Problem>;
    /// Teaching in classes of the scope with the people, by class and subject.
    async fn teachings(&self, scope: &Scope) -> Result<Vec<(Teaching, Person)>, Problem>;
    /// Pupils whose every enrolment ended before a day and whose name is still kept.
    async fn pupils_gone_before(&self, day: Date) -> Result<Vec<Id<Person>>, Problem>;
}

/// Writing them.
#[async_trait]
pub trait EnrolmentWrites {
    /// Adds numbers, or replaces those of the same person and kind.
    async fn put_identities(&self, identities: &[Identity]) -> Result<(), Problem>;
    /// Adds enrolments, or replaces those of the same id.
    async fn put_enrolments(&self, enrolments: &[Enrolment]) -> Result<(), Problem>;
    /// Adds teaching, or replaces that of the same id.
    async fn put_teachings(&self, teachings: &[Teaching]) -> Result<(), Problem>;
    /// Removes enrolments that an undone batch made; their entries stay.
    async fn drop_enrolments(&self, ids: &[Id<Enrolment>]) -> Result<(), Problem>;
    /// Removes teaching that an undone batch made; its entries stay.
    async fn drop_teachings(&self, ids: &[Id<Teaching>]) -> Result<(), Problem>;
    /// Forgets name and numbers of pupils.
    async fn forget_pupils(&self, pupils: &[Id<Person>]) -> Result<(), Problem>;
}
