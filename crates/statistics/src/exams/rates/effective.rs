//! 有效分: where a cut of the total falls in each subject, and who is above both.

/// A subject under a cut of the total.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SubjectCut {
    /// Subject mean m_j over those present in all subjects.
    pub mean: f64,
    /// Cut m_j T₀ / P₁.
    pub cut: f64,
    /// Pupils at or above the subject's cut.
    pub above_subject: usize,
    /// 双上线: at or above the subject's cut and the total's.
    pub above_both: usize,
    /// Above the subject's cut only.
    pub subject_only: usize,
    /// Above the total's cut only.
    pub total_only: usize,
}

/// The cut of the total and what it means in each subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Effective {
    /// Pupils present in all subjects.
    pub n: usize,
    /// Mean total P₁ of those.
    pub mean_total: f64,
    /// Pupils at or above the cut of the total.
    pub above_total: usize,
    /// 临界: pupils whose total is within the margin below the cut.
    pub just_below: usize,
    /// 临界: pupils whose total is from the cut to the margin above it.
    pub just_above: usize,
    /// One line per subject.
    pub subjects: Vec<SubjectCut>,
}

/// Subject cuts m_j T₀ / P₁ for a cut T₀ of the total. Rows hold one score per subject, `None` where absent; only complete rows
/// count. `None` when there is no complete row or the mean total is not positive.
#[must_use]
pub fn effective(rows: &[Vec<Option<f64>>], total_cut: f64, margin: f64) -> Option<Effective> {
    let complete: Vec<Vec<f64>> = rows.iter().filter_map(|row| row.iter().copied().collect()).collect();
    let n = complete.len();
    let totals: Vec<f64> = complete.iter().map(|row| row.iter().sum()).collect();
    let mean_total = totals.iter().sum::<f64>() / n as f64;
    if n == 0 || mean_total.is_nan() || mean_total <= 0.0 {
        return None;
    }
    let count = |holds: &dyn Fn(f64) -> bool| totals.iter().filter(|total| holds(**total)).count();
    let width = complete.first().map_or(0, Vec::len);
    let subjects = (0..width).map(|subject| {
        let scores: Vec<f64> = complete.iter().filter_map(|row| row.get(subject).copied()).collect();
        let mean = scores.iter().sum::<f64>() / n as f64;
        let cut = mean * total_cut / mean_total;
        let mut line = SubjectCut { mean, cut, above_subject: 0, above_both: 0, subject_only: 0, total_only: 0 };
        for (score, total) in scores.iter().zip(&totals) {
            match (*score >= cut, *total >= total_cut) {
                (true, true) => line.above_both += 1,
                (true, false) => line.subject_only += 1,
                (false, true) => line.total_only += 1,
                (false, false) => {}
            }
        }
        line.above_subject = line.above_both + line.subject_only;
        line
    });
    Some(Effective {
        n,
        mean_total,
        above_total: count(&|total| total >= total_cut),
        just_below: count(&|total| total < total_cut && total >= total_cut - margin),
        just_above: count(&|total| total >= total_cut && total < total_cut + margin),
        subjects: subjects.collect(),
    })
}
