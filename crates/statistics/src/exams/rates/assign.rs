//! 赋分: grade scores by shares of the rank order and a linear map within each grade.

use crate::exams::Error;

/// One grade of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Grade {
    /// Name, for example A.
    pub name: String,
    /// Share of the pupils, best grade first; the shares add up to 1.
    pub share: f64,
    /// Highest grade score.
    pub high: f64,
    /// Lowest grade score.
    pub low: f64,
}

/// What a pupil gets.
#[derive(Debug, Clone, PartialEq)]
pub struct GradeScore {
    /// Position of the grade in the table.
    pub grade: usize,
    /// Grade score, rounded half up to a whole number.
    pub score: f64,
}

fn table(rows: &[(&str, f64, f64, f64)]) -> Vec<Grade> {
    let grade = |(name, share, high, low): &(&str, f64, f64, f64)| Grade {
        name: (*name).to_owned(),
        share: *share,
        high: *high,
        low: *low,
    };
    rows.iter().map(grade).collect()
}

/// The 3+1+2 table: A 15 %, B 35 %, C 35 %, D 13 %, E 2 %; 100–86, 85–71, 70–56, 55–41, 40–30.
#[must_use]
pub fn five_grades() -> Vec<Grade> {
    table(&[
        ("A", 0.15, 100.0, 86.0),
        ("B", 0.35, 85.0, 71.0),
        ("C", 0.35, 70.0, 56.0),
        ("D", 0.13, 55.0, 41.0),
        ("E", 0.02, 40.0, 30.0),
    ])
}

/// The eight-grade table: 3, 7, 16, 24, 24, 16, 7, 3 %; 100–91 down to 30–21.
#[must_use]
pub fn eight_grades() -> Vec<Grade> {
    table(&[
        ("A", 0.03, 100.0, 91.0),
        ("B+", 0.07, 90.0, 81.0),
        ("B", 0.16, 80.0, 71.0),
        ("C+", 0.24, 70.0, 61.0),
        ("C", 0.24, 60.0, 51.0),
        ("D+", 0.16, 50.0, 41.0),
        ("D", 0.07, 40.0, 31.0),
        ("E", 0.03, 30.0, 21.0),
    ])
}

/// Grade scores of `scores`, in their order. Equal scores get the same grade: the one the first of them reaches. Within a grade
/// with raw scores Y₁ to Y₂ and grade scores T₁ to T₂: (Y₂ − Y)/(Y − Y₁) = (T₂ − T)/(T − T₁); a single raw score gets T₂.
///
/// # Errors
/// [`Error::Parameter`] when the shares do not add up to 1, a grade's bounds are reversed or a score is not finite;
/// [`Error::TooFewPupils`] without scores.
pub fn assign(scores: &[f64], grades: &[Grade]) -> Result<Vec<GradeScore>, Error> {
    let total: f64 = grades.iter().map(|grade| grade.share).sum();
    let finite = grades.iter().all(|grade| (grade.share + grade.high + grade.low).is_finite());
    if !finite || (total - 1.0).abs() > 1e-6 || grades.iter().any(|grade| grade.share < 0.0) {
        return Err(Error::Parameter { name: "share", value: total, reason: "the shares add up to 1" });
    }
    if let Some(grade) = grades.iter().find(|grade| grade.high < grade.low) {
        return Err(Error::Parameter { name: "low", value: grade.low, reason: "not above high" });
    }
    if let Some(value) = scores.iter().find(|score| !score.is_finite()) {
        return Err(Error::Parameter { name: "score", value: *value, reason: "must be finite" });
    }
    if scores.is_empty() {
        return Err(Error::TooFewPupils { needed: 1, found: 0 });
    }
    let mut sorted = scores.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let of = |score: f64| {
        let above = sorted.partition_point(|other| *other > score) as f64 / sorted.len() as f64;
        let mut reached = 0.0;
        let place = grades.iter().position(|grade| {
            reached += grade.share;
            reached > above + 1e-12
        });
        place.unwrap_or(grades.len() - 1)
    };
    let mut ranges: Vec<Option<(f64, f64)>> = vec![None; grades.len()];
    for score in &sorted {
        if let Some(range) = ranges.get_mut(of(*score)) {
            let (low, high) = range.unwrap_or((*score, *score));
            *range = Some((low.min(*score), high.max(*score)));
        }
    }
    let one = |score: &f64| {
        let index = of(*score);
        let (grade, range) = grades.get(index).zip(ranges.get(index).copied().flatten())?;
        let (low, high) = range;
        let part = if high > low { (score - low) / (high - low) } else { 1.0 };
        Some(GradeScore { grade: index, score: (grade.low + part * (grade.high - grade.low) + 0.5).floor() })
    };
    let assigned: Option<Vec<GradeScore>> = scores.iter().map(one).collect();
    assigned.ok_or(Error::Numeric("a score fell outside the grades"))
}
