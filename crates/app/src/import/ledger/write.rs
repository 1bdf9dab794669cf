//! Rows of a ledger into cases: chunk after chunk inside one act, so that all go in or none and memory stays bounded. Where
//! all rows are new nothing is read in between, so that the next are worked out while these are written.

use super::Ground;
use crate::{
    case::{fact, new_files, number, number_sequence, row as case_row},
    import::{
        plan::{RowPlan, Sort},
        target::CHUNK,
    },
    ports::{Batch, BatchRow, CaseRow, Fact, KnownRow, Writing},
    record::record_with,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use yanpan_kernel::{
    case::{Case, Stage},
    entry::{Chain, Statement},
    id::Id,
    problem::{INTERNAL, PREVIEW_STALE, Problem},
    unit::Unit,
};

/// Writes the rows; returns the numbers given to new cases.
pub(super) async fn write(
    ground: &Ground<'_>,
    writing: &dyn Writing,
    batch: &Batch,
    rows: &[&RowPlan],
) -> Result<Vec<(u32, String)>, Problem> {
    unknown(ground, writing, rows).await?;
    let mut numbers = Numbers::take(ground, writing, rows).await?;
    let mut given = Vec::new();
    for chunk in rows.chunks(CHUNK) {
        let mut known = known(ground, writing, chunk).await?;
        let mut made = Made::default();
        for row in chunk {
            made.row(ground, batch, row, (&mut known, &mut numbers))?;
        }
        given.extend(made.store(ground, writing, batch).await?);
    }
    Ok(given)
}

/// A new row that has come in meanwhile by another hand stops the batch.
async fn unknown(ground: &Ground<'_>, writing: &dyn Writing, rows: &[&RowPlan]) -> Result<(), Problem> {
    for chunk in rows.chunks(CHUNK) {
        let keys: Vec<String> = chunk.iter().filter(|row| row.known.is_none()).map(|row| row.key.to_string()).collect();
        if !writing.known_rows(&ground.ledger.key, &keys).await?.is_empty() {
            return Err(Problem::new(&PREVIEW_STALE, &[]));
        }
    }
    Ok(())
}

/// The cases that a chunk continues, as the rows before it have left them.
async fn known(
    ground: &Ground<'_>,
    writing: &dyn Writing,
    chunk: &[&RowPlan],
) -> Result<HashMap<Id<Case>, Case>, Problem> {
    let ids: Vec<Id<Case>> = chunk.iter().filter_map(|row| row.known).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let cases = writing.cases(&ids, &ground.caller.scope()).await?;
    Ok(cases.into_iter().map(|row| (row.case.id, row.case)).collect())
}

#[derive(Default)]
struct Made {
    new: BTreeSet<Id<Chain>>,
    told: Vec<(Statement, String)>,
    cases: Vec<(Option<Stage>, Case)>,
    rows: Vec<BatchRow>,
    known: Vec<KnownRow>,
    files: Vec<(Id<Case>, String)>,
    numbers: Vec<(u32, String)>,
}

impl Made {
    fn row(
        &mut self,
        ground: &Ground<'_>,
        batch: &Batch,
        row: &RowPlan,
        (known, numbers): (&mut HashMap<Id<Case>, Case>, &mut Numbers),
    ) -> Result<(), Problem> {
        let values = row.values();
        let before = row.known.map(|id| known.get(&id).ok_or_else(|| Problem::new(&PREVIEW_STALE, &[])));
        let before = before.transpose()?;
        let (id, unit, number) = match before {
            Some(case) => (case.id, case.unit, String::new()),
            None => {
                let broken = || Problem::new(&INTERNAL, &[("reference", &"import-unit")]);
                let unit = row.unit.ok_or_else(broken)?;
                let id: Id<Case> = ground.app.environment.id();
                self.new.insert(id.cast());
                (id, unit, numbers.next(ground, unit))
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
        if before.is_some() {
            // Another row of the same file may be about the same case.
            known.insert(id, last.case.clone());
        }
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
        let entries = record_with(writing, &ground.app.environment, &self.new, self.told).await?;
        let facts: Vec<Fact> = self
            .cases
            .iter()
            .zip(&entries)
            .map(|((stage, case), entry)| fact(ground.form, *stage, case, entry))
            .collect();
        let newest: BTreeMap<Id<Case>, _> =
            self.cases.iter().zip(&entries).map(|((_, case), entry)| (case.id, (case, entry.number))).collect();
        let newest: Vec<CaseRow> =
            newest.into_values().map(|(case, entry)| case_row(ground.definition, case, entry)).collect();
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
            if let Some(unit) = row.unit {
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
