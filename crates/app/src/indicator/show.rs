//! One indicator of a unit and period: its value beside those of other periods, broken down, in a sentence.

use super::{
    breakdown::{Row, Subject},
    link::link,
    memory::Asked,
    sentence::{Point, ranked, sentence, trend},
    value::shown,
};
use crate::{
    App, Caller,
    period::Offered,
    ports::Exact,
    report::{Desk, Filter, Ground, Shift, previous_word},
};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use yanpan_kernel::{
    calendar::wording,
    id::Id,
    indicator::{Definition, Measure},
    period::Period,
    problem::{INTERNAL, NOT_FOUND, Problem},
    unit::Unit,
};
use yanpan_packs::Pack;

/// Schools below which a group's rate is not compared with others.
const LEAST_BASE: usize = 5;

/// How an indicator is broken down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// Not at all.
    None,
    /// By the units below.
    Children,
    /// By period, up to the one asked for.
    Period,
    /// By a dimension of its own.
    Dimension(String),
}

/// An indicator of a unit and everything below it.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `INDICATOR_FAILED` also for a dimension that it has not.
pub async fn show(
    app: &Arc<App>,
    caller: &Caller,
    key: &str,
    (unit, period): (Id<Unit>, Period),
    by: By,
) -> Result<Json, Problem> {
    let missing = || Problem::new(&NOT_FOUND, &[("what", &format!("指标「{key}」"))]);
    let (pack, definition) = app.packs.indicator(key).ok_or_else(missing)?;
    let (pack, definition) = (pack.clone(), definition.clone());
    let what = format!("{key} {by:?}");
    answered(app, caller, (unit, period), what, move |app, ground| {
        let desk = Desk::new(app.clone(), pack.clone(), (unit, period), ground).until(app.environment.today());
        one(app, &pack, &desk, &definition, &by)
    })
    .await
}

/// The answer given before, or the one that `work` gives on a thread that may block.
pub(super) async fn answered(
    app: &Arc<App>,
    caller: &Caller,
    (unit, period): (Id<Unit>, Period),
    what: String,
    work: impl FnOnce(&Arc<App>, Ground) -> Result<Json, Problem> + Send + 'static,
) -> Result<Json, Problem> {
    caller.scope_under(unit)?;
    let ground = Ground::of(app, None, period.last()).await?;
    if ground.tree.get(unit).is_none() {
        return Err(Problem::new(&NOT_FOUND, &[("what", &"这个单位在该时段的资料")]));
    }
    let known = (ground.as_of, app.environment.today(), ground.least);
    let asked = Asked { known, unit, period: period.key().to_string(), what };
    if let Some(answer) = app.memory.recall(&asked) {
        return Ok(answer);
    }
    let app_in = app.clone();
    let answer = tokio::task::spawn_blocking(move || work(&app_in, ground))
        .await
        .map_err(|_| Problem::new(&INTERNAL, &[("reference", &"indicator")]))??;
    app.memory.keep(asked, answer.clone());
    Ok(answer)
}

/// Whether anything is known of a period: it does not end before the facts begin.
pub(super) fn earlier(desk: &Desk, key: &str, shift: Shift) -> Result<bool, Problem> {
    let Ok(period) = desk.period(shift) else { return Ok(false) };
    Ok(shift == Shift::Own || desk.begins(key)?.is_none_or(|first| first <= period.last()))
}

/// The value of a period, missing where nothing is known of it.
fn value(desk: &Desk, key: &str, shift: Shift) -> Result<Exact, Problem> {
    if earlier(desk, key, shift)? { desk.figure(key, &Filter::of(shift)) } else { Ok(Exact::Missing) }
}

/// An indicator's own figures and sentence: what a tile shows.
pub(super) struct Figure {
    /// Value.
    pub value: Exact,
    previous: Exact,
    year_ago: Exact,
}

impl Figure {
    /// Asks for the three periods.
    pub fn of(desk: &Desk, key: &str) -> Result<Self, Problem> {
        let [value, previous, year_ago] =
            [Shift::Own, Shift::Previous, Shift::YearAgo].map(|shift| value(desk, key, shift));
        Ok(Self { value: value?, previous: previous?, year_ago: year_ago? })
    }

    /// As pages take it.
    pub fn json(&self, app: &App, desk: &Desk, definition: &Definition) -> Result<Json, Problem> {
        let own = desk.period(Shift::Own)?;
        let today = app.environment.today();
        let so_far = (own.last() >= today).then(|| format!("截至{}", wording::short(desk.last(&own))));
        let said = sentence(&Point {
            definition,
            value: &self.value,
            previous: (&self.previous, previous_word(&own)),
            year_ago: &self.year_ago,
            so_far,
        });
        let link = link((app, desk), definition, (desk.unit(), &own), None);
        Ok(json!({
            "key": definition.key, "title": definition.title, "unit": definition.unit,
            "direction": definition.direction, "value": shown(&self.value), "previous": shown(&self.previous),
            "year_ago": shown(&self.year_ago), "sentence": said,
            "link": link.filter(|_| self.value != Exact::Suppressed),
        }))
    }
}

fn one(app: &App, pack: &Pack, desk: &Desk, definition: &Definition, by: &By) -> Result<Json, Problem> {
    let mut figure = Figure::of(desk, &definition.key)?;
    let (rows, whole) = Subject { app, pack, desk, definition, least_base: LEAST_BASE }.rows(by)?;
    if whole {
        figure.value = Exact::Suppressed;
    }
    let own = desk.period(Shift::Own)?;
    let today = app.environment.today();
    let mut answer = figure.json(app, desk, definition)?;
    let (extra, basis) = remark(definition, by, &rows, &own, own.last() < today);
    let name = desk.tree().get(desk.unit()).map(|version| version.name.clone());
    if let Some(members) = answer.as_object_mut() {
        let said = members.get("sentence").and_then(Json::as_str).unwrap_or_default().to_owned();
        let said = extra.map_or(said.clone(), |extra| format!("{said}；{extra}"));
        members.insert("sentence".to_owned(), json!(said));
        members.insert(
            "indicator".to_owned(),
            json!({
                "key": definition.key, "title": definition.title, "unit": definition.unit,
                "direction": definition.direction, "measure": definition.measure, "dimensions": definition.dimensions,
            }),
        );
        for told in ["key", "title", "direction"] {
            members.remove(told);
        }
        members.insert("unit".to_owned(), json!(desk.unit()));
        members.insert("unit_name".to_owned(), json!(name));
        members.insert("period".to_owned(), json!(Offered::of(&own, today)));
        members.insert("rows".to_owned(), rows.iter().map(Row::json).collect());
        let suppressed = rows.iter().filter(|row| row.value == Exact::Suppressed).count();
        members.insert("suppressed".to_owned(), json!(suppressed));
        members.insert("basis".to_owned(), json!(basis));
    }
    Ok(answer)
}

/// What the rows say, and why some of them are not compared.
fn remark(
    definition: &Definition,
    by: &By,
    rows: &[Row],
    own: &Period,
    ended: bool,
) -> (Option<String>, Option<String>) {
    if *by == By::Period {
        // A period that has not ended is no step of a trend.
        let whole = if ended { rows } else { rows.get(..rows.len().saturating_sub(1)).unwrap_or_default() };
        let values: Vec<Exact> = whole.iter().map(|row| row.value.clone()).collect();
        return (trend(definition, own.kind(), &values), None);
    }
    let rate = definition.measure == Measure::Rate;
    let titled: Vec<(&str, &Exact)> =
        rows.iter().filter(|row| row.comparable).map(|row| (row.title.as_str(), &row.value)).collect();
    let small = rate && rows.iter().any(|row| !row.comparable);
    let basis = small.then(|| format!("基数不足{LEAST_BASE}所的不作比较"));
    (ranked(definition, &titled), basis)
}
