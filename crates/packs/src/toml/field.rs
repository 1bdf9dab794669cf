//! What a table says to a question: a value with its place, nothing, or something of the wrong type.

use super::reader::Reader;
use std::ops::Deref;
use yanpan_kernel::problem::{PACK_KEY_MISSING, PACK_VALUE, Place};

/// A value with its place in the file, for problems that are found later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub place: Place,
}

impl<T> Placed<T> {
    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<T> Deref for Placed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// The answer to a question about a key; what is wrong with a value that is there has been reported already.
#[must_use = "say whether the key is required or optional"]
pub struct Field<'r, T> {
    pub(super) reader: &'r Reader<'r>,
    /// Byte of the value, or of its table when the key is absent.
    pub(super) byte: usize,
    pub(super) path: String,
    pub(super) expected: &'static str,
    pub(super) present: bool,
    pub(super) value: Option<T>,
}

impl<'r, T> Field<'r, T> {
    /// The value; a problem when the key is absent. `None` when there is none that could be read.
    pub fn required(self) -> Option<T> {
        self.report_absence();
        self.value
    }

    /// As [`Field::required`], with a value to go on with.
    pub fn required_or(self, otherwise: T) -> T {
        self.required().unwrap_or(otherwise)
    }

    /// The value, if there is one that could be read.
    pub fn optional(self) -> Option<T> {
        self.value
    }

    /// The value, or this one when the key is absent.
    pub fn or(self, default: T) -> T {
        self.value.unwrap_or(default)
    }

    /// As [`Field::optional`], with its place.
    #[must_use]
    pub fn placed(self) -> Option<Placed<T>> {
        let place = self.reader.place(self.byte);
        self.value.map(|value| Placed { value, place })
    }

    /// As [`Field::required`], with its place.
    #[must_use]
    pub fn required_placed(self) -> Option<Placed<T>> {
        self.report_absence();
        self.placed()
    }

    /// The value made into another one; an error is reported as its Chinese reason.
    pub fn then<U>(self, make: impl FnOnce(T) -> Result<U, String>) -> Field<'r, U> {
        let Self { reader, byte, path, expected, present, value } = self;
        let value = value.and_then(|value| {
            make(value)
                .map_err(|reason| {
                    reader.report(
                        byte,
                        &PACK_VALUE,
                        &[("key", &path), ("value", &shown(reader, byte)), ("reason", &reason)],
                    )
                })
                .ok()
        });
        Field { reader, byte, path, expected, present, value }
    }

    fn report_absence(&self) {
        if !self.present {
            self.reader.report(self.byte, &PACK_KEY_MISSING, &[("key", &self.path), ("expected", &self.expected)]);
        }
    }
}

/// The value as written, up to the end of its line, shortened.
fn shown(reader: &Reader<'_>, byte: usize) -> String {
    let line = reader.text.get(byte..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    line.trim().trim_matches(['"', '\'']).chars().take(30).collect()
}
