//! The table of counts, read row by row into one series per unit.

use super::params::Settings;
use jiff::civil::Date;
use std::path::Path;
use yanpan_kernel::problem::{
    COLUMN_MISSING, FILE_UNREADABLE, NOT_A_NUMBER, Place, Problem, TABLE_EMPTY, VALUE_OUT_OF_RANGE,
};
use yanpan_statistics::detection::{MAX_COUNT, Timeline};

/// Problems told before reading stops: a broken file should not fill the screen.
const MOST_PROBLEMS: usize = 100;

/// A numeric table `t[,date],<units…>`: one vector per unit, NaN for NA.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    pub file: String,
    pub units: Vec<String>,
    pub times: Vec<f64>,
    pub dates: Vec<Date>,
    pub columns: Vec<Vec<f64>>,
}

/// What a cell of a grid may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    /// A count.
    Count,
    /// A finite number, 0 or more.
    Amount,
}

/// Counts, populations and the time axis of a run.
#[derive(Debug, Clone)]
pub(super) struct Panel {
    pub grid: Grid,
    pub population: Option<Grid>,
    pub timeline: Timeline,
}

impl Panel {
    /// Reads counts and populations and checks that they belong together.
    ///
    /// # Errors
    /// Every unreadable or impossible cell, up to a hundred.
    pub fn read(input: &Path, population: Option<&Path>, settings: &Settings) -> Result<Self, Vec<Problem>> {
        let mut grid = Grid::read(input, Cell::Count)?;
        grid.select(&settings.units).map_err(|problem| vec![problem])?;
        let population = population
            .map(|path| {
                let mut population = Grid::read(path, Cell::Amount)?;
                population.select(&grid.units).map_err(|problem| vec![problem])?;
                population.fit(grid.times.len()).map_err(|problem| vec![problem])?;
                Ok::<_, Vec<Problem>>(population)
            })
            .transpose()?;
        if settings.dated && grid.dates.is_empty() {
            let place = Place { file: Some(grid.file.clone()), ..Place::default() };
            return Err(vec![Problem::new(&COLUMN_MISSING, &[("column", &"date")]).at(place)]);
        }
        let dates = settings.dated.then(|| grid.dates.clone());
        let timeline = Timeline { frequency: settings.frequency, start: settings.start, dates };
        Ok(Self { grid, population, timeline })
    }
}

impl Grid {
    /// Reads a grid row by row.
    ///
    /// # Errors
    /// Every bad cell, up to a hundred, each with its row and column.
    pub fn read(path: &Path, cell: Cell) -> Result<Self, Vec<Problem>> {
        let file = path.display().to_string();
        let unreadable = |reason: &dyn std::fmt::Display| {
            vec![Problem::new(&FILE_UNREADABLE, &[("file", &file), ("reason", reason)])]
        };
        let mut source =
            std::io::BufReader::with_capacity(1 << 20, std::fs::File::open(path).map_err(|e| unreadable(&e))?);
        skip_mark(&mut source);
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(source);
        let header: Vec<String> = reader.headers().map_err(|e| unreadable(&e))?.iter().map(str::to_owned).collect();
        let mut grid = Self { file: file.clone(), ..Self::default() };
        let roles = grid.roles(&header)?;
        let mut problems = Vec::new();
        let mut record = csv::StringRecord::new();
        let mut row = 0;
        loop {
            match reader.read_record(&mut record) {
                Ok(true) => grid.push(&record, (&header, &roles), cell, &mut problems),
                Ok(false) => break,
                Err(error) => {
                    problems.extend(unreadable(&error));
                    break;
                }
            }
            row += 1;
            if problems.len() >= MOST_PROBLEMS {
                break;
            }
        }
        if row == 0 {
            return Err(vec![Problem::new(&TABLE_EMPTY, &[("file", &file)])]);
        }
        if problems.is_empty() { Ok(grid) } else { Err(problems) }
    }

    /// What each column is; the units' columns are laid out.
    fn roles(&mut self, header: &[String]) -> Result<Vec<Role>, Vec<Problem>> {
        let mut roles = Vec::new();
        let mut problems = Vec::new();
        for name in header {
            roles.push(match name.as_str() {
                "t" => Role::Time,
                "date" => Role::Date,
                _ => {
                    if name.is_empty() || self.units.contains(name) {
                        let reason = "列名不能为空,也不能重复";
                        let problem = Problem::new(&VALUE_OUT_OF_RANGE, &[("value", name), ("reason", &reason)]);
                        let place = Place { row: Some(1), column: Some(name.clone()), ..self.place() };
                        problems.push(problem.at(place));
                    }
                    self.units.push(name.clone());
                    Role::Unit
                }
            });
        }
        let place = self.place();
        if !roles.contains(&Role::Time) {
            problems.push(Problem::new(&COLUMN_MISSING, &[("column", &"t")]).at(place.clone()));
        }
        if self.units.is_empty() {
            problems.push(Problem::new(&COLUMN_MISSING, &[("column", &"单位的计数")]).at(place));
        }
        self.columns = vec![Vec::new(); self.units.len()];
        if problems.is_empty() { Ok(roles) } else { Err(problems) }
    }

    /// Adds one row.
    fn push(
        &mut self,
        record: &csv::StringRecord,
        (header, roles): (&[String], &[Role]),
        cell: Cell,
        problems: &mut Vec<Problem>,
    ) {
        let row = self.times.len();
        let mut report = |problem: Problem, column: &str| {
            let row = u32::try_from(row + 2).ok();
            problems.push(problem.at(Place {
                file: Some(self.file.clone()),
                row,
                column: Some(column.to_owned()),
                ..Place::default()
            }));
        };
        if record.len() > header.len() {
            report(Problem::new(&NOT_A_NUMBER, &[("value", &record.get(header.len()).unwrap_or(""))]), "(多出的列)");
        }
        let mut columns = self.columns.iter_mut();
        for (place, (name, role)) in header.iter().zip(roles).enumerate() {
            let text = record.get(place).unwrap_or("");
            match role {
                Role::Time => match time(text, self.times.last().copied()) {
                    Ok(time) => self.times.push(time),
                    Err(problem) => {
                        report(problem, name);
                        self.times.push(text.parse().unwrap_or(self.times.last().map_or(1.0, |last| last + 1.0)));
                    }
                },
                Role::Date => match date(text, self.dates.last().copied()) {
                    Ok(date) => self.dates.push(date),
                    Err(problem) => report(problem, name),
                },
                Role::Unit => {
                    let value = value(text, cell).unwrap_or_else(|problem| {
                        report(problem, name);
                        f64::NAN
                    });
                    if let Some(column) = columns.next() {
                        column.push(value);
                    }
                }
            }
        }
    }

    /// Keeps the named units only, in the order named; none named keeps all.
    ///
    /// # Errors
    /// `COLUMN_MISSING` for the first unit that is not there.
    pub fn select(&mut self, units: &[String]) -> Result<(), Problem> {
        if units.is_empty() {
            return Ok(());
        }
        let mut chosen = Vec::with_capacity(units.len());
        for unit in units {
            let missing = || Problem::new(&COLUMN_MISSING, &[("column", unit)]).at(self.place());
            let place = self.units.iter().position(|name| name == unit).ok_or_else(missing)?;
            chosen.push(self.columns.get(place).cloned().unwrap_or_default());
        }
        self.units = units.to_vec();
        self.columns = chosen;
        Ok(())
    }

    /// Checks the number of rows against the counts'.
    ///
    /// # Errors
    /// `VALUE_OUT_OF_RANGE` with both numbers.
    pub fn fit(&self, rows: usize) -> Result<(), Problem> {
        if self.times.len() == rows {
            return Ok(());
        }
        let reason = format!("行数应与计数表相同,为 {rows}");
        Err(Problem::new(&VALUE_OUT_OF_RANGE, &[("value", &self.times.len()), ("reason", &reason)]).at(self.place()))
    }

    /// Place of the file.
    pub fn place(&self) -> Place {
        Place { file: Some(self.file.clone()), ..Place::default() }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Time,
    Date,
    Unit,
}

/// Leaves a byte-order mark behind.
fn skip_mark(source: &mut impl std::io::BufRead) {
    if source.fill_buf().is_ok_and(|bytes| bytes.starts_with(b"\xEF\xBB\xBF")) {
        source.consume(3);
    }
}

/// A time index, one above the last.
fn time(text: &str, last: Option<f64>) -> Result<f64, Problem> {
    let time: f64 = text.parse().map_err(|_| Problem::new(&NOT_A_NUMBER, &[("value", &text)]))?;
    let refused = |reason: &str| Problem::new(&VALUE_OUT_OF_RANGE, &[("value", &text), ("reason", &reason)]);
    if time.fract() != 0.0 || !time.is_finite() || time.abs() > 1e12 {
        return Err(refused("时间序号应为整数"));
    }
    match last {
        Some(last) if time == last => Err(refused("时间序号重复")),
        Some(last) if time < last => Err(refused("时间序号倒退")),
        Some(last) if time > last + 1.0 => Err(refused("时间序号中断:缺报请写 NA,不能删行")),
        _ => Ok(time),
    }
}

/// A date after the last.
fn date(text: &str, last: Option<Date>) -> Result<Date, Problem> {
    let refused = |reason: &str| Problem::new(&VALUE_OUT_OF_RANGE, &[("value", &text), ("reason", &reason)]);
    let date: Date = text.parse().map_err(|_| refused("应为日期,如 2026-09-01"))?;
    match last {
        Some(last) if date == last => Err(refused("日期重复")),
        Some(last) if date < last => Err(refused("日期倒退")),
        _ => Ok(date),
    }
}

/// A cell's value; NA and an empty cell are NaN.
fn value(text: &str, cell: Cell) -> Result<f64, Problem> {
    if text.is_empty() || text == "NA" {
        return Ok(f64::NAN);
    }
    let refused = |reason: &str| Problem::new(&VALUE_OUT_OF_RANGE, &[("value", &text), ("reason", &reason)]);
    let value: f64 = text.parse().map_err(|_| Problem::new(&NOT_A_NUMBER, &[("value", &text)]))?;
    if value.is_nan() {
        return Err(refused("缺报请写 NA 或留空"));
    }
    if value < 0.0 {
        return Err(refused("不能为负"));
    }
    if value > MAX_COUNT {
        return Err(refused("超过可接受的最大值 1000000000000"));
    }
    if cell == Cell::Count && value.fract() != 0.0 {
        return Err(refused("人数应为整数"));
    }
    Ok(value)
}
