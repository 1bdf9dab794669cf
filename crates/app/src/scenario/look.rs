//! What a step expects of the case after it, of the clock, and of those who see or hear of it.

use super::Play;
use crate::case::{ActNames, alarms, is_overdue};
use yanpan_kernel::{
    case::{Case, Definition},
    form::Form,
};
use yanpan_packs::ScenarioStep;

impl Play<'_> {
    /// Compares the case with what the step expects.
    pub(super) fn look(&mut self, step: &ScenarioStep, definition: &Definition, form: &Form) {
        let looks = step.state.is_some()
            || !step.expect.is_empty()
            || step.overdue.is_some()
            || !(step.told.is_empty() && step.untold.is_empty())
            || !(step.seen_by.is_empty() && step.hidden_from.is_empty());
        let Some(case) = self.cases.get(&step.case).cloned() else {
            if looks {
                self.fail(step, &format!("「{}」没有登记成", step.case));
            }
            return;
        };
        if let Some(wanted) = step.state.as_ref().filter(|wanted| **wanted != case.state) {
            self.fail(step, &format!("应为状态「{wanted}」，实际「{}」", case.state));
        }
        self.expectations(step, form, &case);
        let overdue = is_overdue(definition, &case, self.today(step));
        if step.overdue.is_some_and(|wanted| wanted != overdue) {
            self.fail(step, if overdue { "不应超期，实际已超期" } else { "应已超期，实际没有" });
        }
        self.hearing(step, definition, &case);
        self.seeing(step, &case);
    }

    fn expectations(&mut self, step: &ScenarioStep, form: &Form, case: &Case) {
        for source in &step.expect {
            let Some(unit) = self.stage.tree.get(case.unit) else { continue };
            let caller = step.who.as_ref().and_then(|who| self.stage.callers.get(who));
            let names = ActNames {
                form,
                before: Some(case),
                answers: &case.answers,
                actor: caller.map(|caller| caller.account.to_string()).unwrap_or_default(),
                actor_name: caller.map_or("", |caller| caller.name.as_str()),
                grant: caller.and_then(|caller| caller.grants.first()),
                unit,
                tree: &self.stage.tree,
                today: self.today(step),
                imported: step.imported,
                decided: false,
                calendar: self.calendar,
            };
            match self.pack.expression(source).map(|expression| expression.holds(&names)) {
                Some(Ok(true)) => {}
                Some(Ok(false)) => self.fail(step, &format!("应成立而不成立：{source}")),
                Some(Err(fault)) => self.fail(step, &format!("「{source}」无法判断：{}", fault.message)),
                None => self.fail(step, &format!("「{source}」没有读出")),
            }
        }
    }

    fn hearing(&mut self, step: &ScenarioStep, definition: &Definition, case: &Case) {
        let day = (self.today(step), self.calendar);
        let mut said: Vec<(String, String)> = Vec::new();
        for alarm in definition.deadlines.iter().flat_map(|deadline| alarms(deadline, case, &self.stage.tree, day)) {
            let holds = |name: &&String| {
                let grants = self.stage.callers.get(*name).map(|caller| caller.grants.as_slice()).unwrap_or_default();
                grants.iter().any(|grant| grant.unit == alarm.unit && alarm.roles.contains(&grant.role))
            };
            said.extend(
                self.stage.callers.keys().filter(holds).map(|name| (name.clone(), alarm.said.key().to_owned())),
            );
        }
        for (name, what) in &step.told {
            if !said.iter().any(|(heard, said)| heard == name && said == what) {
                let heard: Vec<String> = said.iter().map(|(name, what)| format!("{name}:{what}")).collect();
                self.fail(step, &format!("{name}应收到「{what}」，实际：{}", heard.join("、")));
            }
        }
        for (name, what) in said.iter().filter(|(name, _)| step.untold.contains(name)) {
            self.fail(step, &format!("{name}不应收到提醒，实际收到「{what}」"));
        }
    }

    fn seeing(&mut self, step: &ScenarioStep, case: &Case) {
        let sees =
            |name: &String| self.stage.callers.get(name).is_some_and(|caller| caller.scope().contains(case.unit));
        let blind: Vec<String> = step.seen_by.iter().filter(|name| !sees(name)).cloned().collect();
        let seeing: Vec<String> = step.hidden_from.iter().filter(|name| sees(name)).cloned().collect();
        for name in blind {
            self.fail(step, &format!("{name}应看得到，实际看不到"));
        }
        for name in seeing {
            self.fail(step, &format!("{name}不应看得到，实际看得到"));
        }
    }
}
