//! What failed, as the user's own workbook: layout kept, wrong cells marked, each row explained in a column of its own.

mod fresh;
mod original;

use crate::layout::Found;
use crate::rows::{Row, Weight};
use crate::{Format, Workbook};
use yanpan_kernel::problem::Problem;

/// Heading of the column that explains; readers pass over it.
pub const EXPLANATION: &str = "错误说明";

/// The rejected rows of one table.
#[derive(Debug, Clone)]
pub struct Rejected<'a> {
    /// The table.
    pub found: &'a Found,
    /// Its rejected rows, by rising number.
    pub rows: Vec<&'a Row>,
}

/// Gives the rejected rows back. An .xlsx stays the user's own file: accepted rows leave every table listed (pass tables
/// without rejected rows too), other sheets, formats, pictures and comments stay. Other formats become a new .xlsx with the
/// same lines above and the same header. Once mended, the result is imported like any file.
///
/// # Errors
/// The file cannot be read again, or the writer's reason.
pub fn workbook(bytes: &[u8], workbook: &Workbook, tables: &[Rejected<'_>]) -> Result<Vec<u8>, Problem> {
    if workbook.format == Format::Xlsx
        && let Some(edited) = original::edit(bytes, workbook, tables)
    {
        return Ok(edited);
    }
    fresh::write(workbook, tables)
}

/// What is wrong with a row, for the column that explains.
fn explanation(row: &Row) -> String {
    let wrong = row.findings.iter().filter(|finding| finding.weight == Weight::Wrong);
    let sentences = wrong.map(|finding| {
        let heading = finding.problem.place.column.as_deref().unwrap_or_default();
        let advice = finding.suggestion.as_ref().map(|text| format!("(建议改为：{text})")).unwrap_or_default();
        format!("{heading}:{}{advice}", finding.problem.message)
    });
    sentences.collect::<Vec<_>>().join(";\n")
}

/// The column of the explanation: the one from last time, or the first free one right of the table.
fn explanation_column(workbook: &Workbook, found: &Found) -> u32 {
    let Some(sheet) = workbook.sheets.get(found.sheet) else { return found.columns.1 + 1 };
    let printed = |column: &&u32| {
        (found.header.0..=found.header.1)
            .any(|row| sheet.line(row).is_some_and(|line| line.cell(**column).text() == EXPLANATION))
    };
    if let Some(again) = found.neutral.iter().find(printed) {
        return *again;
    }
    let lines = sheet.lines.iter().filter(|line| (found.header.0..=found.body.1).contains(&line.number));
    let widest = lines.map(|line| u32::try_from(line.cells.len()).unwrap_or(0)).max().unwrap_or(0);
    widest.max(found.columns.1) + 1
}

#[cfg(test)]
mod tests;
