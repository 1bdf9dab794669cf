//! Rows of a ledger into cases: chunk after chunk inside one act, so that all go in or none and memory stays bounded.

use super::Ground;
use crate::{
    case::{fact, new_files, number, number_sequence, row as case_row},
    import::{
        plan::{RowPlan, Sort},
        target::CHUNK,
    },
    ports::{Batch, BatchRow, CaseRow, Fact, KnownRow, Writing},
    record::record,
};
use std::collections::{BTreeMap, HashMap};
use yanpan_kernel::{
    case::{Case, Stage},
    entry::Statement,
    id::Id,
    problem::{INTERNAL, PREVIEW_STALE, Problem},
    unit::Unit,
};

/// Rows worked out before the database is looked after again.
const ROWS_AT_A_TIME: usize = 8;

/// Writes the rows; returns the numbers given to new cases. While one chunk is being written the next is worked out.
pub(super) async fn write(
    ground: &Ground<'_>,
    writing: &dyn Writing,
    batch: &Batch,
    rows: &[&RowPlan],
) -> Result<Vec<(u32, String)>, Problem> {
    let mut numbers = Numbers::take(ground, writing, rows).await?;
    let mut given = Vec::new();
    let mut ready: Option<Made> = None;
    for chunk in rows.chunks(CHUNK) {
        let known = fresh(ground, writing, chunk).await?;
        let next = Made::of(ground, batch, chunk, (&known, &mut numbers));
        let (stored, next) = match ready.take() {
            Some(made) => futures::future::join(made.store(ground, writing, batch), next).await,
            None => (Ok(Vec::new()), next.await),
        };
        given.extend(stored?);
        ready = Some(next?);
    }
    if let Some(made) = ready {
        given.extend(made.store(ground, writing, batch).await?);
    }
    Ok(given)
}

/// The cases that a chunk continues, as they are now; a row that has come in meanwhile by another hand stops the batch.
async fn fresh(
    ground: &Ground<'_>,
    writing: &dyn Writing,
    chunk: &[&RowPlan],
) -> Result<HashMap<Id<Case>, Case>, Problem> {
    let new = chunk.iter().filter(|row| row.known.is_none());
    let keys: Vec<String> = new.map(|row| row.key.to_string()).collect();
    if !writing.known_rows(&ground.ledger.key, &keys).await?.is_empty() {
        return Err(Problem::new(&PREVIEW_STALE, &[]));
    }
    let ids: Vec<Id<Case>> = chunk.iter().filter_map(|row| row.known).collect();
    let cases = writing.cases(&ids, &ground.caller.scope()).await?;
    Ok(cases.into_iter().map(|row| (row.case.id, row.case)).collect())
}

#[derive(Default)]
struct Made {
    told: Vec<(Statement, String)>,
    cases: Vec<(Option<Stage>, Case)>,
    rows: Vec<BatchRow>,
    known: Vec<KnownRow>,
    files: Vec<(Id<Case>, String)>,
    numbers: Vec<(u32, String)>,
}

impl Made {
    /// Works rows out, and gives way in between.
    async fn of(
        ground: &Ground<'_>,
        batch: &Batch,
        chunk: &[&RowPlan],
        (known, numbers): (&HashMap<Id<Case>, Case>, &mut Numbers),
    ) -> Result<Self, Problem> {
        let mut made = Self::default();
        for some in chunk.chunks(ROWS_AT_A_TIME) {
            for row in some {
                made.row(ground, batch, row, (known, numbers))?;
            }
            tokio::task::yield_now().await;
        }
        Ok(made)
    }

    fn row(
        &mut self,
        ground: &Ground<'_>,
        batch: &Batch,
        row: &RowPlan,
        (known, numbers): (&HashMap<Id<Case>, Case>, &mut Numbers),
    ) -> Result<(), Problem> {
        let values = row.values();
        let before = row.known.map(|id| known.get(&id).ok_or_else(|| Problem::new(&PREVIEW_STALE, &[])));
        let before = before.transpose()?;
        let (id, unit, number) = match before {
            Some(case) => (case.id, case.unit, String::new()),
            None => {
                let broken = || Problem::new(&INTERNAL, &[("reference", &"import-unit")]);
                let unit = ground.unit_of(&values).ok_or_else(broken)?;
                (ground.app.environment.id(), unit, numbers.next(ground, unit))
            }
        };
        let acts = ground.acts(&values, before, (id, unit, &number), &batch.id.to_string()).map_err(|problems| {
            let first = problems.into_iter().next();
            first.unwrap_or_else(|| Problem::new(&INTERNAL, &[("reference", &"import")])).at(row.place())
        })?;
        let Some(last) = acts.last() else { return Ok(()) };
        let files = new_files(before, &last.case).into_iter().map(|file| (id, file.hash));
        self.files.extend(files);
        let revision = before.map_or(0, |case| case.revision);
        self.rows.push(BatchRow { batch: batch.id, case: id, before: revision, after: last.case.revision });
        self.known.push(KnownRow { key: row.key.to_string(), case: id, values: row.hash.to_string() });
        if row.sort != Sort::Update {
            self.numbers.push((row.row, number));
        }
        let mut stage = before.map(|case| case.stage);
        for act in acts {
            let after = act.case.stage;
            self.told.push((act.statement, serde_json::to_string(&act.body).unwrap_or_default()));
            self.cases.push((stage.replace(after), act.case));
        }
        Ok(())
    }

    async fn store(
        self,
        ground: &Ground<'_>,
        writing: &dyn Writing,
        batch: &Batch,
    ) -> Result<Vec<(u32, String)>, Problem> {
        let entries = record(writing, &ground.app.environment, self.told).await?;
        let facts: Vec<Fact> = self
            .cases
            .iter()
            .zip(&entries)
            .map(|((stage, case), entry)| fact(ground.form, *stage, case, entry))
            .collect();
        let newest: BTreeMap<Id<Case>, CaseRow> = self
            .cases
            .iter()
            .zip(&entries)
            .map(|((_, case), entry)| (case.id, case_row(ground.definition, case, entry.number)))
            .collect();
        let newest: Vec<CaseRow> = newest.into_values().collect();
        writing.put_cases(&newest).await?;
        writing.put_facts(&facts).await?;
        writing.put_batch_rows(&self.rows).await?;
        writing.put_known_rows(&batch.kind, &self.known).await?;
        for (case, hash) in &self.files {
            writing.attach(*case, hash).await?;
        }
        Ok(self.numbers)
    }
}

/// Numbers taken beforehand, one sequence per unit and year.
struct Numbers {
    next: BTreeMap<Id<Unit>, (String, u64)>,
}

impl Numbers {
    async fn take(ground: &Ground<'_>, writing: &dyn Writing, rows: &[&RowPlan]) -> Result<Self, Problem> {
        let mut wanted: BTreeMap<Id<Unit>, u32> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.known.is_none()) {
            if let Some(unit) = ground.unit_of(&row.values()) {
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
