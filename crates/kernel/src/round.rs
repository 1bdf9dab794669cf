//! Round 任务 and Submission 填报: a form put to an audience for a period, and what became of it.

use serde::{Deserialize, Serialize};

/// A periodic round as a pack defines it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// Key.
    pub key: String,
    /// Chinese title.
    pub title: String,
    /// Key of its form; `None` where a signed statement alone is owed.
    pub form: Option<String>,
    /// Kind of period, in the words of the calendar (`month`, `month_to_25`, `week`, …).
    pub period: String,
    /// Which units owe it: an expression over `unit`.
    pub audience: String,
    /// Due day as an offset from the period's last day, for example `+5d`.
    pub due: String,
    /// Due time of that day, `HH:MM`.
    pub due_time: String,
    /// Whether 「本期无…」 is a return of its own, and the case kind that would contradict it.
    pub zero: Option<Zero>,
}

/// A zero report: nothing happened, signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zero {
    /// The sentence that is signed.
    pub statement: String,
    /// Kind of case whose opening in the period contradicts it.
    pub unless: Option<String>,
    /// Whether registering such a case in the period is the return, so that nothing else is owed.
    pub fulfilled_by_case: bool,
}

/// What became of what a unit owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// 未报: nothing came. Never counts as zero.
    Missing,
    /// 零报: a signed zero.
    Zero,
    /// 已报.
    Reported,
    /// 退回: must come again.
    Returned,
    /// 已审.
    Reviewed,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 5] = [Self::Missing, Self::Zero, Self::Reported, Self::Returned, Self::Reviewed];

    /// Stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Zero => "zero",
            Self::Reported => "reported",
            Self::Returned => "returned",
            Self::Reviewed => "reviewed",
        }
    }

    /// Chinese title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Missing => "未报",
            Self::Zero => "零报",
            Self::Reported => "已报",
            Self::Returned => "退回",
            Self::Reviewed => "已审",
        }
    }

    /// The standing of this key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.key() == key)
    }

    /// What may follow: a submission once accepted is corrected by a new revision, never edited.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        use Standing::{Missing, Reported, Returned, Reviewed, Zero};
        matches!(
            (self, next),
            (Missing | Returned | Zero | Reported, Zero | Reported)
                | (Zero | Reported, Returned | Reviewed)
                | (Reviewed, Reported)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_return_cannot_be_reviewed_and_a_reviewed_one_only_corrected() {
        assert!(!Standing::Missing.may_become(Standing::Reviewed));
        assert!(Standing::Reviewed.may_become(Standing::Reported));
        assert!(!Standing::Reviewed.may_become(Standing::Zero));
        assert!(Standing::ALL.into_iter().all(|any| !any.may_become(Standing::Missing)));
    }
}
