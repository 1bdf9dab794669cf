//! Expected counts where none are given: by population, or by the margins of the table.

use super::Matrix;

/// pop(t, i)·N / (T·Σᵢ pop(t, i)): every row expects the same total, shared by population.
#[must_use]
pub fn by_population(counts: &Matrix, population: &Matrix) -> Matrix {
    let share = counts.total() / counts.rows().max(1) as f64;
    let rows = population.values.chunks_exact(population.places.max(1));
    let values = rows.flat_map(|row| {
        let sum: f64 = row.iter().sum();
        row.iter().map(move |p| p * share / sum)
    });
    Matrix { places: counts.places, values: values.collect() }
}

/// row sum × column sum / N: what independence of time and place expects. All zero when there is no case.
#[must_use]
pub fn by_margins(counts: &Matrix) -> Matrix {
    let total = counts.total().max(f64::MIN_POSITIVE);
    let mut columns = vec![0.0; counts.places];
    let rows = || counts.values.chunks_exact(counts.places.max(1));
    for row in rows() {
        for (sum, value) in columns.iter_mut().zip(row) {
            *sum += value;
        }
    }
    let values = rows().flat_map(|row| {
        let sum: f64 = row.iter().sum();
        columns.iter().map(move |column| sum * column / total).collect::<Vec<f64>>()
    });
    Matrix { places: counts.places, values: values.collect() }
}
