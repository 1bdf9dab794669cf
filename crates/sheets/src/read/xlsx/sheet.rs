//! One pass over a worksheet part: values, merges, hidden rows, row heights and in-cell picture marks.

use super::{Shared, SheetPart};
use crate::read::{Package, Source};
use crate::workbook::cell_reference;
use crate::{Line, Span, Value, xml};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, HashSet};
use std::io::BufReader;
use std::sync::Arc;
use yanpan_kernel::problem::{CELLS_TOO_MANY, COLUMNS_TOO_MANY, Place, Problem, READING_CANCELLED, ROWS_TOO_MANY};

/// Merged ranges beyond this number are an attack, not a form.
const MERGES: usize = 200_000;
/// Short texts are shared between cells up to this many different ones.
const SHARED: usize = 65_536;

/// What one sheet held.
#[derive(Default)]
pub(super) struct Read {
    pub lines: Vec<Line>,
    pub merges: Vec<Span>,
    pub heights: Heights,
    /// Cells that hold a picture: (row, column) → how it is named there.
    pub inside: Vec<(u32, u32, Inside)>,
}

/// How a cell names the picture inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inside {
    /// WPS: the id in `DISPIMG("ID_…",1)`.
    Named(String),
    /// Excel: the `vm` index into the value metadata, from 1.
    Metadata(usize),
}

/// Heights of rows in points.
#[derive(Debug)]
pub(super) struct Heights {
    default: f64,
    own: BTreeMap<u32, f64>,
}

impl Default for Heights {
    fn default() -> Self {
        Self { default: 15.0, own: BTreeMap::new() }
    }
}

impl Heights {
    /// The height of a row (from 1) in EMU.
    pub fn emu(&self, row: u32) -> f64 {
        self.own.get(&row).copied().unwrap_or(self.default) * 12_700.0
    }
}

/// Work done over all sheets: bytes for progress, cells for the limit.
pub(super) struct Counter {
    pub done: u64,
    pub total: u64,
    pub cells: usize,
}

/// A cell while its element is open.
#[derive(Default)]
struct Cells {
    row: u32,
    column: u32,
    style: usize,
    kind: Option<u8>,
    metadata: Option<usize>,
    value: String,
    inline: String,
    formula: String,
    has_formula: bool,
}

/// Which text is being collected.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Into {
    Nothing,
    Value,
    Inline,
    Formula,
}

struct Pass<'s, 'b> {
    shared: &'s Shared,
    source: &'s Source<'b>,
    sheet: &'s str,
    out: Read,
    line: Line,
    cell: Cells,
    into: Into,
    in_hint: bool,
    texts: HashSet<Arc<str>>,
}

/// Reads one worksheet part.
pub(super) fn read(
    package: &mut Package<'_>,
    part: &SheetPart,
    shared: &Shared,
    (source, counter): (&Source<'_>, &mut Counter),
) -> Result<Read, Problem> {
    let size = package.size(&part.path);
    let broken = || source.corrupt(&format!("工作表「{}」的内容有误", part.name));
    let stream = package.reader(&part.path).ok_or_else(broken)?;
    let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, stream));
    reader.config_mut().check_end_names = false;
    let mut pass = Pass {
        shared,
        source,
        sheet: &part.name,
        out: Read::default(),
        line: Line::default(),
        cell: Cells::default(),
        into: Into::Nothing,
        in_hint: false,
        texts: HashSet::new(),
    };
    let mut buffer = Vec::with_capacity(1024);
    let mut closed = false;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| broken())? {
            Event::Start(start) => pass.open(&start, false)?,
            Event::Empty(start) => pass.open(&start, true)?,
            Event::End(end) => match end.local_name().as_ref() {
                "row" => {
                    pass.close_row(counter)?;
                    if pass.out.lines.len().is_multiple_of(1024) {
                        source.watch.report(counter.done + reader.buffer_position(), counter.total);
                        if source.watch.cancelled() {
                            return Err(Problem::new(&READING_CANCELLED, &[]));
                        }
                    }
                }
                name => {
                    closed |= name == "worksheet";
                    pass.close(name)?;
                }
            },
            Event::Text(piece) if pass.into != Into::Nothing => pass.collect(&piece.xml10_content()),
            Event::CData(piece) if pass.into != Into::Nothing => pass.collect(&piece),
            Event::GeneralRef(name) if pass.into != Into::Nothing => pass.collect(&xml::reference(&name)),
            Event::Eof if closed => break,
            Event::Eof => return Err(broken()),
            _ => {}
        }
    }
    counter.done += size;
    pass.out.lines.sort_by_key(|line| line.number);
    pass.out.lines.dedup_by_key(|line| line.number);
    Ok(pass.out)
}

impl Pass<'_, '_> {
    fn open(&mut self, start: &BytesStart<'_>, empty: bool) -> Result<(), Problem> {
        match start.local_name().as_ref() {
            "c" => {
                self.cell.open(start);
                if !empty {
                    return Ok(());
                }
            }
            "v" if !empty => self.into = Into::Value,
            "t" if !empty && !self.in_hint => self.into = Into::Inline,
            "rPh" => self.in_hint = !empty,
            "f" => {
                self.cell.has_formula = true;
                if !empty {
                    self.into = Into::Formula;
                }
            }
            "row" => self.open_row(start),
            "mergeCell" if self.out.merges.len() < MERGES => {
                self.out.merges.extend(xml::attribute(start, "ref").and_then(|reference| Span::parse(&reference)));
            }
            "sheetFormatPr" => {
                let height = xml::attribute(start, "defaultRowHeight").and_then(|height| height.parse().ok());
                self.out.heights.default = height.filter(|height: &f64| *height > 0.0).unwrap_or(15.0);
            }
            _ => {}
        }
        Ok(())
    }

    fn open_row(&mut self, start: &BytesStart<'_>) {
        let number = xml::attribute(start, "r").and_then(|r| r.parse().ok()).unwrap_or(self.cell.row.saturating_add(1));
        let hidden = xml::attribute(start, "hidden").is_some_and(|hidden| matches!(hidden.as_str(), "1" | "true"));
        if let Some(height) = xml::attribute(start, "ht").and_then(|height| height.parse().ok()) {
            self.out.heights.own.insert(number, height);
        }
        self.cell.row = number;
        self.cell.column = 0;
        self.line = Line { number, hidden, cells: Vec::with_capacity(self.line.cells.len()), ..Line::default() };
    }

    fn close_row(&mut self, counter: &mut Counter) -> Result<(), Problem> {
        let line = std::mem::take(&mut self.line);
        if line.cells.is_empty() {
            self.line.cells = line.cells;
            return Ok(());
        }
        counter.cells += line.cells.len();
        let limits = self.source.limits;
        let at = Place { sheet: Some(self.sheet.to_owned()), row: Some(line.number), ..Place::default() };
        if counter.cells > limits.cells {
            return Err(Problem::new(&CELLS_TOO_MANY, &[("limit", &limits.cells)]).at(at));
        }
        if self.out.lines.len() >= limits.rows as usize {
            return Err(Problem::new(&ROWS_TOO_MANY, &[("limit", &limits.rows)]).at(at));
        }
        self.line.cells = Vec::with_capacity(line.cells.len());
        self.out.lines.push(line);
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Problem> {
        match name {
            "v" | "t" | "f" => self.into = Into::Nothing,
            "rPh" => self.in_hint = false,
            "c" => return self.close_cell(),
            _ => {}
        }
        Ok(())
    }

    fn collect(&mut self, piece: &str) {
        match self.into {
            Into::Value => self.cell.value.push_str(piece),
            Into::Inline => self.cell.inline.push_str(piece),
            // Only a picture formula matters, and those are short.
            Into::Formula if self.cell.formula.len() < 256 => self.cell.formula.push_str(piece),
            Into::Formula | Into::Nothing => {}
        }
    }

    fn close_cell(&mut self) -> Result<(), Problem> {
        let (row, column) = (self.cell.row, self.cell.column);
        if let Some(inside) = self.cell.picture() {
            self.out.inside.push((row, column, inside));
            return Ok(());
        }
        let value = self.value();
        if value == Value::Empty || column == 0 {
            return Ok(());
        }
        let limit = self.source.limits.columns;
        if column > limit {
            let at = Place::cell(self.sheet, row, crate::column_letters(column));
            return Err(Problem::new(&COLUMNS_TOO_MANY, &[("limit", &limit)]).at(at));
        }
        let at = column as usize - 1;
        if self.line.cells.len() <= at {
            self.line.cells.resize(at + 1, Value::Empty);
        }
        if let Some(slot) = self.line.cells.get_mut(at) {
            *slot = value;
        }
        Ok(())
    }

    fn value(&mut self) -> Value {
        let text = self.cell.value.as_str();
        match self.cell.kind {
            Some(b's') => match text.trim().parse::<usize>().ok().and_then(|at| self.shared.strings.get(at)) {
                Some(text) if text.is_empty() => Value::Empty,
                Some(text) => Value::Text(text.clone()),
                None => Value::Empty,
            },
            Some(b'i') => share(&mut self.texts, &self.cell.inline),
            Some(b'f' | b'd') => share(&mut self.texts, text),
            Some(b'b') => Value::Bool(text.trim() == "1"),
            Some(b'e') => Value::Error(Arc::from(text)),
            _ if text.is_empty() && self.cell.has_formula => Value::Error(Arc::from("")),
            _ if text.is_empty() => share(&mut self.texts, &self.cell.inline),
            _ => match text.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => {
                    if self.shared.dates.get(self.cell.style).copied().unwrap_or(false) {
                        Value::Serial(number)
                    } else {
                        Value::Number(number)
                    }
                }
                _ => share(&mut self.texts, text),
            },
        }
    }
}

/// The text as a value that equal cells share.
fn share(texts: &mut HashSet<Arc<str>>, text: &str) -> Value {
    if text.is_empty() {
        return Value::Empty;
    }
    if let Some(known) = texts.get(text) {
        return Value::Text(known.clone());
    }
    let fresh: Arc<str> = Arc::from(text);
    if texts.len() < SHARED {
        texts.insert(fresh.clone());
    }
    Value::Text(fresh)
}

impl Cells {
    /// Starts a cell from its element: position, style, kind and metadata.
    fn open(&mut self, start: &BytesStart<'_>) {
        self.value.clear();
        self.inline.clear();
        self.formula.clear();
        (self.has_formula, self.style, self.kind, self.metadata) = (false, 0, None, None);
        let mut position = None;
        for pair in start.attributes().with_checks(false).flatten() {
            match pair.key.as_ref() {
                "r" => position = cell_reference(&pair.value),
                "s" => self.style = pair.value.parse().unwrap_or(0),
                "t" => {
                    self.kind = match pair.value.as_ref() {
                        "s" => Some(b's'),
                        "inlineStr" => Some(b'i'),
                        "str" => Some(b'f'),
                        "b" => Some(b'b'),
                        "e" => Some(b'e'),
                        "d" => Some(b'd'),
                        _ => None,
                    }
                }
                "vm" => self.metadata = pair.value.parse().ok(),
                _ => {}
            }
        }
        self.column = match position {
            Some((_, column)) => column,
            None => self.column.saturating_add(1),
        };
    }

    /// The picture that the cell names, if it is one.
    fn picture(&self) -> Option<Inside> {
        let named = |text: &str| {
            let (_, rest) = text.split_once("DISPIMG(")?;
            let (id, _) = rest.trim_start_matches(['"', '\'']).split_once(['"', '\'', ','])?;
            Some(Inside::Named(id.to_owned()))
        };
        named(&self.formula).or_else(|| named(&self.value)).or(match (self.kind, self.metadata) {
            (Some(b'e'), Some(index)) => Some(Inside::Metadata(index)),
            _ => None,
        })
    }
}
