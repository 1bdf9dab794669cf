//! The installation as a whole: making it, verifying its chains, rebuilding its facts.

mod init;
mod rebuild;
mod verify;

pub use init::{DEMO_SETTING, Initialised, LOCAL_OPERATOR, init};
pub use rebuild::rebuild_facts;
pub use verify::{ChainFault, Verification, verify};
