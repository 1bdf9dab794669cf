//! A worksheet part as rows of cells whose content stays as it stood until it is changed.

use super::RowMap;
use super::split::{Split, split, with_attribute};
use crate::workbook::cell_reference;
use crate::{Span, column_letters, xml};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A worksheet part.
pub(crate) struct SheetXml {
    prefix: String,
    before: String,
    /// Children of `worksheet` before the rows, and after them.
    head: Vec<(String, String)>,
    pub rows: Vec<RowXml>,
    tail: Vec<(String, String)>,
    after: String,
}

/// A row with its own attributes, their values as they stood.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowXml {
    pub number: u32,
    attributes: Vec<(String, String)>,
    pub cells: Vec<CellXml>,
}

/// A cell: what stands between its tags is kept as it stood.
#[derive(Debug, Clone, Default)]
pub(crate) struct CellXml {
    pub column: u32,
    pub style: Option<u32>,
    attributes: Vec<(String, String)>,
    inner: String,
}

impl SheetXml {
    /// Cuts a worksheet part; nothing when it cannot be followed.
    pub fn parse(text: &str) -> Option<Self> {
        let Split { before, children, after, prefix } = split(text, "worksheet")?;
        let at = children.iter().position(|(name, _)| name == "sheetData")?;
        let own = |(name, text): &(String, &str)| (name.clone(), (*text).to_owned());
        let head = children.get(..at)?.iter().map(own).collect();
        let tail = children.get(at + 1..)?.iter().map(own).collect();
        let rows = rows(children.get(at)?.1)?;
        Some(Self { prefix, before: before.to_owned(), head, rows, tail, after: after.to_owned() })
    }

    /// The row of this number.
    pub fn row(&mut self, number: u32) -> Option<&mut RowXml> {
        let at = self.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        self.rows.get_mut(at)
    }

    /// Removes and renumbers rows; formulas become their values, hidden rows are shown, what refers to rows follows or goes.
    pub fn renumber(&mut self, map: &RowMap) {
        self.rows.retain_mut(|row| match map.of(row.number) {
            Some(number) => {
                row.number = number;
                row.attributes.retain(|(name, _)| !matches!(name.as_str(), "hidden" | "spans" | "collapsed"));
                row.cells.iter_mut().for_each(CellXml::settle);
                true
            }
            None => false,
        });
        let dropped = ["autoFilter", "sortState", "tableParts", "hyperlinks", "rowBreaks", "phoneticPr", "extLst"];
        self.tail.retain(|(name, _)| !dropped.contains(&name.as_str()));
        self.head.retain(|(name, _)| name != "dimension");
        for (name, text) in &mut self.tail {
            if name == "mergeCells" {
                *text = moved_merges(text, &self.prefix, |row| map.of(row));
            }
        }
        self.tail.retain(|(_, text)| !text.is_empty());
    }

    /// Puts these rows where one row was; what stood below moves down, and formulas become their values.
    pub fn replace(&mut self, number: u32, with: Vec<RowXml>) {
        let Ok(at) = self.rows.binary_search_by_key(&number, |row| row.number) else { return };
        let count = u32::try_from(with.len()).unwrap_or(u32::MAX);
        let moved = |row: u32| if row > number { (row - 1).saturating_add(count) } else { row };
        self.rows.iter_mut().for_each(|row| {
            row.number = moved(row.number);
            row.cells.iter_mut().for_each(CellXml::settle);
        });
        let with = (number..).zip(with).map(|(number, row)| RowXml { number, ..row });
        self.rows.splice(at..=at, with);
        self.head.retain(|(name, _)| name != "dimension");
        for (_, text) in self.tail.iter_mut().filter(|(name, _)| name == "mergeCells") {
            *text = moved_merges(text, &self.prefix, |row| (row != number || count == 1).then(|| moved(row)));
        }
        self.tail.retain(|(_, text)| !text.is_empty());
    }

    /// Gives a column a width, unless some rule already covers it.
    pub fn widen(&mut self, column: u32, width: f64) {
        let p = &self.prefix;
        let rule = format!("<{p}col min=\"{column}\" max=\"{column}\" width=\"{width}\" customWidth=\"1\"/>");
        if let Some((_, text)) = self.head.iter_mut().find(|(name, _)| name == "cols") {
            let Some(cols) = split(text, "cols") else { return };
            let attribute =
                |text: &str, name: &str| xml::parse(text).and_then(|col| col.attribute(name)?.parse::<u32>().ok());
            let mut rules: Vec<String> = Vec::new();
            for (_, text) in &cols.children {
                let (Some(min), Some(max)) = (attribute(text, "min"), attribute(text, "max")) else { continue };
                match (min <= column, column <= max) {
                    (true, true) if min < column => rules.push(with_attribute(text, "max", &(column - 1).to_string())),
                    (true, true) => {}
                    _ => rules.push((*text).to_owned()),
                }
            }
            rules.push(rule);
            rules.sort_by_key(|text| attribute(text, "min"));
            *text = format!("{}{}{}", cols.before, rules.concat(), cols.after);
        } else {
            self.head.push(("cols".to_owned(), format!("<{p}cols>{rule}</{p}cols>")));
        }
    }

    /// The part as text.
    pub fn text(&self) -> String {
        let p = &self.prefix;
        let mut out = self.before.clone();
        self.head.iter().for_each(|(_, text)| out.push_str(text));
        out.push_str(&format!("<{p}sheetData>"));
        self.rows.iter().for_each(|row| row.write(&mut out, p));
        out.push_str(&format!("</{p}sheetData>"));
        self.tail.iter().for_each(|(_, text)| out.push_str(text));
        out.push_str(&self.after);
        out
    }
}

impl RowXml {
    /// The cell of a column, made if it is absent.
    pub fn cell(&mut self, column: u32) -> Option<&mut CellXml> {
        let at = match self.cells.binary_search_by_key(&column, |cell| cell.column) {
            Ok(at) => at,
            Err(at) => {
                self.cells.insert(at, CellXml { column, ..CellXml::default() });
                at
            }
        };
        self.cells.get_mut(at)
    }

    fn write(&self, out: &mut String, p: &str) {
        out.push_str(&format!("<{p}row r=\"{}\"", self.number));
        attributes(out, &self.attributes);
        out.push('>');
        for cell in &self.cells {
            out.push_str(&format!("<{p}c r=\"{}{}\"", column_letters(cell.column), self.number));
            if let Some(style) = cell.style {
                out.push_str(&format!(" s=\"{style}\""));
            }
            attributes(out, &cell.attributes);
            if cell.inner.is_empty() {
                out.push_str("/>");
            } else {
                out.push('>');
                out.push_str(&cell.inner.replace("<§", &format!("<{p}")).replace("</§", &format!("</{p}")));
                out.push_str(&format!("</{p}c>"));
            }
        }
        out.push_str(&format!("</{p}row>"));
    }
}

impl CellXml {
    /// Makes the cell hold this text.
    pub fn set_text(&mut self, text: &str) {
        self.attributes = vec![("t".to_owned(), "inlineStr".to_owned())];
        // The mark stands for the namespace prefix, which only the sheet knows.
        self.inner = format!("<§is><§t xml:space=\"preserve\">{}</§t></§is>", xml::escape(text));
    }

    /// Makes the cell hold this number; its format stays.
    pub fn set_number(&mut self, number: f64) {
        self.attributes.clear();
        self.inner = format!("<§v>{number}</§v>");
    }

    /// Replaces a formula by its value; a WPS picture formula stays.
    fn settle(&mut self) {
        if !self.inner.contains("<f") && !self.inner.contains(":f") || self.inner.contains("DISPIMG") {
            return;
        }
        let wrapped = format!("<c>{}</c>", self.inner);
        if let Some(parts) = split(&wrapped, "c") {
            let kept = parts.children.iter().filter(|(name, _)| name != "f").map(|(_, text)| *text);
            self.inner = kept.collect();
        }
        self.attributes.retain(|(name, _)| name != "cm");
    }
}

fn attributes(out: &mut String, list: &[(String, String)]) {
    for (name, value) in list {
        out.push_str(&format!(" {name}=\"{value}\""));
    }
}

fn own_attributes(start: &BytesStart<'_>, without: &[&str]) -> Vec<(String, String)> {
    let mut pairs = start.attributes();
    let own = pairs
        .with_checks(false)
        .flatten()
        .map(|pair| (pair.key.as_ref().to_owned(), pair.value.replace('"', "&quot;")));
    own.filter(|(name, _)| !without.contains(&name.as_str())).collect()
}

/// The rows of `sheetData`; positions that were left out are counted on.
fn rows(text: &str) -> Option<Vec<RowXml>> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let (mut out, mut row, mut opened): (Vec<RowXml>, RowXml, usize) = (Vec::new(), RowXml::default(), 0);
    let mut last = 0;
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        match event {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "row" => {
                let number = xml::attribute(&tag, "r").and_then(|r| r.parse().ok()).unwrap_or(last + 1);
                last = number;
                row = RowXml { number, attributes: own_attributes(&tag, &["r"]), cells: Vec::new() };
                if text.get(start..end)?.ends_with("/>") {
                    out.push(std::mem::take(&mut row));
                }
            }
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "c" => {
                let before = row.cells.last().map_or(0, |cell| cell.column);
                let column = xml::attribute(&tag, "r").and_then(|r| cell_reference(&r)).map_or(before + 1, |(_, c)| c);
                let style = xml::attribute(&tag, "s").and_then(|s| s.parse().ok());
                let attributes = own_attributes(&tag, &["r", "s"]);
                row.cells.push(CellXml { column, style, attributes, inner: String::new() });
                opened = end;
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "c" => row.cells.last_mut()?.inner = text.get(opened..start)?.to_owned(),
                "row" => out.push(std::mem::take(&mut row)),
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    out.sort_by_key(|row| row.number);
    Some(out)
}

/// Merged ranges moved with their rows; those of which a row is gone are given up.
fn moved_merges(text: &str, p: &str, of: impl Fn(u32) -> Option<u32>) -> String {
    let ranges = xml::parse(text).unwrap_or_default();
    let moved = ranges.named("mergeCell").filter_map(|merge| Span::parse(merge.attribute("ref")?)).filter_map(|span| {
        let (top, bottom) = (of(span.top)?, of(span.bottom)?);
        let whole = bottom - top == span.bottom - span.top;
        let (left, right) = (column_letters(span.left), column_letters(span.right));
        whole.then(|| format!("<{p}mergeCell ref=\"{left}{top}:{right}{bottom}\"/>"))
    });
    let moved: Vec<String> = moved.collect();
    if moved.is_empty() {
        return String::new();
    }
    format!("<{p}mergeCells count=\"{}\">{}</{p}mergeCells>", moved.len(), moved.concat())
}
