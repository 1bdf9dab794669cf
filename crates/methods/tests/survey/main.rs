//! `yanpan survey`, `index` and `trend` through the command line: golden cases and bad input.

mod golden;
mod index;
mod line;
mod rake;
mod rates;
mod scales;
mod trend;
