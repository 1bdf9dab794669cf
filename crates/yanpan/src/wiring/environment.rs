//! The real clock and the operating system's randomness: the one place that asks for them.

use jiff::{Timestamp, tz::TimeZone};
use std::sync::Arc;
use yanpan_app::ports::{Clock, Entropy, Environment};

/// The computer's clock.
#[derive(Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everyone else is given")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The operating system's randomness.
#[derive(Debug)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness there are no safe ids or passwords: better no program than a predictable one.
        if getrandom::fill(bytes).is_err() {
            std::process::abort();
        }
    }
}

/// The environment of a running program, in the installation's zone.
#[must_use]
pub fn environment() -> Environment {
    let zone = TimeZone::get("Asia/Shanghai").unwrap_or_else(|_| TimeZone::fixed(jiff::tz::offset(8)));
    Environment { clock: Arc::new(SystemClock), entropy: Arc::new(OsEntropy), zone }
}
