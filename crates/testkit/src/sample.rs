//! Small samples: ids, statements, entries on their chains, cases, facts.

use jiff::civil::{Date, date};
use yanpan_app::ports::{CaseRow, Fact, Slots};
use yanpan_kernel::{
    case::{Case, Stage},
    entry::{Entry, Head, Statement, chain, payload_hash},
    form::Answers,
    id::Id,
};

/// Salt of every sample.
pub const SALT: [u8; 16] = [7; 16];

/// The `n`th id: ids of rising `n` rise.
#[must_use]
pub fn id<T>(n: u64) -> Id<T> {
    let [a, b, c, d, e, f, g, h] = n.to_be_bytes();
    Id::from_parts(n, [0, 0, a, b, c, d, e, f, g, h])
}

/// A business day of October 2026; later days go on into November.
#[must_use]
pub fn day(n: i64) -> Date {
    date(2026, 10, 1).saturating_add(jiff::Span::new().days(n - 1))
}

/// A statement about chain `n`.
#[must_use]
pub fn statement(n: u64, verb: &str) -> Statement {
    Statement {
        chain: id(n),
        kind: "ledger".to_owned(),
        verb: verb.to_owned(),
        unit: Some(id(1)),
        actor: id(2),
        grant: None,
        happened_on: day(8),
        from: None,
        to: Some("registered".to_owned()),
    }
}

/// What `append` takes: an entry on its head with salt and body.
#[must_use]
pub fn entry(head: Head, statement: Statement, body: &str) -> (Entry, [u8; 16], String) {
    let hash = payload_hash(&SALT, body);
    (chain(head, statement, 1_000, hash), SALT, body.to_owned())
}

/// The first entry of chain `n`, for writes that owe one.
#[must_use]
pub fn first_entry(n: u64) -> (Entry, [u8; 16], String) {
    entry(Head::default(), statement(n, "open"), "{}")
}

/// Open case `n` of unit 1, opened on [`day`] `n`, without answers.
#[must_use]
pub fn case(n: u64) -> CaseRow {
    let case = Case {
        id: id(n),
        kind: "ledger".to_owned(),
        version: "1".to_owned(),
        number: format!("L-{n:05}"),
        unit: id(1),
        state: "registered".to_owned(),
        stage: Stage::Open,
        revision: 1,
        answers: Answers::new(),
        done: std::collections::BTreeMap::new(),
        opened_on: day(i64::try_from(n).unwrap_or(1)),
        closed_on: None,
    };
    let search = format!("l-{n:05} 第{n}件");
    CaseRow { case, entry: 1, due_on: None, slots: Slots::default(), search }
}

/// The fact that the first entry of a case, by its number, made of it.
#[must_use]
pub fn fact(row: &CaseRow, entry: i64) -> Fact {
    let case = &row.case;
    Fact {
        entry,
        kind: case.kind.clone(),
        subject: case.id,
        sequence: case.revision,
        unit: case.unit,
        verb: "open".to_owned(),
        state: case.state.clone(),
        stage_before: None,
        stage: case.stage,
        number: case.number.clone(),
        happened_on: day(8),
        recorded_at: 1_000,
        actor: id(2),
        opened_on: case.opened_on,
        closed_on: case.closed_on,
        answers: case.answers.clone(),
    }
}
