//! A small county, its ledger and an engine, with builders for facts and questions.

use crate::ledger::Ledger;
use jiff::civil::{Date, date};
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};
use tempfile::TempDir;
use yanpan_analysis::{Engine, FactSchema, Limits};
use yanpan_app::ports::{Analysis, Cell, Fact, Question, Rows};
use yanpan_kernel::{
    case::{Case, Stage},
    form::{Answers, Field, FieldKind},
    id::Id,
    problem::Problem,
    unit::{Scope, Tree, Unit, Version},
};

/// Ledger, engine and folder.
pub struct World {
    pub ledger: Arc<Ledger>,
    pub engine: Engine,
    pub folder: TempDir,
}

/// The `n`th id.
pub fn id<T>(n: u64) -> Id<T> {
    Id::from_parts(n, [0; 10])
}

/// County 1 with town 2 (schools 4 and 5) and town 3 (school 6).
pub fn tree() -> Arc<Tree> {
    let rows = [
        (1, "county", None, 0),
        (2, "town", Some(1), 2),
        (3, "town", Some(1), 1),
        (4, "primary", Some(2), 1),
        (5, "kindergarten", Some(2), 2),
        (6, "junior", Some(3), 1),
    ];
    let versions = rows.map(|(n, kind, parent, position)| Version {
        unit: id(n),
        code: format!("U{n}"),
        name: format!("单位{n}"),
        kind: kind.to_owned(),
        parent: parent.map(id),
        valid_from: date(2020, 1, 1),
        valid_to: None,
        position,
        attributes: BTreeMap::from([("ownership".to_owned(), if n == 5 { "民办" } else { "公办" }.to_owned())]),
    });
    Arc::new(Tree::on(date(2026, 10, 25), &versions, &[]))
}

pub fn field(key: &str, kind: FieldKind) -> Field {
    Field { key: key.to_owned(), title: key.to_owned(), kind, hint: None, personal: None }
}

/// The form of the tried kind.
pub fn fields() -> Vec<Field> {
    vec![
        field("level", FieldKind::Choice { options: vec!["一般".to_owned(), "重大".to_owned()] }),
        field("count", FieldKind::Integer { min: 0, max: 1_000_000 }),
        field("funds", FieldKind::Decimal { scale: 2, unit: "万元".to_owned() }),
        field("rectify_by", FieldKind::Date),
        field("grave", FieldKind::YesNo),
        field("photos", FieldKind::Files { max: 9 }),
    ]
}

impl World {
    pub fn new() -> Self {
        Self::with(fields(), Limits::default())
    }

    pub fn with(fields: Vec<Field>, limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Arc::new(Ledger::default());
        let engine = engine(&ledger, &folder, fields, limits);
        Self { ledger, engine, folder }
    }

    /// The same installation after a restart, perhaps of another version.
    pub fn restarted(self, fields: Vec<Field>) -> Self {
        let engine = engine(&self.ledger, &self.folder, fields, Limits::default());
        Self { engine, ..self }
    }

    pub async fn ask(&self, sql: &str) -> Rows {
        self.engine.ask(&question(sql)).await.unwrap()
    }

    /// One number.
    pub async fn number(&self, sql: &str) -> Cell {
        self.ask(sql).await.rows.into_iter().flatten().next().unwrap()
    }

    pub async fn refusal(&self, sql: &str) -> Problem {
        self.engine.ask(&question(sql)).await.unwrap_err()
    }
}

fn engine(ledger: &Arc<Ledger>, folder: &TempDir, fields: Vec<Field>, limits: Limits) -> Engine {
    let schema = FactSchema { kind: "hazard".to_owned(), fields };
    Engine::over(ledger.clone(), folder.path().join("facts"), &[schema], limits).unwrap()
}

/// A question of the whole county, now.
pub fn question(sql: &str) -> Question {
    Question {
        key: "tried".to_owned(),
        sql: sql.to_owned(),
        dates: BTreeMap::from([("first".to_owned(), date(2026, 9, 26)), ("last".to_owned(), date(2026, 10, 25))]),
        as_of: 1_000_000_000,
        scope: Scope::Everything,
        tree: tree(),
    }
}

/// A fact of a subject at a unit; open, of 8 October, without answers.
pub fn fact(entry: i64, subject: u64, unit: u64) -> Fact {
    Fact {
        entry,
        kind: "hazard".to_owned(),
        subject: id::<Case>(subject),
        sequence: entry,
        unit: id::<Unit>(unit),
        verb: "register".to_owned(),
        state: "registered".to_owned(),
        stage_before: None,
        stage: Stage::Open,
        number: format!("N{subject}"),
        happened_on: date(2026, 10, 8),
        recorded_at: 1_000 * entry,
        actor: id(9),
        opened_on: date(2026, 10, 8),
        closed_on: None,
        answers: Answers::new(),
    }
}

/// The fact with these answers.
pub fn answered<const N: usize>(fact: Fact, answers: [(&str, Value); N]) -> Fact {
    Fact { answers: answers.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(), ..fact }
}

/// The fact as the closing of its subject.
pub fn closed(fact: Fact, on: Date) -> Fact {
    Fact {
        stage_before: Some(Stage::Open),
        stage: Stage::Closed,
        state: "closed".to_owned(),
        happened_on: on,
        closed_on: Some(on),
        ..fact
    }
}
