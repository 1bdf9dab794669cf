//! The scan methods of `yanpan detect`.

use super::bag::Bag;
use super::counts::{Cell, Grid};
use super::output::number;
use super::{Name, Single, problems};
use crate::Report;
use crate::table::Table;
use serde_json::Value;
use std::io::{BufWriter, Write};
use std::path::Path;
use yanpan_kernel::problem::{FILE_UNREADABLE, METHOD_REFUSED, NOT_A_NUMBER, PARAMETER_INVALID, Place, Problem};
use yanpan_statistics::detection::scan::{
    Input, Matrix, MonteCarlo, Place as Spot, Scan, Statistic, by_margins, by_population, nearest_neighbours, run,
};

/// Parameters of a scan.
#[derive(Debug, Clone)]
pub(super) struct ScanParams {
    statistic: Statistic,
    zones: Option<Vec<Vec<usize>>>,
    neighbours: usize,
    share: f64,
    max_duration: Option<usize>,
    estimated_from: Option<f64>,
    monte_carlo: Option<MonteCarlo>,
    theta: f64,
}

impl ScanParams {
    /// Takes the parameters out of the bag; `None` when the method is no scan.
    pub fn choose(name: Name, bag: &mut Bag) -> Option<Self> {
        let statistic = match name {
            Name::ScanPbPoisson => Statistic::PopulationPoisson,
            Name::ScanEbPoisson => Statistic::ExpectationPoisson,
            Name::ScanPermutation => Statistic::Permutation,
            Name::ScanEbNegbin => {
                let types = [("hotspot", Statistic::Hotspot), ("emerging", Statistic::Emerging)];
                bag.word("type", &types, Statistic::Hotspot)
            }
            _ => return None,
        };
        let zones = bag.take("zones").and_then(|value| {
            let found = zones(&value);
            if found.is_none() {
                bag.invalid("zones", &Value::from("…"), "应为地点编号(从 1 数起)的列表的列表");
            }
            found
        });
        let replicates = bag.whole("n_mcsim", 999);
        let seed = bag.whole("seed", 1) as u64;
        let stop_after = bag.optional_whole("stop_after");
        Some(Self {
            statistic,
            zones,
            neighbours: bag.whole("k", 15).max(1),
            share: bag.number("max_population", 0.5),
            max_duration: bag.optional_whole("max_duration"),
            estimated_from: bag.optional("baseline_rows"),
            monte_carlo: (replicates > 0).then_some(MonteCarlo { replicates, seed, stop_after }),
            theta: bag.number("thetas", 1.0),
        })
    }
}

/// Zones of JSON: numbers from 1, a single number standing for a zone of one.
fn zones(value: &Value) -> Option<Vec<Vec<usize>>> {
    let place = |value: &Value| value.as_u64().filter(|place| *place >= 1).map(|place| place as usize - 1);
    let zone = |value: &Value| match value {
        Value::Array(places) => places.iter().map(place).collect(),
        single => place(single).map(|place| vec![place]),
    };
    value.as_array()?.iter().map(zone).collect()
}

/// Runs a scan and writes its windows.
///
/// # Errors
/// Every problem of the tables, or why the scan refuses.
pub(super) fn scan(args: &Single, params: &ScanParams, units: &[String]) -> Result<Report, Vec<Problem>> {
    let mut grid = Grid::read(&args.input, Cell::Count)?;
    grid.select(units).map_err(|problem| vec![problem])?;
    let spots = args.locations.as_deref().map(places).transpose()?;
    let counts = Matrix::from_columns(&grid.columns);
    let baselines = baselines(args, &counts, spots.as_deref())?;
    let overdispersion = match &args.overdispersion {
        Some(path) => Some(matrix(path)?),
        None if args.method == Name::ScanEbNegbin => {
            let values = baselines.values.iter().map(|mu| 1.0 + mu / params.theta).collect();
            Some(Matrix { places: baselines.places, values })
        }
        None => None,
    };
    let zones = match (args.zones.as_deref(), &params.zones, &spots) {
        (Some(path), _, _) => zone_file(path).map_err(|problem| vec![problem])?,
        (None, Some(zones), _) => zones.clone(),
        (None, None, Some(spots)) => nearest_neighbours(spots, params.neighbours, params.share),
        (None, None, None) => {
            let reason = "扫描需要区域:--zones、参数 zones,或用 --locations 生成";
            return Err(vec![Problem::new(&METHOD_REFUSED, &[("reason", &reason)])]);
        }
    };
    let max_duration = params.max_duration.unwrap_or(counts.rows()).min(counts.rows());
    let estimated_from = params.estimated_from;
    let input = Input { counts, baselines, overdispersion, zones, max_duration, estimated_from, mode: args.mode() };
    let refused = |error| vec![problems::of(&error, &grid, grid.units.first().map_or("", String::as_str))];
    let found = run(params.statistic, &input, params.monte_carlo.as_ref()).map_err(refused)?;
    write(&args.output, &found)
}

/// Expected counts: given, by population, by places' population, or by margins.
fn baselines(args: &Single, counts: &Matrix, spots: Option<&[Spot]>) -> Result<Matrix, Vec<Problem>> {
    if let Some(path) = &args.baselines {
        return matrix(path);
    }
    if let Some(path) = &args.population {
        return Ok(by_population(counts, &matrix(path)?));
    }
    let people: Vec<f64> = spots.unwrap_or(&[]).iter().map(|spot| spot.population).collect();
    let known = people.len() == counts.places && people.iter().all(|p| *p > 0.0);
    if known && args.method != Name::ScanPermutation {
        let values = (0..counts.rows()).flat_map(|_| people.iter().copied()).collect();
        return Ok(by_population(counts, &Matrix { places: counts.places, values }));
    }
    Ok(by_margins(counts))
}

/// A table of amounts.
fn matrix(path: &Path) -> Result<Matrix, Vec<Problem>> {
    Ok(Matrix::from_columns(&Grid::read(path, Cell::Amount)?.columns))
}

/// Places `location,x,y[,population]`.
fn places(path: &Path) -> Result<Vec<Spot>, Vec<Problem>> {
    let table = Table::read(path).map_err(|problem| vec![problem])?;
    let column = |name| table.column(name).map_err(|problem| vec![problem]);
    let (x, y) = (column("x")?, column("y")?);
    let population = table.column("population").ok();
    let cell = |row: usize, column: usize| match table.number(row, column) {
        Ok(Some(value)) if value.is_finite() => Ok(value),
        Ok(_) => Err(vec![Problem::new(&NOT_A_NUMBER, &[("value", &"")]).at(table.place(row, column))]),
        Err(problem) => Err(vec![problem]),
    };
    (0..table.rows.len())
        .map(|row| {
            let people = population.map_or(Ok(f64::NAN), |column| cell(row, column))?;
            Ok(Spot { x: cell(row, x)?, y: cell(row, y)?, population: people })
        })
        .collect()
}

/// Zones from a JSON file: a list, or an object with `zones`.
fn zone_file(path: &Path) -> Result<Vec<Vec<usize>>, Problem> {
    let file = path.display().to_string();
    let unreadable =
        |reason: &dyn std::fmt::Display| Problem::new(&FILE_UNREADABLE, &[("file", &file), ("reason", reason)]);
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(&error))?;
    let value: Value = serde_json::from_str(&text).map_err(|error| unreadable(&error))?;
    let listed = value.get("zones").unwrap_or(&value);
    zones(listed).ok_or_else(|| {
        let reason = "应为地点编号(从 1 数起)的列表的列表";
        Problem::new(&PARAMETER_INVALID, &[("name", &"zones"), ("value", &"…"), ("reason", &reason)])
            .at(Place { file: Some(file.clone()), ..Place::default() })
    })
}

/// Writes the windows and reports the best one's significance.
fn write(path: &Path, found: &Scan) -> Result<Report, Vec<Problem>> {
    let file = path.display().to_string();
    let unwritable =
        |error: std::io::Error| vec![Problem::new(&FILE_UNREADABLE, &[("file", &file), ("reason", &error)])];
    let mut out = BufWriter::new(std::fs::File::create(path).map_err(unwritable)?);
    let mut lines = || {
        writeln!(out, "zone,duration,score,relrisk_in,relrisk_out,pvalue,gumbel_pvalue")?;
        for window in &found.windows {
            let numbers = [window.score, window.inside, window.outside, window.pvalue, window.gumbel].map(number);
            writeln!(out, "{},{},{}", window.zone + 1, window.duration, numbers.join(","))?;
        }
        out.flush()
    };
    lines().map_err(unwritable)?;
    let mut report = Report::new();
    report.insert("windows".to_owned(), found.windows.len().into());
    if let Some(best) = found.windows.first() {
        report.insert("zone".to_owned(), (best.zone + 1).into());
        report.insert("duration".to_owned(), best.duration.into());
        report.insert("score".to_owned(), best.score.into());
    }
    if let Some(significance) = &found.significance {
        report.insert("n_mcsim".to_owned(), significance.replicates.into());
        report.insert("mc_pvalue".to_owned(), significance.p_value.into());
        report.insert("gumbel_pvalue".to_owned(), significance.gumbel_p.into());
        report.insert("recurrence_interval".to_owned(), significance.recurrence.into());
    }
    Ok(report)
}
