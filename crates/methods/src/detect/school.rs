//! `--calendar`: judging on the school's own time axis and telling the answers on the table's.

use super::choose::Detector;
use super::counts::{Grid, Panel};
use crate::table::Table;
use std::collections::HashMap;
use std::path::Path;
use yanpan_kernel::problem::{METHOD_REFUSED, Place, Problem, VALUE_OUT_OF_RANGE};
use yanpan_statistics::detection::calendar::{Laid, SchoolDay, school_days, school_weeks};
use yanpan_statistics::detection::{
    DetectionError, Extra, Judgement, Mode, Monitored, Reason, Series, Timeline, Verdicts,
};

/// The school's time axis of a run.
#[derive(Debug, Clone)]
pub(super) struct School {
    laid: Laid,
    timeline: Timeline,
    /// New row of every row of the table; `None` on days without school.
    places: Vec<Option<usize>>,
}

/// Reads `date,year,week`, one row per school day: the school year and its week from 1, holidays not counted. Days that are not
/// listed are days without school.
///
/// # Errors
/// Unreadable cells, days listed twice or backwards, counts without dates.
pub(super) fn read(path: &Path, grid: &Grid, detector: &Detector) -> Result<School, Vec<Problem>> {
    let table = Table::read(path).map_err(|problem| vec![problem])?;
    let [date, year, week] = ["date", "year", "week"].map(|name| table.column(name).map_err(|problem| vec![problem]));
    let (date, year, week) = (date?, year?, week?);
    if grid.dates.is_empty() {
        let reason = "按校历判断需要计数表有 date 列";
        return Err(vec![Problem::new(&METHOD_REFUSED, &[("reason", &reason)]).at(grid.place())]);
    }
    let mut days: HashMap<jiff::civil::Date, SchoolDay> = HashMap::new();
    let mut problems = Vec::new();
    for row in 0..table.rows.len() {
        let number = |column| table.number(row, column).ok().flatten().filter(|x: &f64| x.fract() == 0.0);
        let text = table.rows.get(row).and_then(|cells| cells.get(date)).map_or("", String::as_str);
        let found = text.parse::<jiff::civil::Date>().ok().zip(number(year).zip(number(week)));
        match found {
            Some((date, (year, week))) if (1900.0..3000.0).contains(&year) && (1.0..=60.0).contains(&week) => {
                let weekday = date.weekday().to_monday_zero_offset() as u8;
                days.insert(date, SchoolDay { year: year as i32, week: week as u16, weekday });
            }
            _ => {
                let reason = "每行应为日期、学年(如 2025)、学年第几周(1–60)";
                let problem = Problem::new(&VALUE_OUT_OF_RANGE, &[("value", &text), ("reason", &reason)]);
                problems.push(problem.at(table.place(row, date)));
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let school: Vec<Option<SchoolDay>> = grid.dates.iter().map(|date| days.get(date).copied()).collect();
    lay(&school, detector).map_err(|error| vec![backwards(&error, grid)])
}

/// The axis that suits a detector.
fn lay(school: &[Option<SchoolDay>], detector: &Detector) -> Result<School, DetectionError> {
    let laid = if detector.looks_years_back() { school_weeks(school)? } else { school_days(school) };
    let mut places = vec![None; school.len()];
    for (at, row) in laid.rows.iter().enumerate() {
        if let Some(slot) = row.and_then(|row| places.get_mut(row)) {
            *slot = Some(at);
        }
    }
    let timeline = Timeline { frequency: laid.frequency, ..Timeline::default() };
    Ok(School { laid, timeline, places })
}

/// Two days of one slot as a problem at the later one.
fn backwards(error: &DetectionError, grid: &Grid) -> Problem {
    let row = match error {
        DetectionError::Shape { found, .. } => u32::try_from(found + 2).ok(),
        _ => None,
    };
    let reason = "校历里这一天的学年、周次不在前一个上学日之后";
    Problem::new(&METHOD_REFUSED, &[("reason", &reason)]).at(Place { row, ..grid.place() })
}

impl School {
    /// Judges a series on the school's axis.
    ///
    /// # Errors
    /// As the detector's.
    pub fn judge(
        &self,
        detector: &Detector,
        (counts, population): (&[f64], Option<&[f64]>),
        monitored: Monitored,
    ) -> Result<Verdicts, DetectionError> {
        let laid = self.laid.lay(counts);
        let people = population.map(|people| self.laid.lay(people));
        let series = Series::new(&laid, people.as_deref(), &self.timeline)?;
        let verdicts = detector.judge(series, self.range(monitored)?, Mode::Correct)?;
        Ok(self.back(&verdicts, counts, monitored))
    }

    /// The monitored rows on the school's axis.
    fn range(&self, monitored: Monitored) -> Result<Monitored, DetectionError> {
        let Monitored::Rows { from, to } = monitored else { return Ok(monitored) };
        let length = self.places.len();
        let outside = DetectionError::RangeOutside { from: from + 1, to: to + 1, length };
        let days = self.places.get(from..to.saturating_add(1)).ok_or(outside.clone())?;
        let first = days.iter().flatten().next().ok_or(outside.clone())?;
        let last = days.iter().rev().flatten().next().ok_or(outside)?;
        Ok(Monitored::Rows { from: *first, to: *last })
    }

    /// Answers at the rows of the table, days without school among them.
    fn back(&self, found: &Verdicts, counts: &[f64], monitored: Monitored) -> Verdicts {
        let first = found.points.first().and_then(|p| self.laid.rows.iter().skip(p.index).flatten().next()).copied();
        let (from, to) = match monitored {
            Monitored::Default => (first.unwrap_or(counts.len()), counts.len().saturating_sub(1)),
            Monitored::Rows { from, to } => (from, to),
        };
        let start = found.points.first().map_or(0, |point| point.index);
        let answer = |row: usize| self.places.get(row).copied().flatten().and_then(|at| at.checked_sub(start));
        let count = |row: usize| counts.get(row).copied().unwrap_or(f64::NAN);
        let point = |row: usize| match answer(row).and_then(|at| found.points.get(at)) {
            Some(point) => Judgement { index: row, ..*point },
            None => Judgement::undecided(row, count(row), Reason::NoSchool),
        };
        let value =
            |extra: &Extra, row: usize| answer(row).and_then(|at| extra.values.get(at)).copied().unwrap_or(f64::NAN);
        let extra =
            |extra: &Extra| Extra { name: extra.name, values: (from..=to).map(|row| value(extra, row)).collect() };
        Verdicts { points: (from..=to).map(point).collect(), extras: found.extras.iter().map(extra).collect() }
    }
}

/// Panels judged by a calendar have dates that no longer steer the reference points.
pub(super) fn of(
    path: Option<&Path>,
    panel: &Panel,
    (detector, mode): (&Detector, Mode),
) -> Result<Option<School>, Vec<Problem>> {
    let Some(path) = path else { return Ok(None) };
    if mode == Mode::R {
        let reason = "校历只用于默认方式,不能与 --compat r 同用";
        return Err(vec![Problem::new(&METHOD_REFUSED, &[("reason", &reason)])]);
    }
    read(path, &panel.grid, detector).map(Some)
}
