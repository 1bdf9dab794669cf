//! `yanpan survey`, `index` and `trend` through the command line: golden cases and bad input.

#[cfg(test)]
mod bytes;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod index;
#[cfg(test)]
mod line;
#[cfg(test)]
mod rake;
#[cfg(test)]
mod rates;
#[cfg(test)]
mod scales;
#[cfg(test)]
mod suppress;
#[cfg(test)]
mod trend;
