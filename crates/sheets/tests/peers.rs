//! What we write opens in openpyxl without a warning and in LibreOffice with every row, where LibreOffice is installed.

#[cfg(test)]
mod common;

#[cfg(test)]
mod tests {
    use crate::common::ledger;
    use std::io::Write;
    use std::path::Path;
    use std::process::{Command, Stdio};
    use yanpan_sheets::layout::{self, Hints};
    use yanpan_sheets::rejects::{self, Rejected};
    use yanpan_sheets::rows::{self, Cell, Decimal, Reading, Row};
    use yanpan_sheets::write::{self, Filling, Page};
    use yanpan_sheets::{Limits, read};

    const OPEN: &str = "import sys, io, warnings, openpyxl\nwarnings.simplefilter('error')\n\
        book = openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read()))\n\
        assert all(cell.data_type != 'f' for sheet in book for row in sheet.iter_rows() for cell in row)\n\
        for sheet in book:\n    print(sheet.title, sheet.max_row)";

    /// A Python that has openpyxl: Debian's own when another one stands first in the path.
    fn python() -> &'static str {
        let has = |python: &&&str| {
            let probe = Command::new(python).args(["-c", "import openpyxl"]).stderr(Stdio::null()).status();
            probe.is_ok_and(|status| status.success())
        };
        let found = ["python3", "/usr/bin/python3"].iter().find(has).copied();
        found.unwrap_or_else(|| panic!("openpyxl is not installed: scripts/setup installs python3-openpyxl"))
    }

    fn opens_in_openpyxl(bytes: &[u8]) {
        let mut command = Command::new(python());
        let child = command.args(["-c", OPEN]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = child.spawn().unwrap();
        child.stdin.take().unwrap().write_all(bytes).unwrap();
        let done = child.wait_with_output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// The first sheet as LibreOffice sees it; nothing where it is not installed.
    fn in_libreoffice(bytes: &[u8]) -> Option<String> {
        let office = ["soffice", "libreoffice"].iter().find(|office| {
            let probe = Command::new(office).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
            probe.is_ok_and(|status| status.success())
        })?;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out.xlsx");
        std::fs::write(&file, bytes).unwrap();
        let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
        let words = ["--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir"];
        let done = Command::new(office)
            .arg(profile)
            .args(words)
            .args([folder.path(), &file as &Path])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(done.success());
        Some(std::fs::read_to_string(folder.path().join("out.csv")).unwrap())
    }

    fn printed() -> Vec<u8> {
        let target = ledger();
        let row = |text: &str, digits| {
            let mut row = vec![None; target.columns.len()];
            row[5] = Some(Cell::Text(text.into()));
            row[9] = Some(Cell::Decimal(Decimal { digits, scale: 4 }));
            row
        };
        let rows = [row("=1+1", 3000), row("@x", 0), row("-2度", 12_000), row("应急灯", 1)].into_iter();
        let page = Page {
            title: "隐患台账".into(),
            unit: Some("某校".into()),
            date: Some("2026年11月3日".into()),
            totals: vec!["funds".into()],
            signatures: vec![("填报人".into(), "李敏".into()), ("审核人".into(), String::new())],
            numbered: true,
        };
        write::ledger(&page, &target, rows).unwrap()
    }

    fn rejected() -> Vec<u8> {
        let (target, town) = (ledger(), include_bytes!("fixtures/town.xlsx"));
        let book = read::workbook(town, "town.xlsx", &Limits::default()).unwrap();
        let found = layout::find(&book, &target, &Hints::default()).found;
        let rows: Vec<Row> = rows::read(&book, &found[0], &target, Reading::default()).collect();
        let rejected = Rejected { found: &found[0], rows: rows.iter().step_by(2).collect() };
        rejects::workbook(town, &book, &[rejected]).unwrap()
    }

    fn filled() -> Vec<u8> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        let plain = rust_xlsxwriter::Format::new();
        sheet.merge_range(0, 0, 0, 2, "{{填报单位}}隐患台账", &plain).unwrap();
        for (at, text) in ["序号", "单位", "问题"].into_iter().enumerate() {
            sheet.write(1, at as u16, text).unwrap();
        }
        for (at, text) in ["{{序号}}", "{{单位}}", "{{存在问题}}"].into_iter().enumerate() {
            sheet.write(2, at as u16, text).unwrap();
        }
        sheet.write(3, 0, "填报人:{{填报人}}").unwrap();
        let template = book.save_to_buffer().unwrap();
        let target = ledger();
        let mut row = vec![None; target.columns.len()];
        row[1] = Some(Cell::Text("城关第一小学".into()));
        row[5] = Some(Cell::Text("=HYPERLINK(\"x\")".into()));
        let values = [("填报单位".to_owned(), "某县".to_owned()), ("填报人".to_owned(), "李敏".to_owned())].into();
        write::fill(&template, "模板.xlsx", &target, &Filling { values, rows: vec![row.clone(), row] }).unwrap()
    }

    #[test]
    fn everything_written_opens_in_openpyxl_and_holds_no_formula() {
        for bytes in [printed(), rejected(), filled(), write::template(&ledger(), &["说明".into()]).unwrap()] {
            opens_in_openpyxl(&bytes);
        }
    }

    #[test]
    fn everything_written_shows_its_rows_in_libreoffice() {
        let Some(text) = in_libreoffice(&printed()) else { return };
        let has = |text: &str, part: &str| assert!(text.contains(part), "{part}: {text}");
        for part in [
            "隐患台账",
            "填报单位(盖章):某校",
            "=1+1",
            "@x",
            "-2度",
            "应急灯",
            "合计",
            "1.5001",
            "填报人:李敏",
            "审核人:",
        ] {
            has(&text, part);
        }
        let text = in_libreoffice(&filled()).unwrap();
        for part in ["某县隐患台账", "1,城关第一小学,", "2,城关第一小学,", "=HYPERLINK", "填报人:李敏"]
        {
            has(&text, part);
        }
        has(&in_libreoffice(&rejected()).unwrap(), "错误说明");
        has(&in_libreoffice(&write::template(&ledger(), &[]).unwrap()).unwrap(), "*单位");
    }
}
