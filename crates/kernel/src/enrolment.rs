//! Who learns in which class and who teaches what there, with dates; and the numbers by which people are told apart.

use crate::{form::Personal, id::Id, person::Person, unit::Unit};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A pupil in a class. A pupil is a [`Person`] without an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// Id, also of its chain.
    pub id: Id<Enrolment>,
    /// The pupil.
    pub pupil: Id<Person>,
    /// The class, a unit of its own.
    pub class: Id<Unit>,
    /// First day.
    pub valid_from: Date,
    /// Last day; `None` while the pupil is there.
    pub valid_to: Option<Date>,
}

/// A person who teaches a subject in a class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Teaching {
    /// Id, also of its chain.
    pub id: Id<Teaching>,
    /// Who teaches.
    pub person: Id<Person>,
    /// The class.
    pub class: Id<Unit>,
    /// The subject as written.
    pub subject: String,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
}

/// A number that only one person bears. Kept encrypted, and found again by a keyed hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Who bears it.
    pub person: Id<Person>,
    /// Which number it is.
    pub kind: IdentityKind,
    /// The number under the installation's key.
    pub sealed: Vec<u8>,
    /// Keyed hash of kind and number.
    pub mark: [u8; 32],
}

/// Which number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdentityKind {
    /// 身份证号 (GB 11643).
    Citizen,
    /// 学籍号: G, J or L and 18 characters.
    Pupil,
}

impl IdentityKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Citizen, Self::Pupil];

    /// Stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Pupil => "pupil",
        }
    }

    /// Chinese name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Citizen => "身份证号",
            Self::Pupil => "学籍号",
        }
    }

    /// The kind of this key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// Why a pupil's name and numbers are kept, and how long after the last enrolment has ended.
#[must_use]
pub fn pupil_declaration() -> Personal {
    Personal { category: "pupil-name".to_owned(), purpose: "teaching".to_owned(), retention_days: 1095 }
}

/// Whether a text is a 学籍号 in its normal writing.
#[must_use]
pub fn is_pupil_number(text: &str) -> bool {
    let rest = text.strip_prefix(['G', 'J', 'L']);
    rest.is_some_and(|rest| {
        rest.len() == 18 && rest.bytes().enumerate().all(|(at, b)| b.is_ascii_digit() || (at == 17 && b == b'X'))
    })
}

/// A number as lists show it: the first three and the last four characters.
#[must_use]
pub fn masked(number: &str) -> String {
    let count = number.chars().count();
    let shown = |(at, c): (usize, char)| if at < 3 || at + 4 >= count { c } else { '*' };
    number.chars().enumerate().map(shown).collect()
}

/// The name of a class without what people write in several ways: 三年级(2)班, 三（2）班, 3年2班 and 三2 are one.
#[must_use]
pub fn class_name(name: &str) -> String {
    const DIGITS: &str = "零一二三四五六七八九";
    let mut out = String::new();
    for c in name.chars() {
        let c = match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            other => other,
        };
        match (DIGITS.chars().position(|digit| digit == c), c) {
            (Some(at), _) => out.push(char::from_digit(u32::try_from(at).unwrap_or(0), 10).unwrap_or(c)),
            (None, '年' | '级' | '班' | '第') => {}
            (None, c) if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_one_however_it_is_written() {
        for name in ["三年级(2)班", "三（2）班", "3年2班", "三2", "三年级二班", "第三年级 ２ 班"]
        {
            assert_eq!(class_name(name), "32", "{name}");
        }
        assert_ne!(class_name("高一(3)班"), class_name("一(3)班"));
    }

    #[test]
    fn a_pupil_number_is_a_letter_and_eighteen_characters() {
        assert!(is_pupil_number("G11010519491231002X"));
        for bad in ["11010519491231002X", "G1101051949123100X2", "K110105194912310021", "G123", ""] {
            assert!(!is_pupil_number(bad), "{bad}");
        }
    }

    #[test]
    fn a_masked_number_shows_its_ends_alone() {
        assert_eq!(masked("11010519491231002X"), "110***********002X");
    }
}
