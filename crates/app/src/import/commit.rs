//! From a plan to a batch: all good rows in one transaction.

use super::plan::{Ground, Plan, Planned, RowPlan, Sort};
use crate::{
    App, Caller,
    case::{fact, number, number_sequence, row as case_row},
    ports::{Batch, BatchRow, BatchState, CaseRow, Fact, KnownRow, Writing},
    record::record,
    write,
};
use std::{collections::BTreeMap, sync::Arc};
use yanpan_kernel::{
    case::{Case, Stage},
    entry::Statement,
    id::Id,
    problem::Problem,
    unit::Unit,
};

/// What a batch did.
#[derive(Debug, Clone)]
pub struct Committed {
    /// The batch.
    pub batch: Batch,
    /// Numbers given to new cases, with their rows.
    pub numbers: Vec<(u32, String)>,
}

/// Commits the good rows of a plan; suspects only when told to. Kept whole or not at all.
///
/// # Errors
/// `STORE_UNAVAILABLE`, or the problems of a row that another act has changed in between.
pub async fn commit(
    app: &Arc<App>,
    caller: &Caller,
    (key, name, hash): (&str, &str, &str),
    plan: Plan,
    suspects: bool,
) -> Result<Committed, Vec<Problem>> {
    let environment = &app.environment;
    let count = |sort| u32::try_from(plan.count(sort)).unwrap_or(u32::MAX);
    let created = count(Sort::New) + if suspects { count(Sort::Suspect) } else { 0 };
    let batch = Batch {
        id: environment.id(),
        kind: key.to_owned(),
        unit: None,
        name: name.to_owned(),
        hash: hash.to_owned(),
        actor: caller.account,
        at: environment.now_ms(),
        state: BatchState::Committed,
        counts: [created, count(Sort::Update), count(Sort::Same)],
    };
    let (app_in, caller) = (app.clone(), caller.clone());
    write(app, move |writing| {
        Box::pin(async move {
            let taken = plan.rows.into_iter().filter(|row| row.sort != Sort::Suspect || suspects).collect();
            run(&app_in, &caller, writing, batch, taken).await
        })
    })
    .await
    .map_err(|problem| vec![problem])
}

async fn run(
    app: &App,
    caller: &Caller,
    writing: &dyn Writing,
    batch: Batch,
    rows: Vec<RowPlan>,
) -> Result<Committed, Problem> {
    let ground = Ground::of(app, caller, &batch.kind)?;
    let mut numbers = Numbers::take(&ground, writing, &rows).await?;
    let mut made = Made::default();
    let batch_key = batch.id.to_string();
    for row in rows {
        let (before, opening) = match &row.planned {
            Planned::Nothing => continue,
            Planned::Open(unit) => (None, (app.environment.id(), *unit, numbers.next(&ground, *unit))),
            Planned::Continue(known) => {
                let fresh = writing.case(known.case.id, &caller.scope()).await?;
                let known = fresh.unwrap_or_else(|| (**known).clone());
                let opening = (known.case.id, known.case.unit, String::new());
                (Some(known.case), opening)
            }
        };
        let acts = ground
            .acts(&row.values, before.as_ref(), (opening.0, opening.1, &opening.2), &batch_key)
            .map_err(|problems| problems.into_iter().next().unwrap_or_else(unreadable).at(row.place.clone()))?;
        let mut stage = before.as_ref().map(|case| case.stage);
        for act in &acts {
            let body = serde_json::to_string(&act.body).unwrap_or_default();
            made.told.push((act.statement.clone(), body));
            made.cases.push((stage, act.case.clone()));
            stage = Some(act.case.stage);
        }
        if let Some(last) = acts.last() {
            let before = before.as_ref().map_or(0, |case| case.revision);
            made.rows.push(BatchRow { batch: batch.id, case: opening.0, before, after: last.case.revision });
            made.known.push(KnownRow { key: row.key, case: opening.0, values: row.hash });
            if before == 0 {
                made.numbers.push((row.place.row.unwrap_or_default(), opening.2));
            }
        }
    }
    made.store(&ground, writing, batch).await
}

fn unreadable() -> Problem {
    Problem::new(&yanpan_kernel::problem::INTERNAL, &[("reference", &"import")])
}

#[derive(Default)]
struct Made {
    told: Vec<(Statement, String)>,
    cases: Vec<(Option<Stage>, Case)>,
    rows: Vec<BatchRow>,
    known: Vec<KnownRow>,
    numbers: Vec<(u32, String)>,
}

impl Made {
    async fn store(self, ground: &Ground<'_>, writing: &dyn Writing, batch: Batch) -> Result<Committed, Problem> {
        let environment = &ground.app.environment;
        let mut told = self.told;
        told.push((batch_statement(&batch, "import", environment.today()), serde_json::json!(batch).to_string()));
        let entries = record(writing, environment, told).await?;
        let mut facts: Vec<Fact> = Vec::with_capacity(self.cases.len());
        let mut newest: BTreeMap<Id<Case>, CaseRow> = BTreeMap::new();
        for ((stage, case), entry) in self.cases.iter().zip(&entries) {
            facts.push(fact(ground.form, *stage, case, entry));
            newest.insert(case.id, case_row(ground.definition, case, entry.number));
        }
        let newest: Vec<CaseRow> = newest.into_values().collect();
        writing.put_cases(&newest).await?;
        writing.put_facts(&facts).await?;
        writing.put_batch(&batch).await?;
        writing.put_batch_rows(&self.rows).await?;
        writing.put_known_rows(&batch.kind, &self.known).await?;
        Ok(Committed { batch, numbers: self.numbers })
    }
}

/// The statement that tells of a batch.
pub(super) fn batch_statement(batch: &Batch, verb: &str, on: jiff::civil::Date) -> Statement {
    Statement {
        chain: batch.id.cast(),
        kind: "batch".to_owned(),
        verb: verb.to_owned(),
        unit: batch.unit,
        actor: batch.actor,
        grant: None,
        happened_on: on,
        from: None,
        to: None,
    }
}

/// Numbers taken beforehand, one sequence per unit and year.
struct Numbers {
    next: BTreeMap<Id<Unit>, (String, u64)>,
}

impl Numbers {
    async fn take(ground: &Ground<'_>, writing: &dyn Writing, rows: &[RowPlan]) -> Result<Self, Problem> {
        let mut wanted: BTreeMap<Id<Unit>, u32> = BTreeMap::new();
        for row in rows {
            if let Planned::Open(unit) = row.planned {
                *wanted.entry(unit).or_insert(0) += 1;
            }
        }
        let mut next = BTreeMap::new();
        for (unit, count) in wanted {
            let (sequence, pattern) = number_sequence(ground.definition, ground.tree, unit, ground.today);
            next.insert(unit, (pattern, writing.take_numbers(&sequence, count).await?));
        }
        Ok(Self { next })
    }

    fn next(&mut self, ground: &Ground<'_>, unit: Id<Unit>) -> String {
        let Some((pattern, taken)) = self.next.get_mut(&unit) else {
            return number_sequence(ground.definition, ground.tree, unit, ground.today).1;
        };
        let given = number(pattern, *taken);
        *taken += 1;
        given
    }
}
