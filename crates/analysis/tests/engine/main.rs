//! The engine asked over a ledger in memory.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod scopes;
#[cfg(test)]
mod segments;
#[cfg(test)]
mod world;
