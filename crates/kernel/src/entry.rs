//! Entry 记录: an append-only line of a ledger, hash-chained, so that nothing is edited unseen.
//!
//! An entry holds ids, states and the salted hash of its payload. Personal values lie in the payload, which retention may
//! erase together with its salt; the chain still verifies afterwards.

use crate::{
    id::Id,
    person::{Account, Grant},
    unit::Unit,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a chain belongs to: a case, a unit, an account, a round; its id is the id of that thing.
#[derive(Debug)]
pub enum Chain {}

/// SHA-256 output.
pub type Hash = [u8; 32];

/// What an entry says, before it has a place in its chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The thing it tells of.
    pub chain: Id<Chain>,
    /// What kind of thing that is: a case key, `unit`, `account`, `round`, ….
    pub kind: String,
    /// What was done.
    pub verb: String,
    /// The unit that it concerns.
    pub unit: Option<Id<Unit>>,
    /// Who did it.
    pub actor: Id<Account>,
    /// Under which grant; `None` for the installation's own jobs and for acts on one's own account.
    pub grant: Option<Id<Grant>>,
    /// Business date.
    pub happened_on: Date,
    /// State before, for things that have states.
    pub from: Option<String>,
    /// State after.
    pub to: Option<String>,
}

/// An entry in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Number over the whole installation, ascending in commit order; 0 until it is stored.
    pub number: i64,
    /// What it says.
    pub statement: Statement,
    /// Position in its chain, from 1.
    pub sequence: i64,
    /// When the server took it, in Unix milliseconds.
    pub recorded_at: i64,
    /// Salted hash of the payload.
    pub payload_hash: Hash,
    /// Hash of the entry before it in the chain; zeroes for the first.
    pub previous: Hash,
    /// Hash of this entry.
    pub hash: Hash,
}

/// The head of a chain: what the next entry stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Head {
    /// Entries so far.
    pub sequence: i64,
    /// Hash of the last one.
    pub hash: Hash,
}

/// Salted SHA-256 of a payload.
#[must_use]
pub fn payload_hash(salt: &[u8; 16], body: &str) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(body.as_bytes());
    hasher.finalize().into()
}

/// Puts a statement on its chain.
#[must_use]
pub fn chain(head: Head, statement: Statement, recorded_at: i64, payload_hash: Hash) -> Entry {
    let mut entry = Entry {
        number: 0,
        statement,
        sequence: head.sequence + 1,
        recorded_at,
        payload_hash,
        previous: head.hash,
        hash: [0; 32],
    };
    entry.hash = entry.computed_hash();
    entry
}

impl Entry {
    /// The hash that its content gives: each part with its length before it, so that no two contents read alike.
    #[must_use]
    pub fn computed_hash(&self) -> Hash {
        let said = &self.statement;
        let mut hasher = Sha256::new();
        let mut put = |bytes: &[u8]| {
            hasher.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(bytes);
        };
        put(&self.previous);
        put(said.chain.uuid().as_bytes());
        put(&self.sequence.to_be_bytes());
        put(said.kind.as_bytes());
        put(said.verb.as_bytes());
        put(said.unit.map(|unit| unit.uuid().into_bytes()).as_ref().map_or(&[][..], |bytes| &bytes[..]));
        put(said.actor.uuid().as_bytes());
        put(said.grant.map(|grant| grant.uuid().into_bytes()).as_ref().map_or(&[][..], |bytes| &bytes[..]));
        put(said.happened_on.to_string().as_bytes());
        put(said.from.as_deref().unwrap_or_default().as_bytes());
        put(said.to.as_deref().unwrap_or_default().as_bytes());
        put(&self.recorded_at.to_be_bytes());
        put(&self.payload_hash);
        hasher.finalize().into()
    }

    /// The head after this entry.
    #[must_use]
    pub const fn head(&self) -> Head {
        Head { sequence: self.sequence, hash: self.hash }
    }

    /// What breaks the chain here, if `head` is what stood before.
    #[must_use]
    pub fn fault(&self, head: Head) -> Option<Broken> {
        if self.sequence != head.sequence + 1 {
            Some(Broken::Gap)
        } else if self.previous != head.hash {
            Some(Broken::Link)
        } else if self.hash != self.computed_hash() {
            Some(Broken::Content)
        } else {
            None
        }
    }
}

/// Why a chain does not verify.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// An entry is missing or doubled.
    Gap,
    /// It does not stand on the entry before it.
    Link,
    /// Its content was changed.
    Content,
    /// Its payload was changed.
    Payload,
    /// It disagrees with a seal of the installation.
    Seal,
}

impl Broken {
    /// Chinese words for it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Gap => "缺少或重复了记录",
            Self::Link => "与上一条记录不相接",
            Self::Content => "记录内容被改动",
            Self::Payload => "记录所附内容被改动",
            Self::Seal => "与封存不符",
        }
    }
}

/// The seal over all entries up to a number: the hash of the seal before and of every entry hash since.
#[must_use]
pub fn seal(previous: Hash, hashes: &[Hash]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    for hash in hashes {
        hasher.update(hash);
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn statement(verb: &str) -> Statement {
        Statement {
            chain: Id::from_parts(1, [1; 10]),
            kind: "hazard".to_owned(),
            verb: verb.to_owned(),
            unit: Some(Id::from_parts(2, [2; 10])),
            actor: Id::from_parts(3, [3; 10]),
            grant: None,
            happened_on: date(2026, 10, 8),
            from: None,
            to: Some("registered".to_owned()),
        }
    }

    #[test]
    fn a_chain_of_two_verifies() {
        let first = chain(Head::default(), statement("register"), 10, payload_hash(&[7; 16], "{}"));
        let second = chain(first.head(), statement("grade"), 20, payload_hash(&[8; 16], "{}"));
        assert_eq!(first.fault(Head::default()), None);
        assert_eq!(second.fault(first.head()), None);
        assert_eq!(second.fault(Head::default()), Some(Broken::Gap));
    }

    #[test]
    fn the_salt_decides_the_payload_hash() {
        assert_ne!(payload_hash(&[1; 16], "张三"), payload_hash(&[2; 16], "张三"));
    }

    proptest! {
        #[test]
        fn any_change_of_an_entry_is_seen(verb in "[a-z]{1,8}", at in 1i64..1_000_000, byte in 0usize..32) {
            let entry = chain(Head::default(), statement("register"), 0, [0; 32]);
            let mut changed = entry.clone();
            changed.statement.verb.clone_from(&verb);
            prop_assert_eq!(changed.fault(Head::default()).is_some(), verb != "register");
            let mut changed = entry.clone();
            changed.recorded_at = at;
            prop_assert_eq!(changed.fault(Head::default()), Some(Broken::Content));
            let mut changed = entry;
            changed.payload_hash[byte] ^= 1;
            prop_assert_eq!(changed.fault(Head::default()), Some(Broken::Content));
        }
    }
}
