//! The types of GB/T 9704-2012 and what may stand for them.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A type that the layout asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// 小标宋, titles.
    Title,
    /// 黑体, first level.
    Bold,
    /// 楷体, second level.
    Kai,
    /// 仿宋, the text.
    Text,
    /// 宋体, page numbers.
    Song,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] = [Self::Title, Self::Bold, Self::Kai, Self::Text, Self::Song];

    /// The name that a DOCX carries.
    #[must_use]
    pub fn wanted(self) -> &'static str {
        match self {
            Self::Title => "方正小标宋简体",
            Self::Bold => "黑体",
            Self::Kai => "楷体_GB2312",
            Self::Text => "仿宋_GB2312",
            Self::Song => "宋体",
        }
    }

    /// Families that are the wanted type itself, under any of its names.
    pub(super) fn own(self) -> &'static [&'static str] {
        match self {
            Self::Title => &["方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05"],
            Self::Bold => &["黑体", "SimHei", "方正黑体_GBK", "FZHei-B01"],
            Self::Kai => &["楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GBK", "FZKai-Z03"],
            Self::Text => &["仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "FZFangSong-Z02"],
            Self::Song => &["宋体", "SimSun", "方正书宋_GBK", "FZShuSong-Z01"],
        }
    }

    /// Families in the order in which they are taken: the type itself, then what is freely distributable.
    pub(super) fn candidates(self) -> Vec<&'static str> {
        let free: &[&str] = match self {
            Self::Bold => &["Noto Sans CJK SC", "Noto Sans SC"],
            Self::Kai => &["AR PL KaitiM GB", "AR PL UKai CN"],
            Self::Title | Self::Text | Self::Song => &["Noto Serif CJK SC", "Noto Serif SC"],
        };
        self.own().iter().chain(free).copied().collect()
    }

    /// The Debian package with the free one.
    pub(super) fn package(self) -> &'static str {
        if self == Self::Kai { "fonts-arphic-gkai00mp" } else { "fonts-noto-cjk" }
    }
}

/// A type that was replaced on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitution {
    /// What the standard asks for.
    pub wanted: String,
    /// What was used.
    pub used: String,
}

impl fmt::Display for Substitution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}→{}", self.wanted, self.used)
    }
}
