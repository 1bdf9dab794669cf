//! Which rows of the past belong to the baseline of a monitored point, and to which season level.

use super::dates::{Step, nearest_weekday, row_of, years_before};
use crate::detection::{DetectionError, Series};

/// Rows of the classic baseline, oldest year first; rows outside the series are left out.
pub(super) fn classic(series: Series<'_>, index: usize, years: usize, half_width: usize) -> Vec<usize> {
    let frequency = series.timeline.frequency;
    let width = half_width as i32;
    let mut rows = Vec::with_capacity(years * (2 * half_width + 1));
    for back in (1..=years).rev() {
        match &series.timeline.dates {
            None => {
                let centre = index as i64 - (frequency * back) as i64;
                let within = |row: &i64| *row >= 0;
                rows.extend(
                    (centre - i64::from(width)..=centre + i64::from(width)).filter(within).map(|row| row as usize),
                );
            }
            Some(dates) => {
                let step = Step::of_frequency(frequency);
                let Some(today) = dates.get(index) else { continue };
                let reference = i32::try_from(back).ok().and_then(|back| years_before(*today, back));
                let around = (-width..=width).filter_map(|steps| {
                    let date = step.shift(reference?, steps)?;
                    let date = if step == Step::Week { nearest_weekday(date, *today)? } else { date };
                    row_of(dates, Some(date))
                });
                rows.extend(around);
            }
        }
    }
    rows
}

/// Baseline rows with their season level (from 1; `periods` is the level of the windows and of the monitored point).
#[derive(Debug, Clone, Default)]
pub(super) struct Blocks {
    pub rows: Vec<usize>,
    pub levels: Vec<usize>,
}

/// How blocks are formed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub years: usize,
    pub half_width: usize,
    pub periods: usize,
    pub skipped: usize,
}

/// Rows and levels of the flexible baseline (Noufaily et al. 2013, §3.2; the division of JSS 70:10).
///
/// Where a gap is shorter than the number of its blocks, R's blocks overlap the next window; the default mode cuts it likewise.
///
/// # Errors
/// [`DetectionError::ReferenceMissing`] when a reference point is not in the series, [`DetectionError::TooManyPeriods`].
pub(super) fn blocks(series: Series<'_>, index: usize, layout: Layout) -> Result<Blocks, DetectionError> {
    let references = references(series, index, layout.years)?;
    let width = layout.half_width;
    let periods = layout.periods;
    let oldest = references.last().copied().unwrap_or(index);
    // one row before the first is row 0 of R, which it drops in silence
    let first =
        (oldest + 1).checked_sub(width).ok_or(DetectionError::ReferenceMissing { row: index })?.saturating_sub(1);
    let mut levels = vec![0; index + 1 - first];
    let mut paint = |from: usize, length: usize, level: usize| {
        let until = (from + length).saturating_sub(first).min(levels.len());
        let from = from.saturating_sub(first);
        if let Some(part) = levels.get_mut(from.min(until)..until) {
            part.fill(level);
        }
    };
    for pair in references.windows(2) {
        let (Some(later), Some(earlier)) = (pair.first(), pair.last()) else { continue };
        paint(earlier.saturating_sub(width), width + 1 + width.min(*earlier), periods);
        if periods > 1 {
            let gap = (later - earlier).saturating_sub(2 * width + 1);
            if gap < periods.saturating_sub(2 * width + 1) {
                return Err(DetectionError::TooManyPeriods { periods });
            }
            let (each, longer) = (gap / (periods - 1), gap % (periods - 1));
            let mut from = earlier + width + 1;
            for level in 1..periods {
                let length = each + usize::from(level <= longer);
                // a block without a row is R's from:(from − 1), which takes the rows on both sides
                if length == 0 {
                    paint(from - 1, 2, level)
                } else {
                    paint(from, length, level)
                }
                from += length;
            }
        }
    }
    paint(index - width.min(index), width + 1, periods);
    let kept = index.saturating_sub(layout.skipped);
    let chosen = levels.iter().enumerate().filter(|(at, level)| **level > 0 && first + at < kept);
    let (rows, levels) = chosen.map(|(at, level)| (first + at, *level)).unzip();
    Ok(Blocks { rows, levels })
}

/// Rows of the monitored point and of the same point 1, 2, … years earlier.
fn references(series: Series<'_>, index: usize, years: usize) -> Result<Vec<usize>, DetectionError> {
    let missing = DetectionError::ReferenceMissing { row: index };
    let mut rows = vec![index];
    for back in 1..=years {
        let row = match &series.timeline.dates {
            None => index.checked_sub(series.timeline.frequency * back),
            Some(dates) => {
                let weekly = Step::of_frequency(series.timeline.frequency) == Step::Week;
                let today = dates.get(index).copied().ok_or(missing.clone())?;
                let reference = i32::try_from(back).ok().and_then(|back| years_before(today, back));
                let reference =
                    if weekly { reference.and_then(|date| nearest_weekday(date, today)) } else { reference };
                row_of(dates, reference)
            }
        };
        rows.push(row.ok_or(missing.clone())?);
    }
    Ok(rows)
}
