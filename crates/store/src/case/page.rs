//! Pages and counts of cases.

use super::{
    lane::{self, Lane},
    plan::{self, Place, Plan, Search},
    row,
    test::{Demand, Key},
};
use crate::session::Session;
use std::collections::BTreeMap;
use yanpan_app::ports::{CaseRow, Column, Filter, Query, Test};
use yanpan_kernel::{problem::Problem, unit::Scope};

/// The lanes of a query: of its kind, and such that its tests of state and stage hold.
async fn lanes(session: &Session, query: &Query) -> Result<Vec<Lane>, Problem> {
    let mut lanes = lane::of_kind(session, &query.kind).await?;
    lanes.retain(|lane| query.filters.iter().all(|filter| admits(filter, lane)));
    Ok(lanes)
}

fn value(lane: &Lane, column: Column) -> Option<&str> {
    match column {
        Column::State => Some(&lane.state),
        Column::Stage => Some(lane.stage.key()),
        _ => None,
    }
}

fn admits(filter: &Filter, lane: &Lane) -> bool {
    let Some(value) = value(lane, filter.column) else { return true };
    match &filter.test {
        Test::OneOf(values) => values.iter().any(|one| one == value),
        Test::Between(least, most) => {
            least.as_deref().is_none_or(|least| least <= value) && most.as_deref().is_none_or(|most| value <= most)
        }
        Test::Contains(text) => value.to_ascii_lowercase().contains(&text.to_ascii_lowercase()),
    }
}

/// A page of cases.
pub(super) async fn page(session: &Session, query: &Query, scope: &Scope) -> Result<Vec<CaseRow>, Problem> {
    let lanes = lanes(session, query).await?;
    let demands = Demand::all(query, scope, session.dialect)?;
    let numbers: Vec<i64> = lanes.iter().map(|lane| lane.lane).collect();
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let key = Key::of(query.sort)?;
    let after = match &query.after {
        // Cases stay; one that is not there is nobody's to go on from.
        Some(after) => match row::place(session, after.id).await? {
            Some((unit, came)) => {
                let unit = key.is_some_and(|key| key.slot).then(|| unit.uuid());
                Some(Place { value: after.value.clone(), unit, came })
            }
            None => return Ok(Vec::new()),
        },
        None => None,
    };
    let plan = plan::choose(session, &numbers, &demands).await?;
    let search = Search {
        session,
        lanes: &numbers,
        demands: &demands,
        key,
        descending: query.descending,
        after,
        limit: usize::try_from(query.limit).unwrap_or(usize::MAX),
    };
    let places = match search.key {
        Some(_) => search.places(plan).await?,
        None => by_lane(search, query.sort, &lanes, plan).await?,
    };
    let numbers: Vec<i64> = places.into_iter().map(|place| place.came).collect();
    row::by_numbers(session, &numbers).await
}

/// A page sorted by state or stage: the lanes of one value after those of another, each as they came.
async fn by_lane(search: Search<'_>, sort: Column, lanes: &[Lane], plan: Plan) -> Result<Vec<Place>, Problem> {
    let mut groups: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for lane in lanes {
        groups.entry(value(lane, sort).unwrap_or_default()).or_default().push(lane.lane);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    if search.descending {
        groups.reverse();
    }
    let mut places = Vec::new();
    for (group, lanes) in groups {
        let after = match &search.after {
            Some(after) if search.descending && group > after.value.as_str() => continue,
            Some(after) if !search.descending && group < after.value.as_str() => continue,
            Some(after) if group == after.value => Some(Place { value: String::new(), ..after.clone() }),
            _ => None,
        };
        let part = Search { lanes: &lanes, after, limit: search.limit - places.len(), ..search };
        places.extend(part.places(plan).await?);
        if places.len() >= search.limit {
            break;
        }
    }
    Ok(places)
}

/// How many cases a query finds, counted no further than `most`.
pub(super) async fn count(session: &Session, query: &Query, scope: &Scope, most: u32) -> Result<u32, Problem> {
    let numbers: Vec<i64> = lanes(session, query).await?.iter().map(|lane| lane.lane).collect();
    if numbers.is_empty() {
        return Ok(0);
    }
    let mut demands = Demand::all(query, scope, session.dialect)?;
    if demands.len() > 1 {
        let lead = match plan::choose(session, &numbers, &demands).await? {
            Plan::Nothing => return Ok(0),
            Plan::Follow(rarest) => Some(rarest),
            _ => Demand::fallback(&demands),
        };
        if let Some(lead) = lead {
            demands.swap(0, lead);
        }
    }
    plan::count(session, &numbers, &demands, most).await
}
