//! What an import teaches: mappings of a unit's layouts, and names that turned out to mean a unit.

use super::plan::{Plan, Upload};
use crate::{
    Caller,
    ports::{ColumnKind, Reading, SheetLayout, SheetTarget, UnitName, Writing},
};
use yanpan_kernel::{id::Id, problem::Problem, unit::Unit};

/// Layouts remembered per unit and target; the oldest goes.
const MOST: usize = 20;

/// Longest alias that is learned, in characters.
const LONGEST: usize = 40;

fn key(caller: &Caller, upload: &Upload) -> String {
    let unit = upload.unit.or_else(|| caller.grants.first().map(|grant| grant.unit));
    let unit = unit.map_or_else(|| caller.account.to_string(), |unit| unit.to_string());
    format!("{}/{unit}", upload.kind)
}

/// Mappings that the unit has confirmed for this target.
pub(super) async fn remembered(
    reading: &dyn Reading,
    caller: &Caller,
    upload: &Upload,
) -> Result<Vec<SheetLayout>, Problem> {
    let stored = reading.mapping(&key(caller, upload)).await?;
    Ok(stored.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Remembers the mappings under which a file went in.
pub(super) async fn remember(
    writing: &dyn Writing,
    caller: &Caller,
    upload: &Upload,
    plan: &Plan,
) -> Result<(), Problem> {
    let known = remembered(writing, caller, upload).await?;
    let older = known.into_iter().filter(|old| plan.layouts.iter().all(|new| new.fingerprint != old.fingerprint));
    let layouts: Vec<SheetLayout> = plan.layouts.iter().cloned().chain(older).take(MOST).collect();
    let text = serde_json::to_string(&layouts).unwrap_or_default();
    writing.put_mapping(&key(caller, upload), &text).await
}

/// The names that a person said to mean a unit: those corrected in a column of units, unless the name is another's already.
pub(super) fn learned<'u>(upload: &'u Upload, sheet: &SheetTarget, units: &[UnitName]) -> Vec<(Id<Unit>, &'u str)> {
    let named =
        |unit: &UnitName, name: &str| unit.code == name || unit.name == name || unit.aliases.iter().any(|a| a == name);
    let columns = sheet.columns.iter().filter(|column| column.kind == ColumnKind::Unit);
    let told = columns.filter_map(|column| upload.hints.corrections.get(&column.key)).flatten();
    told.filter_map(|(found, instead)| {
        let mut meant = units.iter().filter(|unit| named(unit, instead.trim()));
        let (only, more) = (meant.next()?, meant.next());
        let free = units.iter().all(|unit| !named(unit, found));
        let fits = !found.is_empty() && found.chars().count() <= LONGEST;
        (more.is_none() && free && fits).then_some((only.unit, found.as_str()))
    })
    .collect()
}
