//! What we write opens in openpyxl without a warning, where openpyxl is installed.

#[cfg(test)]
mod common;

#[cfg(test)]
mod tests {
    use crate::common::ledger;
    use std::io::Write;
    use std::process::{Command, Stdio};
    use yanpan_sheets::layout::{self, Hints};
    use yanpan_sheets::rejects::{self, Rejected};
    use yanpan_sheets::rows::{self, Cell, Reading, Row};
    use yanpan_sheets::write::{self, Page};
    use yanpan_sheets::{Limits, read};

    const OPEN: &str = "import sys, io, warnings, openpyxl\nwarnings.simplefilter('error')\n\
        book = openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read()))\n\
        assert all(cell.data_type != 'f' for sheet in book for row in sheet.iter_rows() for cell in row)";

    fn python(code: &str, input: &[u8]) -> Option<bool> {
        let mut command = Command::new("python3");
        let child = command.args(["-c", code]).stdin(Stdio::piped()).stderr(Stdio::null());
        let mut child = child.spawn().ok()?;
        child.stdin.take()?.write_all(input).ok()?;
        child.wait().ok().map(|status| status.success())
    }

    fn opens(bytes: &[u8]) {
        if python("import openpyxl", b"") == Some(true) {
            assert_eq!(python(OPEN, bytes), Some(true));
        }
    }

    #[test]
    fn ledgers_templates_and_rejects_open_cleanly() {
        let target = ledger();
        let row = |text: &str| vec![Some(Cell::Text(text.into())); 5];
        let rows = [row("=1+1"), row("@x"), row("应急灯")].into_iter();
        let page = Page { title: "台账".into(), unit: Some("某校".into()), numbered: true, ..Page::default() };
        opens(&write::ledger(&page, &target, rows).unwrap());
        opens(&write::template(&target, &["说明".into()]).unwrap());
        let town = include_bytes!("fixtures/town.xlsx");
        let book = read::workbook(town, "town.xlsx", &Limits::default()).unwrap();
        let found = layout::find(&book, &target, &Hints::default()).found;
        let rows: Vec<Row> = rows::read(&book, &found[0], &target, Reading::default()).collect();
        let rejected = Rejected { found: &found[0], rows: rows.iter().step_by(2).collect() };
        opens(&rejects::workbook(town, &book, &[rejected]).unwrap());
    }
}
