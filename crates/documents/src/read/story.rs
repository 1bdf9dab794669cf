//! Walking the XML of a story: visible text, per paragraph and per control.

use super::package::{oversized, unreadable};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::BTreeMap;
use yanpan_kernel::problem::Problem;

/// Deepest nesting of elements; Word itself stays below 100.
const DEPTH: usize = 400;

/// A paragraph as it is seen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paragraph {
    /// Its characters and whether each stands in a figure's control.
    pub letters: Vec<(char, bool)>,
    /// It is a cell of a column headed 「序号」.
    pub serial: bool,
}

/// Everything visible.
#[derive(Debug, Default)]
pub struct Story {
    /// Paragraphs in order of their ends.
    pub paragraphs: Vec<Paragraph>,
    /// Visible text of each figure's controls.
    pub shown: BTreeMap<u32, Vec<String>>,
    /// Visible text of each chart value's controls, by tag.
    pub drawn: BTreeMap<String, Vec<String>>,
    open: Vec<Paragraph>,
    controls: Vec<Control>,
    tables: Vec<Grid>,
    run_hidden: bool,
}

#[derive(Debug, Default)]
struct Control {
    tag: Option<String>,
    text: String,
}

/// Where in a table we are, to know the column of serial numbers.
#[derive(Debug, Default)]
struct Grid {
    row: usize,
    column: usize,
    serial: Option<usize>,
    cell: String,
}

/// The character of a reference; entities of a stranger's own are refused.
pub fn resolve(reference: &BytesRef<'_>) -> Result<char, Problem> {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return Ok(letter);
    }
    match reference.as_ref() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        other => Err(unreadable(&format!("XML 里有不认识的实体 {other}"))),
    }
}

/// Subtrees in which nothing is visible text.
fn unseen(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "delText"
            | "instrText"
            | "delInstrText"
            | "Fallback"
            | "pPr"
            | "tblPr"
            | "tblGrid"
            | "trPr"
            | "tcPr"
            | "sectPr"
            | "rPrChange"
            | "annotation"
            | "binData"
    )
}

impl Story {
    /// Reads one part.
    pub fn read(&mut self, xml: &str) -> Result<(), Problem> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        let mut path: Vec<String> = Vec::new();
        // Depth at which something unseen began.
        let mut skipping: Option<usize> = None;
        loop {
            match reader.read_event().map_err(|error| unreadable(&error))? {
                Event::Start(element) => {
                    let name = element.local_name().as_ref().to_owned();
                    if path.len() >= DEPTH {
                        return Err(oversized(&"XML 套得太深"));
                    }
                    if skipping.is_none() {
                        if unseen(&name) {
                            skipping = Some(path.len());
                        } else {
                            self.start(&name, &path, &element);
                        }
                    }
                    path.push(name);
                }
                Event::End(_) => {
                    let name = path.pop().unwrap_or_default();
                    match skipping {
                        None => self.end(&name),
                        Some(depth) if depth == path.len() => skipping = None,
                        Some(_) => {}
                    }
                }
                Event::Text(text) if skipping.is_none() => self.text(&path, &text.xml10_content()),
                Event::CData(text) if skipping.is_none() => self.text(&path, &text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let letter = resolve(&reference)?;
                    if skipping.is_none() {
                        self.text(&path, letter.encode_utf8(&mut [0; 4]));
                    }
                }
                Event::DocType(_) => return Err(unreadable(&"XML 里有 DOCTYPE")),
                Event::Eof => break,
                _ => {}
            }
        }
        self.finish();
        Ok(())
    }

    fn start(&mut self, name: &str, path: &[String], element: &BytesStart<'_>) {
        match name {
            "p" => self.open.push(Paragraph::default()),
            "sdt" => self.controls.push(Control::default()),
            // The title holds the tag again as its first word, for readers that drop tags.
            "tag" | "alias" if path.last().is_some_and(|parent| parent == "sdtPr") => {
                let named = value(element);
                let tag = named.as_deref().and_then(|named| named.split_whitespace().next());
                let tag = tag.filter(|tag| tag.starts_with("fig:") || tag.starts_with("chart:"));
                if let (Some(control), Some(tag)) = (self.controls.last_mut(), tag)
                    && (name == "tag" || control.tag.is_none())
                {
                    control.tag = Some(tag.to_owned());
                }
            }
            "r" => self.run_hidden = false,
            "vanish" | "webHidden" if path.last().is_some_and(|parent| parent == "rPr") => {
                self.run_hidden = !matches!(value(element).as_deref(), Some("0" | "false" | "off"));
            }
            "tbl" => self.tables.push(Grid::default()),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.column = 0;
                }
            }
            "tab" | "ptab" => self.show("\t"),
            "br" | "cr" => self.show("\n"),
            "noBreakHyphen" => self.show("-"),
            "sym" => self.symbol(element),
            _ => {}
        }
    }

    fn symbol(&mut self, element: &BytesStart<'_>) {
        let code = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == "char");
        let letter = code.and_then(|code| u32::from_str_radix(&code.value, 16).ok()).and_then(char::from_u32);
        if let Some(letter) = letter {
            self.show(letter.encode_utf8(&mut [0; 4]));
        }
    }

    fn text(&mut self, path: &[String], text: &str) {
        if path.last().is_some_and(|parent| parent == "t") {
            self.show(text);
        }
    }

    fn show(&mut self, text: &str) {
        if self.run_hidden {
            return;
        }
        let control = self.controls.iter_mut().rev().find(|control| control.tag.is_some());
        let figure = control.is_some();
        if let Some(control) = control {
            control.text.push_str(text);
        }
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.letters.extend(text.chars().map(|letter| (letter, figure)));
        }
        if let Some(table) = self.tables.last_mut() {
            table.cell.push_str(text);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => {
                if let Some(mut paragraph) = self.open.pop() {
                    paragraph.serial =
                        self.tables.last().is_some_and(|table| table.row > 0 && table.serial == Some(table.column));
                    self.paragraphs.push(paragraph);
                }
            }
            "r" => self.run_hidden = false,
            "sdt" => {
                let Some(Control { tag: Some(tag), text }) = self.controls.pop() else { return };
                match tag.strip_prefix("fig:").and_then(|digits| digits.parse().ok()) {
                    Some(number) => self.shown.entry(number).or_default().push(text),
                    None => self.drawn.entry(tag).or_default().push(text),
                }
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    if table.row == 0 && table.cell.trim() == "序号" {
                        table.serial = Some(table.column);
                    }
                    table.cell.clear();
                    table.column += 1;
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row += 1;
                }
            }
            "tbl" => {
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn finish(&mut self) {
        self.paragraphs.append(&mut self.open);
        self.controls.clear();
        self.tables.clear();
        self.run_hidden = false;
    }
}

/// The `val` attribute.
fn value(element: &BytesStart<'_>) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == "val")?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(String::from)
}
