//! The workbook port on the `sheets` crate.

use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use yanpan_app::ports::{
    Cell, ColumnKind, SheetBinding, SheetFrame, SheetHints, SheetPicture, SheetProblem, SheetReading, SheetRow,
    SheetTarget, Sheets,
};
use yanpan_kernel::{
    form::decimal,
    problem::{Place, Problem},
};
use yanpan_sheets::{
    Choice, Column, Kind, Limits, Target, Workbook,
    layout::{self, Anchor, Hints, Layout, Mapping},
    names::{Entry, List, Match, Resolver},
    read, rejects,
    rows::{self, Corrections, Finding, Reading, Row, Weight},
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
struct Read {
    workbook: Workbook,
    layout: Layout,
}

impl Read {
    fn of(bytes: &[u8], name: &str, target: &Target, hints: &SheetHints) -> Result<Self, Problem> {
        let workbook = read::workbook(bytes, name, &Limits::default())?;
        let mut hints_in = Hints::default();
        let mut problems = Vec::new();
        if let Some(toml) = &hints.mapping {
            match Mapping::from_toml(toml, "mapping") {
                Ok(mapping) => {
                    problems.extend(mapping.check(target));
                    hints_in.mapping = Some(mapping);
                }
                Err(found) => problems.extend(found),
            }
        }
        hints_in.remembered = hints.remembered.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
        let mut layout = layout::find(&workbook, target, &hints_in);
        layout.problems.splice(0..0, problems);
        Ok(Self { workbook, layout })
    }

    fn rows(&self, target: &Target, hints: &SheetHints) -> Vec<(usize, Vec<Row>, Vec<String>)> {
        let units = Units::of(hints);
        let corrections = Corrections(hints.corrections.clone());
        let tables = self.layout.found.iter().enumerate();
        tables
            .map(|(at, found)| {
                let anchor = found.context.anchor().is_none().then(|| hints.today.map(Anchor::Near)).flatten();
                let reading =
                    Reading { resolver: Some(&units), anchor, corrections: Some(&corrections), ..Reading::default() };
                let mut reader = rows::read(&self.workbook, found, target, reading);
                let rows: Vec<Row> = reader.by_ref().collect();
                let mut notes = Vec::new();
                let skipped = reader.skipped();
                if skipped.total() > 0 {
                    notes.push(format!("工作表「{}」跳过{}行(空行、合计、落款、说明)", found.name, skipped.total()));
                }
                for (row, text) in &skipped.statements {
                    notes.push(format!("工作表「{}」第{row}行是声明:{text}", found.name));
                }
                (at, rows, notes)
            })
            .collect()
    }
}

impl Sheets for Workbooks {
    fn read(
        &self,
        bytes: &[u8],
        name: &str,
        target: &SheetTarget,
        hints: &SheetHints,
    ) -> Result<SheetReading, Problem> {
        let target = to_target(target);
        let read = Read::of(bytes, name, &target, hints)?;
        let mut reading = SheetReading { problems: read.layout.problems.clone(), ..SheetReading::default() };
        reading.notes = read.layout.notes.iter().map(ToString::to_string).collect();
        for found in &read.layout.found {
            let bound = found.bindings.iter().map(|binding| SheetBinding {
                sheet: found.name.clone(),
                heading: binding.heading.clone(),
                key: Some(binding.key.clone()),
                confidence: binding.confidence,
            });
            let unknown = found.unknown.iter().map(|unknown| SheetBinding {
                sheet: found.name.clone(),
                heading: unknown.heading.clone(),
                key: None,
                confidence: 0.0,
            });
            reading.mapping.extend(bound.chain(unknown));
            reading.remember.extend(serde_json::to_string(&found.mapping()).ok());
        }
        if reading.problems.is_empty() {
            for (at, rows, notes) in read.rows(&target, hints) {
                let pictures = read.layout.found.get(at).and_then(|found| read.workbook.sheets.get(found.sheet));
                let pictures = pictures.map(|sheet| sheet.pictures.as_slice()).unwrap_or_default();
                reading.rows.extend(rows.into_iter().map(|row| sheet_row(row, pictures)));
                reading.notes.extend(notes);
            }
        }
        Ok(reading)
    }

    fn rejects(
        &self,
        bytes: &[u8],
        name: &str,
        (target, hints): (&SheetTarget, &SheetHints),
        refused: &[(Place, Vec<Problem>)],
    ) -> Result<Vec<u8>, Problem> {
        let target = to_target(target);
        let read = Read::of(bytes, name, &target, hints)?;
        let wanted: BTreeMap<(String, u32), &Vec<Problem>> = refused
            .iter()
            .filter_map(|(place, problems)| Some(((place.sheet.clone()?, place.row?), problems)))
            .collect();
        let mut tables = read.rows(&target, hints);
        for (_, rows, _) in &mut tables {
            rows.retain(|row| wanted.contains_key(&(row.sheet.to_string(), row.row)));
            for row in rows {
                if let Some(problems) = wanted.get(&(row.sheet.to_string(), row.row)) {
                    add_findings(row, problems, &target);
                }
            }
        }
        let rejected: Vec<rejects::Rejected<'_>> = tables
            .iter()
            .filter_map(|(at, rows, _)| {
                let found = read.layout.found.get(*at)?;
                Some(rejects::Rejected { found, rows: rows.iter().collect() })
            })
            .collect();
        rejects::workbook(bytes, &read.workbook, &rejected)
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
            totals: Vec::new(),
            signatures: vec![
                ("填报人".to_owned(), frame.filled_by.clone()),
                ("审核人".to_owned(), String::new()),
                ("主要负责人".to_owned(), String::new()),
            ],
            numbered: false,
        };
        write::ledger(&page, &target, records)
    }

    fn template(&self, target: &SheetTarget) -> Result<Vec<u8>, Problem> {
        write::template(&to_target(target), &[])
    }
}

/// What the case's rules found is said beside what the cells' reading found.
fn add_findings(row: &mut Row, problems: &[Problem], target: &Target) {
    let known: BTreeSet<String> = row.findings.iter().map(|finding| finding.problem.message.clone()).collect();
    for problem in problems.iter().filter(|problem| !known.contains(&problem.message)) {
        let column = problem.place.column.as_ref().and_then(|title| target.columns.iter().find(|c| c.title == *title));
        row.findings.push(Finding {
            problem: problem.clone(),
            weight: Weight::Wrong,
            key: column.map_or("", |column| column.key.as_str()).into(),
            column: 0,
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

fn sheet_row(row: Row, pictures: &[yanpan_sheets::Picture]) -> SheetRow {
    let values = row.values.iter().filter_map(|(key, cell)| Some((key.to_string(), value(cell)?))).collect();
    let problems = row
        .findings
        .into_iter()
        .map(|finding| SheetProblem {
            key: Some(finding.key.to_string()),
            found: finding.found,
            suggestion: finding.suggestion,
            doubt: finding.weight == Weight::Doubt,
            problem: finding.problem,
        })
        .collect();
    let taken = row.pictures.iter().filter_map(|(key, at)| {
        let picture = pictures.get(*at)?;
        let key = key.as_ref().map(ToString::to_string);
        Some(SheetPicture { key, bytes: picture.bytes.to_vec(), name: picture.name.clone() })
    });
    SheetRow {
        place: Place { sheet: Some(row.sheet.to_string()), row: Some(row.row), ..Place::default() },
        values,
        problems,
        pictures: taken.collect(),
    }
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
