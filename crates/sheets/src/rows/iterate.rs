//! The iterator over a table's rows.

use super::cell::{self, Outcome, Surroundings};
use super::finding::{Finding, Weight};
use super::skip::{self, Reason, Skipped};
use super::value::Cell;
use super::{Reading, Row, Standing, is_ditto};
use crate::layout::{Anchor, Binding, Found};
use crate::names::Match;
use crate::{Column, Kind, Line, Sheet, Target, Value, Workbook, column_letters, text};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use yanpan_kernel::problem::{CELL_NOT_A_CHOICE, CELL_REQUIRED, CELL_SAME_AS_NOTHING, PERSON_UNSURE, Place, Problem};

/// Outcomes remembered per column.
const REMEMBERED: usize = 4096;

/// Characters of a row that names a unit, at most.
const LONGEST_SECTION: usize = 40;

/// Rows of a table; see [`read`](super::read). When the watch says so it ends early: who cancels must not take the end for
/// the table's end.
pub struct Rows<'a> {
    sheet: Option<&'a Sheet>,
    name: Arc<str>,
    found: &'a Found,
    reading: Reading<'a>,
    from_1904: bool,
    anchor: Option<Anchor>,
    bound: Vec<Bound<'a>>,
    /// The unit that has no column, and what was last said of it.
    standing: Option<Bound<'a>>,
    said: Option<(Standing, String)>,
    pictures: BTreeMap<u32, Vec<usize>>,
    next: usize,
    below: bool,
    skipped: Skipped,
}

/// A bound column and what it remembers from row to row.
struct Bound<'a> {
    binding: &'a Binding,
    column: &'a Column,
    key: Arc<str>,
    above: Value,
    known: HashMap<Arc<str>, Outcome>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(workbook: &'a Workbook, found: &'a Found, target: &'a Target, reading: Reading<'a>) -> Self {
        let sheet = workbook.sheets.get(found.sheet);
        let bound = |binding: &'a Binding| {
            let column = target.columns.iter().find(|column| column.key == binding.key)?;
            let key = Arc::from(column.key.as_str());
            Some(Bound { binding, column, key, above: Value::Empty, known: HashMap::new() })
        };
        Self {
            sheet,
            name: Arc::from(found.name.as_str()),
            found,
            reading,
            from_1904: workbook.from_1904,
            anchor: reading.anchor.or_else(|| found.context.anchor()),
            bound: found.bindings.iter().filter_map(bound).collect(),
            standing: found.standing.as_ref().and_then(bound),
            said: found.context.unit.clone().map(|unit| (Standing::Above, unit)),
            pictures: sheet.map(pictures_by_row).unwrap_or_default(),
            next: sheet.map_or(0, |sheet| sheet.lines.partition_point(|line| line.number < found.body.0)),
            below: false,
            skipped: Skipped::default(),
        }
    }

    /// Rows passed over so far.
    #[must_use]
    pub fn skipped(&self) -> &Skipped {
        &self.skipped
    }

    fn row(&mut self, sheet: &'a Sheet, line: &'a Line) -> Row {
        let mut row = Row { sheet: self.name.clone(), row: line.number, hidden: line.hidden, ..Row::default() };
        row.pictures = self.pictures_of(sheet, line.number);
        let mut bound = std::mem::take(&mut self.bound);
        let anchor = self.anchor.or_else(|| anchor_in(line, &bound, self.from_1904));
        for bound in &mut bound {
            self.cell(bound, line, anchor, &mut row);
        }
        self.stand(&mut row);
        self.required(&bound, &mut row);
        self.people(&bound, line, &mut row);
        self.bound = bound;
        for ((_, column), comment) in sheet.comments.range((line.number, 0)..=(line.number, u32::MAX)) {
            let key = self.bound.iter().find(|bound| bound.binding.column == *column).map(|bound| bound.key.clone());
            row.comments.insert(key.unwrap_or_else(|| Arc::from(column_letters(*column))), comment.clone());
        }
        row
    }

    fn cell(&self, bound: &mut Bound<'a>, line: &Line, anchor: Option<Anchor>, row: &mut Row) {
        let number = bound.binding.column;
        let corrections = self.reading.corrections;
        let told = corrections.and_then(|known| known.of_cell(&self.name, line.number, &bound.key));
        let told = told.map(|text| Value::Text(Arc::from(text)));
        let own = told.as_ref().unwrap_or_else(|| line.cell(number));
        if own.is_blank() {
            bound.above = Value::Empty;
            return;
        }
        let mut value = own.clone();
        if let Value::Text(typed) = own
            && typed.len() <= 12
            && is_ditto(text::trim(typed))
        {
            if bound.above == Value::Empty {
                let problem = Problem::new(&CELL_SAME_AS_NOTHING, &[("value", &text::trim(typed))]);
                row.findings.push(self.finding(bound, line.number, problem, typed));
                return;
            }
            value = bound.above.clone();
            row.carried.push((number, value.text().into_owned()));
        } else if told.is_none() && line.copied.contains(&number) {
            row.carried.push((number, value.text().into_owned()));
        }
        bound.above = value.clone();
        if told.is_none()
            && let Some(corrections) = corrections
            && let Some(instead) = corrections.of(&bound.key, text::trim(&value.text()))
        {
            value = Value::Text(Arc::from(instead));
        }
        if let Some(option) = &bound.binding.option {
            self.tick(bound, &value, option, row);
            return;
        }
        let outcome = self.outcome(bound, &value, anchor);
        if let Some(fault) = outcome.fault {
            let mut finding = self.finding(bound, line.number, fault.problem, &value.text());
            (finding.weight, finding.suggestion) = (fault.weight, fault.suggestion);
            row.findings.push(finding);
        }
        if let Some(cell) = outcome.cell {
            row.values.insert(bound.key.clone(), cell);
        }
        if let Some(remark) = outcome.remark {
            row.remarks.insert(bound.key.clone(), remark);
        }
    }

    /// The unit that a row names for those below it, where they have no column for it.
    fn section(&self, line: &Line) -> Option<String> {
        let (Some(_), Some(resolver)) = (&self.standing, self.reading.resolver) else { return None };
        let text = line.only_text().filter(|text| text.chars().count() <= LONGEST_SECTION)?;
        let numbered = |c: char| text::is_blank(c) || "0123456789一二三四五六七八九十()（）、.．".contains(c);
        let bare = text.trim_start_matches(numbered).trim_end_matches([':', '：']);
        [text, bare].into_iter().find(|name| resolver.unit(name) != Match::None).map(str::to_owned)
    }

    /// Gives a row without a column for its unit the one that stands above it.
    fn stand(&mut self, row: &mut Row) {
        let Some(mut bound) = self.standing.take() else { return };
        let corrections = self.reading.corrections;
        let told = corrections.and_then(|known| known.of_cell(&self.name, row.row, &bound.key));
        let said = self.said.as_ref().map(|(place, text)| {
            (*place, corrections.and_then(|known| known.of(&bound.key, text)).unwrap_or(text).to_owned())
        });
        match told.map(|text| (Standing::Above, text.to_owned())).or(said) {
            None => self.required(std::slice::from_ref(&bound), row),
            Some((place, text)) => {
                let outcome = self.outcome(&mut bound, &Value::Text(Arc::from(text.as_str())), None);
                // What is printed above a table counts for less than the unit that the reader has been given.
                let counts = bound.column.required || place != Standing::Above;
                if let Some(fault) = outcome.fault.filter(|_| counts) {
                    let mut finding = self.finding(&bound, row.row, fault.problem, &text);
                    (finding.weight, finding.suggestion) = (fault.weight, fault.suggestion);
                    row.findings.push(finding);
                }
                if let Some(cell) = outcome.cell {
                    row.values.insert(bound.key.clone(), cell);
                }
                row.standing = Some(place);
            }
        }
        self.standing = Some(bound);
    }

    /// A tick below an option's heading chooses that option.
    fn tick(&self, bound: &Bound<'a>, value: &Value, option: &str, row: &mut Row) {
        let typed = value.text();
        match super::choice::yes_or_no(text::trim(&typed)) {
            Some(true) => {
                row.values.insert(bound.key.clone(), Cell::Choice(option.to_owned()));
            }
            Some(false) => {}
            None if super::is_nothing(text::trim(&typed)) => {}
            None => {
                let values: [(&str, &dyn std::fmt::Display); 2] = [("value", &typed), ("options", &"√")];
                row.findings.push(self.finding(bound, row.row, Problem::new(&CELL_NOT_A_CHOICE, &values), &typed));
            }
        }
    }

    /// Checks a value; texts of columns with few different ones are checked once.
    fn outcome(&self, bound: &mut Bound<'a>, value: &Value, anchor: Option<Anchor>) -> Outcome {
        let around = Surroundings {
            resolver: self.reading.resolver,
            anchor,
            from_1904: self.from_1904,
            bracket: bound.binding.bracket.as_deref(),
        };
        let free = matches!(
            bound.column.kind,
            Kind::Text | Kind::LongText | Kind::Picture | Kind::IdentityNumber | Kind::Phone
        );
        let by_row = bound.column.kind == Kind::Date && self.anchor.is_none();
        let Value::Text(typed) = value else { return cell::check(bound.column, value, around) };
        if free || by_row {
            return cell::check(bound.column, value, around);
        }
        if let Some(known) = bound.known.get(typed) {
            return known.clone();
        }
        let outcome = cell::check(bound.column, value, around);
        if bound.known.len() < REMEMBERED {
            bound.known.insert(typed.clone(), outcome.clone());
        }
        outcome
    }

    /// Required cells that are empty; ticked columns count together, pictures count as content.
    fn required(&self, bound: &[Bound<'a>], row: &mut Row) {
        for (at, one) in bound.iter().enumerate() {
            let first = bound.iter().position(|other| other.key == one.key) == Some(at);
            let named = row.findings.iter().any(|finding| finding.key == one.key);
            let pictured = row.pictures.iter().any(|(key, _)| key.as_ref() == Some(&one.key));
            if one.column.required && first && !named && !pictured && !row.values.contains_key(&one.key) {
                let problem = Problem::new(&CELL_REQUIRED, &[("heading", &one.column.title)]);
                row.findings.push(self.finding(one, row.row, problem, ""));
            }
        }
    }

    /// Looks people up within the row's unit; several of one name are a doubt, never merged.
    fn people(&self, bound: &[Bound<'a>], line: &Line, row: &mut Row) {
        let Some(resolver) = self.reading.resolver else { return };
        let unit = row.values.values().find_map(|cell| match cell {
            Cell::Unit(name) => name.id.clone(),
            _ => None,
        });
        for one in bound.iter().filter(|one| one.column.kind == Kind::Person) {
            let Some(Cell::Person(name)) = row.values.get_mut(&one.key) else { continue };
            match resolver.person(&text::split_brackets(&name.text).0, unit.as_deref()) {
                Match::Exact(id) | Match::Alias(id) => name.id = Some(id),
                Match::Near(several) if several.len() > 1 => {
                    let values: [(&str, &dyn std::fmt::Display); 2] =
                        [("value", &name.text), ("count", &several.len())];
                    let mut finding = self.finding(one, line.number, Problem::new(&PERSON_UNSURE, &values), &name.text);
                    finding.weight = Weight::Doubt;
                    row.findings.push(finding);
                }
                Match::Near(_) | Match::None => {}
            }
        }
    }

    fn finding(&self, bound: &Bound<'a>, row: u32, problem: Problem, found: &str) -> Finding {
        let mut place = Place::cell(self.name.as_ref(), row, bound.binding.heading.clone());
        place.field = Some(bound.key.to_string());
        Finding {
            problem: problem.at(place),
            weight: Weight::Wrong,
            key: bound.key.clone(),
            column: bound.binding.column,
            found: text::trim(found).to_owned(),
            suggestion: None,
        }
    }

    fn pictures_of(&self, sheet: &Sheet, row: u32) -> Vec<(Option<Arc<str>>, usize)> {
        let Some(indices) = self.pictures.get(&row) else { return Vec::new() };
        let of = |index: &usize| {
            let column = sheet.pictures.get(*index).map(|picture| picture.column);
            let bound = self.bound.iter().find(|bound| Some(bound.binding.column) == column);
            (bound.filter(|bound| bound.column.kind == Kind::Picture).map(|bound| bound.key.clone()), *index)
        };
        indices.iter().map(of).collect()
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let sheet = self.sheet?;
        loop {
            let line = sheet.lines.get(self.next).filter(|line| line.number <= self.found.body.1)?;
            self.next += 1;
            if self.next.is_multiple_of(1024) {
                self.reading.watch.report(u64::from(line.number), u64::from(self.found.body.1));
                if self.reading.watch.cancelled() {
                    return None;
                }
            }
            if let Some(unit) = self.section(line) {
                self.said = Some((Standing::Row(line.number), unit));
                self.skipped.count(line.number, Reason::Section);
                continue;
            }
            match skip::reason(line, self.found, self.below) {
                Some(reason) => {
                    self.below |= matches!(reason, Reason::Total | Reason::Footer);
                    self.skipped.count(line.number, reason);
                }
                None => return Some(self.row(sheet, line)),
            }
        }
    }
}

/// Pictures by the row of their record: one that lies on a continued row belongs to the row where the record began.
fn pictures_by_row(sheet: &Sheet) -> BTreeMap<u32, Vec<usize>> {
    let mut out: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, picture) in sheet.pictures.iter().enumerate() {
        let upto = sheet.lines.partition_point(|line| line.number <= picture.row);
        let above = sheet.lines.get(..upto).unwrap_or_default();
        let record = match sheet.line(picture.row) {
            Some(line) if line.continued => above.iter().rev().find(|line| !line.continued).map(|line| line.number),
            _ => Some(picture.row),
        };
        out.entry(record.unwrap_or(picture.row)).or_default().push(index);
    }
    out
}

/// Without a period anywhere, a full date in the same row tells the year of the others.
fn anchor_in(line: &Line, bound: &[Bound<'_>], from_1904: bool) -> Option<Anchor> {
    let dates = bound.iter().filter(|bound| bound.column.kind == Kind::Date);
    dates.map(|bound| line.cell(bound.binding.column)).find_map(|value| {
        let read = match value {
            Value::Serial(serial) => super::date::from_serial(*serial, from_1904),
            Value::Number(number) => super::date::parse_number(*number, from_1904, None).ok().map(|read| read.date),
            Value::Text(typed) => super::date::parse_text(typed, None).ok().map(|read| read.date),
            _ => None,
        };
        read.map(Anchor::Near)
    })
}
