//! Putting statements on their chains: the one place where entries are made.

use crate::ports::{Environment, Writing};
use std::collections::{BTreeSet, HashMap};
use yanpan_kernel::{
    entry::{Chain, Entry, Head, Statement, chain, payload_hash},
    id::Id,
    problem::Problem,
};

/// Chains and appends statements with their JSON bodies, in order; returns them with their numbers.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn record(
    writing: &dyn Writing,
    environment: &Environment,
    told: Vec<(Statement, String)>,
) -> Result<Vec<Entry>, Problem> {
    record_with(writing, environment, &BTreeSet::new(), told).await
}

/// The same, where some of the chains are known to be new.
///
/// # Errors
/// As [`record`].
pub(crate) async fn record_with(
    writing: &dyn Writing,
    environment: &Environment,
    new: &BTreeSet<Id<Chain>>,
    told: Vec<(Statement, String)>,
) -> Result<Vec<Entry>, Problem> {
    let now = environment.now_ms();
    let chains: BTreeSet<Id<Chain>> = told.iter().map(|(statement, _)| statement.chain).collect();
    let chains: Vec<Id<Chain>> = chains.difference(new).copied().collect();
    let mut heads: HashMap<Id<Chain>, Head> = writing.heads(&chains).await?.into_iter().collect();
    let mut rows = Vec::with_capacity(told.len());
    for (statement, body) in told {
        let key = statement.chain;
        let head = heads.get(&key).copied().unwrap_or_default();
        let salt: [u8; 16] = environment.random();
        let entry = chain(head, statement, now, payload_hash(&salt, &body));
        heads.insert(key, entry.head());
        rows.push((entry, salt, body));
    }
    let first = if rows.is_empty() { 0 } else { writing.append(&rows).await? };
    Ok(rows
        .into_iter()
        .zip(first..)
        .map(|((mut entry, _, _), number)| {
            entry.number = number;
            entry
        })
        .collect())
}
