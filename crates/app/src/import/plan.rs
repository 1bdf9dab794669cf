//! From a file to a plan: every row sorted into 新增 / 更新 / 未变 / 疑似重复 / 有问题; nothing is written.

use super::{
    identity::{Identities, normal, values_hash},
    target::{ledger_target, unit_names},
};
use crate::{
    App, Caller,
    case::{Act, Context, Prepared, Subject},
    case::{RowNames, answer_type, prepare},
    ports::{CaseRow, KnownRow, SheetBinding, SheetHints, SheetPicture, SheetRow},
};
use jiff::civil::Date;
use serde::Serialize;
use std::{collections::HashMap, sync::Arc};
use yanpan_kernel::{
    case::{Case, Definition},
    form::{Answers, Form},
    id::Id,
    problem::{INTERNAL, NOT_FOUND, OUT_OF_SCOPE, Place, Problem},
    unit::{Scope, Tree, Unit},
};
use yanpan_packs::{Ledger, LedgerKind, LedgerStep, Pack};
use yanpan_rules::{Type, Value};

/// How a row compares with what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// 新增
    New,
    /// 更新
    Update,
    /// 未变
    Same,
    /// 疑似重复: another row or case says the same in other words; goes in only when told to.
    Suspect,
    /// 有问题
    Refused,
}

/// What a row leads to.
#[derive(Debug, Clone)]
pub enum Planned {
    /// A new case; the steps are prepared once its number is taken.
    Open(Id<Unit>),
    /// Acts on a known case.
    Continue(Box<CaseRow>),
    /// Nothing.
    Nothing,
}

/// A row with what becomes of it.
#[derive(Debug, Clone)]
pub struct RowPlan {
    /// Where it stands.
    pub place: Place,
    /// Sorting.
    pub sort: Sort,
    /// Problems of the row; empty unless refused.
    pub problems: Vec<Problem>,
    /// Corrections that could be applied, with doubts that do not keep it out.
    pub suggestions: Vec<crate::ports::SheetProblem>,
    /// Values read.
    pub values: Answers,
    /// Identity key.
    pub key: String,
    /// Hash of the values.
    pub hash: String,
    /// What it leads to.
    pub planned: Planned,
    /// Pictures pasted beside it.
    pub pictures: Vec<SheetPicture>,
}

/// The plan of a file.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Rows in file order.
    pub rows: Vec<RowPlan>,
    /// What stops the import as a whole.
    pub problems: Vec<Problem>,
    /// What should be known.
    pub notes: Vec<String>,
    /// How columns were read.
    pub mapping: Vec<SheetBinding>,
    /// Mappings to be remembered.
    pub remember: Vec<String>,
}

impl Plan {
    /// Rows of a sort.
    #[must_use]
    pub fn count(&self, sort: Sort) -> usize {
        self.rows.iter().filter(|row| row.sort == sort).count()
    }

    /// All problems: of the file, then of its rows.
    #[must_use]
    pub fn all_problems(&self) -> Vec<Problem> {
        self.problems.iter().chain(self.rows.iter().flat_map(|row| &row.problems)).cloned().collect()
    }
}

/// What a ledger's import stands on.
pub(super) struct Ground<'a> {
    pub pack: &'a Pack,
    pub ledger: &'a Ledger,
    pub definition: &'a Definition,
    pub form: &'a Form,
    pub caller: &'a Caller,
    pub tree: &'a Tree,
    pub today: Date,
    pub app: &'a App,
}

impl<'a> Ground<'a> {
    /// The ground of a ledger.
    ///
    /// # Errors
    /// `NOT_FOUND` for an unknown ledger.
    pub fn of(app: &'a App, caller: &'a Caller, key: &str) -> Result<Self, Problem> {
        let missing = || Problem::new(&NOT_FOUND, &[("what", &format!("台账「{key}」"))]);
        let (pack, ledger) = app.packs.ledger(key).ok_or_else(missing)?;
        let definition = pack.cases.get(&ledger.case).ok_or_else(missing)?;
        let form = pack.forms.get(&definition.form).ok_or_else(missing)?;
        let today = app.environment.today();
        Ok(Self { pack, ledger, definition, form, caller, tree: &caller.tree, today, app })
    }

    fn context(&self) -> Context<'_> {
        Context {
            pack: self.pack,
            definition: self.definition,
            caller: self.caller,
            tree: self.tree,
            today: self.today,
            calendar: &self.app.calendar,
        }
    }

    /// The acts that a row leads to from a case as it is (`None`: before it exists), prepared one on the other.
    ///
    /// # Errors
    /// Every problem of the first step that cannot be done.
    pub fn acts(
        &self,
        values: &Answers,
        before: Option<&Case>,
        opening: (Id<Case>, Id<Unit>, &str),
        batch: &str,
    ) -> Result<Vec<Prepared>, Vec<Problem>> {
        let names = RowNames { row: self.row_value(values), calendar: &self.app.calendar };
        let mut case: Option<Case> = before.cloned();
        let mut prepared: Vec<Prepared> = Vec::new();
        for step in &self.ledger.steps {
            let from = case.as_ref().map(|case| case.state.as_str());
            let Some(transition) = self.definition.transition(&step.verb, from) else { continue };
            let repeated = case.as_ref().is_some_and(|case| case.done.contains_key(&step.verb));
            if repeated || !self.holds(&step.when, &names)? {
                continue;
            }
            let on = self.date(step, &names)?.unwrap_or(self.today).min(self.today);
            let last = case.as_ref().and_then(|case| case.done.values().map(|done| done.on).max());
            let answers = self.step_answers(step, transition, values, &names)?;
            let act = Act {
                verb: step.verb.clone(),
                answers,
                happened_on: Some(last.map_or(on, |last| on.max(last))),
                imported: true,
                batch: Some(batch.to_owned()),
                ..Act::default()
            };
            let subject = case.as_ref().map_or(Subject::New(opening.0, opening.1, opening.2), Subject::Existing);
            let next = prepare(&self.context(), subject, &act)?;
            case = Some(next.case.clone());
            prepared.push(next);
        }
        if let (Some(_), Some(now)) = (before, case.as_ref()) {
            prepared.extend(self.correction(values, now, batch)?);
        }
        Ok(prepared)
    }

    /// An act that brings the case's answers in line with the row, where they still differ.
    fn correction(&self, values: &Answers, now: &Case, batch: &str) -> Result<Option<Prepared>, Vec<Problem>> {
        let Some(transition) = self.definition.transition("correct", Some(&now.state)) else { return Ok(None) };
        let asked = transition.ask.iter().map(|ask| &ask.field);
        let differing: Answers = asked
            .filter_map(|field| values.get(field).map(|value| (field.clone(), value.clone())))
            .filter(|(field, value)| now.answers.get(field) != Some(value))
            .collect();
        if differing.is_empty() {
            return Ok(None);
        }
        let act = Act {
            verb: "correct".to_owned(),
            answers: differing,
            happened_on: Some(self.today),
            imported: true,
            batch: Some(batch.to_owned()),
            ..Act::default()
        };
        prepare(&self.context(), Subject::Existing(now), &act).map(Some)
    }

    fn step_answers(
        &self,
        step: &LedgerStep,
        transition: &yanpan_kernel::case::Transition,
        values: &Answers,
        names: &RowNames<'_>,
    ) -> Result<Answers, Vec<Problem>> {
        let asked = transition.ask.iter().map(|ask| &ask.field);
        let mut answers: Answers =
            asked.filter_map(|field| values.get(field).map(|value| (field.clone(), value.clone()))).collect();
        for (field, source) in &step.set {
            let value = self.evaluate(source, names)?;
            if !value.is_null() {
                answers.insert(field.clone(), value.to_json());
            }
        }
        Ok(answers)
    }

    fn row_value(&self, values: &Answers) -> Value {
        let typed = self.ledger.columns.iter().map(|column| {
            let declared = match column.kind {
                Some(LedgerKind::Date) => Type::Date,
                Some(_) => Type::Text,
                None => self.form.field(&column.key).map_or(Type::Text, |field| answer_type(&field.kind)),
            };
            let value = values.get(&column.key).and_then(|json| Value::from_json(json, &declared).ok());
            (column.key.clone(), value.unwrap_or_default())
        });
        Value::map(typed)
    }

    fn evaluate(&self, source: &str, names: &RowNames<'_>) -> Result<Value, Vec<Problem>> {
        let broken = || vec![Problem::new(&INTERNAL, &[("reference", &"ledger")])];
        self.pack.expression(source).ok_or_else(broken)?.evaluate(names).map_err(|_| broken())
    }

    fn holds(&self, source: &str, names: &RowNames<'_>) -> Result<bool, Vec<Problem>> {
        Ok(self.evaluate(source, names)? == Value::Bool(true))
    }

    fn date(&self, step: &LedgerStep, names: &RowNames<'_>) -> Result<Option<Date>, Vec<Problem>> {
        Ok(match self.evaluate(&step.on, names)? {
            Value::Date(date) => Some(date),
            _ => None,
        })
    }
}

/// Reads a file and sorts its rows. `unit` is used for rows that name none.
///
/// # Errors
/// When the file as a whole is refused, or the ledger is not known.
pub async fn plan(
    app: &Arc<App>,
    caller: &Caller,
    (key, unit): (&str, Option<Id<Unit>>),
    (bytes, name): (Vec<u8>, &str),
    mut hints: SheetHints,
) -> Result<Plan, Problem> {
    let ground = Ground::of(app, caller, key)?;
    let scope = caller.scope();
    let reading = app.store.read().await?;
    hints.units = unit_names(reading.as_ref(), &caller.tree, &scope).await?;
    hints.today = hints.today.or(Some(ground.today));
    let target = ledger_target(ground.ledger, ground.form);
    let (sheets, file) = (app.sheets.clone(), name.to_owned());
    let read = tokio::task::spawn_blocking(move || sheets.read(&bytes, &file, &target, &hints))
        .await
        .map_err(|_| Problem::new(&INTERNAL, &[("reference", &"sheet")]))??;
    let mut identities = Identities::default();
    let mut rows: Vec<RowPlan> =
        read.rows.into_iter().map(|row| first_look(&ground, &mut identities, row, unit, &scope)).collect();
    let keys: Vec<String> = rows.iter().filter(|row| row.sort != Sort::Refused).map(|row| row.key.clone()).collect();
    let known: HashMap<String, KnownRow> =
        reading.known_rows(key, &keys).await?.into_iter().map(|row| (row.key.clone(), row)).collect();
    let ids: Vec<Id<Case>> = known.values().map(|row| row.case).collect();
    let cases: HashMap<Id<Case>, CaseRow> =
        reading.cases(&ids, &scope).await?.into_iter().map(|row| (row.case.id, row)).collect();
    let mut said: HashMap<(String, String), usize> = HashMap::new();
    for (index, row) in rows.iter_mut().enumerate().filter(|(_, row)| row.sort != Sort::Refused) {
        compare(&ground, row, &known, &cases);
        let unit = row.values.get(&ground.ledger.unit).map(ToString::to_string).unwrap_or_default();
        let what = row.values.get(&ground.definition.summary).and_then(|value| value.as_str()).map(normal);
        let place = ground.ledger.identity.iter().filter(|key| **key != ground.definition.summary);
        let rest: String =
            place.filter_map(|key| row.values.get(key)).map(|value| normal(&value.to_string())).collect();
        if let Some(what) = what.filter(|_| row.sort == Sort::New) {
            if said.contains_key(&(unit.clone(), format!("{rest}{what}"))) {
                row.sort = Sort::Suspect;
            }
            said.insert((unit, format!("{rest}{what}")), index);
        }
    }
    Ok(Plan { rows, problems: read.problems, notes: read.notes, mapping: read.mapping, remember: read.remember })
}

fn first_look(
    ground: &Ground<'_>,
    identities: &mut Identities,
    mut row: SheetRow,
    unit: Option<Id<Unit>>,
    scope: &Scope,
) -> RowPlan {
    if let Some(unit) = unit.filter(|_| !row.values.contains_key(&ground.ledger.unit)) {
        row.values.insert(ground.ledger.unit.clone(), unit.to_string().into());
        row.problems.retain(|problem| problem.key.as_deref() != Some(ground.ledger.unit.as_str()));
    }
    let mut problems: Vec<Problem> =
        row.problems.iter().filter(|problem| !problem.doubt).map(|problem| problem.problem.clone()).collect();
    let unit = row.values.get(&ground.ledger.unit).and_then(|value| value.as_str()?.parse::<Id<Unit>>().ok());
    if unit.is_some_and(|unit| !scope.contains(unit)) {
        problems.push(Problem::new(&OUT_OF_SCOPE, &[]).at(row.place.clone()));
    }
    let planned = match unit.filter(|_| problems.is_empty()) {
        Some(unit) => {
            let trial = ground.acts(&row.values, None, (Id::from_parts(0, [0; 10]), unit, "trial"), "trial");
            if let Err(found) = trial {
                problems.extend(found.into_iter().map(|problem| place_in_row(ground, &row, problem)));
            }
            Planned::Open(unit)
        }
        None => Planned::Nothing,
    };
    RowPlan {
        sort: if problems.is_empty() && unit.is_some() { Sort::New } else { Sort::Refused },
        key: identities.key(ground.ledger, &row.values),
        hash: values_hash(&row.values),
        suggestions: row.problems.into_iter().filter(|problem| problem.suggestion.is_some() || problem.doubt).collect(),
        place: row.place,
        problems,
        values: row.values,
        planned,
        pictures: row.pictures,
    }
}

/// A problem of a step is said at the row, in the column of its field.
fn place_in_row(ground: &Ground<'_>, row: &SheetRow, mut problem: Problem) -> Problem {
    let field = problem.place.field.take();
    let column = field.as_ref().and_then(|key| ground.ledger.columns.iter().find(|column| column.key == *key));
    let mut place = row.place.clone();
    place.column = column.map(|column| column.title.clone());
    *problem.place = place;
    problem
}

fn compare(
    ground: &Ground<'_>,
    row: &mut RowPlan,
    known: &HashMap<String, KnownRow>,
    cases: &HashMap<Id<Case>, CaseRow>,
) {
    let Some(before) = known.get(&row.key) else { return };
    let Some(case) = cases.get(&before.case) else { return };
    if before.values == row.hash {
        row.sort = Sort::Same;
        row.planned = Planned::Nothing;
        return;
    }
    let opening = (case.case.id, case.case.unit, "");
    match ground.acts(&row.values, Some(&case.case), opening, "trial") {
        Ok(acts) if acts.is_empty() => {
            row.sort = Sort::Same;
            row.planned = Planned::Nothing;
        }
        Ok(_) => {
            row.sort = Sort::Update;
            row.planned = Planned::Continue(Box::new(case.clone()));
        }
        Err(problems) => {
            row.sort = Sort::Refused;
            row.problems = problems.into_iter().map(|problem| problem.at(row.place.clone())).collect();
            row.planned = Planned::Nothing;
        }
    }
}
