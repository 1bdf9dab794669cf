//! From an act to the entry that tells of it: pure, so that the same rules hold for people, imports and scenarios.

use crate::{Caller, case::names::ActNames};
use jiff::civil::Date;
use serde_json::Value as Json;
use yanpan_kernel::{
    calendar::Calendar,
    case::{Body, Case, Definition, Transition},
    entry::Statement,
    form::{Answers, Form},
    id::Id,
    person::Grant,
    problem::{
        ANSWER_UNKNOWN, CHECK_FAILED, DATE_BEFORE_LAST, DATE_IN_FUTURE, FORBIDDEN, GUARD_REFUSED, INTERNAL,
        OUT_OF_SCOPE, Place, Problem, STATE_CHANGED,
    },
    unit::{Tree, Unit, Version},
};
use yanpan_packs::Pack;
use yanpan_rules::{Circumstance, Expression, Value};

/// What an act stands on.
pub struct Context<'a> {
    /// Pack that the case pinned.
    pub pack: &'a Pack,
    /// Definition of the case.
    pub definition: &'a Definition,
    /// Who acts.
    pub caller: &'a Caller,
    /// The tree of the act's day.
    pub tree: &'a Tree,
    /// The server's day.
    pub today: Date,
    /// Calendar.
    pub calendar: &'a Calendar,
}

/// What someone wants done.
#[derive(Debug, Clone, Default)]
pub struct Act {
    /// Verb.
    pub verb: String,
    /// Answers.
    pub answers: Answers,
    /// Business date, where it is not today.
    pub happened_on: Option<Date>,
    /// Whether it tells of the past: guards about people do not apply, those about data do.
    pub imported: bool,
    /// Import batch.
    pub batch: Option<String>,
    /// The phone's own time, for acts done offline.
    pub device_at: Option<i64>,
    /// Idempotency key of the actor's own: the same key writes once, however often a phone sends it.
    pub key: Option<String>,
}

/// What becomes of it.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The entry's statement.
    pub statement: Statement,
    /// Its payload.
    pub body: Body,
    /// The case afterwards.
    pub case: Case,
    /// Document that the act produces.
    pub document: Option<String>,
}

/// The case that the act is about: one that is, or the unit and id of one to come.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// An existing case.
    Existing(&'a Case),
    /// A case to be opened, with its number.
    New(Id<Case>, Id<Unit>, &'a str),
}

impl<'a> Subject<'a> {
    pub(super) fn before(self) -> Option<&'a Case> {
        match self {
            Self::Existing(case) => Some(case),
            Self::New(..) => None,
        }
    }

    pub(super) fn unit(self) -> Id<Unit> {
        match self {
            Self::Existing(case) => case.unit,
            Self::New(_, unit, _) => unit,
        }
    }
}

/// Checks an act and works out its entry; writes nothing.
///
/// # Errors
/// Every problem of the answers at once; or the one that says why it may not be done at all.
pub fn prepare(context: &Context<'_>, subject: Subject<'_>, act: &Act) -> Result<Prepared, Vec<Problem>> {
    let definition = context.definition;
    let before = subject.before();
    let from = before.map(|case| case.state.as_str());
    let transition = definition.transition(&act.verb, from).ok_or_else(|| vec![wrong_state(definition, act, from)])?;
    let form = context.pack.forms.get(&definition.form).ok_or_else(|| vec![broken("form")])?;
    let unit = context.tree.get(subject.unit()).ok_or_else(|| vec![Problem::new(&OUT_OF_SCOPE, &[])])?;
    let happened_on = act.happened_on.unwrap_or(context.today);
    if happened_on > context.today {
        return Err(vec![Problem::new(&DATE_IN_FUTURE, &[("date", &happened_on)]).at(Place::field("happened_on"))]);
    }
    if let Some(last) =
        before.and_then(|case| case.done.values().map(|done| done.on).max()).filter(|last| happened_on < *last)
    {
        let problem = Problem::new(&DATE_BEFORE_LAST, &[("date", &happened_on), ("last", &last)]);
        return Err(vec![problem.at(Place::field("happened_on"))]);
    }
    let step = Step { context, form, transition, unit, before, act, happened_on };
    let empty = Answers::new();
    let known = before.map_or(&empty, |case| &case.answers);
    let grant = if act.imported { None } else { Some(step.allowed(known)?) };
    let (answers, decision) = step.answers(known.clone(), grant)?;
    let mut set = Answers::new();
    for key in answers.keys().chain(known.keys()) {
        if answers.get(key) != known.get(key) {
            set.insert(key.clone(), answers.get(key).cloned().unwrap_or(Json::Null));
        }
    }
    let (chain, number) = match subject {
        Subject::Existing(case) => (case.id.cast(), None),
        Subject::New(id, _, number) => (id.cast(), Some(number.to_owned())),
    };
    let body = Body {
        version: number.as_ref().map(|_| context.pack.version.clone()),
        number,
        set,
        decision,
        device_at: act.device_at,
        batch: act.batch.clone(),
    };
    let statement = Statement {
        chain,
        kind: definition.key.clone(),
        verb: act.verb.clone(),
        unit: Some(unit.unit),
        actor: context.caller.account,
        grant: grant.map(|grant| grant.id),
        happened_on,
        from: from.map(str::to_owned),
        to: transition.to.clone().or_else(|| from.map(str::to_owned)),
    };
    let case = Case::apply(before.cloned(), definition, &statement, &body).map_err(|_| vec![broken("fold")])?;
    Ok(Prepared { statement, body, case, document: transition.document.clone() })
}

fn wrong_state(definition: &Definition, act: &Act, from: Option<&str>) -> Problem {
    let state = from.and_then(|key| definition.state(key)).map_or("未登记", |state| state.title.as_str());
    let known = definition.transitions.iter().find(|transition| transition.verb == act.verb);
    let title = known.map_or(act.verb.as_str(), |transition| transition.title.as_str());
    Problem::new(&STATE_CHANGED, &[("state", &state), ("act", &title)])
}

fn broken(reference: &str) -> Problem {
    Problem::new(&INTERNAL, &[("reference", &format!("case-{reference}"))])
}

/// One act on one case, on the way to its entry.
pub(super) struct Step<'a> {
    pub context: &'a Context<'a>,
    pub form: &'a Form,
    pub transition: &'a Transition,
    pub unit: &'a Version,
    pub before: Option<&'a Case>,
    pub act: &'a Act,
    pub happened_on: Date,
}

impl<'a> Step<'a> {
    pub fn names<'n>(&'n self, answers: &'n Answers, grant: Option<&'n Grant>, decided: bool) -> ActNames<'n> {
        ActNames {
            form: self.form,
            before: self.before,
            answers,
            actor: self.context.caller.account.to_string(),
            actor_name: &self.context.caller.name,
            grant,
            unit: self.unit,
            tree: self.context.tree,
            today: self.happened_on,
            imported: self.act.imported,
            decided,
            calendar: self.context.calendar,
        }
    }

    pub fn expression(&self, source: &str) -> Result<&Expression, Vec<Problem>> {
        self.context.pack.expression(source).ok_or_else(|| vec![broken("expression")])
    }

    /// The grant under which the act may be done.
    pub fn allowed(&self, known: &Answers) -> Result<&'a Grant, Vec<Problem>> {
        let guard = self.expression(&self.transition.who)?;
        let caller = self.context.caller;
        let mut reasons: Vec<String> = Vec::new();
        let mut reached = false;
        for grant in caller.grants_over(self.unit.unit) {
            reached = true;
            let names = self.names(known, Some(grant), false);
            match guard.holds(&names) {
                Ok(true) => return Ok(grant),
                Ok(false) => reasons.push(guard.source().to_owned()),
                Err(fault) => reasons.push(fault.message),
            }
        }
        if !reached {
            return Err(vec![Problem::new(&OUT_OF_SCOPE, &[])]);
        }
        let own = self.before.is_some_and(|case| case.done.values().any(|done| done.actor == caller.account));
        let reason = if own && self.transition.who.contains("actor != case.by.") {
            "不能办理自己做的上一步，须由另一人办理"
        } else if self.transition.who.contains("grant.above") {
            "须由有管辖权的上级单位或主管部门办理"
        } else {
            return Err(vec![Problem::new(&FORBIDDEN, &[])]);
        };
        Err(vec![Problem::new(&GUARD_REFUSED, &[("act", &self.transition.title), ("reason", &reason)])])
    }

    /// The answers after the act, and the decision that was taken on the way.
    fn answers(&self, mut answers: Answers, grant: Option<&Grant>) -> Result<(Answers, Option<Json>), Vec<Problem>> {
        let (given, mut problems) = self.form.read(&self.act.answers);
        for key in given.keys().filter(|key| !self.transition.ask.iter().any(|ask| ask.field == **key)) {
            let title = self.form.field(key).map_or(key.as_str(), |field| field.title.as_str());
            problems.push(Problem::new(&ANSWER_UNKNOWN, &[("field", &title)]).at(Place::field(key)));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        answers.extend(given);
        let decision = self.decide(&mut answers, grant)?;
        let decided = decision.is_some();
        for (field, source) in &self.transition.set {
            let value = self.evaluate(source, &self.names(&answers, grant, decided))?;
            self.put(&mut answers, field, &value);
        }
        let mut problems = Vec::new();
        let names = self.names(&answers, grant, decided);
        for ask in &self.transition.ask {
            let needed = self.evaluate(&ask.need, &names)? == Value::Bool(true);
            if needed && !answers.contains_key(&ask.field) {
                problems.push(self.form.required(&ask.field));
            }
        }
        for check in &self.transition.checks {
            let asked = check.field.as_ref().is_none_or(|field| answers.contains_key(field));
            if asked && self.evaluate(&check.that, &names)? != Value::Bool(true) {
                let place = check.field.as_deref().map(Place::field).unwrap_or_default();
                problems.push(Problem::new(&CHECK_FAILED, &[("message", &check.message)]).at(place));
            }
        }
        drop(names);
        if problems.is_empty() { Ok((answers, decision)) } else { Err(problems) }
    }

    fn decide(&self, answers: &mut Answers, grant: Option<&Grant>) -> Result<Option<Json>, Vec<Problem>> {
        let Some(key) = &self.transition.decide else { return Ok(None) };
        let table = self.context.pack.tables.get(key).ok_or_else(|| vec![broken("table")])?;
        let taken = {
            let names = self.names(answers, grant, false);
            let circumstance = Circumstance { kind: Some(&self.unit.kind), ..Circumstance::on(self.happened_on) };
            table.decide(&names, &circumstance).map_err(|fault| vec![fault_problem(&fault.fault.message)])?
        };
        let Some(hit) = taken.hits.first() else { return Ok(None) };
        for (field, value) in &hit.outcome {
            self.put(answers, field, value);
        }
        let why = serde_json::json!({
            "table": key, "row": hit.row, "source": hit.source.document, "version": self.context.pack.version,
        });
        Ok(Some(why))
    }

    pub fn evaluate(&self, source: &str, names: &ActNames<'_>) -> Result<Value, Vec<Problem>> {
        self.expression(source)?.evaluate(names).map_err(|fault| vec![fault_problem(&fault.message)])
    }

    fn put(&self, answers: &mut Answers, field: &str, value: &Value) {
        let read = self.form.field(field).and_then(|field| field.read(&value.to_json()).ok().flatten());
        match read {
            Some(json) => answers.insert(field.to_owned(), json),
            None => answers.remove(field),
        };
    }
}

fn fault_problem(reason: &str) -> Problem {
    Problem::new(&CHECK_FAILED, &[("message", &format!("业务包的规则无法判断：{reason}"))])
}
