//! The acts that a row of a ledger leads to.

use crate::{
    App, Caller,
    case::{Act, Context, Prepared, RowNames, Subject, prepare},
};
use jiff::civil::Date;
use yanpan_kernel::{
    case::{Case, Definition},
    form::{Answers, Form},
    id::Id,
    problem::{INTERNAL, NOT_FOUND, Problem},
    unit::{Tree, Unit},
};
use yanpan_packs::{Ledger, LedgerStep, Pack};
use yanpan_rules::Value;

/// What a ledger's import stands on.
pub(in crate::import) struct Ground<'a> {
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
        let names = RowNames { ledger: self.ledger, form: self.form, values, calendar: &self.app.calendar };
        let mut prepared: Vec<Prepared> = Vec::new();
        for step in &self.ledger.steps {
            let case = prepared.last().map(|last| &last.case).or(before);
            let from = case.map(|case| case.state.as_str());
            let Some(transition) = self.definition.transition(&step.verb, from) else { continue };
            let repeated = case.is_some_and(|case| case.done.contains_key(&step.verb));
            if repeated || !self.holds(&step.when, &names)? {
                continue;
            }
            let on = self.date(step, &names)?.unwrap_or(self.today).min(self.today);
            let last = case.and_then(|case| case.done.values().map(|done| done.on).max());
            let answers = self.step_answers(step, transition, values, &names)?;
            let act = Act {
                verb: step.verb.clone(),
                answers,
                happened_on: Some(last.map_or(on, |last| on.max(last))),
                imported: true,
                batch: Some(batch.to_owned()),
                device_at: None,
                key: None,
            };
            let subject = case.map_or(Subject::New(opening.0, opening.1, opening.2), Subject::Existing);
            let next = prepare(&self.context(), subject, &act)?;
            prepared.push(next);
        }
        if let Some(before) = before {
            let now = prepared.last().map_or(before, |last| &last.case);
            let correction = self.correction(values, now, batch)?;
            prepared.extend(correction);
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
            device_at: None,
            key: None,
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
