//! Verifying every chain and every seal of an installation.

use crate::{App, ports::Told, retention};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use yanpan_kernel::{
    entry::{Broken, Head, payload_hash, seal},
    problem::Problem,
};

/// Entries read at a time.
const PAGE: u32 = 10_000;

/// A place where the record does not stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChainFault {
    /// Entry number.
    pub entry: i64,
    /// What is wrong, in Chinese.
    pub reason: String,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Entries read.
    pub entries: usize,
    /// Chains read.
    pub chains: usize,
    /// Seals read.
    pub seals: usize,
    /// Entries not yet sealed.
    pub unsealed: usize,
    /// Payloads erased, with rule and date.
    pub erased: Vec<String>,
    /// Faults.
    pub faults: Vec<ChainFault>,
}

/// Reads all entries once, in order, and checks links, contents, payloads and seals.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn verify(app: &App) -> Result<Verification, Problem> {
    let reading = app.store.read().await?;
    let seals = reading.seals().await?;
    let mut found = Verification { seals: seals.len(), ..Verification::default() };
    let mut heads: HashMap<_, Head> = HashMap::new();
    let mut waiting = seals.into_iter().peekable();
    let mut hashes = Vec::new();
    let mut remains = Remains::default();
    let mut previous = [0; 32];
    let mut number = 0;
    loop {
        let page = reading.entries_after(number, PAGE).await?;
        let Some(last) = page.last() else { break };
        let after = last.entry.number;
        for told in page {
            if told.entry.number != number + 1 {
                found.fault(number + 1, Broken::Gap);
            }
            number = told.entry.number;
            let head = heads.entry(told.entry.statement.chain).or_default();
            if let Some(broken) = told.entry.fault(*head) {
                found.fault(number, broken);
            }
            *head = told.entry.head();
            found.payload(&told);
            remains.read(&told);
            found.entries += 1;
            hashes.push(told.entry.hash);
            if let Some(row) = waiting.next_if(|row| row.upto == number) {
                let computed = seal(previous, &hashes);
                if computed != row.hash {
                    found.fault(number, Broken::Seal);
                }
                previous = row.hash;
                hashes.clear();
            }
        }
        number = after;
    }
    if let Some(row) = waiting.next() {
        found.fault(row.upto, Broken::Seal);
    }
    for number in remains.broken() {
        found.fault(number, Broken::Payload);
    }
    found.chains = heads.len();
    found.unsealed = hashes.len();
    Ok(found)
}

/// What was left of erased payloads, beside what the entries of the erasures say was left.
#[derive(Default)]
struct Remains {
    found: BTreeMap<i64, String>,
    told: BTreeMap<i64, String>,
}

impl Remains {
    fn read(&mut self, told: &Told) {
        let said = &told.entry.statement;
        if told.payload.is_none() && told.erased.is_some() {
            let left = told.remainder.as_deref().unwrap_or_default();
            self.found.insert(told.entry.number, retention::remainder_hash(left));
        } else if (said.kind.as_str(), said.verb.as_str()) == (retention::RETENTION, retention::ERASE) {
            // A later erasure of the same entry left less; its word holds.
            let body = told.body().and_then(|body| serde_json::from_str::<retention::Told>(body).ok());
            self.told.extend(body.into_iter().flat_map(|body| body.entries));
        }
    }

    /// Erased entries whose rest is not what was told, or of whose erasure nothing was told.
    fn broken(&self) -> impl Iterator<Item = i64> {
        self.found.iter().filter(|(number, hash)| self.told.get(number) != Some(hash)).map(|(number, _)| *number)
    }
}

impl Verification {
    fn fault(&mut self, entry: i64, broken: Broken) {
        self.faults.push(ChainFault { entry, reason: broken.title().to_owned() });
    }

    fn payload(&mut self, told: &Told) {
        match (&told.payload, &told.erased) {
            (Some((salt, body)), _) if payload_hash(salt, body) != told.entry.payload_hash => {
                self.fault(told.entry.number, Broken::Payload);
            }
            (None, Some(rule)) => self.erased.push(format!("第{}条：{rule}", told.entry.number)),
            (None, None) => self.fault(told.entry.number, Broken::Payload),
            _ => {}
        }
    }
}
