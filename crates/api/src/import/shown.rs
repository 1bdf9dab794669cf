//! A planned row as the preview shows it.

use serde_json::{Map, Value, json};
use yanpan_app::{
    import::RowPlan,
    ports::{ColumnKind, SheetTarget},
};
use yanpan_kernel::{enrolment::masked, problem::Problem, unit::Tree};

/// Shows rows of one target.
pub(super) struct Shown<'a> {
    target: &'a SheetTarget,
    tree: &'a Tree,
}

impl<'a> Shown<'a> {
    pub fn new(target: &'a SheetTarget, tree: &'a Tree) -> Self {
        Self { target, tree }
    }

    pub fn row(&self, row: &RowPlan) -> Value {
        let values: Map<String, Value> =
            row.values().iter().map(|(key, value)| (key.clone(), self.value(key, value))).collect();
        let changes: Map<String, Value> = row
            .changes
            .iter()
            .map(|(key, [before, after])| (key.clone(), json!([self.value(key, before), self.value(key, after)])))
            .collect();
        let problems = row.problems.iter().map(|problem| self.problem(row, problem));
        let doubts =
            row.suggestions.iter().filter(|found| found.doubt).map(|found| {
                said(&found.problem, found.key.as_deref(), (&found.found, found.suggestion.as_deref()), true)
            });
        json!({
            "sheet": &*row.sheet,
            "row": row.row,
            "sort": row.sort,
            "values": values,
            "problems": problems.chain(doubts).collect::<Vec<_>>(),
            "pictures": row.pictures.len(),
            "changes": changes,
        })
    }

    fn problem(&self, row: &RowPlan, problem: &Problem) -> Value {
        let found = row.suggestions.iter().find(|found| found.problem == *problem);
        let key = found.and_then(|found| found.key.clone()).or_else(|| problem.place.field.clone());
        let text = found.map_or("", |found| found.found.as_str());
        said(problem, key.as_deref(), (text, found.and_then(|found| found.suggestion.as_deref())), false)
    }

    /// A value as people read it: units by name, files counted, identity numbers masked.
    fn value(&self, key: &str, value: &Value) -> Value {
        let kind = self.target.columns.iter().find(|column| column.key == key).map(|column| &column.kind);
        match (kind, value) {
            (Some(ColumnKind::Unit), Value::String(id)) => {
                let version = id.parse().ok().and_then(|unit| self.tree.get(unit));
                version.map_or_else(|| value.clone(), |version| version.name.as_str().into())
            }
            (Some(ColumnKind::Identity), Value::String(number)) => masked(number).into(),
            (_, Value::Bool(truth)) => if *truth { "是" } else { "否" }.into(),
            (_, Value::Array(files)) => format!("{}张", files.len()).into(),
            _ => value.clone(),
        }
    }
}

fn said(problem: &Problem, key: Option<&str>, (found, suggestion): (&str, Option<&str>), doubt: bool) -> Value {
    json!({
        "key": key,
        "column": problem.place.column,
        "found": found,
        "code": problem.code,
        "message": problem.message,
        "suggestion": suggestion,
        "doubt": doubt,
    })
}
