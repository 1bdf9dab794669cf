//! Survey statistics: rates fair to small units, weights, tables, scales, trends and small-cell suppression.

pub mod disclosure;
pub mod distributions;
pub mod order;
pub mod rates;
pub mod scales;
pub mod tables;
pub mod trends;
pub mod weights;
