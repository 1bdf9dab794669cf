//! A clock that is set and a source of numbers that repeats: a demo is the same for the same day and seed.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use yanpan_app::ports::{Clock, Entropy};

/// A clock that stands where it was set and moves a millisecond with each look.
#[derive(Debug)]
pub struct SetClock(AtomicI64);

impl SetClock {
    /// A clock set to a day's morning.
    #[must_use]
    pub fn at(date: Date, zone: &TimeZone) -> Self {
        let clock = Self(AtomicI64::new(0));
        clock.set(date, 8, zone);
        clock
    }

    /// Sets it to an hour of a day.
    pub fn set(&self, date: Date, hour: i8, zone: &TimeZone) {
        let at = zone.to_timestamp(date.at(hour, 0, 0, 0)).map(Timestamp::as_millisecond);
        self.0.store(at.unwrap_or_default(), Ordering::Relaxed);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        let at = self.0.fetch_add(1, Ordering::Relaxed);
        Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// SplitMix64 (Steele, Lea & Flood 2014): good enough for a fictional city, never for secrets.
#[derive(Debug)]
pub struct SeededEntropy(AtomicU64);

impl SeededEntropy {
    /// A source for a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    /// The next number.
    pub fn next(&self) -> u64 {
        let mut z = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed).wrapping_add(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub fn below(&self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap_or(1)).unwrap_or_default()
    }

    /// Whether something that happens `percent` times in a hundred happens.
    pub fn chance(&self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// One of these.
    pub fn pick<'a, T>(&self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let word = self.next().to_le_bytes();
            for (byte, random) in chunk.iter_mut().zip(word) {
                *byte = random;
            }
        }
    }
}
