//! The workbook port on the `sheets` crate.

use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use yanpan_app::ports::{
    Cell, ColumnKind, Phase, Progress, SheetBinding, SheetFrame, SheetHints, SheetLayout, SheetPicture, SheetProblem,
    SheetReading, SheetRow, SheetTarget, Sheets,
};
use yanpan_kernel::{
    form::decimal,
    problem::{CELL_COMMENTED, Place, Problem, READING_CANCELLED},
};
use yanpan_sheets::{
    Choice, Column, Kind, Limits, Target, Watch, Workbook,
    layout::{self, Anchor, Found, Hints, Layout, Mapping},
    names::{Entry, List, Match, Resolver},
    read, rejects,
    rows::{self, Corrections, Finding, Reading, Row, Rows, Skipped, Weight},
    write,
};

/// Reads and writes workbooks.
#[derive(Debug, Clone, Copy)]
pub struct Workbooks;

/// Units by name; people stay as they are written, for they are never merged by name.
struct Units(List);

impl Resolver for Units {
    fn unit(&self, name: &str) -> Match {
        self.0.find(name)
    }

    fn person(&self, _: &str, _: Option<&str>) -> Match {
        Match::None
    }
}

impl Units {
    fn of(hints: &SheetHints) -> Self {
        let entry = |unit: &yanpan_app::ports::UnitName| Entry {
            id: unit.unit.to_string(),
            code: unit.code.clone(),
            name: unit.name.clone(),
            aliases: unit.aliases.clone(),
        };
        Self(List::new(hints.units.iter().map(entry).collect()))
    }
}

/// A file with its tables and rows, as long as its target lives.
struct Read<'a> {
    workbook: Workbook,
    layout: Layout,
    target: &'a Target,
    units: Units,
    corrections: Corrections,
    today: Option<jiff::civil::Date>,
}

impl<'a> Read<'a> {
    fn of(file: (&[u8], &str), target: &'a Target, hints: &SheetHints, watch: Watch<'_>) -> Result<Self, Problem> {
        let workbook = read::workbook_watched(file.0, file.1, &Limits::default(), watch)?;
        let mut hints_in = Hints::default();
        let mut problems = Vec::new();
        if let Some(toml) = &hints.mapping {
            match Mapping::from_toml(toml, "mapping") {
                Ok(mapping) => hints_in.mapping = Some(mapping),
                Err(found) => problems.extend(found),
            }
        }
        let remembered = hints
            .layouts
            .iter()
            .map(|layout| Mapping { fingerprint: Some(layout.fingerprint.clone()), headings: layout.headings.clone() });
        hints_in.remembered = remembered.collect();
        let mut layout = layout::find(&workbook, target, &hints_in);
        layout.problems.splice(0..0, problems);
        let corrections = Corrections { alike: hints.corrections.clone(), cells: hints.cells.clone() };
        Ok(Self { workbook, layout, target, units: Units::of(hints), corrections, today: hints.today })
    }

    /// The rows of a table, one by one.
    fn rows(&'a self, found: &'a Found, watch: Watch<'a>) -> Rows<'a> {
        let anchor = found.context.anchor().is_none().then(|| self.today.map(Anchor::Near)).flatten();
        let corrections = Some(&self.corrections);
        let reading = Reading { resolver: Some(&self.units), anchor, corrections, watch };
        rows::read(&self.workbook, found, self.target, reading)
    }
}

/// What should be known of the rows that were passed over, and of comments on cells.
fn notes(found: &Found, skipped: &Skipped) -> Vec<String> {
    let mut notes = Vec::new();
    if skipped.total() > 0 {
        notes.push(format!("工作表「{}」跳过{}行(空行、合计、落款、说明)", found.name, skipped.total()));
    }
    for (row, text) in &skipped.statements {
        notes.push(format!("工作表「{}」第{row}行是声明：{text}", found.name));
    }
    notes
}

impl Sheets for Workbooks {
    fn read(
        &self,
        file: (&[u8], &str),
        (target, hints): (&SheetTarget, &SheetHints),
        progress: &Progress,
        sink: &mut dyn FnMut(SheetRow),
    ) -> Result<SheetReading, Problem> {
        let target = to_target(target);
        let bytes_read = |done, total| progress.report(Phase::Reading, done, total);
        let read = Read::of(file, &target, hints, Watch::reporting(&bytes_read).until(progress.cancelled()))?;
        let mut reading = SheetReading { problems: read.layout.problems.clone(), ..SheetReading::default() };
        reading.notes = read.layout.notes.iter().map(|note| note.message.clone()).collect();
        for found in &read.layout.found {
            reading.mapping.extend(bindings(found));
            let mapping = found.mapping();
            let (sheet, fingerprint) = (found.name.clone(), found.fingerprint.clone());
            reading.layouts.push(SheetLayout { sheet, fingerprint, headings: mapping.headings });
        }
        if reading.problems.is_empty() {
            let rows_read = |done, total| progress.report(Phase::Checking, done, total);
            for found in &read.layout.found {
                let pictures = read.workbook.sheets.get(found.sheet).map(|sheet| sheet.pictures.as_slice());
                let mut rows = read.rows(found, Watch::reporting(&rows_read).until(progress.cancelled()));
                for row in rows.by_ref() {
                    sink(sheet_row(row, found, pictures.unwrap_or_default()));
                }
                reading.notes.extend(notes(found, rows.skipped()));
            }
        }
        if progress.is_cancelled() { Err(Problem::new(&READING_CANCELLED, &[])) } else { Ok(reading) }
    }

    fn rejects(
        &self,
        file: (&[u8], &str),
        (target, hints): (&SheetTarget, &SheetHints),
        refused: &[(Place, Vec<Problem>)],
    ) -> Result<Vec<u8>, Problem> {
        let target = to_target(target);
        let read = Read::of(file, &target, hints, Watch::default())?;
        let wanted: BTreeMap<(String, u32), &Vec<Problem>> = refused
            .iter()
            .filter_map(|(place, problems)| Some(((place.sheet.clone()?, place.row?), problems)))
            .collect();
        let tables = read.layout.found.iter().map(|found| {
            let refused = read.rows(found, Watch::default()).filter_map(|mut row| {
                let problems = wanted.get(&(row.sheet.to_string(), row.row))?;
                add_findings(&mut row, problems, (&target, found));
                Some(row)
            });
            (found, refused.collect())
        });
        let tables: Vec<(&Found, Vec<Row>)> = tables.collect();
        let rejected: Vec<rejects::Rejected<'_>> =
            tables.iter().map(|(found, rows)| rejects::Rejected { found, rows: rows.iter().collect() }).collect();
        rejects::workbook(file.0, &read.workbook, &rejected)
    }

    fn write(
        &self,
        name: &str,
        target: &SheetTarget,
        frame: &SheetFrame,
        rows: &mut dyn Iterator<Item = Vec<Cell>>,
    ) -> Result<Vec<u8>, Problem> {
        let target = to_target(target);
        let records = rows.map(|row| row.into_iter().map(out).collect::<Vec<_>>());
        if name.ends_with(".csv") {
            return Ok(write::csv(&target, records));
        }
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let page = write::Page {
            title: frame.title.clone(),
            unit: given(&frame.unit),
            date: given(&frame.date),
            totals: frame.totals.clone(),
            signatures: vec![
                ("填报人".to_owned(), frame.filled_by.clone()),
                ("审核人".to_owned(), String::new()),
                ("主要负责人".to_owned(), String::new()),
            ],
            numbered: false,
        };
        write::ledger(&page, &target, records)
    }

    fn fill(
        &self,
        (template, name): (&[u8], &str),
        target: &SheetTarget,
        frame: &SheetFrame,
        rows: &mut dyn Iterator<Item = Vec<Cell>>,
    ) -> Result<Vec<u8>, Problem> {
        let said = [
            ("标题", &frame.title),
            ("填报单位", &frame.unit),
            ("填报时间", &frame.date),
            ("截止时间", &frame.date),
            ("日期", &frame.date),
            ("填报人", &frame.filled_by),
        ];
        let values = said.map(|(name, text)| (name.to_owned(), text.clone())).into();
        let rows = rows.map(|row| row.into_iter().map(out).collect()).collect();
        write::fill(template, name, &to_target(target), &write::Filling { values, rows })
    }

    fn template(&self, target: &SheetTarget) -> Result<Vec<u8>, Problem> {
        write::template(&to_target(target), &[])
    }
}

/// How the headings of a table were read.
fn bindings(found: &Found) -> impl Iterator<Item = SheetBinding> + '_ {
    let binding = |heading: &str, key: Option<String>, confidence| SheetBinding {
        sheet: found.name.clone(),
        heading: heading.to_owned(),
        key,
        confidence,
    };
    let bound = found.bindings.iter().map(move |one| binding(&one.heading, Some(one.key.clone()), one.confidence));
    bound.chain(found.unknown.iter().map(move |one| binding(&one.heading, None, 0.0)))
}

/// What the target's own rules found is said beside what the cells' reading found, at the cell where it has one.
fn add_findings(row: &mut Row, problems: &[Problem], (target, found): (&Target, &Found)) {
    let known: BTreeSet<String> = row.findings.iter().map(|finding| finding.problem.message.clone()).collect();
    for problem in problems.iter().filter(|problem| !known.contains(&problem.message)) {
        let place = &problem.place;
        let named = |column: &&Column| {
            Some(&column.key) == place.field.as_ref() || Some(&column.title) == place.column.as_ref()
        };
        let key = target.columns.iter().find(named).map_or("", |column| column.key.as_str());
        row.findings.push(Finding {
            problem: problem.clone(),
            weight: Weight::Wrong,
            key: key.into(),
            column: found.binding(key).map_or(0, |binding| binding.column),
            found: String::new(),
            suggestion: None,
        });
    }
}

fn to_target(target: &SheetTarget) -> Target {
    let columns = target.columns.iter().map(|column| Column {
        key: column.key.clone(),
        title: column.title.clone(),
        synonyms: column.synonyms.clone(),
        kind: kind(&column.kind),
        required: column.required,
        example: column.example.clone(),
        ..Column::default()
    });
    Target { key: target.key.clone(), title: target.title.clone(), columns: columns.collect() }
}

fn kind(kind: &ColumnKind) -> Kind {
    match kind {
        ColumnKind::Text => Kind::LongText,
        ColumnKind::Integer => Kind::Integer,
        ColumnKind::Decimal { unit, scale } => {
            Kind::Decimal { unit: unit.clone(), scale: u8::try_from(*scale).unwrap_or(2) }
        }
        ColumnKind::Date => Kind::Date,
        ColumnKind::YesNo => Kind::YesNo,
        ColumnKind::Unit => Kind::Unit,
        ColumnKind::Person => Kind::Person,
        ColumnKind::Identity => Kind::IdentityNumber,
        ColumnKind::Phone => Kind::Phone,
        ColumnKind::Picture => Kind::Picture,
        ColumnKind::Choice(options) => Kind::Choice {
            options: options
                .iter()
                .map(|(value, synonyms)| Choice {
                    value: value.clone(),
                    title: value.clone(),
                    synonyms: synonyms.clone(),
                })
                .collect(),
        },
    }
}

fn sheet_row(row: Row, table: &Found, pictures: &[yanpan_sheets::Picture]) -> SheetRow {
    let values = row.values.iter().filter_map(|(key, cell)| Some((key.to_string(), value(cell)?))).collect();
    let problems = row.findings.into_iter().map(|finding| SheetProblem {
        key: Some(finding.key.to_string()),
        found: finding.found,
        suggestion: finding.suggestion,
        doubt: finding.weight == Weight::Doubt,
        problem: finding.problem,
    });
    let (sheet, at) = (row.sheet.clone(), row.row);
    let comments = row.comments.into_iter().map(|(key, comment)| {
        let heading = table.binding(&key).map_or_else(|| key.to_string(), |binding| binding.heading.clone());
        let place = Place { field: Some(key.to_string()), ..Place::cell(&*sheet, at, heading) };
        let problem = Problem::new(&CELL_COMMENTED, &[("value", &comment)]).at(place);
        SheetProblem { problem, key: Some(key.to_string()), found: String::new(), suggestion: None, doubt: true }
    });
    let problems = problems.chain(comments).collect();
    let taken = row.pictures.iter().filter_map(|(key, at)| {
        let picture = pictures.get(*at)?;
        let key = key.as_ref().map(ToString::to_string);
        Some(SheetPicture { key, bytes: picture.bytes.clone(), name: picture.name.clone() })
    });
    let unit_above = row.standing == Some(rows::Standing::Above);
    SheetRow { sheet: row.sheet, row: row.row, values, problems, pictures: taken.collect(), unit_above }
}

/// The normal form of an answer; a name without an id is no answer.
fn value(cell: &rows::Cell) -> Option<Json> {
    Some(match cell {
        rows::Cell::Text(text) | rows::Cell::Choice(text) | rows::Cell::Phone(text) | rows::Cell::Identity(text) => {
            Json::from(text.as_str())
        }
        rows::Cell::Integer(number) => Json::from(*number),
        rows::Cell::Decimal(number) => Json::from(decimal(&number.to_string(), u32::from(number.scale))?),
        rows::Cell::Date(date) => Json::from(date.to_string()),
        rows::Cell::YesNo(truth) => Json::from(*truth),
        rows::Cell::Unit(named) => Json::from(named.id.clone()?),
        rows::Cell::Person(named) => Json::from(named.text.as_str()),
    })
}

fn out(cell: Cell) -> Option<rows::Cell> {
    Some(match cell {
        Cell::Missing => return None,
        Cell::Text(text) => rows::Cell::Text(text),
        Cell::Integer(number) => rows::Cell::Integer(number),
        Cell::Decimal(value, scale) => {
            rows::Cell::Decimal(rows::Decimal { digits: i64::try_from(value).ok()?, scale: u8::try_from(scale).ok()? })
        }
        Cell::Date(date) => rows::Cell::Date(date),
    })
}
