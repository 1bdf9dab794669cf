//! The fold: what a sequence of entries makes of a case.

use super::*;
use crate::entry::Chain;
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::json;

fn definition() -> Definition {
    let state = |key: &str, stage| State { key: key.into(), title: key.into(), stage };
    Definition {
        key: "loop".into(),
        title: "事".into(),
        form: "loop".into(),
        number: "{seq}".into(),
        states: vec![
            state("open", Stage::Open),
            state("waiting", Stage::Open),
            state("closed", Stage::Closed),
            state("withdrawn", Stage::Withdrawn),
        ],
        transitions: vec![],
        deadlines: vec![],
        slots: vec![],
        balance: vec![],
        summary: "what".into(),
    }
}

fn statement(verb: &str, from: Option<&str>, to: Option<&str>, day: i8) -> Statement {
    Statement {
        chain: Id::<Chain>::from_parts(1, [0; 10]),
        kind: "loop".into(),
        verb: verb.into(),
        unit: Some(Id::from_parts(2, [0; 10])),
        actor: Id::from_parts(3, [0; 10]),
        grant: None,
        happened_on: date(2026, 10, day),
        from: from.map(Into::into),
        to: to.map(Into::into),
    }
}

#[test]
fn closing_dates_the_end_and_reopening_takes_it_back() {
    let body = Body::default();
    let open = statement("open", None, Some("open"), 1);
    let close = statement("close", Some("open"), Some("closed"), 5);
    let reopen = statement("reopen", Some("closed"), Some("open"), 9);
    let closed = Case::replay(&definition(), [(&open, &body), (&close, &body)]).unwrap();
    assert_eq!((closed.opened_on, closed.closed_on, closed.revision), (date(2026, 10, 1), Some(date(2026, 10, 5)), 2));
    let again = Case::apply(Some(closed), &definition(), &reopen, &body).unwrap();
    assert_eq!((again.stage, again.closed_on), (Stage::Open, None));
}

#[test]
fn an_entry_that_did_not_see_the_state_cannot_follow() {
    let body = Body::default();
    let open = statement("open", None, Some("open"), 1);
    let late = statement("close", Some("waiting"), Some("closed"), 5);
    assert_eq!(Case::replay(&definition(), [(&open, &body), (&late, &body)]), Err(Impossible::Order(2)));
    assert_eq!(Case::replay(&definition(), []), Err(Impossible::Order(0)));
}

#[test]
fn a_null_takes_an_answer_back() {
    let open = statement("open", None, Some("open"), 1);
    let told = Body { set: Answers::from([("what".into(), json!("灯坏"))]), ..Body::default() };
    let taken = Body { set: Answers::from([("what".into(), json!(null))]), ..Body::default() };
    let change = statement("correct", Some("open"), None, 2);
    let case = Case::replay(&definition(), [(&open, &told), (&change, &taken)]).unwrap();
    assert!(case.answers.is_empty());
    assert_eq!(case.state, "open");
}

proptest! {
    #[test]
    fn replay_is_apply_one_by_one(steps in prop::collection::vec(0usize..4, 1..12)) {
        let states = ["open", "waiting", "closed", "withdrawn"];
        let body = Body::default();
        let mut said = vec![statement("begin", None, Some("open"), 1)];
        for step in steps {
            let from = said.last().unwrap().to.clone().unwrap();
            said.push(statement("move", Some(&from), Some(states[step]), 2));
        }
        let whole = Case::replay(&definition(), said.iter().map(|s| (s, &body))).unwrap();
        let mut case = None;
        for statement in &said {
            case = Some(Case::apply(case, &definition(), statement, &body).unwrap());
        }
        let case = case.unwrap();
        prop_assert_eq!(case.closed_on.is_some(), case.stage != Stage::Open);
        prop_assert_eq!(whole, case);
    }
}
