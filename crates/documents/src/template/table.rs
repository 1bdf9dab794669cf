//! `table()` and `chart()`: listings printed as a table or drawn.

use super::arguments::Arguments;
use super::marks;
use super::pen::{Pen, Question, nothing};
use super::typography::words;
use crate::figure::{Cell, Exact, Format, Parameters};
use crate::model::{Align, Block, Chart, ChartKind, Inline, Paragraph, Series, Table, TableCell};
use crate::source::{Column, Listing, Row};
use minijinja::value::{Kwargs, Value};
use std::fmt::Display;
use yanpan_kernel::problem::{CHART_MALFORMED, FIGURE_UNKNOWN, Problem};

/// A listing with the question that it answers.
struct Asked<'a> {
    position: usize,
    key: &'a str,
    parameters: &'a Parameters,
    listing: &'a Listing,
}

impl Pen {
    /// `table(key, caption=…, columns=[…], widths=[…], landscape=…, numbered=…, empty="无", footer=…, …)`.
    pub fn table(&self, position: usize, key: &str, kwargs: &Kwargs) -> Value {
        const OURS: [&str; 7] = ["caption", "columns", "widths", "landscape", "numbered", "empty", "footer"];
        let mut arguments = Arguments::read("table", kwargs, &OURS);
        let (caption, columns) = (arguments.text("caption").map(|text| words(&text)), arguments.texts("columns"));
        let (widths, empty, footer) =
            (arguments.numbers("widths"), arguments.text("empty"), arguments.text("footer").map(|text| words(&text)));
        self.complain_all(position, &mut arguments);
        let Some(listing) = self.listing(position, key, &arguments.parameters) else { return nothing() };
        if listing.rows.is_empty() {
            let text = vec![Inline::Text(empty.unwrap_or_else(|| "无".to_owned()))];
            return self.block(Block::Paragraph(Paragraph { text, align: Align::Usual }));
        }
        let asked = Asked { position, key, parameters: &arguments.parameters, listing: &listing };
        let chosen = self.columns(&asked, columns);
        let numbered = arguments.flag("numbered", true);
        let mut header: Vec<String> = chosen.iter().map(|(_, column)| marks::clean(&column.title)).collect();
        let mut align: Vec<Align> = chosen.iter().map(|(at, column)| stand(&listing, *at, &column.format)).collect();
        if numbered {
            header.insert(0, "序号".to_owned());
            align.insert(0, Align::Centre);
        }
        let rows = listing.rows.iter().enumerate().map(|(number, row)| {
            let first = numbered.then(|| TableCell { text: vec![Inline::Text((number + 1).to_string())] });
            first.into_iter().chain(chosen.iter().map(|(at, column)| self.cell(&asked, row, *at, column))).collect()
        });
        let rows = rows.collect();
        let landscape = arguments.flag("landscape", false);
        self.block(Block::Table(Table { caption, header, align, widths, rows, landscape, footer }))
    }

    fn columns<'a>(&self, asked: &Asked<'a>, wanted: Option<Vec<String>>) -> Vec<(usize, &'a Column)> {
        let Some(wanted) = wanted else { return asked.listing.columns.iter().enumerate().collect() };
        let found = wanted.iter().filter_map(|key| self.column(asked, key));
        found.collect()
    }

    fn column<'a>(&self, asked: &Asked<'a>, key: &str) -> Option<(usize, &'a Column)> {
        let found = asked.listing.position(key).and_then(|at| Some((at, asked.listing.columns.get(at)?)));
        if found.is_none() {
            let key = format!("{}〔{key}〕", asked.key);
            self.complain(asked.position, Problem::new(&FIGURE_UNKNOWN, &[("key", &key)]));
        }
        found
    }

    /// Numbers and dates become figures, and so do words with digits in them: what looks like a number can be traced.
    fn cell(&self, asked: &Asked<'_>, row: &Row, at: usize, column: &Column) -> TableCell {
        let exact = row.cells.get(at).cloned().unwrap_or(Exact::Missing);
        if let (Exact::Text(words), Format::Text) = (&exact, &column.format)
            && !words.chars().any(char::is_numeric)
        {
            return TableCell { text: vec![Inline::Text(marks::clean(words))] };
        }
        let cell = Some(Cell { row: row.key.clone(), column: column.key.clone() });
        let question =
            Question { key: asked.key.to_owned(), parameters: asked.parameters.clone(), cell, against: None };
        let number = self.figure(asked.position, question, exact, column.format.clone());
        TableCell { text: number.map(Inline::Figure).into_iter().collect() }
    }

    /// `chart(key, kind="bar", title=…, x=…, y=[…], …)`.
    pub fn chart(&self, position: usize, key: &str, kwargs: &Kwargs) -> Value {
        let mut arguments = Arguments::read("chart", kwargs, &["kind", "title", "x", "y"]);
        let (kind, title) = (arguments.text("kind"), words(&arguments.text("title").unwrap_or_default()));
        let (x, y) = (arguments.text("x"), arguments.texts("y").unwrap_or_default());
        self.complain_all(position, &mut arguments);
        let Some(listing) = self.listing(position, key, &arguments.parameters) else { return nothing() };
        let asked = Asked { position, key, parameters: &arguments.parameters, listing: &listing };
        let kind = match kind.as_deref() {
            Some("bar") | None => ChartKind::Bar,
            Some("line") => ChartKind::Line,
            Some(other) => return self.no_chart(position, &format!("没有「{other}」这种图,可用 bar、line")),
        };
        let Some((labels_at, labelled)) = x.as_deref().and_then(|x| self.column(&asked, x)) else {
            return self.no_chart(position, &"要用 x= 指明横轴的列");
        };
        let series: Vec<Series> = y.iter().filter_map(|column| self.series(&asked, column)).collect();
        if series.is_empty() || listing.rows.is_empty() {
            return self.no_chart(position, &"没有可画的数列(y=)或行");
        }
        self.block(Block::Chart(Chart {
            kind,
            title,
            key: key.to_owned(),
            parameters: arguments.parameters.clone(),
            x: labelled.key.clone(),
            rows: listing.rows.iter().map(|row| row.key.clone()).collect(),
            labels: listing.rows.iter().map(|row| shown(row, labels_at, &labelled.format)).collect(),
            series,
        }))
    }

    fn no_chart(&self, position: usize, reason: &dyn Display) -> Value {
        self.complain(position, Problem::new(&CHART_MALFORMED, &[("reason", reason)]));
        nothing()
    }

    fn series(&self, asked: &Asked<'_>, key: &str) -> Option<Series> {
        let (at, column) = self.column(asked, key)?;
        let values = |row: &Row| row.cells.get(at).cloned().unwrap_or(Exact::Missing);
        Some(Series {
            column: key.to_owned(),
            name: marks::clean(&column.title),
            values: asked.listing.rows.iter().map(values).collect(),
            shown: asked.listing.rows.iter().map(|row| shown(row, at, &column.format)).collect(),
        })
    }
}

fn shown(row: &Row, at: usize, format: &Format) -> String {
    let printed = row.cells.get(at).and_then(|exact| format.print(exact));
    marks::clean(&printed.unwrap_or_else(|| "—".to_owned()))
}

/// Numbers, dates and short words stand in the middle, long words at the left.
fn stand(listing: &Listing, at: usize, format: &Format) -> Align {
    let long = |row: &Row| matches!(row.cells.get(at), Some(Exact::Text(words)) if words.chars().count() > 8);
    if matches!(format, Format::Text) && listing.rows.iter().any(long) { Align::Left } else { Align::Centre }
}
