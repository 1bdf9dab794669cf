//! Tables: fixed widths, header repeated, rows kept whole; charts without a picture as tables too.

use super::paragraph::{Shape, paragraph, words};
use super::run::{Face, Type, control, line, text};
use super::section::Page;
use crate::model::{Align, Chart, Document, Inline, Table, TableCell, share};
use crate::statement::value_tag;
use std::fmt::Write as _;

/// A caption, the table, its footer.
pub fn xml(table: &Table, document: &Document, page: Page) -> String {
    let widths: Vec<u32> = share(table, document).iter().map(|share| page.width() * share / 1000).collect();
    let style = Type::new(Face::Text, size(table.header.len()));
    let cells = |row: &Vec<TableCell>| row.iter().map(|cell| line(&cell.text, document, style)).collect();
    let rows: Vec<Vec<String>> = table.rows.iter().map(cells).collect();
    let mut out = caption(table.caption.as_deref());
    out.push_str(&grid(&Grid { widths: &widths, header: &table.header, rows: &rows, align: &table.align }));
    if let Some(footer) = &table.footer {
        let spacing = "<w:spacing w:before=\"100\"/>";
        let shape = Shape { style: "Cell", before_indent: spacing, ..Shape::left() };
        out.push_str(&words(&shape, footer, Type::new(Face::Text, 24)));
    }
    out
}

fn caption(caption: Option<&str>) -> String {
    let shape = Shape { keep: true, ..Shape::centre() };
    caption.map_or_else(String::new, |caption| words(&shape, caption, Type::new(Face::Bold, 28)))
}

/// What a `w:tbl` is made of: widths in twips, cells as runs.
struct Grid<'a> {
    widths: &'a [u32],
    header: &'a [String],
    rows: &'a [Vec<String>],
    align: &'a [Align],
}

fn grid(grid: &Grid<'_>) -> String {
    let mut out = format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>\
         <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"57\" w:type=\"dxa\"/><w:right w:w=\"57\" w:type=\"dxa\"/>\
         </w:tblCellMar></w:tblPr><w:tblGrid>",
        grid.widths.iter().sum::<u32>()
    );
    for width in grid.widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid>");
    let size = size(grid.header.len());
    let header: Vec<String> = grid.header.iter().map(|title| text(title, Type::new(Face::Bold, size))).collect();
    row(&mut out, "<w:cantSplit/><w:trHeight w:val=\"482\"/><w:tblHeader/>", grid.widths, &header, &[]);
    for cells in grid.rows {
        row(&mut out, "<w:cantSplit/><w:trHeight w:val=\"454\"/>", grid.widths, cells, grid.align);
    }
    out.push_str("</w:tbl>");
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
        // The style says the size too: LibreOffice forgets a run's own inside a control.
        let style = if size(cells.len()) == 24 { "Cell" } else { "SmallCell" };
        let shape = Shape { style, align: stand, ..Shape::default() };
        let _ = write!(
            out,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>{}</w:tc>",
            paragraph(&shape, runs)
        );
    }
    out.push_str("</w:tr>");
}

/// The values of a chart as a table, each in a control of its own; `number` counts charts from 1.
pub fn chart(chart: &Chart, number: usize, page: Page) -> String {
    let table = as_table(chart);
    let size = size(table.header.len());
    let style = Type::new(Face::Text, size);
    let rows = chart.labels.iter().enumerate().map(|(row, label)| {
        let values = chart.series.iter().enumerate().map(|(at, series)| {
            let run = text(series.shown.get(row).map_or("", String::as_str), style);
            // Ids above those of the figures: chart, series and row in three decimal groups.
            let id = u32::try_from(200_000_000 + number * 1_000_000 + at * 10_000 + row).unwrap_or(u32::MAX >> 1);
            control(&chart.key, &value_tag(number, &series.column, row), id, &run)
        });
        std::iter::once(text(label, style)).chain(values).collect()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let widths: Vec<u32> =
        share(&table, &Document::default()).iter().map(|share| page.width() * share / 1000).collect();
    let mut out = caption(table.caption.as_deref());
    out.push_str(&grid(&Grid { widths: &widths, header: &table.header, rows: &rows, align: &[] }));
    out
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
        header: std::iter::once("\u{3000}".to_owned())
            .chain(chart.series.iter().map(|series| series.name.clone()))
            .collect(),
        rows: rows.collect(),
        ..Table::default()
    }
}
