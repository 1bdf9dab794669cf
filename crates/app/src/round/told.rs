//! An obligation's entry and fact: the same shape for owing, reporting, returning.

use crate::{
    App,
    ports::{Environment, Fact, Obligation, Writing},
    record::record,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use yanpan_kernel::{
    case::Stage,
    entry::{Entry, Statement},
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
pub(crate) struct Told {
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
    /// What is said with it.
    pub note: Note,
}

/// What is said with a step, besides the obligation itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Note {
    /// Why it was returned.
    pub reason: Option<String>,
    /// The phone's own time, for a submission made offline.
    pub device_at: Option<i64>,
}

/// Writes steps of obligations of one period: entries, rows and facts together.
pub(crate) async fn tell(writing: &dyn Writing, app: &App, period: &Period, steps: Vec<Told>) -> Result<(), Problem> {
    if steps.is_empty() {
        return Ok(());
    }
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
    let told = steps.iter().map(|step| (statement(step), json!(Body::of(step)).to_string())).collect();
    let entries = record(writing, environment, told).await?;
    let obligations: Vec<Obligation> = steps.iter().map(|step| step.obligation.clone()).collect();
    writing.put_obligations(&obligations).await?;
    let facts: Vec<Fact> = steps
        .iter()
        .zip(&entries)
        .filter_map(|(step, entry)| fact_of(environment, entry, &Body::of(step), period))
        .collect();
    writing.put_facts(&facts).await
}

/// Payload of an obligation's entry.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Body {
    /// Period key.
    pub period: String,
    /// Due, in Unix milliseconds.
    pub due_at: i64,
    /// Server receipt of the first acceptable submission.
    pub received_at: Option<i64>,
    /// Whether that was late.
    pub late: bool,
    /// Answers.
    pub answers: Answers,
    /// Why it was returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The time that the actor's phone gave, where the submission was made offline (Unix milliseconds).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_at: Option<i64>,
}

impl Body {
    fn of(step: &Told) -> Self {
        let obligation = &step.obligation;
        Self {
            period: obligation.period.clone(),
            due_at: obligation.due_at,
            received_at: obligation.received_at,
            late: obligation.late,
            answers: obligation.answers.clone(),
            reason: step.note.reason.clone(),
            device_at: step.note.device_at,
        }
    }
}

/// The fact that an entry makes of an obligation; `None` when the entry is of no obligation.
#[must_use]
pub fn fact_of(environment: &Environment, entry: &Entry, body: &Body, period: &Period) -> Option<Fact> {
    let statement = &entry.statement;
    let standing = |key: &Option<String>| key.as_deref().and_then(Standing::parse);
    let after = standing(&statement.to)?;
    let unit = statement.unit?;
    Some(Fact {
        entry: entry.number,
        kind: statement.kind.clone(),
        subject: statement.chain.cast(),
        sequence: entry.sequence,
        unit,
        verb: statement.verb.clone(),
        state: after.key().to_owned(),
        stage_before: standing(&statement.from).map(stage),
        stage: stage(after),
        number: format!("{}/{}/{unit}", statement.kind, body.period),
        happened_on: statement.happened_on,
        recorded_at: entry.recorded_at,
        actor: statement.actor,
        opened_on: period.first(),
        closed_on: body.received_at.map(|at| environment.date_of(at)),
        answers: answers(environment, (after, body), period),
    })
}

fn stage(standing: Standing) -> Stage {
    match standing {
        Standing::Missing | Standing::Returned => Stage::Open,
        Standing::Zero | Standing::Reported | Standing::Reviewed => Stage::Closed,
    }
}

fn answers(environment: &Environment, (standing, body): (Standing, &Body), period: &Period) -> Answers {
    let mut answers = Answers::from([
        ("period".to_owned(), json!(body.period)),
        ("period_first".to_owned(), json!(period.first().to_string())),
        ("period_last".to_owned(), json!(period.last().to_string())),
        ("due_on".to_owned(), json!(environment.date_of(body.due_at).to_string())),
        ("standing".to_owned(), json!(standing.key())),
        ("late".to_owned(), json!(body.late)),
    ]);
    if let Some(at) = body.received_at {
        answers.insert("received_on".to_owned(), json!(environment.date_of(at).to_string()));
    }
    answers
}
