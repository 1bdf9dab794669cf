//! Tables: fixed widths, header repeated, rows kept whole; charts without a picture as tables too.

use super::paragraph::{Shape, paragraph, words};
use super::run::{Face, Type, line, text};
use super::section::Page;
use crate::model::{Align, Chart, Document, Inline, Table, TableCell, share};
use std::fmt::Write as _;

/// A caption, the table, its footer.
pub fn xml(table: &Table, document: &Document, page: Page) -> String {
    let mut out = String::new();
    if let Some(caption) = &table.caption {
        let shape = Shape { keep: true, ..Shape::centre() };
        out.push_str(&words(&shape, caption, Type::new(Face::Bold, 28)));
    }
    let widths: Vec<u32> = share(table, document).iter().map(|share| page.width() * share / 1000).collect();
    let _ = write!(
        out,
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>\
         <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"57\" w:type=\"dxa\"/><w:right w:w=\"57\" w:type=\"dxa\"/>\
         </w:tblCellMar></w:tblPr><w:tblGrid>",
        widths.iter().sum::<u32>()
    );
    for width in &widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid>");
    let size = size(table.header.len());
    let header: Vec<String> = table.header.iter().map(|title| text(title, Type::new(Face::Bold, size))).collect();
    row(&mut out, "<w:cantSplit/><w:trHeight w:val=\"482\"/><w:tblHeader/>", &widths, &header, &[]);
    let style = Type::new(Face::Text, size);
    for cells in &table.rows {
        let runs: Vec<String> = cells.iter().map(|cell| line(&cell.text, document, style)).collect();
        row(&mut out, "<w:cantSplit/><w:trHeight w:val=\"454\"/>", &widths, &runs, &table.align);
    }
    out.push_str("</w:tbl>");
    if let Some(footer) = &table.footer {
        let shape = Shape { style: "Cell", ..Shape::left() };
        out.push_str(&words(&shape, footer, Type::new(Face::Text, 24)));
    }
    out
}

/// Half points: 小四 for up to six columns, 五号 for more.
pub fn size(columns: usize) -> u32 {
    if columns <= 6 { 24 } else { 21 }
}

fn row(out: &mut String, properties: &str, widths: &[u32], cells: &[String], align: &[Align]) {
    let _ = write!(out, "<w:tr><w:trPr>{properties}</w:trPr>");
    for (at, (width, runs)) in widths.iter().zip(cells).enumerate() {
        let stand = match align.get(at) {
            Some(Align::Left) => "left",
            Some(Align::Right) => "right",
            _ => "center",
        };
        let shape = Shape { style: "Cell", align: stand, ..Shape::default() };
        let _ = write!(
            out,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>{}</w:tc>",
            paragraph(&shape, runs)
        );
    }
    out.push_str("</w:tr>");
}

/// The values of a chart as a table.
pub fn chart(chart: &Chart, page: Page) -> String {
    xml(&as_table(chart), &Document::default(), page)
}

/// The values of a chart as a table of the model.
pub fn as_table(chart: &Chart) -> Table {
    let cell = |words: &str| TableCell { text: vec![Inline::Text(words.to_owned())] };
    let rows = chart.labels.iter().enumerate().map(|(at, label)| {
        let values = chart.series.iter().map(|series| cell(series.shown.get(at).map_or("", String::as_str)));
        std::iter::once(cell(label)).chain(values).collect()
    });
    Table {
        caption: Some(chart.title.clone()).filter(|title| !title.is_empty()),
        header: std::iter::once("\u{3000}".to_owned()).chain(chart.series.iter().map(|series| series.name.clone())).collect(),
        rows: rows.collect(),
        ..Table::default()
    }
}
