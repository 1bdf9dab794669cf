//! Two ledgers made to look like what offices send go in completely.

#[cfg(test)]
mod common;

#[cfg(test)]
mod tests {
    use crate::common::ledger;
    use yanpan_sheets::layout::{self, Hints, Layout};
    use yanpan_sheets::rows::{self, Cell, Reading, Row, Skipped};
    use yanpan_sheets::{Limits, Workbook, read};

    fn all(bytes: &[u8], name: &str) -> (Workbook, Layout, Vec<Row>, Skipped) {
        let target = ledger();
        let workbook = read::workbook(bytes, name, &Limits::default()).unwrap();
        let layout = layout::find(&workbook, &target, &Hints::default());
        assert_eq!(layout.found.len(), 1, "{layout:#?}");
        let mut rows = rows::read(&workbook, &layout.found[0], &target, Reading::default());
        let read: Vec<Row> = rows.by_ref().collect();
        let skipped = rows.skipped().clone();
        (workbook, layout, read, skipped)
    }

    #[test]
    fn a_town_workbook_with_title_context_total_and_footer_goes_in() {
        let (_, layout, rows, skipped) = all(include_bytes!("fixtures/town.xlsx"), "town-ledger-2026-10.xlsx");
        let found = &layout.found[0];
        assert_eq!((found.header, rows.len(), skipped.totals, skipped.footers), ((3, 3), 10, 1, 1));
        assert_eq!(found.context.unit.as_deref(), Some("城关教管中心"));
        assert_eq!(found.context.period, Some((2026, Some(10))));
        assert_eq!(found.context.reviewed_by.as_deref(), Some("郑伟"));
        assert!(rows.iter().all(Row::is_good), "{:#?}", rows.iter().map(|row| &row.findings).collect::<Vec<_>>());
        let third = &rows[2];
        assert_eq!(third.get("found_on").unwrap().to_string(), "2026-09-29");
        assert_eq!(third.get("due_on").unwrap().to_string(), "2026-10-02");
        assert_eq!(third.get("phone").unwrap().to_string(), "138****6499");
        assert_eq!(rows[1].get("found_on").unwrap().to_string(), "2026-09-28");
        let unknown: Vec<_> = found.unknown.iter().map(|unknown| unknown.heading.as_str()).collect();
        assert_eq!(unknown, ["单位类别", "排查方式"]);
    }

    #[test]
    fn a_county_csv_in_gb18030_goes_in() {
        let (_, layout, rows, _) = all(include_bytes!("fixtures/county.csv"), "county-ledger-2026-09.csv");
        assert!(layout.problems.is_empty(), "{:#?}", layout.problems);
        assert_eq!(rows.len(), 8);
        assert!(rows.iter().all(Row::is_good));
        assert_eq!(rows[0].get("number"), Some(&Cell::Text("YH202609001".into())));
        assert_eq!(rows[1].get("state"), Some(&Cell::Choice("closed".into())));
        assert_eq!(rows[1].get("done_on").unwrap().to_string(), "2026-09-09");
    }
}
