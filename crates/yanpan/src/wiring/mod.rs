//! Wiring: the ports of the use cases put onto the adapters.

mod documents;
mod drafts;
mod environment;
mod files;
mod open;
mod packs;
mod pages;
mod sheets;
mod site;
mod vault;

pub use documents::{PaperPress, check_papers};
pub use drafts::FolderDrafts;
pub use environment::{OsEntropy, SystemClock, environment};
pub use files::FolderFiles;
pub use open::{Installation, Opening, open, schemas};
pub use packs::{shelf, shipped};
pub use pages::pages;
pub use sheets::Workbooks;
pub use site::{DataFolder, copy_beside};
pub use vault::KeyVault;
