//! A document of one case, as its act made it: the case, the day and the people of that entry, whatever came later.

use super::build::{Built, stamp};
use crate::{
    App, Caller,
    case::{masked, reads_personal},
    ports::{Arguments, CaseRow, Exact, Figures, List, PaperOrder, Provenance, Reading, Told},
};
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;
use yanpan_kernel::{
    calendar::wording,
    case::{Body, Case, Definition},
    form::FieldKind,
    problem::{FIGURE_UNKNOWN, INTERNAL, NOT_FOUND, Problem},
    unit::kind_title,
};
use yanpan_packs::{Pack, Paper};

/// The documents that a case has: of its kind, and made by an act that was done (or by no act at all).
#[must_use]
pub fn papers_of<'a>(pack: &'a Pack, definition: &'a Definition, case: &Case) -> Vec<&'a Paper> {
    let own = pack.documents.values().filter(|paper| paper.case.as_deref() == Some(definition.key.as_str()));
    own.filter(|paper| {
        let mut makers = makers(definition, &paper.key).peekable();
        makers.peek().is_none() || makers.any(|verb| case.done.contains_key(verb))
    })
    .collect()
}

fn makers<'a>(definition: &'a Definition, paper: &'a str) -> impl Iterator<Item = &'a str> {
    let acts = definition.transitions.iter().filter(move |act| act.document.as_deref() == Some(paper));
    acts.map(|act| act.verb.as_str())
}

/// Makes a document of a case in one format.
///
/// # Errors
/// `NOT_FOUND` for a document that the case does not have; every problem of the template with its line.
pub async fn case_paper(
    app: &Arc<App>,
    caller: &Caller,
    row: &CaseRow,
    key: &str,
    formats: Vec<String>,
) -> Result<Built, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let missing = || one(Problem::new(&NOT_FOUND, &[("what", &format!("文书「{key}」"))]));
    let (pack, definition) = app.packs.case(&row.case.kind, &row.case.version).ok_or_else(missing)?;
    let papers = papers_of(pack, definition, &row.case);
    let paper = papers.into_iter().find(|paper| paper.key == key).ok_or_else(missing)?;
    let reading = app.store.read().await.map_err(one)?;
    let chain = reading.chain(row.case.id.cast()).await.map_err(one)?;
    let (mut case, made) = at_making(definition, &chain, key).ok_or_else(missing)?;
    if !reads_personal(caller, case.unit) {
        case.answers = masked(pack.forms.get(&definition.form), &case.answers);
    }
    let (issuer, actor_name) = issuer(caller, reading.as_ref(), made).await.map_err(one)?;
    drop(reading);
    let unit = caller.tree.get(case.unit);
    let on = made.entry.statement.happened_on;
    let variables = json!({
        "case": answers(pack, definition, &case),
        "unit": {
            "code": unit.map(|unit| &unit.code), "name": unit.map(|unit| &unit.name),
            "kind": unit.map(|unit| &unit.kind), "kind_title": unit.map(|unit| kind_title(&unit.kind)),
        },
        "issuer": issuer, "actor_name": actor_name,
        "today": { "full": wording::full(on), "iso": on.to_string() },
    });
    let order = PaperOrder {
        file: paper.file.clone(),
        template: paper.template.clone(),
        variables: variables.as_object().cloned().unwrap_or_default(),
        provenance: Provenance {
            document: key.to_owned(),
            pack: pack.key.clone(),
            version: pack.version.clone(),
            hash: pack.hash.clone(),
            unit: unit.map(|unit| unit.code.clone()).unwrap_or_default(),
            period: String::new(),
            tree_on: on.to_string(),
            as_of: made.entry.number,
            made_by: caller.login.clone(),
            made_at: stamp(app, app.environment.now_ms()),
        },
        formats,
        ..PaperOrder::default()
    };
    let (provenance, name) = (order.provenance.clone(), format!("{}-{}", paper.title, case.number));
    let documents = app.documents.clone();
    let broken = |_| one(Problem::new(&INTERNAL, &[("reference", &"paper")]));
    let made = tokio::task::spawn_blocking(move || documents.make(&order, &NoFigures)).await.map_err(broken)??;
    Ok(Built { made, provenance, name, kept: None })
}

/// The case after the last act that made the document, and its entry; the last entry for one that no act makes.
fn at_making<'a>(definition: &Definition, chain: &'a [Told], key: &str) -> Option<(Case, &'a Told)> {
    let made = |told: &&Told| makers(definition, key).any(|verb| verb == told.entry.statement.verb);
    let last = chain.iter().rfind(made).or_else(|| chain.last())?;
    let until = chain.iter().take_while(|told| told.entry.sequence <= last.entry.sequence);
    let said: Vec<_> = until
        .map(|told| {
            let body = told.body().and_then(|body| serde_json::from_str::<Body>(body).ok());
            (&told.entry.statement, body.unwrap_or_default())
        })
        .collect();
    let case = Case::replay(definition, said.iter().map(|(statement, body)| (*statement, body))).ok()?;
    Some((case, last))
}

/// The unit under whose grant the act was done, and the name of who did it.
async fn issuer(caller: &Caller, reading: &dyn Reading, told: &Told) -> Result<(String, String), Problem> {
    let said = &told.entry.statement;
    let grants = reading.grants(said.actor).await?;
    let unit = grants.iter().find(|grant| Some(grant.id) == said.grant).map(|grant| grant.unit).or(said.unit);
    let issuer = unit.and_then(|unit| caller.tree.get(unit)).map(|version| version.name.clone());
    let name = reading.account_names(&[said.actor]).await?.pop().map(|(_, name)| name);
    Ok((issuer.unwrap_or_default(), name.unwrap_or_default()))
}

/// Answers by key, dates also in words as `<key>_text`, what nobody has answered as no text; with number, state and stage.
fn answers(pack: &Pack, definition: &Definition, case: &Case) -> Map<String, Json> {
    let mut members = Map::new();
    for field in pack.forms.get(&definition.form).into_iter().flat_map(|form| &form.fields) {
        members.insert(field.key.clone(), json!(""));
        if field.kind == FieldKind::Date {
            members.insert(format!("{}_text", field.key), json!(""));
        }
    }
    for (key, answer) in &case.answers {
        let field = pack.forms.get(&definition.form).and_then(|form| form.field(key));
        if field.is_some_and(|field| field.kind == FieldKind::Date)
            && let Some(date) = answer.as_str().and_then(|date| date.parse().ok())
        {
            members.insert(format!("{key}_text"), json!(wording::full(date)));
        }
        members.insert(key.clone(), answer.clone());
    }
    let state = definition.state(&case.state).map(|state| state.title.as_str());
    for (key, value) in [
        ("number", json!(case.number)),
        ("state", json!(case.state)),
        ("state_title", json!(state)),
        ("stage", json!(case.stage.key())),
        ("opened_on", json!(case.opened_on.to_string())),
    ] {
        members.insert(key.to_owned(), value);
    }
    members
}

/// Documents of a case hold words, no figures.
struct NoFigures;

impl Figures for NoFigures {
    fn measure(&self, key: &str, _: &Arguments) -> Result<Exact, Problem> {
        Err(Problem::new(&FIGURE_UNKNOWN, &[("key", &key)]))
    }

    fn list(&self, key: &str, _: &Arguments) -> Result<List, Problem> {
        Err(Problem::new(&FIGURE_UNKNOWN, &[("key", &key)]))
    }
}
