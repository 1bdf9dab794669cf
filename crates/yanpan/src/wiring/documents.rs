//! The document port on the `documents` crate: types translated, figures asked through.

use jiff::{Timestamp, civil::Date};
use serde_json::Value as Json;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};
use yanpan_app::ports::{
    Arguments, Cell, Differing, Documents, Exact, Figures, List, MadePaper, PaperOrder, Provenance, Verified,
};
use yanpan_documents::{
    chart, docx,
    figure::{self, Format, Parameter, Parameters},
    fonts::Fonts,
    html,
    model::Document,
    pdf, read,
    source::{Column, Listing, Row, Source},
    statement::{self, Versioned},
    template::{Context, Template},
    text,
};
use yanpan_kernel::problem::{NOT_FOUND, Place, Problem, USAGE};

/// Makes and verifies documents with the installation's key.
pub struct PaperPress {
    key: Vec<u8>,
    site_fonts: PathBuf,
    fonts: Mutex<Option<Arc<Fonts>>>,
}

impl PaperPress {
    /// A press; a site's own licensed fonts lie in `DIR/fonts`.
    #[must_use]
    pub fn new(key: Vec<u8>, data: &Path) -> Self {
        Self { key, site_fonts: data.join("fonts"), fonts: Mutex::new(None) }
    }

    /// The fonts, loaded when the first page is printed: a process that prints none stays small.
    fn fonts(&self) -> Result<Arc<Fonts>, Problem> {
        let mut kept = self.fonts.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(fonts) = kept.as_ref() {
            return Ok(fonts.clone());
        }
        let site = Some(self.site_fonts.as_path()).filter(|folder| folder.is_dir());
        let fonts = Arc::new(Fonts::usual(site)?);
        *kept = Some(fonts.clone());
        Ok(fonts)
    }

    fn print(&self, document: &Document, order: &PaperOrder) -> Result<MadePaper, Problem> {
        let provenance = to_statement(&order.provenance);
        let (figures, text) = (document.figures.len(), text::write(document));
        let mut made = MadePaper { figures, text, ..MadePaper::default() };
        let fonts = self.fonts()?;
        let replaced: Vec<String> = fonts.substitutions().iter().map(ToString::to_string).collect();
        for format in &order.formats {
            let bytes = match format.as_str() {
                "docx" => {
                    let pictures = chart::png(document, &fonts)?;
                    let sealing = docx::Sealing { provenance: &provenance, key: &self.key, substitutions: &replaced };
                    docx::write(document, &sealing, &pictures)?
                }
                "pdf" => {
                    let printed = pdf::write(document, &provenance, &fonts)?;
                    if !printed.uncovered.is_empty() {
                        let missing: String = printed.uncovered.iter().collect();
                        made.notes.push(format!("字体中没有这些字,PDF 中印作空框：{missing}"));
                    }
                    printed.bytes
                }
                "html" => html::write(document, &provenance).into_bytes(),
                other => {
                    let reason = format!("不认识格式「{other}」，可用 docx、pdf、html");
                    return Err(Problem::new(&USAGE, &[("reason", &reason)]));
                }
            };
            made.files.push((format.clone(), bytes));
        }
        made.notes.extend(replaced);
        Ok(made)
    }
}

impl Documents for PaperPress {
    fn make(&self, order: &PaperOrder, figures: &dyn Figures) -> Result<MadePaper, Vec<Problem>> {
        let template = Template::parse(&order.file, &order.template)?;
        let context = Context {
            variables: order.variables.clone(),
            previous: order.previous.clone(),
            year_ago: order.year_ago.clone(),
        };
        let (document, problems) = template.build(&context, &Asked(figures));
        if !problems.is_empty() {
            return Err(problems);
        }
        self.print(&document, order).map_err(|problem| vec![problem])
    }

    fn provenance(&self, docx: &[u8]) -> Result<Provenance, Problem> {
        Ok(from_statement(&read::docx(docx, &self.key)?.provenance))
    }

    fn verify(&self, docx: &[u8], figures: &dyn Figures) -> Result<Verified, Problem> {
        let opened = read::docx(docx, &self.key)?;
        let compared = opened.compare();
        let edited: Vec<Differing> = compared
            .edited
            .iter()
            .map(|edited| Differing {
                figure: edited.number.unwrap_or_default(),
                key: edited.key.clone(),
                shown: edited.found.clone(),
                expected: edited.printed.clone(),
                reason: "edited".to_owned(),
            })
            .collect();
        let mut differing = edited.clone();
        let computed = figure::recompute(&Asked(figures), &opened.figures);
        for (figure, now) in opened.figures.iter().zip(computed) {
            let expected = match now {
                Ok(exact) if exact == figure.exact => continue,
                Ok(exact) => figure.format.print(&exact).unwrap_or_default(),
                Err(problem) => problem.message,
            };
            differing.push(Differing {
                figure: figure.number,
                key: figure.key.clone(),
                shown: figure.shown.clone(),
                expected,
                reason: "changed".to_owned(),
            });
        }
        let unsourced =
            compared.unsourced.iter().map(|loose| format!("「{}」见：{}", loose.number, loose.paragraph)).collect();
        Ok(Verified {
            figures: compared.figures,
            edited,
            differing,
            unsourced,
            signed: opened.signature_valid,
            missing: compared.missing,
        })
    }
}

/// The use cases' figures as a document's source.
struct Asked<'a>(&'a dyn Figures);

impl Source for Asked<'_> {
    fn measure(&self, key: &str, parameters: &Parameters) -> Result<figure::Exact, Problem> {
        Ok(match self.0.measure(key, &arguments(parameters))? {
            Exact::Missing => figure::Exact::Missing,
            Exact::Suppressed => figure::Exact::Suppressed,
            Exact::Count(number) => figure::Exact::count(number),
            Exact::Ratio(numerator, denominator) => figure::Exact::ratio(numerator, denominator),
        })
    }

    fn list(&self, key: &str, parameters: &Parameters) -> Result<Listing, Problem> {
        Ok(listing(self.0.list(key, &arguments(parameters))?))
    }
}

fn arguments(parameters: &Parameters) -> Arguments {
    let value = |parameter: &Parameter| match parameter {
        Parameter::Flag(flag) => Json::from(*flag),
        Parameter::Integer(number) => Json::from(*number),
        Parameter::Text(text) => Json::from(text.as_str()),
    };
    parameters.iter().map(|(name, parameter)| (name.clone(), value(parameter))).collect::<BTreeMap<_, _>>()
}

fn listing(list: List) -> Listing {
    let format = |at: usize| {
        let cell = list.rows.iter().filter_map(|(_, cells)| cells.get(at)).find(|cell| **cell != Cell::Missing);
        match cell {
            Some(Cell::Integer(_)) => Format::Integer,
            Some(Cell::Decimal(_, scale)) => Format::Decimal(u8::try_from(*scale).unwrap_or(2)),
            Some(Cell::Date(_)) => Format::Date,
            _ => Format::Text,
        }
    };
    let columns = list.columns.iter().enumerate();
    let columns =
        columns.map(|(at, title)| Column { key: title.clone(), title: title.clone(), format: format(at) }).collect();
    let rows = list.rows.into_iter().map(|(key, cells)| Row { key, cells: cells.into_iter().map(exact).collect() });
    Listing { columns, rows: rows.collect() }
}

fn exact(cell: Cell) -> figure::Exact {
    match cell {
        Cell::Missing => figure::Exact::Missing,
        Cell::Text(text) => figure::Exact::Text(text),
        Cell::Integer(number) => figure::Exact::count(number),
        Cell::Decimal(scaled, scale) => match (i64::try_from(scaled), u8::try_from(scale)) {
            (Ok(scaled), Ok(scale)) => figure::Exact::Number { scaled, scale },
            _ => figure::Exact::Missing,
        },
        Cell::Date(date) => figure::Exact::Date(date),
    }
}

/// The installation's zone stands in `made_at` as text; minutes are enough.
fn to_statement(provenance: &Provenance) -> statement::Provenance {
    let made_at = provenance.made_at.replace(' ', "T");
    statement::Provenance {
        template: Versioned { key: provenance.document.clone(), version: provenance.hash.clone() },
        pack: Versioned { key: provenance.pack.clone(), version: provenance.version.clone() },
        rules: Vec::new(),
        unit: provenance.unit.clone(),
        period: provenance.period.clone(),
        tree_date: provenance.tree_on.parse().unwrap_or(Date::MIN),
        as_of: u64::try_from(provenance.as_of).unwrap_or_default(),
        made_by: provenance.made_by.clone(),
        made_at: format!("{made_at}:00+08:00").parse().unwrap_or(Timestamp::UNIX_EPOCH),
    }
}

fn from_statement(said: &statement::Provenance) -> Provenance {
    Provenance {
        document: said.template.key.clone(),
        pack: said.pack.key.clone(),
        version: said.pack.version.clone(),
        hash: said.template.version.clone(),
        unit: said.unit.clone(),
        period: said.period.clone(),
        tree_on: said.tree_date.to_string(),
        as_of: i64::try_from(said.as_of).unwrap_or(i64::MAX),
        made_by: said.made_by.clone(),
        made_at: said.made_at.to_string(),
    }
}

/// Checks the templates of a pack without data: their syntax, and that every figure and list they name exists.
#[must_use]
pub fn check_papers(pack: &yanpan_packs::Pack) -> Vec<Problem> {
    let mut problems = Vec::new();
    for paper in pack.documents.values() {
        let template = match Template::parse(&paper.file, &paper.template) {
            Ok(template) => template,
            Err(found) => {
                problems.extend(found);
                continue;
            }
        };
        for call in template.calls() {
            let balance = call.key.strip_prefix("balance.").and_then(|rest| rest.split('.').next());
            let listed = matches!(call.function, "list" | "table" | "chart");
            let known = match balance {
                Some(kind) => pack.cases.contains_key(kind),
                None if listed => pack.listings.contains_key(&call.key),
                None => pack.indicators.contains_key(&call.key),
            };
            if !known {
                let what = format!("指标或清单「{}」", call.key);
                let place = Place::line(&paper.file, call.line, call.column);
                problems.push(Problem::new(&NOT_FOUND, &[("what", &what)]).at(place));
            }
        }
    }
    problems
}
