//! School calendars: non-school days out, years aligned by school week and weekday, and counts corrected for late reports.

use super::DetectionError;
use crate::distributions::CountLaw;

/// A school day: which year, week of the school year (from 1) and weekday (0 = Monday) it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SchoolDay {
    /// School year, by the year it begins in.
    pub year: i32,
    /// Week of the school year, from 1, holidays not counted.
    pub week: u16,
    /// Weekday, 0 = Monday.
    pub weekday: u8,
}

/// A series on another time axis, and where its rows were before.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Laid {
    /// For each new row the row of the calendar it holds; `None` for a slot that no school day fills.
    pub rows: Vec<Option<usize>>,
    /// New rows a year.
    pub frequency: usize,
}

impl Laid {
    /// Values on the new axis; empty slots are missing.
    #[must_use]
    pub fn lay(&self, values: &[f64]) -> Vec<f64> {
        self.rows.iter().map(|row| row.and_then(|row| values.get(row)).copied().unwrap_or(f64::NAN)).collect()
    }
}

/// School days only, one after the other: for charts whose baseline is the latest days. A year has as many rows as the fullest
/// year of the calendar.
#[must_use]
pub fn school_days(school: &[Option<SchoolDay>]) -> Laid {
    let rows: Vec<Option<usize>> =
        (0..school.len()).filter(|row| school.get(*row).is_some_and(Option::is_some)).map(Some).collect();
    let mut years: Vec<i32> = school.iter().flatten().map(|day| day.year).collect();
    years.sort_unstable();
    let frequency = years.chunk_by(|a, b| a == b).map(<[i32]>::len).max().unwrap_or(1);
    Laid { rows, frequency }
}

/// A slot for every weekday of every school week, so that the same week and weekday of the year before lies exactly one year of
/// rows back: for methods that compare with earlier years. Days off leave their slot empty.
///
/// # Errors
/// [`DetectionError::Shape`] when two days claim one slot or a later day an earlier slot: `expected` and `found` are their rows.
pub fn school_weeks(school: &[Option<SchoolDay>]) -> Result<Laid, DetectionError> {
    let days = || school.iter().enumerate().filter_map(|(row, day)| day.map(|day| (row, day)));
    let weeks = days().map(|(_, day)| usize::from(day.week)).max().unwrap_or(1);
    let weekdays = days().map(|(_, day)| usize::from(day.weekday) + 1).max().unwrap_or(5);
    let frequency = weeks * weekdays;
    let first_year = days().map(|(_, day)| day.year).min().unwrap_or(0);
    let slot = |day: &SchoolDay| {
        let years = usize::try_from(day.year - first_year).unwrap_or(0);
        years * frequency + usize::from(day.week).saturating_sub(1) * weekdays + usize::from(day.weekday)
    };
    let first = days().map(|(_, day)| slot(&day)).min().unwrap_or(0);
    let mut rows: Vec<Option<usize>> = Vec::new();
    for (row, day) in days() {
        let at = slot(&day) - first;
        if at < rows.len() {
            let earlier = rows.iter().rev().flatten().next().copied().unwrap_or(0);
            return Err(DetectionError::Shape { what: "calendar", expected: earlier, found: row });
        }
        rows.resize(at, None);
        rows.push(Some(row));
    }
    Ok(Laid { rows, frequency })
}

/// Shares of a day's final count that are known after 0, 1, 2, … days, by the reverse-hazard (chain-ladder) estimate.
///
/// `triangle[d][j]` is what was reported on day d with delay j; NaN where not yet known. Source: Lawless 1994 (Can J Stat
/// 22:15). The last share is 1.
#[must_use]
pub fn reported_shares(triangle: &[Vec<f64>]) -> Vec<f64> {
    let delays = triangle.iter().map(Vec::len).max().unwrap_or(0);
    let mut shares = vec![1.0; delays];
    let mut known = 1.0;
    for delay in (1..delays).rev() {
        let complete =
            triangle.iter().filter_map(|row| row.get(..=delay)).filter(|row| row.iter().all(|y| !y.is_nan()));
        let (fresh, all) = complete.fold((0.0, 0.0), |(fresh, all), row| {
            (fresh + row.last().copied().unwrap_or(0.0), all + row.iter().sum::<f64>())
        });
        if all > 0.0 {
            known *= 1.0 - fresh / all;
        }
        if let Some(share) = shares.get_mut(delay - 1) {
            *share = known;
        }
    }
    shares
}

/// Law of a day's final count when `known` cases are reported and a share of them is expected to be in by now: what is known plus
/// a negative binomial remainder (flat prior). Mean `known / share`; share 1 gives the count itself.
#[must_use]
pub fn nowcast(known: f64, share: f64) -> (f64, CountLaw) {
    let size = known + 1.0;
    let mean = if share > 0.0 { size * (1.0 - share) / share } else { f64::NAN };
    (known, CountLaw::NegativeBinomial { size, mean })
}

#[cfg(test)]
mod tests {
    //! Rules of the school calendar.

    use super::*;

    fn day(year: i32, week: u16, weekday: u8) -> Option<SchoolDay> {
        Some(SchoolDay { year, week, weekday })
    }

    #[test]
    fn the_same_week_and_weekday_of_the_year_before_lie_one_year_of_rows_back() {
        let school = [day(2024, 1, 0), day(2024, 1, 1), None, day(2024, 2, 4), day(2025, 1, 0), day(2025, 2, 4)];
        let laid = school_weeks(&school).unwrap();
        let at = |row: usize| laid.rows.iter().position(|r| *r == Some(row)).unwrap();
        assert_eq!((at(4) - at(0), at(5) - at(3)), (laid.frequency, laid.frequency));
        assert_eq!(laid.frequency, 10);
        assert!(laid.lay(&[1.0, 2.0, 9.0, 3.0, 4.0, 5.0])[2].is_nan());
    }

    #[test]
    fn a_day_that_goes_back_in_the_calendar_is_refused() {
        assert!(school_weeks(&[day(2024, 2, 0), day(2024, 1, 0)]).is_err());
        assert!(school_weeks(&[day(2024, 2, 0), day(2024, 2, 0)]).is_err());
    }

    #[test]
    fn holidays_leave_the_series_and_missing_reports_stay() {
        let laid = school_days(&[day(2025, 1, 0), None, day(2025, 1, 2)]);
        assert_eq!(laid.rows, [Some(0), Some(2)]);
        let counts = laid.lay(&[1.0, 0.0, f64::NAN]);
        assert!(counts[0] == 1.0 && counts[1].is_nan());
    }

    #[test]
    fn a_full_triangle_gives_the_plain_shares() {
        let shares = reported_shares(&[vec![6.0, 3.0, 1.0], vec![12.0, 6.0, 2.0]]);
        assert!((shares[0] - 0.6).abs() < 1e-12 && (shares[1] - 0.9).abs() < 1e-12 && shares[2] == 1.0);
    }
}
