//! Person 人员, Account 账号, Role 角色 and Grant 授权: who may do what over which subtree, and when.

use crate::{id::Id, unit::Unit};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A human being; two people of one name are two persons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Id.
    pub id: Id<Person>,
    /// Name as written.
    pub name: String,
    /// Post, for example 安全员; not an authority.
    pub post: String,
}

/// What a person signs in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Id.
    pub id: Id<Account>,
    /// The person.
    pub person: Id<Person>,
    /// Sign-in name, unique.
    pub login: String,
    /// Argon2id hash in PHC form.
    pub password_hash: String,
    /// Whether the password must be changed before anything else.
    pub must_change: bool,
    /// Wrong passwords since the last right one.
    pub failures: u32,
    /// Until when sign-in is refused, in Unix milliseconds.
    pub locked_until: Option<i64>,
    /// Whether the account may sign in at all.
    pub enabled: bool,
}

/// Wrong passwords after which an account is locked (standards: lock after 5 failures).
pub const FAILURES_BEFORE_LOCK: u32 = 5;

/// How long a lock lasts, in milliseconds.
pub const LOCK_MS: i64 = 15 * 60 * 1000;

/// The closed list of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 平台管理员
    Admin,
    /// 主管部门: officer of a bureau, a town centre or a partner authority
    Authority,
    /// 学校负责人
    Head,
    /// 安全员
    SafetyOfficer,
    /// 教师
    Teacher,
    /// 只读督导
    Observer,
}

impl Role {
    /// Every role, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Admin, Self::Authority, Self::Head, Self::SafetyOfficer, Self::Teacher, Self::Observer];

    /// Stable key, as in expressions: `role('safety-officer')`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Authority => "authority",
            Self::Head => "head",
            Self::SafetyOfficer => "safety-officer",
            Self::Teacher => "teacher",
            Self::Observer => "observer",
        }
    }

    /// Chinese name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Admin => "平台管理员",
            Self::Authority => "主管部门",
            Self::Head => "学校负责人",
            Self::SafetyOfficer => "安全员",
            Self::Teacher => "教师",
            Self::Observer => "只读督导",
        }
    }

    /// The role of this key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// A person's role over a subtree, with dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Id, recorded with each act done under it.
    pub id: Id<Grant>,
    /// Holder.
    pub account: Id<Account>,
    /// Role.
    pub role: Role,
    /// Top of the subtree.
    pub unit: Id<Unit>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
}

impl Grant {
    /// Whether it holds on that day.
    #[must_use]
    pub fn holds(&self, on: Date) -> bool {
        self.valid_from <= on && self.valid_to.is_none_or(|last| on <= last)
    }
}

/// Says what is wrong with a password: at least 8 characters of 3 classes, not the sign-in name.
#[must_use]
pub fn password_weakness(password: &str, login: &str) -> Option<&'static str> {
    let classes = [
        password.chars().any(char::is_lowercase),
        password.chars().any(char::is_uppercase),
        password.chars().any(char::is_numeric),
        password.chars().any(|c| !c.is_alphanumeric()),
    ];
    if password.chars().count() < 8 {
        Some("至少8位")
    } else if password.chars().count() > 128 {
        Some("至多128位")
    } else if classes.into_iter().filter(|present| *present).count() < 3 {
        Some("须含大写字母、小写字母、数字、符号中的三类")
    } else if password.to_lowercase().contains(&login.to_lowercase()) {
        Some("不能包含账号名")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_needs_eight_characters_of_three_classes_and_not_the_login() {
        assert!(password_weakness("Ab1!", "li").is_some());
        assert!(password_weakness("abcdefgh1", "li").is_some());
        assert!(password_weakness("Li-long-9", "li-long").is_some());
        assert_eq!(password_weakness("Qing9-shan", "li"), None);
    }

    #[test]
    fn every_role_is_found_by_its_key() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.key()), Some(role));
        }
    }
}
