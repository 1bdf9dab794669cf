//! Units, pupils and teaching out: rows in the columns in which they come in.

use crate::{
    App, Caller,
    import::{sheet_target, unit_columns},
    ports::{Cell, SheetTarget},
};
use std::collections::HashMap;
use yanpan_kernel::{
    enrolment::{IdentityKind, masked},
    id::Id,
    person::{Person, Role},
    problem::Problem,
    unit::{Unit, Version},
};

fn text(text: Option<String>) -> Cell {
    text.map_or(Cell::Missing, Cell::Text)
}

/// Every version of every unit, in the bureau's order: one row per version.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn unit_rows(app: &App) -> Result<(SheetTarget, Vec<Vec<Cell>>), Problem> {
    let mut versions = app.store.read().await?.unit_versions().await?;
    let codes: HashMap<Id<Unit>, String> =
        versions.iter().map(|version| (version.unit, version.code.clone())).collect();
    versions.sort_by_key(|version| (version.position, version.valid_from));
    let mut target = unit_columns();
    target.columns.retain(|column| column.key != "aliases");
    let row = |version: Version| {
        let attribute = |key: &str| text(version.attributes.get(key).cloned());
        vec![
            Cell::Text(version.code.clone()),
            Cell::Text(version.name.clone()),
            Cell::Text(version.kind.clone()),
            text(version.parent.and_then(|parent| codes.get(&parent).cloned())),
            Cell::Date(version.valid_from),
            version.valid_to.map_or(Cell::Missing, Cell::Date),
            attribute("ownership"),
            attribute("setting"),
            attribute("stage"),
        ]
    };
    Ok((target, versions.into_iter().map(row).collect()))
}

/// The school and the class of a class's row.
fn place(caller: &Caller, class: Id<Unit>) -> [Cell; 2] {
    let path = caller.tree.path(class);
    let above = path.iter().skip(1).filter_map(|unit| caller.tree.get(*unit)).find(|version| version.kind != "grade");
    let name = |version: Option<&Version>| text(version.map(|version| version.name.clone()));
    [name(above), name(caller.tree.get(class))]
}

/// Pupils of the caller's own classes; their numbers are masked.
///
/// # Errors
/// `FORBIDDEN` for those above and beside the school, `STORE_UNAVAILABLE`.
pub async fn pupil_rows(app: &App, caller: &Caller) -> Result<(SheetTarget, Vec<Vec<Cell>>), Problem> {
    caller.grant_of(&[Role::Admin, Role::Head, Role::Teacher])?;
    let reading = app.store.read().await?;
    let enrolments = reading.enrolments(&caller.scope()).await?;
    let pupils: Vec<Id<Person>> = enrolments.iter().map(|(_, pupil)| pupil.id).collect();
    let mut numbers = HashMap::new();
    for identity in reading.identities(&pupils).await? {
        let number = app.vault.open(&identity.sealed).map(|number| masked(&number));
        numbers.insert((identity.person, identity.kind), number);
    }
    let rows = enrolments.into_iter().map(|(enrolment, pupil)| {
        let number = |kind| text(numbers.get(&(pupil.id, kind)).cloned().flatten());
        let [school, class] = place(caller, enrolment.class);
        let numbers = [number(IdentityKind::Citizen), number(IdentityKind::Pupil)];
        let ends = [Cell::Date(enrolment.valid_from), enrolment.valid_to.map_or(Cell::Missing, Cell::Date)];
        [school, class, Cell::Text(pupil.name)].into_iter().chain(numbers).chain(ends).collect()
    });
    Ok((sheet_target(app, caller, "pupils")?, rows.collect()))
}

/// Teaching in the caller's classes.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn teaching_rows(app: &App, caller: &Caller) -> Result<(SheetTarget, Vec<Vec<Cell>>), Problem> {
    let reading = app.store.read().await?;
    let logins: HashMap<Id<Person>, String> =
        reading.accounts().await?.into_iter().map(|(account, person)| (person.id, account.login)).collect();
    let teachings = reading.teachings(&caller.scope()).await?;
    let mut target = sheet_target(app, caller, "teaching")?;
    target.columns.retain(|column| column.key != "identity");
    let rows = teachings.into_iter().map(|(teaching, person)| {
        let [school, class] = place(caller, teaching.class);
        let login = text(logins.get(&person.id).cloned());
        let ends = [Cell::Date(teaching.valid_from), teaching.valid_to.map_or(Cell::Missing, Cell::Date)];
        let fixed = [school, class, Cell::Text(teaching.subject), Cell::Text(person.name), login];
        fixed.into_iter().chain(ends).collect()
    });
    Ok((target, rows.collect()))
}
