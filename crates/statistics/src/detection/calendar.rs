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

/// Keeps the school days of a series: the counts and, for each, its row in the full calendar. A row whose `school` is `None` is
/// no school day and takes part in nothing; NaN on a school day stays a missing report.
///
/// # Errors
/// [`DetectionError::Shape`] when counts and calendar differ in length.
pub fn school_days(counts: &[f64], school: &[Option<SchoolDay>]) -> Result<(Vec<f64>, Vec<usize>), DetectionError> {
    if counts.len() != school.len() {
        return Err(DetectionError::Shape { what: "calendar", expected: counts.len(), found: school.len() });
    }
    let kept = counts.iter().zip(school).enumerate().filter(|(_, (_, day))| day.is_some());
    Ok(kept.map(|(row, (count, _))| (*count, row)).unzip())
}

/// Rows of earlier school years at the same school week ± `weeks` and the same weekday as `row`, oldest first.
#[must_use]
pub fn aligned_rows(school: &[Option<SchoolDay>], row: usize, years: i32, weeks: u16) -> Vec<usize> {
    let Some(Some(today)) = school.get(row) else { return Vec::new() };
    let fits = |day: &SchoolDay| {
        let back = today.year - day.year;
        (1..=years).contains(&back) && day.weekday == today.weekday && day.week.abs_diff(today.week) <= weeks
    };
    let earlier = school.iter().enumerate().take(row);
    earlier.filter(|(_, day)| day.as_ref().is_some_and(fits)).map(|(at, _)| at).collect()
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

    #[test]
    fn the_same_school_week_and_weekday_of_earlier_years_are_aligned() {
        let day = |year, week, weekday| Some(SchoolDay { year, week, weekday });
        let school = [day(2023, 3, 0), day(2023, 3, 1), None, day(2024, 4, 0), day(2025, 3, 0)];
        assert_eq!(aligned_rows(&school, 4, 2, 1), [0, 3]);
        assert_eq!(aligned_rows(&school, 4, 2, 0), [0]);
        assert!(aligned_rows(&school, 2, 2, 1).is_empty());
    }

    #[test]
    fn holidays_leave_the_series_and_missing_reports_stay() {
        let day = Some(SchoolDay { year: 2025, week: 1, weekday: 0 });
        let (counts, rows) = school_days(&[1.0, 0.0, f64::NAN], &[day, None, day]).unwrap();
        assert_eq!(rows, [0, 2]);
        assert!(counts[1].is_nan());
    }

    #[test]
    fn a_full_triangle_gives_the_plain_shares() {
        let shares = reported_shares(&[vec![6.0, 3.0, 1.0], vec![12.0, 6.0, 2.0]]);
        assert!((shares[0] - 0.6).abs() < 1e-12 && (shares[1] - 0.9).abs() < 1e-12 && shares[2] == 1.0);
    }
}
