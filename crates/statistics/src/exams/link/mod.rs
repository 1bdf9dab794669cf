//! Linking two papers over common items, so that a trend means something: θ_base = A θ_new + B.
//!
//! Source: Marco 1977 (mean–sigma), Loyd & Hoover 1980 (mean–mean), Haebara 1980, Stocking & Lord 1983; drift by the robust z
//! of Huynh & Meyer 2010 and the weighted distance of the curves.

mod constants;
mod criterion;
mod drift;

pub use constants::{Constants, Linked, Method, link};
pub use drift::{Drift, drift};

use super::irt::{Item, Model};

/// A common item as estimated on either paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// On the base paper.
    pub base: Item,
    /// On the new paper.
    pub new: Item,
}

impl Constants {
    /// An item of the new paper on the base scale: a/A, d_k − k a B/A (the graded model: d_k − a B/A).
    #[must_use]
    pub fn apply(&self, item: &Item) -> Item {
        let slope = item.slope() / self.slope;
        let shift = slope * self.shift;
        let cumulative = matches!(item.model, Model::Pcm | Model::Gpcm);
        let intercepts = (1_u32..).zip(item.intercepts()).map(|(step, d)| {
            let times = if cumulative { f64::from(step) } else { 1.0 };
            d - times * shift
        });
        let mut parameters = vec![slope];
        parameters.extend(intercepts);
        if item.model == Model::ThreePl {
            parameters.extend(item.parameters.get(2));
        }
        // A fixed slope of 1 is no longer 1 on the base scale.
        let model = match item.model {
            Model::Rasch => Model::TwoPl,
            Model::Pcm => Model::Gpcm,
            other => other,
        };
        Item { model, categories: item.categories, parameters }
    }
}

#[cfg(test)]
mod tests;
