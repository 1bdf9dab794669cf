//! The packs of an installation, every version that a case or report may still stand on.

use crate::pack::{Ledger, Pack, Paper};
use std::{collections::BTreeMap, sync::Arc};
use yanpan_kernel::{case, indicator, round};

/// Packs by key and version.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    packs: BTreeMap<String, Vec<Arc<Pack>>>,
}

impl Shelf {
    /// A shelf with these packs; of each key the last version given is the present one.
    #[must_use]
    pub fn new(packs: Vec<Pack>) -> Self {
        let mut shelf = Self::default();
        for pack in packs {
            shelf.packs.entry(pack.key.clone()).or_default().push(Arc::new(pack));
        }
        shelf
    }

    /// The present version of each pack.
    pub fn present(&self) -> impl Iterator<Item = &Arc<Pack>> {
        self.packs.values().filter_map(|versions| versions.last())
    }

    /// Every version of every pack, of each key the oldest first.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Pack>> {
        self.packs.values().flatten()
    }

    /// The present version of a pack.
    #[must_use]
    pub fn pack(&self, key: &str) -> Option<&Arc<Pack>> {
        self.packs.get(key)?.last()
    }

    /// An indicator of a present pack.
    #[must_use]
    pub fn indicator(&self, key: &str) -> Option<(&Arc<Pack>, &indicator::Definition)> {
        self.present().find_map(|pack| pack.indicators.get(key).map(|indicator| (pack, indicator)))
    }

    /// A version of a pack.
    #[must_use]
    pub fn version(&self, key: &str, version: &str) -> Option<&Arc<Pack>> {
        self.packs.get(key)?.iter().find(|pack| pack.version == version)
    }

    /// The present pack of a case kind.
    #[must_use]
    pub fn of_case(&self, kind: &str) -> Option<&Arc<Pack>> {
        self.present().find(|pack| pack.cases.contains_key(kind))
    }

    /// The pack and definition that a case pinned; the present one when that version is no longer kept.
    #[must_use]
    pub fn case(&self, kind: &str, version: &str) -> Option<(&Arc<Pack>, &case::Definition)> {
        let present = self.of_case(kind)?;
        let pack = self.version(&present.key, version).unwrap_or(present);
        pack.cases.get(kind).map(|definition| (pack, definition))
    }

    /// All case kinds with their present packs.
    pub fn cases(&self) -> impl Iterator<Item = (&Arc<Pack>, &case::Definition)> {
        self.present().flat_map(|pack| pack.cases.values().map(move |definition| (pack, definition)))
    }

    /// All rounds with their present packs.
    pub fn rounds(&self) -> impl Iterator<Item = (&Arc<Pack>, &round::Definition)> {
        self.present().flat_map(|pack| pack.rounds.values().map(move |definition| (pack, definition)))
    }

    /// Keys of all ledgers.
    pub fn ledgers(&self) -> impl Iterator<Item = &str> {
        self.present().flat_map(|pack| pack.ledgers.keys().map(String::as_str))
    }

    /// A ledger.
    #[must_use]
    pub fn ledger(&self, key: &str) -> Option<(&Arc<Pack>, &Ledger)> {
        self.present().find_map(|pack| pack.ledgers.get(key).map(|ledger| (pack, ledger)))
    }

    /// A document.
    #[must_use]
    pub fn paper(&self, key: &str) -> Option<(&Arc<Pack>, &Paper)> {
        self.present().find_map(|pack| pack.documents.get(key).map(|paper| (pack, paper)))
    }

    /// All documents.
    pub fn papers(&self) -> impl Iterator<Item = (&Arc<Pack>, &Paper)> {
        self.present().flat_map(|pack| pack.documents.values().map(move |paper| (pack, paper)))
    }
}
