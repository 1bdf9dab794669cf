//! A ledger for every case that declares none: number, unit, and what its opening act asks for.

use crate::{Ledger, LedgerColumn, LedgerKind, LedgerStep, Pack};
use yanpan_kernel::{
    case::{Definition, Transition},
    form::{FieldKind, Form},
};
use yanpan_rules::Expression;

/// Adds the ledgers that are missing; each bears the key of its case.
pub fn add(pack: &mut Pack) {
    let bare = pack.cases.values().filter(|case| pack.ledgers.values().all(|ledger| ledger.case != case.key));
    let made: Vec<Ledger> = bare.filter_map(|case| ledger(case, pack.forms.get(&case.form)?)).collect();
    for ledger in made {
        for source in ledger.steps.iter().flat_map(|step| [&step.on, &step.when]) {
            if let Ok(expression) = Expression::parse(source) {
                pack.expressions.entry(source.clone()).or_insert(expression);
            }
        }
        pack.ledgers.entry(ledger.key.clone()).or_insert(ledger);
    }
}

fn ledger(case: &Definition, form: &Form) -> Option<Ledger> {
    let opening = case.transitions.iter().find(|transition| transition.leaves(None))?;
    let own = |key: &str, title: &str, kind, required| LedgerColumn {
        key: key.to_owned(),
        title: title.to_owned(),
        synonyms: Vec::new(),
        kind: Some(kind),
        required,
        options: Vec::new(),
    };
    let mut columns = vec![own("number", "编号", LedgerKind::Text, false), own("unit", "单位", LedgerKind::Unit, true)];
    columns.extend(opening.ask.iter().filter_map(|ask| {
        let field = form.field(&ask.field).filter(|field| !["number", "unit"].contains(&field.key.as_str()))?;
        Some(LedgerColumn {
            key: field.key.clone(),
            title: field.title.clone(),
            synonyms: Vec::new(),
            kind: None,
            required: ask.need == "true",
            options: Vec::new(),
        })
    }));
    let began = began(case, opening, form);
    let identity = began.iter().copied().chain([case.summary.as_str()]).map(str::to_owned).collect();
    let on = began.map_or_else(|| "null".to_owned(), |field| format!("row.{field}"));
    let step = LedgerStep { verb: opening.verb.clone(), on, when: "true".to_owned(), set: Vec::new() };
    Some(Ledger {
        key: case.key.clone(),
        title: format!("{}登记表", case.title),
        case: case.key.clone(),
        number: Some("number".to_owned()),
        unit: "unit".to_owned(),
        identity,
        columns,
        steps: vec![step],
    })
}

/// The date that tells when it began: the first one asked for that is no deadline.
fn began<'a>(case: &Definition, opening: &'a Transition, form: &Form) -> Option<&'a str> {
    let date = |key: &str| form.field(key).is_some_and(|field| field.kind == FieldKind::Date);
    let due = |key: &str| case.deadlines.iter().any(|deadline| deadline.due == key);
    opening.ask.iter().map(|ask| ask.field.as_str()).find(|key| date(key) && !due(key))
}
