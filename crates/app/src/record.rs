//! Putting statements on their chains: the one place where entries are made.

use crate::ports::{Environment, Writing};
use std::collections::HashMap;
use yanpan_kernel::{
    entry::{Entry, Statement, chain, payload_hash},
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
    let now = environment.now_ms();
    let mut heads = HashMap::new();
    let mut rows = Vec::with_capacity(told.len());
    for (statement, body) in told {
        let key = statement.chain;
        let head = match heads.get(&key) {
            Some(head) => *head,
            None => writing.head(key).await?,
        };
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
