//! Time, randomness and the installation's zone, passed in so that tests and the demo can set them.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::sync::Arc;
use yanpan_kernel::id::Id;

/// Source of the current time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Source of random bytes.
pub trait Entropy: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, bytes: &mut [u8]);
}

/// The three together.
#[derive(Clone)]
pub struct Environment {
    /// Clock.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Zone of civil dates.
    pub zone: TimeZone,
}

impl Environment {
    /// Now in Unix milliseconds.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.clock.now().as_millisecond()
    }

    /// Today in the installation's zone.
    #[must_use]
    pub fn today(&self) -> Date {
        self.date_of(self.now_ms())
    }

    /// The civil date of a time in Unix milliseconds.
    #[must_use]
    pub fn date_of(&self, unix_ms: i64) -> Date {
        let at = Timestamp::from_millisecond(unix_ms).unwrap_or_else(|_| self.clock.now());
        at.to_zoned_datetime(self.zone.clone()).date()
    }

    /// The first millisecond of a civil date; nothing for a date beyond what times can say.
    #[must_use]
    pub fn start_of(&self, date: Date) -> Option<i64> {
        self.zone.to_timestamp(date.at(0, 0, 0, 0)).ok().map(Timestamp::as_millisecond)
    }

    /// A new id.
    #[must_use]
    pub fn id<T>(&self) -> Id<T> {
        let mut random = [0; 10];
        self.entropy.fill(&mut random);
        Id::from_parts(u64::try_from(self.now_ms()).unwrap_or_default(), random)
    }

    /// Random bytes.
    #[must_use]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Environment").field("zone", &self.zone).finish_non_exhaustive()
    }
}
