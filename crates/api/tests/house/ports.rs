//! The ports behind the house: files in memory, sheets and documents as plain text, a clock that stands still.

use async_trait::async_trait;
use jiff::Timestamp;
use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};
use yanpan_app::ports::{
    Analysis, Backup, Cell, Clock, Documents, Drafts, Entropy, Figures, Files, MadePaper, PaperOrder, Progress,
    Provenance, Question, Rows, SheetFrame, SheetHints, SheetReading, SheetRow, SheetTarget, Sheets, Site, Store,
    Vault, Verified,
};
use yanpan_kernel::problem::{FILE_UNREADABLE, INTERNAL, Place, Problem};
use yanpan_packs::read::Folder;

/// What no test of this crate reaches.
pub struct Absent;

fn absent() -> Problem {
    Problem::new(&INTERNAL, &[("reference", &"absent")])
}

#[async_trait]
impl Analysis for Absent {
    async fn ask(&self, _: &Question) -> Result<Rows, Problem> {
        Err(absent())
    }
    async fn compact(&self) -> Result<(), Problem> {
        Err(absent())
    }
    async fn clear(&self) -> Result<(), Problem> {
        Err(absent())
    }
}

/// The data folder with the files of the house's own pack.
pub struct Own(pub Folder);

#[async_trait]
impl Site for Own {
    async fn pack(&self, _: &str) -> Result<Option<Folder>, Problem> {
        Ok(Some(self.0.clone()))
    }
    fn check(&self, files: &Folder) -> Vec<Problem> {
        yanpan_packs::read::folder(files).1
    }
    async fn backups(&self) -> Result<Vec<Backup>, Problem> {
        Ok(Vec::new())
    }
    async fn back_up(&self, _: &dyn Store, name: &str) -> Result<Backup, Problem> {
        Ok(Backup { name: name.to_owned(), at: 0, bytes: 0 })
    }
}

impl Vault for Absent {
    fn seal(&self, _: &str, _: [u8; 24]) -> Vec<u8> {
        Vec::new()
    }
    fn open(&self, _: &[u8]) -> Option<String> {
        None
    }
    fn mark(&self, _: &str) -> [u8; 32] {
        [0; 32]
    }
}

#[derive(Default)]
pub struct Memory(Mutex<HashMap<String, Vec<u8>>>);

#[async_trait]
impl Files for Memory {
    async fn put(&self, hash: &str, bytes: Vec<u8>) -> Result<(), Problem> {
        self.0.lock().unwrap().insert(hash.to_owned(), bytes);
        Ok(())
    }
    async fn get(&self, hash: &str) -> Result<Vec<u8>, Problem> {
        let found = self.0.lock().unwrap().get(hash).cloned();
        found.ok_or_else(|| Problem::new(&FILE_UNREADABLE, &[("file", &hash), ("reason", &"没有")]))
    }
    async fn remove(&self, hash: &str) -> Result<(), Problem> {
        self.0.lock().unwrap().remove(hash);
        Ok(())
    }
}

#[async_trait]
impl Drafts for Memory {
    async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), Problem> {
        Files::put(self, name, bytes).await
    }
    async fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Problem> {
        Ok(self.0.lock().unwrap().get(name).cloned())
    }
    async fn parts(&self) -> Result<Vec<String>, Problem> {
        Ok(self.0.lock().unwrap().keys().cloned().collect())
    }
    async fn remove(&self, name: &str) -> Result<(), Problem> {
        Files::remove(self, name).await
    }
}

/// Documents as the variables and template that they would be made of.
pub struct Plain;

impl Documents for Plain {
    fn make(&self, order: &PaperOrder, _: &dyn Figures) -> Result<MadePaper, Vec<Problem>> {
        let bytes = serde_json::to_vec(order).unwrap();
        let files = order.formats.iter().map(|format| (format.clone(), bytes.clone())).collect();
        Ok(MadePaper { files, ..MadePaper::default() })
    }
    fn provenance(&self, _: &[u8]) -> Result<Provenance, Problem> {
        let [document, pack, version, unit] = ["weekly", "estate", "1.0.0", "S1"].map(str::to_owned);
        let (period, tree_on) = ("2026-W41".to_owned(), "2026-10-08".to_owned());
        Ok(Provenance { document, pack, version, unit, period, tree_on, ..Provenance::default() })
    }
    fn verify(&self, _: &[u8], _: &dyn Figures) -> Result<Verified, Problem> {
        Ok(Verified { signed: true, ..Verified::default() })
    }
}

/// Sheets as lines of cells.
impl Sheets for Plain {
    fn read(
        &self,
        _: (&[u8], &str),
        _: (&SheetTarget, &SheetHints),
        _: &Progress,
        _: &mut dyn FnMut(SheetRow),
    ) -> Result<SheetReading, Problem> {
        Err(absent())
    }
    fn rejects(
        &self,
        _: (&[u8], &str),
        _: (&SheetTarget, &SheetHints),
        _: &[(Place, Vec<Problem>)],
    ) -> Result<Vec<u8>, Problem> {
        Err(absent())
    }
    fn write(
        &self,
        _: &str,
        target: &SheetTarget,
        _: &SheetFrame,
        rows: &mut dyn Iterator<Item = Vec<Cell>>,
    ) -> Result<Vec<u8>, Problem> {
        let headings: Vec<&str> = target.columns.iter().map(|column| column.title.as_str()).collect();
        let mut lines = vec![headings.join(",")];
        lines.extend(rows.map(|row| row.iter().map(text).collect::<Vec<_>>().join(",")));
        Ok(lines.join("\n").into_bytes())
    }
    fn fill(
        &self,
        _: (&[u8], &str),
        _: &SheetTarget,
        _: &SheetFrame,
        _: &mut dyn Iterator<Item = Vec<Cell>>,
    ) -> Result<Vec<u8>, Problem> {
        Err(absent())
    }
    fn template(&self, target: &SheetTarget) -> Result<Vec<u8>, Problem> {
        Ok(target.title.clone().into_bytes())
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Missing => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Integer(number) => number.to_string(),
        Cell::Decimal(digits, scale) => format!("{digits}e-{scale}"),
        Cell::Date(date) => date.to_string(),
    }
}

/// Noon of a day in the zone of the house, 8 October 2026 to begin with, a Thursday.
pub struct Noon(Mutex<Timestamp>);

impl Noon {
    pub fn set(&self, day: &str) {
        *self.0.lock().unwrap() = noon(day);
    }
}

impl Default for Noon {
    fn default() -> Self {
        Self(Mutex::new(noon("2026-10-08")))
    }
}

fn noon(day: &str) -> Timestamp {
    format!("{day}T04:00:00Z").parse().unwrap()
}

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Bytes that never come twice: the count of the call, and the place in it.
#[derive(Default)]
pub struct Counting(AtomicU64);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let call = self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let many = call.iter().rev().chain(&[0xA5]).cycle();
        bytes.iter_mut().zip(many).for_each(|(byte, next)| *byte = *next);
    }
}
