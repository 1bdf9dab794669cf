//! The list of items: full marks, knowledge points and models by item name.

use super::reader::{ItemColumns, Marks, read};
use super::verdict::{at_cell, refused};
use crate::Report;
use crate::results::{self, summary};
use crate::table::Table;
use serde_json::{Value, json};
use std::path::PathBuf;
use yanpan_kernel::problem::{COLUMN_MISSING, PARAMETER_INVALID, Place, Problem};
use yanpan_statistics::exams::{Error, ScoreMatrix};

/// Where the marks and the item list are.
#[derive(Debug, Clone, clap::Args)]
pub struct Source {
    /// 得分表(CSV 或 Excel):一行一名学生,一列一题 / Marks: one pupil per row, one item per column
    #[arg(long, value_name = "FILE")]
    pub input: PathBuf,
    /// 工作表名,不写则取第一张 / Worksheet, the first one by default
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// 题目表:item,max,knowledge,model(后三列可省)/ Item list
    #[arg(long, value_name = "FILE")]
    pub items: Option<PathBuf>,
    #[command(flatten)]
    pub choice: ItemColumns,
    /// 线程数,0 为全部 / Threads, 0 for all cores; the results do not depend on it
    #[arg(long, default_value_t = 0)]
    pub threads: usize,
}

/// One line of the item list.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    /// Full mark.
    pub max: Option<f64>,
    /// Knowledge point.
    pub knowledge: Option<String>,
    /// Model name.
    pub model: Option<String>,
}

/// The marks with what the item list says about each column.
#[derive(Debug)]
pub struct Loaded {
    /// Marks and full marks.
    pub matrix: ScoreMatrix,
    /// One line per column.
    pub listed: Vec<Listed>,
    /// Names and lines, for messages; its cells have moved into the matrix.
    pub marks: Marks,
    /// SHA-256 of the item list.
    pub items_hash: Option<String>,
}

impl Loaded {
    /// A summary begun: method, parameters, hashes of both files.
    #[must_use]
    pub fn summary(&self, method: &str, mut parameters: Value) -> Report {
        if let (Some(hash), Some(members)) = (&self.items_hash, parameters.as_object_mut()) {
            members.insert("items_sha256".to_owned(), json!(hash));
        }
        summary(method, parameters, &self.marks.hash)
    }
}

impl Source {
    /// The whole table again, for a column that says which group a pupil belongs to.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn table(&self) -> Result<Table, Problem> {
        Table::read_sheet(&self.input, self.sheet.as_deref())
    }
}

/// Reads both tables; the column `group` is not an item.
///
/// # Errors
/// All problems of the marks, else all of the item list, else every mark above its full mark.
pub fn load(source: &Source, group: Option<&str>) -> Result<Loaded, Vec<Problem>> {
    let mut choice = source.choice.clone();
    choice.exclude.extend(group.map(str::to_owned));
    let mut marks = read(&source.input, source.sheet.as_deref(), &choice)?;
    let (listed, items_hash) = match &source.items {
        Some(path) => {
            let file = results::read(path, None)?;
            (list(&file.table, &marks.names)?, Some(file.sha256))
        }
        None => (vec![Listed::default(); marks.names.len()], None),
    };
    let full: Vec<Option<f64>> = listed.iter().map(|line| line.max).collect();
    let columns = std::mem::take(&mut marks.columns);
    above_full(&marks, &columns.cells, columns.decimals, &full)?;
    let matrix = ScoreMatrix::new(marks.names.clone(), columns.cells, columns.decimals, &full);
    let matrix = matrix.map_err(|error| vec![refused(&error, &marks)])?;
    Ok(Loaded { matrix, listed, marks, items_hash })
}

fn above_full(marks: &Marks, cells: &[Vec<i32>], decimals: u32, full: &[Option<f64>]) -> Result<(), Vec<Problem>> {
    let scale = yanpan_statistics::exams::matrix::scale(decimals);
    let mut problems = Vec::new();
    for (column, (cells, limit)) in cells.iter().zip(full).enumerate() {
        let Some(limit) = *limit else { continue };
        let over = cells.iter().enumerate().filter(|(_, cell)| f64::from(**cell) / scale > limit);
        for (row, cell) in over.take(1000 - problems.len().min(1000)) {
            let error = Error::AboveFull { row, column, value: f64::from(*cell) / scale, limit };
            problems.push(at_cell(&error, marks, row, column));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn list(table: &Table, names: &[String]) -> Result<Vec<Listed>, Vec<Problem>> {
    let key = table.column("item").map_err(|problem| vec![problem])?;
    let optional = |name: &str| table.header.iter().position(|heading| heading == name);
    let (max, knowledge, model) = (optional("max"), optional("knowledge"), optional("model"));
    let mut listed = vec![Listed::default(); names.len()];
    let mut problems = Vec::new();
    for (row, cells) in table.rows.iter().enumerate() {
        let text = |column: Option<usize>| {
            column.and_then(|column| cells.get(column)).filter(|text| !text.is_empty()).cloned()
        };
        let name = text(Some(key)).unwrap_or_default();
        let Some(target) = names.iter().position(|other| *other == name).and_then(|index| listed.get_mut(index)) else {
            problems.push(Problem::new(&COLUMN_MISSING, &[("column", &name)]).at(table.place(row, key)));
            continue;
        };
        let full = max.map(|column| table.number(row, column)).transpose();
        match full.map(Option::flatten) {
            Ok(Some(value)) if value <= 0.0 || value.is_nan() => {
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("name", &"max"), ("value", &value), ("reason", &"满分要大于 0")];
                let place = max.map_or_else(Place::default, |column| table.place(row, column));
                problems.push(Problem::new(&PARAMETER_INVALID, &values).at(place));
            }
            Ok(value) => *target = Listed { max: value, knowledge: text(knowledge), model: text(model) },
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(listed) } else { Err(problems) }
}
