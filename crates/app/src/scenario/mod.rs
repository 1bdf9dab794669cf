//! Runs the scenarios of packs over the same rules as people's acts, without a store.

mod look;
mod stage;

use crate::case::{Act, Context, Subject, number, number_sequence, prepare};
use jiff::civil::Date;
use serde_json::{Value as Json, json};
use stage::{Stage, id, unit_id};
use std::collections::BTreeMap;
use yanpan_kernel::{
    calendar::{Calendar, Offset, days},
    case::{Case, Definition},
    form::{Answers, FieldKind, Form},
    problem::{Place, Problem, SCENARIO_FAILED},
};
use yanpan_packs::{Pack, Scenario, ScenarioStep};

/// Plays a scenario to its end; a problem, at the line of its step, for everything that came otherwise than told.
#[must_use]
pub fn run(pack: &Pack, scenario: &Scenario, calendar: &Calendar) -> Vec<Problem> {
    let mut play = Play {
        pack,
        scenario,
        calendar,
        stage: Stage::set(scenario),
        cases: BTreeMap::new(),
        taken: BTreeMap::new(),
        problems: Vec::new(),
    };
    for step in &scenario.steps {
        play.step(step);
    }
    play.problems
}

struct Play<'a> {
    pack: &'a Pack,
    scenario: &'a Scenario,
    calendar: &'a Calendar,
    stage: Stage,
    cases: BTreeMap<String, Case>,
    /// Sequence numbers taken, by sequence.
    taken: BTreeMap<String, u64>,
    problems: Vec<Problem>,
}

impl Play<'_> {
    fn fail(&mut self, step: &ScenarioStep, reason: &str) {
        let values: [(&str, &dyn std::fmt::Display); 2] = [("title", &self.scenario.title), ("reason", &reason)];
        let place = Place { file: Some(self.scenario.file.clone()), line: Some(step.line), ..Place::default() };
        self.problems.push(Problem::new(&SCENARIO_FAILED, &values).at(place));
    }

    fn today(&self, step: &ScenarioStep) -> Date {
        days::after(self.scenario.begins, step.day).unwrap_or(self.scenario.begins)
    }

    fn step(&mut self, step: &ScenarioStep) {
        let pack = self.pack;
        let definition = pack.cases.get(&step.kind);
        let form = definition.and_then(|definition| pack.forms.get(&definition.form));
        let Some((definition, form)) = definition.zip(form) else {
            return self.fail(step, &format!("没有事项「{}」", step.kind));
        };
        if let Some(verb) = &step.verb {
            self.act(step, (definition, form), verb);
        }
        self.look(step, definition, form);
    }

    fn act(&mut self, step: &ScenarioStep, (definition, form): (&Definition, &Form), verb: &str) {
        let Some(caller) = step.who.as_ref().and_then(|who| self.stage.callers.get(who)) else {
            return self.fail(step, "没有写明谁来做(who)");
        };
        let today = self.today(step);
        let context =
            Context { pack: self.pack, definition, caller, tree: &self.stage.tree, today, calendar: self.calendar };
        let act = Act {
            verb: verb.to_owned(),
            answers: answers(form, step, (today, self.calendar)),
            imported: step.imported,
            ..Act::default()
        };
        let (sequence, pattern) = number_sequence(definition, &self.stage.tree, unit_id(&step.unit), today);
        let next = self.taken.get(&sequence).copied().unwrap_or_default() + 1;
        let number = number(&pattern, next);
        let own = u8::try_from(self.cases.len()).unwrap_or(u8::MAX);
        let subject = match self.cases.get(&step.case) {
            Some(case) => Subject::Existing(case),
            None => Subject::New(id(4, own), unit_id(&step.unit), &number),
        };
        match prepare(&context, subject, &act) {
            Ok(prepared) => {
                if !self.cases.contains_key(&step.case) {
                    self.taken.insert(sequence, next);
                }
                self.cases.insert(step.case.clone(), prepared.case);
                if !step.refused.is_empty() {
                    self.fail(step, &format!("「{verb}」应被拒绝({})，却做成了", step.refused.join("；")));
                }
                if let Some(wanted) = step.document.as_ref().filter(|wanted| prepared.document.as_ref() != Some(wanted))
                {
                    let made = prepared.document.as_deref().unwrap_or("没有文书");
                    self.fail(step, &format!("应生成文书「{wanted}」，实际：{made}"));
                }
            }
            Err(problems) => self.refused(step, verb, &problems),
        }
    }

    /// Every refusal is one expected, and every one expected came.
    fn refused(&mut self, step: &ScenarioStep, verb: &str, problems: &[Problem]) {
        let is = |problem: &Problem, wanted: &String| problem.code == wanted || problem.message.contains(wanted);
        for problem in problems.iter().filter(|problem| !step.refused.iter().any(|wanted| is(problem, wanted))) {
            self.fail(step, &format!("「{verb}」被拒绝：{problem}"));
        }
        for wanted in step.refused.iter().filter(|wanted| !problems.iter().any(|problem| is(problem, wanted))) {
            let said: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
            self.fail(step, &format!("「{verb}」应因「{wanted}」被拒绝，实际：{}", said.join("；")));
        }
    }
}

/// Answers of a step in their normal form: dates counted from its day, files by their number.
fn answers(form: &Form, step: &ScenarioStep, (today, calendar): (Date, &Calendar)) -> Answers {
    let normal = |(key, value): (&String, &Json)| {
        let offset = || value.as_str()?.parse::<Offset>().ok()?.apply(today, calendar);
        let value = match form.field(key).map(|field| &field.kind) {
            Some(FieldKind::Date) => offset().map_or_else(|| value.clone(), |date| json!(date.to_string())),
            Some(FieldKind::Files { .. }) if value.is_u64() => {
                let count = value.as_u64().unwrap_or_default().min(100);
                (1..=count).map(|n| json!({ "hash": format!("{n:064x}"), "name": format!("{n}.jpg") })).collect()
            }
            _ => value.clone(),
        };
        (key.clone(), value)
    };
    step.answers.iter().map(normal).collect()
}
