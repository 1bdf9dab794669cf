//! Building a periodic report for a unit.

use super::{
    READERS,
    desk::{Desk, Shift},
    ground::Ground,
    keep::keep,
    names::RuleNames,
};
use crate::{
    App, Caller,
    ports::{MadePaper, PaperOrder, Provenance, Report},
};
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;
use yanpan_kernel::{
    calendar::wording,
    id::Id,
    period::Period,
    problem::{INTERNAL, NOT_FOUND, Problem},
    unit::{Unit, kind_title},
};
use yanpan_packs::Pack;
use yanpan_rules::Circumstance;

/// What was built.
#[derive(Debug, Clone)]
pub struct Built {
    /// Files by format, figures, notes.
    pub made: MadePaper,
    /// Where its figures come from.
    pub provenance: Provenance,
    /// File name without ending.
    pub name: String,
    /// What is kept of it; `None` for a document of one case, which is made anew each time.
    pub kept: Option<Report>,
}

/// Builds a report and keeps it; the building itself is an entry of the unit.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `OUT_OF_SCOPE`; a break of the conservation equation names the unit; every problem of the
/// template with its line.
pub async fn build(
    app: &Arc<App>,
    caller: &Caller,
    key: &str,
    (unit, period): (Id<Unit>, Period),
    formats: Vec<String>,
) -> Result<Built, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let grant = caller.grant_over(unit, &READERS).map_err(one)?.id;
    let missing = || one(Problem::new(&NOT_FOUND, &[("what", &format!("报告「{key}」"))]));
    let (pack, paper) = app.packs.paper(key).ok_or_else(missing)?;
    // Reports use the tree at the period's end.
    let ground = Ground::of(app, None, period.last()).await.map_err(one)?;
    let code = ground.tree.get(unit).map(|version| version.code.clone()).ok_or_else(missing)?;
    let now = app.environment.now_ms();
    let provenance = Provenance {
        document: key.to_owned(),
        pack: pack.key.clone(),
        version: pack.version.clone(),
        hash: pack.hash.clone(),
        unit: code.clone(),
        period: period.key().to_string(),
        tree_on: ground.tree.date().to_string(),
        as_of: ground.as_of,
        made_by: caller.login.clone(),
        made_at: stamp(app, now),
    };
    let made = render(app, pack, paper, (unit, period, ground), (provenance.clone(), formats)).await?;
    let name = format!("{}-{code}-{}", paper.title, provenance.period);
    let kept = Report {
        id: app.environment.id(),
        document: key.to_owned(),
        title: paper.title.clone(),
        unit,
        code,
        period: provenance.period.clone(),
        made_by: caller.account,
        made_at: now,
        as_of: provenance.as_of,
        figures: u32::try_from(made.figures).unwrap_or(u32::MAX),
        files: Vec::new(),
    };
    let kept = keep(app, (kept, &provenance), grant, &made).await.map_err(one)?;
    Ok(Built { made, provenance, name, kept: Some(kept) })
}

async fn render(
    app: &Arc<App>,
    pack: &Arc<Pack>,
    paper: &yanpan_packs::Paper,
    (unit, period, ground): (Id<Unit>, Period, Ground),
    (provenance, formats): (Provenance, Vec<String>),
) -> Result<MadePaper, Vec<Problem>> {
    let (app_in, pack, paper) = (app.clone(), pack.clone(), paper.clone());
    let desk = Desk::new(app.clone(), pack.clone(), (unit, period), ground);
    let work = move || {
        let breaks = desk.breaks().map_err(|problem| vec![problem])?;
        if !breaks.is_empty() {
            return Err(breaks);
        }
        let variables = variables(&app_in, &pack, &desk).map_err(|problem| vec![problem])?;
        let order = PaperOrder {
            file: paper.file,
            template: paper.template,
            variables,
            previous: previous_word(&period).to_owned(),
            year_ago: "上年同期".to_owned(),
            provenance,
            formats,
        };
        app_in.documents.make(&order, &desk)
    };
    let broken = |_| vec![Problem::new(&INTERNAL, &[("reference", &"report")])];
    tokio::task::spawn_blocking(work).await.map_err(broken)?
}

/// What people call the period before.
pub(crate) fn previous_word(period: &Period) -> &'static str {
    match period.kind().label() {
        label if label.contains('月') => "上月",
        label if label.contains('周') => "上周",
        label if label.contains('季') => "上季",
        label if label.contains("学期") => "上学期",
        _ => "上期",
    }
}

/// Minutes are enough for people; the zone is the installation's.
pub(super) fn stamp(app: &App, unix_ms: i64) -> String {
    jiff::Timestamp::from_millisecond(unix_ms)
        .map(|at| at.to_zoned_datetime(app.environment.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}

/// What a template may name: the unit, the period, dates in words, short names of options, and what the rule tables propose.
fn variables(app: &App, pack: &Pack, desk: &Desk) -> Result<Map<String, Json>, Problem> {
    let own = desk.period(Shift::Own)?;
    let next = desk.period(Shift::Next)?;
    let unit = desk.tree().get(desk.unit());
    let above = unit.and_then(|unit| desk.tree().get(unit.parent?)).map(|version| version.name.clone());
    let towns: Vec<Json> = desk
        .tree()
        .subtree(desk.unit())
        .into_iter()
        .filter_map(|below| desk.tree().get(below))
        .filter(|version| version.kind == "town")
        .map(|version| json!({ "code": version.code, "name": version.name }))
        .collect();
    let today = app.environment.today();
    let mut variables = Map::new();
    variables.insert(
        "unit".to_owned(),
        json!({
            "code": unit.map(|unit| &unit.code), "name": unit.map(|unit| &unit.name),
            "kind": unit.map(|unit| &unit.kind), "kind_title": unit.map(|unit| kind_title(&unit.kind)),
            "above": above, "towns": towns,
        }),
    );
    variables.insert(
        "period".to_owned(),
        json!({
            "key": own.key().to_string(), "label": own.label(), "month": own.last().month(), "year": own.last().year(),
            "first": own.first().to_string(), "last": own.last().to_string(),
            "range": wording::range(own.first(), own.last()), "next_month": next.last().month(),
        }),
    );
    variables.insert("today".to_owned(), json!({ "full": wording::full(today), "iso": today.to_string() }));
    let shorts: Map<String, Json> =
        pack.shorts.values().flatten().map(|(value, short)| (value.clone(), json!(short))).collect();
    variables.insert("short".to_owned(), Json::Object(shorts));
    let mut rules = Map::new();
    for (key, table) in &pack.tables {
        let deciding =
            pack.cases.values().flat_map(|case| &case.transitions).any(|act| act.decide.as_ref() == Some(key));
        if deciding || pack.colours.as_ref() == Some(key) {
            continue;
        }
        let decision = RuleNames::of(desk).decide(table, &Circumstance::on(own.last()))?;
        let rows = decision.hits.iter().map(|hit| {
            let mut row: Map<String, Json> =
                hit.outcome.iter().map(|(name, value)| (name.clone(), value.to_json())).collect();
            row.insert("id".to_owned(), json!(hit.row));
            row.insert("source".to_owned(), json!(hit.source.document));
            if let Some(days) = row.get("days").and_then(Json::as_i64).and_then(|days| i32::try_from(days).ok()) {
                let due = yanpan_kernel::calendar::days::after(today, days).unwrap_or(today);
                row.insert("due".to_owned(), json!(wording::full(due)));
                row.insert("due_short".to_owned(), json!(format!("{}月{}日", due.month(), due.day())));
                row.insert("due_iso".to_owned(), json!(due.to_string()));
            }
            Json::Object(row)
        });
        rules.insert(key.clone(), Json::Array(rows.collect()));
    }
    variables.insert("rules".to_owned(), Json::Object(rules));
    Ok(variables)
}
