//! Anderson mixing of the EM map (Walker & Ni 2011): the next point from the last few steps, β = 1.

use nalgebra::{DMatrix, DVector};

/// Steps remembered.
const MEMORY: usize = 8;

/// The last points and where the map took them.
#[derive(Default)]
pub(super) struct History {
    points: Vec<DVector<f64>>,
    images: Vec<DVector<f64>>,
}

impl History {
    pub fn clear(&mut self) {
        self.points.clear();
        self.images.clear();
    }

    pub fn push(&mut self, point: &[f64], image: &[f64]) {
        if self.points.len() > MEMORY {
            self.points.remove(0);
            self.images.remove(0);
        }
        self.points.push(DVector::from_column_slice(point));
        self.images.push(DVector::from_column_slice(image));
    }

    /// The mixed point; `None` until two steps are known or when they are dependent.
    pub fn mixed(&self) -> Option<Vec<f64>> {
        let (image, point) = (self.images.last()?, self.points.last()?);
        let residuals: Vec<DVector<f64>> = self.images.iter().zip(&self.points).map(|(f, x)| f - x).collect();
        let residual = image - point;
        let differences: Vec<DVector<f64>> =
            residuals.iter().zip(residuals.iter().skip(1)).map(|(before, after)| after - before).collect();
        if differences.is_empty() {
            return None;
        }
        let steps = DMatrix::from_columns(&differences);
        let image_steps: Vec<DVector<f64>> =
            self.images.iter().zip(self.images.iter().skip(1)).map(|(before, after)| after - before).collect();
        let decomposition = steps.svd(true, true);
        let largest = decomposition.singular_values.max();
        let weights = decomposition.solve(&residual, largest * 1e-7).ok()?;
        let mut next = image.clone();
        for (weight, step) in weights.iter().zip(&image_steps) {
            next -= step * *weight;
        }
        next.iter().all(|value| value.is_finite()).then(|| next.as_slice().to_vec())
    }
}
