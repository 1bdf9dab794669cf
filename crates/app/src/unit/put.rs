//! Adding units and new versions of units: codes, parents and dates are checked over the whole tree before anything is written.

use crate::{
    App, Caller,
    ports::{Environment, Writing},
    record::record,
    write,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use yanpan_kernel::{
    calendar::days,
    entry::Statement,
    id::Id,
    person::{Account, Grant, Role},
    problem::{Place, Problem, UNIT_INVALID},
    unit::{Jurisdiction, KINDS, Tree, Unit, Version},
};

/// A version as it comes in: units are named by code.
#[derive(Debug, Clone)]
pub struct NewVersion {
    /// Where it was read, for messages.
    pub place: Place,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// Code of the unit above.
    pub parent: Option<String>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
    /// Attributes.
    pub attributes: BTreeMap<String, String>,
    /// Other names by which people write the unit.
    pub aliases: Vec<String>,
}

/// Adds versions; all or none. A new version of a unit ends the one before it on the day before. Only 平台管理员 of a root,
/// or anyone while there is no unit yet.
///
/// # Errors
/// Every row that cannot be, at its place.
pub async fn put_units(app: &App, caller: &Caller, rows: Vec<NewVersion>) -> Result<usize, Vec<Problem>> {
    let reading = app.store.read().await.map_err(|problem| vec![problem])?;
    let known = reading.unit_versions().await.map_err(|problem| vec![problem])?;
    drop(reading);
    let grant = match known.is_empty() {
        true => None,
        false => Some(caller.grant_of(&[Role::Admin]).map_err(|problem| vec![problem])?.id),
    };
    let (changed, problems) = plan_units(&app.environment, &known, &rows);
    if !problems.is_empty() {
        return Err(problems);
    }
    let count = changed.len();
    let (actor, environment) = (caller.account, app.environment.clone());
    write(app, move |writing| {
        Box::pin(async move { store_units(writing, &environment, (actor, grant), (&changed, &rows)).await })
    })
    .await
    .map_err(|problem| vec![problem])?;
    Ok(count)
}

/// Writes planned versions with their entries, and the aliases of the rows that they came from.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub(crate) async fn store_units(
    writing: &dyn Writing,
    environment: &Environment,
    (actor, grant): (Id<Account>, Option<Id<Grant>>),
    (changed, rows): (&[Version], &[NewVersion]),
) -> Result<(), Problem> {
    let told = changed.iter().map(|version| (statement(version, actor, grant), version_body(version))).collect();
    record(writing, environment, told).await?;
    writing.put_unit_versions(changed).await?;
    for row in rows {
        let Some(version) = changed.iter().find(|version| version.code == row.code) else { continue };
        for alias in row.aliases.iter().map(|alias| alias.trim()).filter(|alias| !alias.is_empty()) {
            writing.put_unit_alias(version.unit, alias).await?;
        }
    }
    Ok(())
}

fn statement(version: &Version, actor: Id<Account>, grant: Option<Id<Grant>>) -> Statement {
    Statement {
        chain: version.unit.cast(),
        kind: "unit".to_owned(),
        verb: "put".to_owned(),
        unit: Some(version.unit),
        actor,
        grant,
        happened_on: version.valid_from,
        from: None,
        to: None,
    }
}

fn version_body(version: &Version) -> String {
    serde_json::to_string(version).unwrap_or_default()
}

/// The versions to be written, and every row that cannot be.
pub(crate) fn plan_units(
    environment: &Environment,
    known: &[Version],
    rows: &[NewVersion],
) -> (Vec<Version>, Vec<Problem>) {
    let mut ids: HashMap<String, Id<Unit>> = HashMap::new();
    for version in known {
        ids.insert(version.code.clone(), version.unit);
    }
    for row in rows {
        ids.entry(row.code.clone()).or_insert_with(|| environment.id());
    }
    let mut problems = Vec::new();
    let mut all: Vec<Version> = known.to_vec();
    let mut changed: BTreeSet<(Id<Unit>, Date)> = BTreeSet::new();
    let invalid =
        |row: &NewVersion, reason: String| Problem::new(&UNIT_INVALID, &[("reason", &reason)]).at(row.place.clone());
    for (position, row) in (known.len()..).zip(rows) {
        let wrong = fault(row, &ids);
        if let Some(reason) = wrong {
            problems.push(invalid(row, reason));
            continue;
        }
        let Some(unit) = ids.get(&row.code).copied() else { continue };
        let place = all.iter().find(|version| version.unit == unit).map(|version| version.position);
        for earlier in all.iter_mut().filter(|version| version.unit == unit && version.valid_from < row.valid_from) {
            if earlier.valid_to.is_none_or(|last| last >= row.valid_from) {
                earlier.valid_to = days::after(row.valid_from, -1);
                changed.insert((unit, earlier.valid_from));
            }
        }
        all.retain(|version| !(version.unit == unit && version.valid_from == row.valid_from));
        all.push(Version {
            unit,
            code: row.code.clone(),
            name: row.name.clone(),
            kind: row.kind.clone(),
            parent: row.parent.as_ref().and_then(|code| ids.get(code)).copied(),
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            position: place.unwrap_or_else(|| i64::try_from(position).unwrap_or(i64::MAX)),
            attributes: row.attributes.clone(),
        });
        changed.insert((unit, row.valid_from));
    }
    if problems.is_empty() {
        problems = whole_tree(&all, rows, &ids, &invalid);
    }
    all.retain(|version| changed.contains(&(version.unit, version.valid_from)));
    (all, problems)
}

fn fault(row: &NewVersion, ids: &HashMap<String, Id<Unit>>) -> Option<String> {
    if row.code.is_empty() || row.code.len() > 40 || row.code.contains(char::is_whitespace) {
        Some(format!("编码「{}」应为1—40个不含空格的字符", row.code))
    } else if row.name.is_empty() || row.name.chars().count() > 60 {
        Some("名称应为1—60个字".to_owned())
    } else if !KINDS.iter().any(|(key, _)| *key == row.kind) {
        Some(format!("不认识单位类别「{}」", row.kind))
    } else if row.valid_to.is_some_and(|last| last < row.valid_from) {
        Some("停用日期早于启用日期".to_owned())
    } else {
        let unknown = row.parent.as_ref().filter(|code| !ids.contains_key(*code));
        unknown.map(|parent| format!("上级单位编码「{parent}」不存在"))
    }
}

/// What only the whole tree can show: two units of one code on a day, a unit whose parent does not exist yet, a cycle.
fn whole_tree(
    all: &[Version],
    rows: &[NewVersion],
    ids: &HashMap<String, Id<Unit>>,
    invalid: &dyn Fn(&NewVersion, String) -> Problem,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let dates: BTreeSet<Date> = rows.iter().map(|row| row.valid_from).collect();
    for on in dates {
        let tree = Tree::on(on, all, &[]);
        for row in rows.iter().filter(|row| row.valid_from == on) {
            let Some(unit) = ids.get(&row.code).copied() else { continue };
            let parent = row.parent.as_ref().and_then(|code| ids.get(code)).copied();
            let path = tree.path(unit);
            let top = path.last().and_then(|top| tree.parent(*top));
            if parent.is_some_and(|parent| tree.get(parent).is_none()) {
                let code = row.parent.as_deref().unwrap_or_default();
                problems.push(invalid(row, format!("上级单位「{code}」在{on}尚未启用或已停用")));
            } else if top.is_some() || parent == Some(unit) {
                problems.push(invalid(row, "上下级关系成了环".to_owned()));
            }
        }
    }
    problems
}

/// Adds relations of jurisdiction, each an entry of its authority.
///
/// # Errors
/// `FORBIDDEN`, `OUT_OF_SCOPE`, `STORE_UNAVAILABLE`.
pub async fn put_jurisdictions(app: &App, caller: &Caller, relations: Vec<Jurisdiction>) -> Result<(), Problem> {
    for relation in &relations {
        caller.grant_over(relation.unit, &[Role::Admin])?;
    }
    let grant = caller.grant_of(&[Role::Admin])?.id;
    let (actor, environment) = (caller.account, app.environment.clone());
    write(app, move |writing| {
        Box::pin(async move {
            let told = relations.iter().map(|relation| {
                let statement = Statement {
                    chain: relation.authority.cast(),
                    kind: "unit".to_owned(),
                    verb: "jurisdiction".to_owned(),
                    unit: Some(relation.unit),
                    actor,
                    grant: Some(grant),
                    happened_on: relation.valid_from,
                    from: None,
                    to: None,
                };
                (statement, serde_json::to_string(relation).unwrap_or_default())
            });
            record(writing, &environment, told.collect()).await?;
            writing.put_jurisdictions(&relations).await
        })
    })
    .await
}
