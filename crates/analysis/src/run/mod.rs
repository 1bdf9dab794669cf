//! Where a question is answered: a session that knows a few views and a closed list of functions, within limits.

mod answer;
mod lane;
mod session;

pub(crate) use lane::Lane;
pub(crate) use session::{Session, View};
