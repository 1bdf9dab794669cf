//! Householder QR of a weighted design with LINPACK's limited column pivoting.

/// A column whose remaining length falls below this part of its first one is moved to the end and left out.
const RANK_TOLERANCE: f64 = 1e-11;

/// The triangular factor of √W·X with the order of its columns, and the reflections to apply to a response.
#[derive(Debug, Clone)]
pub(in super::super) struct Factor {
    /// Columns after factorisation: above and on the diagonal R, `reflectors` below.
    columns: Vec<Vec<f64>>,
    /// Householder vectors, one per rank.
    reflectors: Vec<Vec<f64>>,
    /// Column of the design at each place.
    order: Vec<usize>,
    rank: usize,
}

impl Factor {
    /// Factors √W·X, columns given separately.
    pub fn weighted(columns: &[Vec<f64>], weights: &[f64]) -> Self {
        let scale = |column: &Vec<f64>| column.iter().zip(weights).map(|(x, w)| x * w.sqrt()).collect();
        let work: Vec<Vec<f64>> = columns.iter().map(scale).collect();
        let lengths = work.iter().map(|column| norm(column, 0)).map(|l| if l == 0.0 { 1.0 } else { l }).collect();
        let rows = weights.len();
        let mut state = Self {
            rank: work.len().min(rows),
            order: (0..work.len()).collect(),
            columns: work,
            reflectors: Vec::new(),
        };
        state.factor(lengths);
        state
    }

    /// Reflects column after column; a column that the earlier ones explain goes to the end.
    fn factor(&mut self, mut lengths: Vec<f64>) {
        let mut place = 0;
        let mut usable = self.columns.len();
        while place < usable && place < self.rank {
            let short = |columns: &[Vec<f64>], lengths: &[f64]| match (columns.get(place), lengths.get(place)) {
                (Some(column), Some(length)) => norm(column, place) < length * RANK_TOLERANCE,
                _ => false,
            };
            if short(&self.columns, &lengths) {
                if let Some(tail) = self.columns.get_mut(place..) {
                    tail.rotate_left(1);
                }
                if let Some(tail) = self.order.get_mut(place..) {
                    tail.rotate_left(1);
                }
                if let Some(tail) = lengths.get_mut(place..) {
                    tail.rotate_left(1);
                }
                usable -= 1;
                continue;
            }
            let reflector = self.columns.get(place).map(|column| reflector(column, place)).unwrap_or_default();
            for column in self.columns.iter_mut().skip(place) {
                reflect(column, &reflector, place);
            }
            self.reflectors.push(reflector);
            place += 1;
        }
        self.rank = place;
    }

    /// Number of estimable columns.
    pub fn rank(&self) -> usize {
        self.rank
    }

    /// Weighted least squares for a response; coefficients in design order, NaN where aliased.
    pub fn solve(&self, weights: &[f64], response: &[f64]) -> Vec<f64> {
        let mut target: Vec<f64> = response.iter().zip(weights).map(|(z, w)| z * w.sqrt()).collect();
        for (place, reflector) in self.reflectors.iter().enumerate() {
            reflect(&mut target, reflector, place);
        }
        let mut found = vec![0.0; self.rank];
        for row in (0..self.rank).rev() {
            let known: f64 =
                found.iter().enumerate().skip(row + 1).map(|(column, value)| self.entry(row, column) * value).sum();
            let value = (target.get(row).copied().unwrap_or(f64::NAN) - known) / self.entry(row, row);
            if let Some(slot) = found.get_mut(row) {
                *slot = value;
            }
        }
        let mut coefficients = vec![f64::NAN; self.order.len()];
        for (column, value) in self.order.iter().zip(found) {
            if let Some(slot) = coefficients.get_mut(*column) {
                *slot = value;
            }
        }
        coefficients
    }

    /// x'(X'WX)⁻¹x over the estimable columns, through R'v = x.
    pub fn quadratic(&self, x: &[f64]) -> f64 {
        let mut v: Vec<f64> = Vec::with_capacity(self.rank);
        for row in 0..self.rank {
            let known: f64 = v.iter().enumerate().map(|(earlier, value)| self.entry(earlier, row) * value).sum();
            let wanted = self.order.get(row).and_then(|column| x.get(*column)).copied().unwrap_or(0.0);
            v.push((wanted - known) / self.entry(row, row));
        }
        v.iter().map(|value| value * value).sum()
    }

    /// Entry of R.
    fn entry(&self, row: usize, column: usize) -> f64 {
        self.columns.get(column).and_then(|c| c.get(row)).copied().unwrap_or(0.0)
    }
}

/// Euclidean length of a column from a row on.
fn norm(column: &[f64], from: usize) -> f64 {
    column.iter().skip(from).map(|x| x * x).sum::<f64>().sqrt()
}

/// Unit Householder vector that sends the column's rest onto its first entry.
fn reflector(column: &[f64], from: usize) -> Vec<f64> {
    let mut v: Vec<f64> = column.iter().skip(from).copied().collect();
    let length = norm(&v, 0);
    if let Some(first) = v.first_mut() {
        *first += if *first < 0.0 { -length } else { length };
    }
    let scale = norm(&v, 0);
    if scale > 0.0 {
        v.iter_mut().for_each(|x| *x /= scale);
    }
    v
}

/// Applies I − 2vv' to a column from a row on.
fn reflect(column: &mut [f64], v: &[f64], from: usize) {
    let Some(rest) = column.get_mut(from..) else { return };
    let along: f64 = 2.0 * rest.iter().zip(v).map(|(x, v)| x * v).sum::<f64>();
    for (x, v) in rest.iter_mut().zip(v) {
        *x -= along * v;
    }
}
