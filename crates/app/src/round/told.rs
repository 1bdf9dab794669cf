//! An obligation's entry and fact: the same shape for owing, reporting, returning.

use crate::{
    App,
    ports::{Environment, Fact, Obligation, Writing},
    record::record,
};
use jiff::civil::Date;
use serde_json::json;
use yanpan_kernel::{
    case::Stage,
    entry::Statement,
    form::{Answers, Field, FieldKind},
    id::Id,
    period::Period,
    person::{Account, Grant},
    problem::Problem,
    round::Standing,
};

/// The columns of a round's facts, besides the fixed ones.
#[must_use]
pub fn fact_fields() -> Vec<Field> {
    let field =
        |key: &str, title: &str, kind| Field { key: key.into(), title: title.into(), kind, hint: None, personal: None };
    vec![
        field("period", "期间", FieldKind::Text { max: 40 }),
        field("period_first", "期间首日", FieldKind::Date),
        field("period_last", "期间末日", FieldKind::Date),
        field("due_on", "应报日期", FieldKind::Date),
        field("standing", "情形", FieldKind::Text { max: 20 }),
        field("received_on", "收到日期", FieldKind::Date),
        field("late", "迟报", FieldKind::YesNo),
    ]
}

/// One step of an obligation.
pub(super) struct Told {
    /// The obligation afterwards.
    pub obligation: Obligation,
    /// Standing before; `None` when it is first owed.
    pub before: Option<Standing>,
    /// What was done.
    pub verb: &'static str,
    /// Who did it.
    pub actor: Id<Account>,
    /// Under which grant.
    pub grant: Option<Id<Grant>>,
    /// Business date.
    pub on: Date,
}

/// Writes steps of obligations of one period: entries, rows and facts together.
pub(super) async fn tell(writing: &dyn Writing, app: &App, period: &Period, steps: Vec<Told>) -> Result<(), Problem> {
    let environment = &app.environment;
    let statement = |step: &Told| Statement {
        chain: step.obligation.id.cast(),
        kind: step.obligation.round.clone(),
        verb: step.verb.to_owned(),
        unit: Some(step.obligation.unit),
        actor: step.actor,
        grant: step.grant,
        happened_on: step.on,
        from: step.before.map(|standing| standing.key().to_owned()),
        to: Some(step.obligation.standing.key().to_owned()),
    };
    let body = |obligation: &Obligation| {
        json!({ "period": obligation.period, "answers": obligation.answers, "late": obligation.late }).to_string()
    };
    let told = steps.iter().map(|step| (statement(step), body(&step.obligation))).collect();
    let entries = record(writing, environment, told).await?;
    let obligations: Vec<Obligation> = steps.iter().map(|step| step.obligation.clone()).collect();
    writing.put_obligations(&obligations).await?;
    let facts: Vec<Fact> = steps
        .iter()
        .zip(&entries)
        .map(|(step, entry)| {
            let owed = &step.obligation;
            Fact {
                entry: entry.number,
                kind: owed.round.clone(),
                subject: owed.id.cast(),
                sequence: entry.sequence,
                unit: owed.unit,
                verb: step.verb.to_owned(),
                state: owed.standing.key().to_owned(),
                stage_before: step.before.map(stage),
                stage: stage(owed.standing),
                number: format!("{}/{}/{}", owed.round, owed.period, owed.unit),
                happened_on: step.on,
                recorded_at: entry.recorded_at,
                actor: step.actor,
                opened_on: period.first(),
                closed_on: owed.received_at.map(|at| environment.date_of(at)),
                answers: answers(environment, owed, period),
            }
        })
        .collect();
    writing.put_facts(&facts).await
}

fn stage(standing: Standing) -> Stage {
    match standing {
        Standing::Missing | Standing::Returned => Stage::Open,
        Standing::Zero | Standing::Reported | Standing::Reviewed => Stage::Closed,
    }
}

fn answers(environment: &Environment, owed: &Obligation, period: &Period) -> Answers {
    let mut answers = Answers::from([
        ("period".to_owned(), json!(owed.period)),
        ("period_first".to_owned(), json!(period.first().to_string())),
        ("period_last".to_owned(), json!(period.last().to_string())),
        ("due_on".to_owned(), json!(environment.date_of(owed.due_at).to_string())),
        ("standing".to_owned(), json!(owed.standing.key())),
        ("late".to_owned(), json!(owed.late)),
    ]);
    if let Some(at) = owed.received_at {
        answers.insert("received_on".to_owned(), json!(environment.date_of(at).to_string()));
    }
    answers
}
