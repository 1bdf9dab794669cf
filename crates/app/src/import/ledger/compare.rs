//! A ledger's rows beside the cases that are known: by identity, by number, and by what they say.

use super::Ground;
use crate::{
    import::{
        identity::{content, values_hash},
        plan::{RowPlan, Sort},
        target::CHUNK,
    },
    ports::{CaseRow, Column, Filter, KnownRow, Phase, Progress, Query, Reading, Test},
};
use std::collections::{BTreeSet, HashMap, HashSet};
use yanpan_kernel::{
    case::Case,
    form::Answers,
    id::Id,
    problem::{Problem, READING_CANCELLED},
    unit::{Scope, Unit},
};

/// Cases of a unit that a new row is held against, newest first.
const HELD_AGAINST: u32 = 500;

/// Sorts the good rows, a chunk at a time.
pub(super) async fn compare(
    ground: &Ground<'_>,
    reading: &dyn Reading,
    rows: &mut [RowPlan],
    progress: &Progress,
) -> Result<(), Problem> {
    let total = rows.len() as u64;
    let mut said = Said::default();
    for (at, chunk) in rows.chunks_mut(CHUNK).enumerate() {
        if progress.is_cancelled() {
            return Err(Problem::new(&READING_CANCELLED, &[]));
        }
        progress.report(Phase::Comparing, (at * CHUNK) as u64, total);
        let known = Known::of(ground, reading, chunk).await?;
        for row in chunk.iter_mut().filter(|row| row.sort != Sort::Refused) {
            let values = row.values();
            match known.of_row(ground, row) {
                Some((case, hash)) => beside(ground, row, case, hash),
                None => {
                    let Some(unit) = row.unit else { continue };
                    said.meet(ground, reading, unit).await?;
                    if said.before(ground, unit, values) {
                        row.sort = Sort::Suspect;
                    }
                }
            }
        }
    }
    Ok(())
}

/// The cases that a chunk's rows continue.
struct Known {
    rows: HashMap<String, KnownRow>,
    cases: HashMap<Id<Case>, CaseRow>,
    numbers: HashMap<String, Id<Case>>,
}

impl Known {
    async fn of(ground: &Ground<'_>, reading: &dyn Reading, chunk: &[RowPlan]) -> Result<Self, Problem> {
        let scope = ground.caller.scope();
        let good = || chunk.iter().filter(|row| row.sort != Sort::Refused);
        let keys: Vec<String> = good().map(|row| row.key.to_string()).collect();
        let found = reading.known_rows(&ground.ledger.key, &keys).await?;
        let ids: Vec<Id<Case>> = found.iter().map(|row| row.case).collect();
        let rows: HashMap<String, KnownRow> = found.into_iter().map(|row| (row.key.clone(), row)).collect();
        let mut cases: HashMap<Id<Case>, CaseRow> =
            reading.cases(&ids, &scope).await?.into_iter().map(|row| (row.case.id, row)).collect();
        let own = good().filter(|row| !rows.contains_key(&*row.key)).filter_map(|row| number_of(ground, row));
        let wanted: Vec<String> = own.collect::<BTreeSet<_>>().into_iter().collect();
        let mut numbers = HashMap::new();
        for some in wanted.chunks(100) {
            let filter = Filter { column: Column::Number, test: Test::OneOf(some.to_vec()) };
            for row in page(ground, reading, vec![filter], (Column::Number, &scope)).await? {
                numbers.insert(row.case.number.clone(), row.case.id);
                cases.insert(row.case.id, row);
            }
        }
        Ok(Self { rows, cases, numbers })
    }

    /// The case that a row continues, with the hash of what was last said of it.
    fn of_row(&self, ground: &Ground<'_>, row: &RowPlan) -> Option<(&CaseRow, Option<&str>)> {
        if let Some(known) = self.rows.get(&*row.key) {
            return Some((self.cases.get(&known.case)?, Some(&known.values)));
        }
        let case = self.cases.get(self.numbers.get(&number_of(ground, row)?)?)?;
        (row.unit == Some(case.case.unit)).then_some((case, None))
    }
}

/// The row's own number, as the case that it came from bears it when the ledger is ours.
fn number_of(ground: &Ground<'_>, row: &RowPlan) -> Option<String> {
    let number = row.values().get(ground.ledger.number.as_ref()?)?.as_str()?.to_owned();
    (!number.is_empty() && row.sort == Sort::New).then_some(number)
}

async fn page(
    ground: &Ground<'_>,
    reading: &dyn Reading,
    filters: Vec<Filter>,
    (sort, scope): (Column, &Scope),
) -> Result<Vec<CaseRow>, Problem> {
    let kind = ground.definition.key.clone();
    let query = Query { kind, filters, actor: None, sort, descending: true, after: None, limit: HELD_AGAINST };
    reading.case_page(&query, scope).await
}

fn beside(ground: &Ground<'_>, row: &mut RowPlan, known: &CaseRow, hash: Option<&str>) {
    if hash == Some(&*row.hash) {
        row.sort = Sort::Same;
        return;
    }
    let case = &known.case;
    match ground.acts(&row.values(), Some(case), (case.id, case.unit, ""), "trial") {
        Ok(acts) if acts.is_empty() => row.sort = Sort::Same,
        Ok(acts) => {
            row.sort = Sort::Update;
            row.known = Some(case.id);
            let after = acts.last().map(|act| &act.case.answers);
            row.changes = after
                .into_iter()
                .flatten()
                .filter_map(|(key, now)| {
                    let before = case.answers.get(key).cloned().unwrap_or_default();
                    (before != *now).then(|| (key.clone(), [before, now.clone()]))
                })
                .collect();
        }
        Err(problems) => {
            let place = row.place();
            row.refuse(problems.into_iter().map(|problem| ground.at_column(&place, problem)).collect());
        }
    }
}

/// What has been said before: of each unit by its cases, and by rows further up.
#[derive(Default)]
struct Said {
    units: HashSet<Id<Unit>>,
    contents: HashSet<(Id<Unit>, String)>,
    rows: HashSet<String>,
}

impl Said {
    /// Takes in what the cases of a unit say, once.
    async fn meet(&mut self, ground: &Ground<'_>, reading: &dyn Reading, unit: Id<Unit>) -> Result<(), Problem> {
        if !self.units.insert(unit) {
            return Ok(());
        }
        let scope = ground.caller.scope().narrow(&Scope::Units(std::iter::once(unit).collect()));
        let known = page(ground, reading, Vec::new(), (Column::OpenedOn, &scope)).await?;
        self.contents.extend(known.iter().map(|row| (unit, content(ground.ledger, &row.case.answers))));
        Ok(())
    }

    /// Whether a case of the unit says the same where rows are told apart, or a row further up says the same in everything
    /// but its number. Rows that differ elsewhere are two: the ledger tells them apart by their order.
    fn before(&mut self, ground: &Ground<'_>, unit: Id<Unit>, mut values: Answers) -> bool {
        let known = self.contents.contains(&(unit, content(ground.ledger, &values)));
        if let Some(number) = &ground.ledger.number {
            values.remove(number);
        }
        !self.rows.insert(values_hash(&values)) || known
    }
}
