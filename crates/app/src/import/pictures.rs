//! Pictures of a row become files of its columns: named by their hash in the plan, stored only when the row goes in.

use super::plan::RowPlan;
use crate::{
    App, Caller,
    file::{media_type, put_file},
    import::identity::file_hash,
    ports::{ColumnKind, SheetProblem, SheetRow, SheetTarget},
};
use std::collections::BTreeSet;
use yanpan_kernel::{
    form::FileRef,
    problem::{FILE_KIND_REFUSED, Place, Problem},
};

/// The columns of a target that hold pictures.
pub(super) struct Album {
    columns: Vec<String>,
}

impl Album {
    pub fn of(sheet: &SheetTarget) -> Self {
        let pictured = sheet.columns.iter().filter(|column| column.kind == ColumnKind::Picture);
        Self { columns: pictured.map(|column| column.key.clone()).collect() }
    }

    /// Names the pictures of a row in its values. One that lies over no picture column goes to the first; what is no
    /// picture after all is said and left out.
    pub fn name(&self, mut row: SheetRow) -> SheetRow {
        let mut kept = Vec::new();
        for picture in std::mem::take(&mut row.pictures) {
            let column = picture.key.clone().or_else(|| self.columns.first().cloned());
            let Some(column) = column else { continue };
            if !matches!(media_type(&picture.bytes), Some("image/jpeg" | "image/png" | "image/heic")) {
                let place = Place { field: Some(column.clone()), ..Place::cell(&*row.sheet, row.row, "") };
                let problem = Problem::new(&FILE_KIND_REFUSED, &[("name", &picture.name)]).at(place);
                let (found, suggestion) = (picture.name.clone(), None);
                row.problems.push(SheetProblem { problem, key: Some(column), found, suggestion, doubt: true });
                continue;
            }
            let named = FileRef { hash: file_hash(&picture.bytes), name: picture.name.clone() };
            let list = row.values.entry(column).or_insert_with(|| serde_json::Value::Array(Vec::new()));
            if let (Some(list), Ok(named)) = (list.as_array_mut(), serde_json::to_value(named)) {
                if !list.contains(&named) {
                    list.push(named);
                }
                kept.push(picture);
            }
        }
        row.pictures = kept;
        row
    }
}

/// Stores the pictures of rows that go in, each once.
///
/// # Errors
/// `TOO_LARGE`, `FILE_KIND_REFUSED` at the row, `STORE_UNAVAILABLE`.
pub(super) async fn store(app: &App, caller: &Caller, rows: &[&RowPlan]) -> Result<(), Problem> {
    let mut stored = BTreeSet::new();
    for row in rows {
        for picture in &row.pictures {
            if stored.insert(file_hash(&picture.bytes)) {
                let kept = put_file(app, caller, &picture.name, picture.bytes.to_vec()).await;
                kept.map_err(|problem| problem.at(row.place()))?;
            }
        }
    }
    Ok(())
}
