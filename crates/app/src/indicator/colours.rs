//! The four colours: what a pack's table says of each school, and how many schools of each colour a group has.

use super::{link::link, show::answered, value::shown};
use crate::{
    App, Caller,
    period::Offered,
    report::{Desk, RuleNames, Shift},
};
use serde_json::{Map, Value as Json, json};
use std::{collections::BTreeMap, sync::Arc};
use yanpan_kernel::{
    id::Id,
    period::Period,
    problem::{INDICATOR_FAILED, Problem},
    unit::{SCHOOLS, Unit, Version},
};
use yanpan_packs::{COLOURS, Pack};
use yanpan_rules::{Circumstance, DecisionTable, Value};

/// The colours of the units directly below a unit, or of the unit itself where it is a school.
///
/// A school has the gravest colour that the tables of the packs give it, with the reason and the figure behind it; a
/// group has none of its own, since one bad school does not make a town bad.
///
/// # Errors
/// `OUT_OF_SCOPE`, `INDICATOR_FAILED`.
pub async fn colours(app: &Arc<App>, caller: &Caller, (unit, period): (Id<Unit>, Period)) -> Result<Json, Problem> {
    answered(app, caller, (unit, period), "colours".to_owned(), move |app, ground| {
        let today = app.environment.today();
        let mut desks = Vec::new();
        for pack in app.packs.present() {
            if let Some(table) = pack.colours.as_ref().and_then(|key| pack.tables.get(key)) {
                let desk = Desk::new(app.clone(), pack.clone(), (unit, period), ground.clone()).until(today);
                desks.push((pack.clone(), table.clone(), desk));
            }
        }
        let tree = &ground.tree;
        let school = |unit: &Version| SCHOOLS.contains(&unit.kind.as_str());
        let itself = tree.get(unit).is_some_and(school);
        let shown: Vec<Id<Unit>> = if itself { vec![unit] } else { tree.children(unit).to_vec() };
        let mut whole = Tally::default();
        let mut rows = Vec::new();
        for version in shown.iter().filter(|_| !desks.is_empty()).filter_map(|unit| tree.get(*unit)) {
            let below = tree.subtree(version.unit);
            let schools: Vec<Id<Unit>> = below.into_iter().filter(|unit| tree.get(*unit).is_some_and(school)).collect();
            let marks: Vec<Mark> =
                schools.iter().map(|school| gravest(app, &desks, *school)).collect::<Result<_, _>>()?;
            let mut tally = Tally::default();
            marks.iter().for_each(|mark| tally.add(mark));
            whole.merge(&tally);
            if schools.is_empty() {
                continue;
            }
            let mut row = json!({ "unit": version.unit, "title": version.name, "tally": tally.json() });
            if let (true, Some(mark), Some(row)) = (school(version), marks.into_iter().next(), row.as_object_mut()) {
                row.insert("mark".to_owned(), mark.json());
            }
            rows.push(row);
        }
        Ok(json!({ "period": Offered::of(&period, today), "tally": whole.json(), "rows": rows }))
    })
    .await
}

/// What the tables say of a school.
#[derive(Default)]
struct Mark {
    /// Place in [`COLOURS`]; `None` where no row of any table holds.
    colour: Option<usize>,
    reason: String,
    source: String,
    figure: Json,
}

impl Mark {
    fn json(self) -> Json {
        let colour = self.colour.and_then(|at| COLOURS.get(at));
        json!({ "colour": colour, "reason": self.reason, "source": self.source, "figure": self.figure })
    }
}

fn gravest(app: &App, desks: &[(Arc<Pack>, DecisionTable, Desk)], school: Id<Unit>) -> Result<Mark, Problem> {
    let mut found = Mark::default();
    for (pack, table, desk) in desks {
        let mark = mark(app, (pack, table, desk), school)?;
        if mark.colour.is_some() && found.colour.is_none_or(|known| mark.colour < Some(known)) {
            found = mark;
        }
    }
    Ok(found)
}

fn mark(app: &App, (pack, table, desk): (&Pack, &DecisionTable, &Desk), school: Id<Unit>) -> Result<Mark, Problem> {
    let own = desk.period(Shift::Own)?;
    let kind = desk.tree().get(school).map(|version| version.kind.as_str());
    let circumstance = Circumstance { kind, ..Circumstance::on(desk.last(&own)) };
    let decision = table
        .decide(&RuleNames::of_school(desk, school), &circumstance)
        .map_err(|fault| Problem::new(&INDICATOR_FAILED, &[("key", &table.key), ("reason", &fault.fault.message)]))?;
    let Some(hit) = decision.hits.first() else { return Ok(Mark::default()) };
    let text = |name: &str| match hit.outcome.get(name) {
        Some(Value::Text(text)) => text.to_string(),
        _ => String::new(),
    };
    let mut figure = Json::Null;
    if let Some(definition) = pack.indicators.get(&text("figure")) {
        let value = desk.of_school(&definition.key, school)?;
        let link = link((app, desk), definition, (school, &own), None);
        figure = json!({
            "key": definition.key, "title": definition.title, "unit": definition.unit,
            "value": shown(&value), "link": link,
        });
    }
    let colour = COLOURS.iter().position(|colour| *colour == text("colour"));
    Ok(Mark { colour, reason: text("reason"), source: hit.source.document.clone(), figure })
}

/// How many schools have each colour, and how many none.
#[derive(Default)]
struct Tally {
    colours: BTreeMap<Option<usize>, u32>,
}

impl Tally {
    fn add(&mut self, mark: &Mark) {
        *self.colours.entry(mark.colour).or_default() += 1;
    }

    fn merge(&mut self, other: &Self) {
        for (colour, count) in &other.colours {
            *self.colours.entry(*colour).or_default() += count;
        }
    }

    fn json(&self) -> Json {
        let name = |at: Option<usize>| at.and_then(|at| COLOURS.get(at)).map_or("未评", |colour| colour);
        let counts = self.colours.iter().map(|(at, count)| (name(*at).to_owned(), json!(count)));
        Json::Object(counts.collect::<Map<_, _>>())
    }
}
