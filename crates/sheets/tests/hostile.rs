//! Hostile files: refused by name, and no byte anywhere brings the reader down.

#[cfg(test)]
mod common;

#[cfg(test)]
mod tests {
    use crate::common::ledger;
    use proptest::prelude::*;
    use std::io::{Cursor, Write};
    use yanpan_sheets::layout::{self, Hints};
    use yanpan_sheets::rejects::{self, Rejected};
    use yanpan_sheets::rows::{self, Reading};
    use yanpan_sheets::{Limits, csv, read};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    const TOWN: &[u8] = include_bytes!("fixtures/town.xlsx");
    const COUNTY: &[u8] = include_bytes!("fixtures/county.csv");
    const BINARY: &[u8] = include_bytes!("fixtures/small.xls");

    fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, content) in parts {
            zip.start_file(*path, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn refused(bytes: &[u8]) -> &'static str {
        read::workbook(bytes, "表.xlsx", &Limits::default()).unwrap_err().slug
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        let zeros = vec![b' '; 30 << 20];
        assert_eq!(
            refused(&package(&[("xl/workbook.xml", b"<a/>"), ("xl/sharedStrings.xml", &zeros)])),
            "workbook-inflated"
        );
    }

    #[test]
    fn macros_are_refused_whatever_the_extension() {
        assert_eq!(refused(&package(&[("xl/workbook.xml", b"<a/>"), ("xl/vbaProject.bin", b"x")])), "workbook-macro");
    }

    #[test]
    fn too_many_parts_and_sheets_are_refused() {
        let names: Vec<String> = (0..30).map(|at| format!("a{at}")).collect();
        let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
        let limits = Limits { entries: 20, ..Limits::default() };
        assert_eq!(read::workbook(&package(&parts), "表", &limits).unwrap_err().slug, "workbook-inflated");
        let mut book = rust_xlsxwriter::Workbook::new();
        (0..100).for_each(|_| {
            book.add_worksheet();
        });
        assert_eq!(refused(&book.save_to_buffer().unwrap()), "sheets-too-many");
    }

    #[test]
    fn a_binary_workbook_is_read_and_its_limits_hold() {
        let book = read::workbook(BINARY, "小.xls", &Limits::default()).unwrap();
        let layout = layout::find(&book, &ledger(), &Hints::default());
        let target = ledger();
        let rows: Vec<_> = rows::read(&book, &layout.found[0], &target, Reading::default()).collect();
        assert_eq!((rows.len(), rows.iter().filter(|row| row.is_good()).count()), (3, 2));
        let limits = Limits { rows: 2, ..Limits::default() };
        assert_eq!(read::workbook(BINARY, "小.xls", &limits).unwrap_err().slug, "rows-too-many");
    }

    /// Everything that may be done with a file, whatever comes of it.
    fn exercise(bytes: &[u8]) {
        let target = ledger();
        let limits = Limits { inflated: 8 << 20, ..Limits::default() };
        let _ = csv::table(bytes, "表.csv", &limits);
        let Ok(book) = read::workbook(bytes, "表", &limits) else { return };
        let layout = layout::find(&book, &target, &Hints::default());
        let read: Vec<Vec<_>> =
            layout.found.iter().map(|found| rows::read(&book, found, &target, Reading::default()).collect()).collect();
        let tables =
            layout.found.iter().zip(&read).map(|(found, rows)| Rejected { found, rows: rows.iter().collect() });
        let _ = rejects::workbook(bytes, &book, &tables.collect::<Vec<_>>());
    }

    fn mutated(seed: &[u8], edits: &[(usize, u8)], cut: usize) -> Vec<u8> {
        let mut bytes = seed.to_vec();
        for (at, byte) in edits {
            let at = at % bytes.len();
            bytes[at] = *byte;
        }
        bytes.truncate(bytes.len() - cut % bytes.len());
        bytes
    }

    fn sheet_with(xml: &str) -> Vec<u8> {
        let workbook =
            br#"<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
        let rels = br#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
        package(&[
            ("xl/workbook.xml", workbook),
            ("xl/_rels/workbook.xml.rels", rels),
            ("xl/worksheets/sheet1.xml", xml.as_bytes()),
        ])
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_change_of_bytes_brings_an_xlsx_reader_down(edits in prop::collection::vec((any::<usize>(), any::<u8>()), 0..8), cut in 0_usize..200) {
            exercise(&mutated(TOWN, &edits, cut));
        }

        #[test]
        fn no_change_of_bytes_brings_an_xls_reader_down(edits in prop::collection::vec((any::<usize>(), any::<u8>()), 0..24), cut in 0_usize..400) {
            exercise(&mutated(BINARY, &edits, cut));
        }

        #[test]
        fn no_change_of_bytes_brings_a_csv_reader_down(edits in prop::collection::vec((any::<usize>(), any::<u8>()), 0..24), cut in 0_usize..400) {
            exercise(&mutated(COUNTY, &edits, cut));
        }

        #[test]
        fn no_sheet_brings_the_reader_down(cells in prop::collection::vec(("[A-Z]{1,3}[0-9]{1,7}", "[bsnde]|str|inlineStr|", "[0-9.eE+-]{0,9}|同上|√|10.8|填报人:|单位|排查时间|隐患描述"), 0..40)) {
            let cells: String = cells.iter().map(|(at, kind, value)| format!("<c r=\"{at}\" t=\"{kind}\"><v>{value}</v></c>")).collect();
            exercise(&sheet_with(&format!("<worksheet><sheetData><row r=\"1\">{cells}</row></sheetData><mergeCells><mergeCell ref=\"A1:C9\"/></mergeCells></worksheet>")));
        }

        #[test]
        fn no_text_brings_the_cell_checks_down(text in "\\PC{0,40}", marks in "[0-9年月日./:万元%,*()底前-]{0,16}") {
            exercise(format!("2026年10月\n单位,排查时间,隐患描述,资金,联系电话,身份证号,级别,涉及人数\n{text},{marks},{text},{marks},{marks},{marks},{text},{marks}\n").as_bytes());
        }
    }
}
