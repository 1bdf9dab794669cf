//! The four colours: what a pack's table says of each school, and how many schools of each colour a group has.

use super::{link::link, show::answered, value::shown};
use crate::{
    App, Caller,
    period::Offered,
    report::{Desk, RuleNames, Shift},
};
use serde_json::{Value as Json, json};
use std::{collections::BTreeMap, sync::Arc};
use yanpan_kernel::{id::Id, period::Period, problem::Problem, unit::Unit};
use yanpan_packs::{COLOURS, Pack};
use yanpan_rules::{Circumstance, DecisionTable, Hit, Value};

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
        let judge = |pack: &Arc<Pack>| {
            let table = pack.tables.get(pack.colours.as_ref()?)?.clone();
            let desk = Desk::new(app.clone(), pack.clone(), (unit, period), ground.clone()).until(today);
            Some(Judge { pack: pack.clone(), table, desk })
        };
        let judges: Vec<Judge> = app.packs.present().filter_map(judge).collect();
        let tree = &ground.tree;
        let school = |unit: &Id<Unit>| tree.get(*unit).is_some_and(|version| version.is_school());
        let shown = if school(&unit) { vec![unit] } else { tree.children(unit).to_vec() };
        let (mut whole, mut rows) = (Tally::new(), Vec::new());
        for version in shown.iter().filter_map(|unit| tree.get(*unit)) {
            let schools: Vec<Id<Unit>> = tree.subtree(version.unit).into_iter().filter(school).collect();
            if schools.is_empty() || judges.is_empty() {
                continue;
            }
            let (mut tally, mut own) = (Tally::new(), None);
            for unit in &schools {
                let mark = gravest(&judges, *unit)?;
                let colour = mark.as_ref().map(|mark| mark.colour);
                *tally.entry(colour).or_default() += 1;
                *whole.entry(colour).or_default() += 1;
                own = own.or(mark.filter(|_| *unit == version.unit));
            }
            let mut row = json!({ "unit": version.unit, "title": version.name, "tally": counted(&tally) });
            if let (true, Some(row)) = (version.is_school(), row.as_object_mut()) {
                let mark = own.map_or_else(|| Ok(unmarked()), |mark| mark.json(app, version.unit))?;
                row.insert("mark".to_owned(), mark);
            }
            rows.push(row);
        }
        Ok(json!({ "period": Offered::of(&period, today), "tally": counted(&whole), "rows": rows }))
    })
    .await
}

/// A pack's table, and the desk at which its figures are asked.
struct Judge {
    pack: Arc<Pack>,
    table: DecisionTable,
    desk: Desk,
}

impl Judge {
    fn of(&self, school: Id<Unit>) -> Result<Option<Mark<'_>>, Problem> {
        let own = self.desk.period(Shift::Own)?;
        let kind = self.desk.tree().get(school).map(|version| version.kind.as_str());
        let circumstance = Circumstance { kind, ..Circumstance::on(self.desk.last(&own)) };
        let decision = RuleNames::of_school(&self.desk, school).decide(&self.table, &circumstance)?;
        let mark = |hit| {
            let colour = COLOURS.iter().position(|colour| *colour == outcome(&hit, "colour"))?;
            Some(Mark { colour, hit, judge: self })
        };
        Ok(decision.hits.into_iter().next().and_then(mark))
    }
}

/// The gravest of what the tables say of a school; `None` where no row of any of them holds.
fn gravest(judges: &[Judge], school: Id<Unit>) -> Result<Option<Mark<'_>>, Problem> {
    let mut found: Option<Mark<'_>> = None;
    for judge in judges {
        let mark = judge.of(school)?;
        found = match (found, mark) {
            (Some(known), Some(mark)) if mark.colour >= known.colour => Some(known),
            (known, mark) => mark.or(known),
        };
    }
    Ok(found)
}

/// What a table says of a school.
struct Mark<'a> {
    /// Place in [`COLOURS`].
    colour: usize,
    hit: Hit,
    judge: &'a Judge,
}

impl Mark<'_> {
    fn json(&self, app: &App, school: Id<Unit>) -> Result<Json, Problem> {
        let Judge { pack, desk, .. } = self.judge;
        let mut figure = Json::Null;
        if let Some(definition) = pack.indicators.get(outcome(&self.hit, "figure")) {
            let value = desk.of_school(&definition.key, school)?;
            let link = link((app, desk), definition, (school, &desk.period(Shift::Own)?), None);
            figure = json!({
                "key": definition.key, "title": definition.title, "unit": definition.unit,
                "value": shown(&value), "link": link,
            });
        }
        Ok(json!({
            "colour": COLOURS.get(self.colour), "reason": outcome(&self.hit, "reason"),
            "source": self.hit.source.document, "figure": figure,
        }))
    }
}

fn unmarked() -> Json {
    json!({ "colour": null, "reason": "", "source": "", "figure": null })
}

/// A text that the row sets.
fn outcome<'a>(hit: &'a Hit, name: &str) -> &'a str {
    match hit.outcome.get(name) {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}

/// How many schools have each colour, and how many none.
type Tally = BTreeMap<Option<usize>, u32>;

fn counted(tally: &Tally) -> Json {
    let name = |at: &Option<usize>| at.and_then(|at| COLOURS.get(at)).map_or("未评", |colour| colour);
    tally.iter().map(|(at, count)| (name(at).to_owned(), json!(count))).collect()
}
