//! The installation as a whole: making it, verifying its chains, rebuilding its facts, how it stands.

mod backup;
mod init;
mod pack;
mod rebuild;
mod setting;
mod status;
mod verify;

pub use backup::back_up;
pub use init::{DEMO_SETTING, Initialised, LOCAL_OPERATOR, init};
pub use pack::{PackFile, PackFiles, check_pack, pack_files};
pub use rebuild::rebuild_facts;
pub use setting::set_small_cells;
pub use status::{PackStatus, Sealed, Status, status};
pub use verify::{ChainFault, Verification, verify};
