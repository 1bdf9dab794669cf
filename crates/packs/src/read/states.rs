//! The way through a case: every state can be reached, every open one can be left for good, every act can be done.

use super::draft::{Draft, refusal};
use std::collections::BTreeSet;
use yanpan_kernel::{
    case::{Definition, Stage},
    problem::Problem,
};

/// Everything wrong with the state machines of the pack.
pub fn check(draft: &Draft) -> Vec<Problem> {
    draft.pack.cases.values().flat_map(|case| machine(draft, case)).collect()
}

fn machine(draft: &Draft, case: &Definition) -> Vec<Problem> {
    let here = draft.place(&format!("case.{}", case.key));
    let mut problems = Vec::new();
    if !case.transitions.iter().any(|act| act.from.is_empty()) {
        problems.push(refusal("case", &case.key, "没有登记动作：须有一个不写 from 的 transition", &here));
    }
    if !case.states.iter().any(|state| state.stage == Stage::Closed) {
        problems.push(refusal("case", &case.key, "没有一个状态是 stage = \"closed\"", &here));
    }
    let (reached, leaving) = (reached(case), leaving(case));
    for state in &case.states {
        let place = draft.place(&format!("case.{}.state.{}", case.key, state.key));
        if !reached.contains(state.key.as_str()) {
            problems.push(refusal("states", &state.key, "没有动作能到达这个状态", &place));
        } else if state.stage == Stage::Open && !leaving.contains(state.key.as_str()) {
            problems.push(refusal("states", &state.key, "从这个状态没有一条路通向销号", &place));
        }
    }
    problems.extend(twice(draft, case));
    problems
}

/// States that some series of acts leads to.
fn reached(case: &Definition) -> BTreeSet<&str> {
    let opening = case.transitions.iter().filter(|act| act.from.is_empty());
    let mut reached: BTreeSet<&str> = opening.filter_map(|act| act.to.as_deref()).collect();
    loop {
        let acts = case.transitions.iter().filter(|act| act.from.iter().any(|from| reached.contains(from.as_str())));
        let next: BTreeSet<&str> = acts.filter_map(|act| act.to.as_deref()).collect();
        if next.is_subset(&reached) {
            return reached;
        }
        reached.extend(next);
    }
}

/// States from which some series of acts leads to a closed one.
fn leaving(case: &Definition) -> BTreeSet<&str> {
    let closed = case.states.iter().filter(|state| state.stage == Stage::Closed);
    let mut leaving: BTreeSet<&str> = closed.map(|state| state.key.as_str()).collect();
    loop {
        let acts = case.transitions.iter().filter(|act| act.to.as_deref().is_some_and(|to| leaving.contains(to)));
        let next: BTreeSet<&str> = acts.flat_map(|act| &act.from).map(String::as_str).collect();
        if next.is_subset(&leaving) {
            return leaving;
        }
        leaving.extend(next);
    }
}

/// Acts of one name from one state: the second would never be done.
fn twice(draft: &Draft, case: &Definition) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, act) in case.transitions.iter().enumerate() {
        let place = draft.place(&format!("case.{}.transition.{index}", case.key));
        let earlier = case.transitions.iter().take(index).any(|earlier| {
            let shared = act.from.iter().any(|from| earlier.leaves(Some(from)));
            earlier.verb == act.verb && (shared || (act.from.is_empty() && earlier.from.is_empty()))
        });
        if earlier {
            problems.push(refusal("verb", &act.verb, "前面已有同名动作可从同一状态做，这一个永远轮不到", &place));
        }
        if act.from.is_empty() && act.to.is_none() {
            problems.push(refusal("verb", &act.verb, "登记动作须写 to", &place));
        }
    }
    problems
}
