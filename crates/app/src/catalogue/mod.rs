//! Catalogue: what the packs of an installation define, in the form that pages are composed from.

use crate::App;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use yanpan_kernel::{
    case::{Ask, Definition, Transition},
    indicator,
    period::PeriodKind,
};
use yanpan_packs::{Ledger, Pack};
use yanpan_rules::Expression;

/// Everything that pages need to name no pack: cases, forms, rounds, indicators, ledgers, documents, views.
#[must_use]
pub fn show(app: &App) -> Json {
    let packs: Vec<&Pack> = app.packs.present().map(AsRef::as_ref).collect();
    let all = |of: fn(&Pack) -> Vec<(String, Json)>| -> Map<String, Json> {
        packs.iter().flat_map(|pack| of(pack)).collect()
    };
    let views = packs.iter().flat_map(|pack| {
        pack.views.iter().map(|view| {
            let mut shown = json!(view);
            if let Some(members) = shown.as_object_mut() {
                members.insert("pack".to_owned(), json!(pack.key));
            }
            shown
        })
    });
    json!({
        "version": version(app),
        "packs": packs.iter().map(|pack| json!({
            "key": pack.key, "title": pack.title, "version": pack.version, "summary": pack.summary,
        })).collect::<Vec<_>>(),
        "cases": all(|pack| pack.cases.values().map(|case| (case.key.clone(), self::case(pack, case))).collect()),
        "forms": all(|pack| pack.forms.values().map(|form| (form.key.clone(), json!(form))).collect()),
        "rounds": all(|pack| pack.rounds.values().map(|round| (round.key.clone(), json!(round))).collect()),
        "indicators": all(|pack| {
            pack.indicators.values().map(|indicator| (indicator.key.clone(), self::indicator(pack, indicator))).collect()
        }),
        "listings": all(|pack| pack.listings.values().map(|listing| {
            let shown = json!({ "key": listing.key, "title": listing.title, "columns": listing.columns });
            (listing.key.clone(), shown)
        }).collect()),
        "ledgers": all(|pack| {
            pack.ledgers.values().map(|ledger| (ledger.key.clone(), self::ledger(pack, ledger))).collect()
        }),
        "documents": all(|pack| pack.documents.values().map(|paper| {
            let shown = json!({ "key": paper.key, "title": paper.title, "period": paper.period, "case": paper.case });
            (paper.key.clone(), shown)
        }).collect()),
        "views": views.collect::<Vec<_>>(),
        "periods": PeriodKind::ALL.map(|kind| json!({ "kind": kind.key(), "title": kind.label() })),
    })
}

/// Changes whenever a file of a pack does.
#[must_use]
pub fn version(app: &App) -> String {
    let mut hasher = Sha256::new();
    app.packs.present().for_each(|pack| hasher.update(pack.hash.as_bytes()));
    crate::import::hex(hasher.finalize().get(..8).unwrap_or_default())
}

fn case(pack: &Pack, case: &Definition) -> Json {
    let ledger = pack.ledgers.values().find(|ledger| ledger.case == case.key).map(|ledger| &ledger.key);
    let documents = pack.documents.values().filter(|paper| paper.case.as_ref() == Some(&case.key));
    json!({
        "key": case.key, "title": case.title, "pack": pack.key, "form": case.form, "summary": case.summary,
        "slots": case.slots, "balance": case.balance, "states": case.states, "ledger": ledger,
        "transitions": case.transitions.iter().map(|act| transition(pack, act)).collect::<Vec<_>>(),
        "deadlines": case.deadlines.iter().map(|deadline| json!({
            "key": deadline.key, "title": deadline.title, "states": deadline.states, "due": deadline.due,
        })).collect::<Vec<_>>(),
        "documents": documents.map(|paper| json!({ "key": paper.key, "title": paper.title })).collect::<Vec<_>>(),
    })
}

fn transition(pack: &Pack, act: &Transition) -> Json {
    json!({
        "verb": act.verb, "title": act.title, "from": act.from, "to": act.to, "document": act.document,
        "offered": act.offered,
        "ask": act.ask.iter().map(|ask| asked(pack, ask)).collect::<Vec<_>>(),
    })
}

/// A field that an act asks for, and when it must be answered.
fn asked(pack: &Pack, ask: &Ask) -> Json {
    let need = match ask.need.as_str() {
        "true" => "always",
        "false" => "never",
        _ => "when",
    };
    json!({ "field": ask.field, "need": need, "when": rule(pack, ask) })
}

/// The rule by which a field must be answered, as a tree that pages evaluate over what is typed; none where it is always or
/// never so.
#[must_use]
pub fn rule(pack: &Pack, ask: &Ask) -> Option<Json> {
    let rule = Some(ask.need.as_str()).filter(|need| !["true", "false"].contains(need));
    rule.and_then(|rule| pack.expression(rule)).map(Expression::to_tree)
}

fn indicator(pack: &Pack, indicator: &indicator::Definition) -> Json {
    // What a case has besides the fields of its form.
    let fixed = |key: &String| if key == "state" { "状态".to_owned() } else { key.clone() };
    let field_title = |key: &String| {
        pack.forms.values().find_map(|form| form.field(key)).map_or_else(|| fixed(key), |field| field.title.clone())
    };
    json!({
        "key": indicator.key, "title": indicator.title, "pack": pack.key, "unit": indicator.unit,
        "direction": indicator.direction, "measure": indicator.measure,
        "dimensions": indicator.dimensions.iter()
            .map(|key| json!({ "key": key, "title": field_title(key) })).collect::<Vec<_>>(),
    })
}

fn ledger(pack: &Pack, ledger: &Ledger) -> Json {
    let form = pack.cases.get(&ledger.case).and_then(|case| pack.forms.get(&case.form));
    let columns = ledger.columns.iter().map(|column| {
        let field = form.and_then(|form| form.field(&column.key));
        json!({ "key": column.key, "title": column.title, "required": column.required, "field": field.is_some() })
    });
    json!({
        "key": ledger.key, "title": ledger.title, "case": ledger.case, "unit": ledger.unit,
        "columns": columns.collect::<Vec<_>>(),
    })
}
