//! What a reader of tables promises: any encoding an office saves, and the place of each cell.

use proptest::prelude::*;
use yanpan_methods::table::Table;

#[test]
fn gb18030_and_utf8_give_the_same_table() {
    let (gb, _, _) = encoding_rs::GB18030.encode("单位,满意\n一小,8\n");
    let from_gb = Table::parse("a.csv", &gb, None).unwrap();
    let from_utf8 = Table::parse("a.csv", "\u{FEFF}单位,满意\n一小,8\n".as_bytes(), None).unwrap();
    assert_eq!((from_gb.header, from_gb.rows), (from_utf8.header, from_utf8.rows));
}

#[test]
fn a_sheet_that_begins_lower_keeps_its_row_numbers() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("说明").unwrap();
    let sheet = book.add_worksheet().set_name("数据").unwrap();
    sheet.write(2, 0, "unit").unwrap();
    sheet.write(2, 1, "n").unwrap();
    sheet.write(3, 0, "一小").unwrap();
    sheet.write(3, 1, "八").unwrap();
    sheet.write(5, 0, "二小").unwrap();
    sheet.write(5, 1, 0.1).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let table = Table::parse("b.xlsx", &bytes, Some("数据")).unwrap();
    assert_eq!(table.number(1, 1), Ok(Some(0.1)));
    let problem = table.number(0, 1).unwrap_err();
    assert_eq!(problem.to_string(), "b.xlsx 工作表「数据」 第4行 「n」列:「八」不是数字 [422.303]");
    assert!(Table::parse("b.xlsx", &bytes, Some("无")).unwrap_err().message.contains("说明、数据"));
}

#[test]
fn a_blank_line_does_not_shift_the_rows_after_it() {
    let table = Table::parse("c.csv", b"unit,n\na,1\n\nb,NaN\n", None).unwrap();
    assert_eq!(table.number(1, 1).unwrap_err().place.row, Some(4));
}

#[test]
fn a_row_longer_than_the_header_and_a_doubled_heading_are_named() {
    assert_eq!(Table::parse("d.csv", b"a,b\n1,2,3\n", None).unwrap_err().place.row, Some(2));
    assert!(Table::parse("d.csv", b"a,a\n1,2\n", None).unwrap_err().message.contains("「a」"));
    assert!(Table::parse("d.csv", b"a,b,\n1,2,\n", None).is_ok());
}

proptest! {
    #[test]
    fn no_bytes_bring_the_reader_down(bytes in proptest::collection::vec(any::<u8>(), 0..200), zip in any::<bool>()) {
        let bytes = if zip { [b"PK\x03\x04".as_slice(), &bytes].concat() } else { bytes };
        if let Ok(table) = Table::parse("x", &bytes, None) {
            for row in 0..table.rows.len() {
                for column in 0..table.header.len() {
                    let _ = table.number(row, column);
                }
            }
        }
    }
}
