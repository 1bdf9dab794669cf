//! The corpus goes in: every good row accepted, every bad cell named; reject → mend → import again leaves nothing behind; calamine agrees.

#[cfg(test)]
#[path = "../examples/corpus/book.rs"]
mod book;
#[cfg(test)]
#[path = "../examples/corpus/cells.rs"]
mod cells;
#[cfg(test)]
mod common;
#[cfg(test)]
#[path = "../examples/corpus/files.rs"]
mod files;
#[cfg(test)]
#[path = "../examples/corpus/layouts.rs"]
mod layouts;
#[cfg(test)]
#[path = "../examples/corpus/mixed.rs"]
mod mixed;
#[cfg(test)]
#[path = "../examples/corpus/rows.rs"]
mod rows;
#[cfg(test)]
#[path = "../examples/corpus/wps.rs"]
mod wps;

#[cfg(test)]
mod tests {
    use crate::book::{Case, SCHOOLS};
    use crate::common::ledger;
    use yanpan_sheets::layout::{self, Found, Hints};
    use yanpan_sheets::names::{Entry, List, Match, Resolver};
    use yanpan_sheets::rejects::{self, Rejected};
    use yanpan_sheets::rows::{self, Reading, Row};
    use yanpan_sheets::{Limits, Workbook, column_letters, read};

    struct Schools(List);

    impl Resolver for Schools {
        fn unit(&self, name: &str) -> Match {
            self.0.find(name)
        }
        fn person(&self, _: &str, _: Option<&str>) -> Match {
            Match::None
        }
    }

    fn schools() -> Schools {
        let entry = |(name, alias): (&str, &str)| {
            let aliases = Some(alias).filter(|alias| !alias.is_empty()).map(str::to_owned);
            Entry { id: name.into(), code: String::new(), name: name.into(), aliases: aliases.into_iter().collect() }
        };
        Schools(List::new(SCHOOLS.into_iter().map(entry).collect()))
    }

    struct In {
        book: Workbook,
        found: Vec<Found>,
        rows: Vec<Vec<Row>>,
    }

    impl In {
        fn bad(&self) -> Vec<(u32, String)> {
            let all = self.rows.iter().flatten().filter(|row| !row.is_good());
            let mut bad: Vec<_> = all
                .flat_map(|row| row.findings.iter().map(|f| (row.row, f)))
                .filter(|(_, f)| f.weight == rows::Weight::Wrong)
                .map(|(row, f)| (row, f.key.to_string()))
                .collect();
            bad.sort();
            bad
        }
    }

    fn read_in(bytes: &[u8], name: &str) -> In {
        let (target, schools) = (ledger(), schools());
        let book =
            read::workbook(bytes, name, &Limits::default()).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        let found = layout::find(&book, &target, &Hints::default()).found;
        let reading = Reading { resolver: Some(&schools), ..Reading::default() };
        let rows = found.iter().map(|found| rows::read(&book, found, &target, reading).collect()).collect();
        In { book, found, rows }
    }

    fn rejected(bytes: &[u8], read: &In) -> Vec<u8> {
        let tables: Vec<Rejected<'_>> = read
            .found
            .iter()
            .zip(&read.rows)
            .map(|(found, rows)| Rejected { found, rows: rows.iter().filter(|row| !row.is_good()).collect() })
            .collect();
        rejects::workbook(bytes, &read.book, &tables).unwrap()
    }

    /// Writes a good value over every bad cell of a workbook, as a person would.
    fn mend(bytes: Vec<u8>, read: &In) -> Vec<u8> {
        let mut bytes = bytes;
        for (found, rows) in read.found.iter().zip(&read.rows) {
            for finding in rows.iter().flat_map(|row| &row.findings).filter(|f| f.weight == rows::Weight::Wrong) {
                let good = match finding.key.as_ref() {
                    "unit" => "城关第一小学",
                    "found_on" | "done_on" => "2026-10-08",
                    "level" => "一般",
                    "state" => "整改中",
                    "phone" => "13800138000",
                    "identity" => "11010519491231002X",
                    "at_once" => "是",
                    "text" => "灯不亮",
                    _ => "1",
                };
                let cell = format!("{}{}", column_letters(finding.column), finding.problem.place.row.unwrap());
                // 「√」 columns take ticks.
                let ticked = found.bindings.iter().any(|b| b.column == finding.column && b.option.is_some());
                bytes = put(&bytes, found.sheet, &cell, if ticked { "√" } else { good });
            }
        }
        bytes
    }

    fn put(bytes: &[u8], sheet: usize, cell: &str, text: &str) -> Vec<u8> {
        let path = format!("xl/worksheets/sheet{}.xml", sheet + 1);
        let change = |xml: String| {
            let at = xml.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no {cell}"));
            let (before, rest) = xml.split_at(at);
            let open = rest.find('>').unwrap();
            let end = if rest[..open].ends_with('/') { open + 1 } else { rest.find("</c>").unwrap() + 4 };
            format!("{before}<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>{}", &rest[end..])
        };
        crate::wps::with_text(bytes, &path, change).unwrap()
    }

    fn check(case: &Case) {
        let name = format!("{}.{}", case.name, case.extension);
        let read = read_in(&case.bytes, &name);
        let good = read.rows.iter().flatten().filter(|row| row.is_good()).count();
        let mut wanted = case.bad.clone();
        wanted.sort();
        assert_eq!((good, read.bad()), (case.good, wanted), "{name}: {:#?}", read.found);
        let pictures: Vec<_> = read
            .rows
            .iter()
            .flatten()
            .filter(|row| !row.pictures.is_empty())
            .map(|row| (row.row, row.pictures.len()))
            .collect();
        assert_eq!(pictures, case.pictures, "{name}");
        let bytes = rejected(&case.bytes, &read);
        let back = read_in(&bytes, "rejects.xlsx");
        let keys = |read: &In| read.bad().into_iter().map(|(_, key)| key).collect::<Vec<_>>();
        let sorted = |mut keys: Vec<String>| {
            keys.sort();
            keys
        };
        let again = back.rows.iter().flatten().filter(|row| row.is_good()).count();
        assert_eq!((again, sorted(keys(&back))), (0, sorted(keys(&read))), "{name}: given back {:#?}", back.found);
        let mended = read_in(&mend(bytes, &back), "mended.xlsx");
        let bad_rows = read.rows.iter().flatten().filter(|row| !row.is_good());
        let pictured: usize = bad_rows.clone().map(|row| row.pictures.len()).sum();
        let good = mended.rows.iter().flatten().filter(|row| row.is_good()).count();
        assert_eq!((good, mended.bad()), (bad_rows.count(), Vec::new()), "{name}: mended");
        assert_eq!(
            mended.rows.iter().flatten().map(|row| row.pictures.len()).sum::<usize>(),
            pictured,
            "{name}: pictures"
        );
    }

    #[test]
    fn every_good_row_is_accepted_every_bad_cell_named_and_mended_files_go_in() {
        let cases = crate::book::all().unwrap();
        assert!(cases.len() >= 40, "{}", cases.len());
        let failed: Vec<&str> = cases
            .iter()
            .filter(|case| std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(case))).is_err())
            .map(|case| case.name.as_str())
            .collect();
        assert!(failed.is_empty(), "{failed:?}");
    }
}

#[cfg(test)]
mod peer {
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;
    use yanpan_sheets::{Limits, Value, read};

    fn agree(ours: &Value, theirs: &Data) -> bool {
        match (ours, theirs) {
            (Value::Empty, Data::Empty) => true,
            (Value::Text(a), Data::String(b)) => **a == **b,
            (Value::Number(a), Data::Float(b)) => a == b,
            (Value::Number(a), Data::Int(b)) => *a == *b as f64,
            (Value::Serial(a), Data::DateTime(b)) => *a == b.as_f64(),
            (Value::Bool(a), Data::Bool(b)) => a == b,
            (Value::Error(_), Data::Error(_)) => true,
            _ => false,
        }
    }

    #[test]
    fn values_agree_with_calamine_outside_merges_and_picture_cells() {
        let mut compared = 0;
        for case in crate::book::all().unwrap().iter().filter(|case| case.extension == "xlsx") {
            let ours = read::workbook(&case.bytes, &case.name, &Limits::default()).unwrap();
            let mut theirs: Xlsx<_> = Xlsx::new(Cursor::new(case.bytes.as_slice())).unwrap();
            for sheet in &ours.sheets {
                let range = theirs.worksheet_range(&sheet.name).unwrap();
                for (row, column, value) in range.used_cells() {
                    let (top, left) = range.start().unwrap();
                    let (row, column) = (row as u32 + top + 1, column as u32 + left + 1);
                    let own = sheet.line(row).map_or(&Value::Empty, |line| line.cell(column));
                    let pictured = sheet.pictures.iter().any(|picture| (picture.row, picture.column) == (row, column));
                    assert!(pictured || agree(own, value), "{} {row},{column}: {own:?} {value:?}", case.name);
                    compared += 1;
                }
            }
        }
        assert!(compared > 1000, "{compared}");
    }
}
