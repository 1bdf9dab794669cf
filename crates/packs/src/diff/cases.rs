//! Differences of case kinds: states, acts, guards, clocks.

use super::{ChangeKind, Found};
use crate::Pack;
use yanpan_kernel::case::{Definition, Transition};

impl Found {
    pub(super) fn cases(&mut self, before: &Pack, after: &Pack) {
        for (key, old) in &before.cases {
            match after.cases.get(key) {
                Some(new) => self.case(old, new),
                None => {
                    let text = format!("事项「{}」，未办结的无法再办", old.title);
                    self.say(ChangeKind::Removed, true, format!("case.{key}"), text);
                }
            }
        }
        for (key, new) in after.cases.iter().filter(|(key, _)| !before.cases.contains_key(*key)) {
            self.say(ChangeKind::Added, false, format!("case.{key}"), format!("事项「{}」", new.title));
        }
    }

    fn case(&mut self, old: &Definition, new: &Definition) {
        let (key, title) = (&old.key, &old.title);
        for state in &old.states {
            let path = format!("case.{key}.{}", state.key);
            match new.state(&state.key) {
                None => {
                    let text = format!("「{title}」的状态「{}」，停在这里的事项无路可走", state.title);
                    self.say(ChangeKind::Removed, true, path, text);
                }
                Some(now) if now.stage != state.stage => {
                    let text = format!("「{title}」的状态「{}」的计数方式，账目口径改变", state.title);
                    self.say(ChangeKind::Changed, true, path, text);
                }
                Some(_) => {}
            }
        }
        for state in new.states.iter().filter(|state| old.state(&state.key).is_none()) {
            let path = format!("case.{key}.{}", state.key);
            self.say(ChangeKind::Added, false, path, format!("「{title}」的状态「{}」", state.title));
        }
        self.acts(old, new);
        if old.deadlines != new.deadlines {
            self.say(ChangeKind::Changed, false, format!("case.{key}.deadline"), format!("「{title}」的时限和提醒"));
        }
        if old.form != new.form {
            self.say(ChangeKind::Changed, true, format!("case.{key}.form"), format!("「{title}」所用的表单"));
        }
        if old.balance != new.balance {
            self.say(ChangeKind::Changed, true, format!("case.{key}.balance"), format!("「{title}」的平衡口径"));
        }
        if (&old.slots, &old.summary, &old.number) != (&new.slots, &new.summary, &new.number) {
            self.say(ChangeKind::Changed, false, format!("case.{key}"), format!("「{title}」的编号、筛选或摘要"));
        }
    }

    fn acts(&mut self, old: &Definition, new: &Definition) {
        let same = |one: &Transition, other: &Transition| {
            one.verb == other.verb && one.from.is_empty() == other.from.is_empty()
        };
        for act in &old.transitions {
            let path = format!("case.{}.{}", old.key, act.verb);
            match new.transitions.iter().find(|now| same(act, now)) {
                None => {
                    self.say(ChangeKind::Removed, true, path, format!("「{}」的动作「{}」", old.title, act.title));
                }
                Some(now) => self.act(&format!("「{}」的动作「{}」", old.title, act.title), (act, now), &path),
            }
        }
        for act in new.transitions.iter().filter(|act| !old.transitions.iter().any(|before| same(before, act))) {
            let path = format!("case.{}.{}", old.key, act.verb);
            self.say(ChangeKind::Added, false, path, format!("「{}」的动作「{}」", old.title, act.title));
        }
    }

    fn act(&mut self, name: &str, (old, new): (&Transition, &Transition), path: &str) {
        let mut said = |breaking, text: String| self.say(ChangeKind::Changed, breaking, path, text);
        if old.who != new.who {
            said(false, format!("{name}由谁做：{} → {}", old.who, new.who));
        }
        if old.from.iter().any(|from| !new.from.contains(from)) {
            said(true, format!("{name}不再能从原有的每个状态做"));
        } else if old.from != new.from {
            said(false, format!("{name}能从更多状态做"));
        }
        if old.to != new.to {
            let state = |to: &Option<String>| to.clone().unwrap_or_else(|| "不变".to_owned());
            said(true, format!("{name}之后的状态：{} → {}", state(&old.to), state(&new.to)));
        }
        if old.ask != new.ask {
            said(false, format!("{name}所问的内容"));
        }
        if old.checks != new.checks {
            said(false, format!("{name}的校验"));
        }
        if (&old.set, &old.decide) != (&new.set, &new.decide) {
            said(false, format!("{name}自动填写的内容"));
        }
        if (&old.document, &old.title, old.offered) != (&new.document, &new.title, new.offered) {
            said(false, format!("{name}的文书、名称或显示"));
        }
    }
}
