//! Doing something with a case: register, grade, rectify, accept, whatever the pack defines.

use crate::{
    App, Caller,
    case::{
        fact, prepare,
        prepare::{Act, Context, Prepared, Subject},
        row,
    },
    ports::{Environment, Writing},
    record::record_with,
    write,
};
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;
use yanpan_kernel::{
    case::{Case, Definition},
    form::{Answers, FileRef},
    id::Id,
    problem::{NOT_FOUND, PRECONDITION, Problem, REVISION_CHANGED},
    unit::{Scope, Tree, Unit},
};

/// What the act is about.
#[derive(Debug, Clone)]
pub enum Target {
    /// A new case of this kind at a unit.
    New {
        /// Kind.
        kind: String,
        /// Unit.
        unit: Id<Unit>,
    },
    /// A case, as last seen.
    Existing {
        /// Case.
        id: Id<Case>,
        /// Its kind, where the asker has named one: of another kind it is not found.
        kind: Option<String>,
        /// The revision that the actor saw; `None` takes the present one (command line only).
        revision: Option<i64>,
    },
}

/// What became of it.
#[derive(Debug, Clone)]
pub struct Acted {
    /// The case afterwards.
    pub case: Case,
    /// Document that the act produces, ready to be built.
    pub document: Option<String>,
}

/// Does one act: guards and revision are read inside the writer, entry, case and fact commit together.
///
/// # Errors
/// Every problem of the answers at once; `REVISION_CHANGED`, `STATE_CHANGED`, `GUARD_REFUSED`, `OUT_OF_SCOPE`, ….
pub async fn act(app: &Arc<App>, caller: &Caller, target: Target, act: Act) -> Result<Acted, Vec<Problem>> {
    let (app_in, caller, scope) = (app.clone(), caller.clone(), caller.scope());
    write(app, move |writing| {
        Box::pin(async move {
            match one(&app_in, writing, (&caller, &scope), &target, &act).await {
                Ok(acted) => Ok(Ok(acted)),
                Err(Halt::Refused(problems)) => Ok(Err(problems)),
                Err(Halt::Broken(problem)) => Err(problem),
            }
        })
    })
    .await
    .map_err(|problem| vec![problem])?
}

enum Halt {
    Refused(Vec<Problem>),
    Broken(Problem),
}

impl From<Problem> for Halt {
    fn from(problem: Problem) -> Self {
        Self::Broken(problem)
    }
}

async fn one(
    app: &App,
    writing: &dyn Writing,
    (caller, scope): (&Caller, &Scope),
    target: &Target,
    act: &Act,
) -> Result<Acted, Halt> {
    let missing = |what: &str| Halt::Refused(vec![Problem::new(&NOT_FOUND, &[("what", &what)])]);
    if let Some(key) = &act.key
        && let Some(written) = writing.case_of_key(caller.account, key).await?
    {
        let found = writing.case(written, scope).await?.ok_or_else(|| missing("这件事项"))?;
        return Ok(Acted { case: found.case, document: None });
    }
    let tree = app.tree(writing).await?;
    let today = app.environment.today();
    let calendar = app.calendar.as_ref();
    let (before, kind, version, unit) = match target {
        Target::New { kind, unit } => (None, kind.as_str(), String::new(), *unit),
        Target::Existing { id, kind, revision } => {
            let found = writing.case(*id, scope).await?;
            let found = found.filter(|found| kind.as_ref().is_none_or(|kind| *kind == found.case.kind));
            let found = found.ok_or_else(|| missing("这件事项"))?.case;
            if revision.is_some_and(|seen| seen != found.revision) {
                return Err(Halt::Refused(vec![changed(app, writing, &found).await?]));
            }
            let unit = found.unit;
            (Some(found), "", String::new(), unit)
        }
    };
    let (kind, version) = before.as_ref().map_or((kind, version.as_str()), |case| (&case.kind, &case.version));
    let (pack, definition) = app.packs.case(kind, version).ok_or_else(|| missing("这类事项"))?;
    let context = Context { pack, definition, caller, tree: &tree, today, calendar };
    let id = app.environment.id();
    let subject = before.as_ref().map_or(Subject::New(id, unit, ""), Subject::Existing);
    // A trial first, so that a refused act takes no number.
    let mut prepared = prepare(&context, subject, act).map_err(Halt::Refused)?;
    if before.is_none() {
        let number = next_number(&context, writing, unit, prepared.statement.happened_on).await?;
        prepared = prepare(&context, Subject::New(id, unit, &number), act).map_err(Halt::Refused)?;
    }
    for file in new_files(before.as_ref(), &prepared.case) {
        if writing.file(&file.hash).await?.is_none() {
            return Err(Halt::Refused(vec![Problem::new(
                &PRECONDITION,
                &[("what", &format!("上传「{}」", file.name))],
            )]));
        }
    }
    store(&app.environment, writing, &context, before.as_ref(), &prepared).await?;
    if let Some(key) = &act.key {
        writing.put_case_key(caller.account, key, prepared.case.id).await?;
    }
    Ok(Acted { case: prepared.case, document: prepared.document })
}

async fn store(
    environment: &Environment,
    writing: &dyn Writing,
    context: &Context<'_>,
    before: Option<&Case>,
    prepared: &Prepared,
) -> Result<(), Problem> {
    let body = serde_json::to_string(&prepared.body).unwrap_or_default();
    let new = before.is_none().then_some(prepared.statement.chain).into_iter().collect();
    let entries = record_with(writing, environment, &new, vec![(prepared.statement.clone(), body)]).await?;
    let Some(entry) = entries.first() else { return Ok(()) };
    let case = &prepared.case;
    writing.put_cases(&[row(context.definition, case, entry.number)]).await?;
    if let Some(form) = context.pack.forms.get(&context.definition.form) {
        writing.put_facts(&[fact(form, before.map(|case| case.stage), case, entry)]).await?;
    }
    for file in new_files(before, case) {
        writing.attach(case.id, &file.hash).await?;
    }
    Ok(())
}

/// Files that answers name.
#[must_use]
pub fn files(answers: &Answers) -> Vec<FileRef> {
    let lists = answers.values().filter(|value| value.is_array());
    lists.filter_map(|value| Vec::<FileRef>::deserialize(value).ok()).flatten().collect()
}

/// Files that the case has and had not before.
pub(crate) fn new_files(before: Option<&Case>, after: &Case) -> Vec<FileRef> {
    let known = before.map(|case| files(&case.answers)).unwrap_or_default();
    files(&after.answers).into_iter().filter(|file| !known.contains(file)).collect()
}

async fn changed(app: &App, writing: &dyn Writing, case: &Case) -> Result<Problem, Problem> {
    let chain = writing.chain(case.id.cast()).await?;
    let newest = chain.last();
    let verb = newest.map(|told| told.entry.statement.verb.clone()).unwrap_or_default();
    let act = app.packs.case(&case.kind, &case.version).and_then(|(_, definition)| {
        definition.transitions.iter().find(|transition| transition.verb == verb).map(|found| found.title.clone())
    });
    let who = match newest.map(|told| told.entry.statement.actor) {
        Some(actor) => writing.account_names(&[actor]).await?.pop().map(|(_, name)| name),
        None => None,
    };
    let when =
        newest.map(|told| app.environment.date_of(told.entry.recorded_at)).map(yanpan_kernel::calendar::wording::short);
    Ok(Problem::new(
        &REVISION_CHANGED,
        &[
            ("who", &who.unwrap_or_else(|| "他人".to_owned())),
            ("when", &when.unwrap_or_default()),
            ("act", &act.unwrap_or(verb)),
        ],
    ))
}

/// The next number by the definition's pattern: `{unit.code}`, `{year}`, `{seq:4}`.
async fn next_number(
    context: &Context<'_>,
    writing: &dyn Writing,
    unit: Id<Unit>,
    on: Date,
) -> Result<String, Problem> {
    let (sequence, first) = number_sequence(context.definition, context.tree, unit, on);
    let taken = writing.take_numbers(&sequence, 1).await?;
    Ok(number(&first, taken))
}

/// The sequence that a unit's numbers of a year come from, and the pattern with all but the sequence filled in.
#[must_use]
pub fn number_sequence(definition: &Definition, tree: &Tree, unit: Id<Unit>, on: Date) -> (String, String) {
    let code = tree.get(unit).map_or("", |version| version.code.as_str());
    let pattern = definition.number.replace("{unit.code}", code).replace("{year}", &on.year().to_string());
    (format!("{}/{pattern}", definition.key), pattern)
}

/// Puts a sequence number into a pattern.
#[must_use]
pub fn number(pattern: &str, taken: u64) -> String {
    let Some((head, rest)) = pattern.split_once("{seq:") else { return pattern.replace("{seq}", &taken.to_string()) };
    let Some((width, tail)) = rest.split_once('}') else { return pattern.to_owned() };
    let width = width.parse().unwrap_or(1);
    format!("{head}{taken:0width$}{tail}")
}
