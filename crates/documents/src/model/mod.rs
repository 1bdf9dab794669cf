//! The document model: what a document says, without how any format writes it.

mod block;
mod inline;
mod numbering;
mod width;

pub use block::{Align, Block, Chart, ChartKind, Heading, Level, List, Marks, Paragraph, Series, Table, TableCell};
pub use inline::{Inline, plain};
pub use numbering::{Numbering, chinese};
pub use width::{em, share};

use crate::figure::Figure;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Which of the three layouts of an official document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// 普通材料: title first, no header.
    #[default]
    Plain,
    /// 套打: the head of the first page stays free for a pre-printed header.
    Preprinted,
    /// 电子红头: issuer, number and red separator are printed.
    Letterhead,
}

/// How the end of the text is signed (GB/T 9704-2012, 7.3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seal {
    /// 不加盖印章: signature two characters from the right, date beginning two characters right of it.
    #[default]
    Without,
    /// 加盖印章: date four characters from the right, signature centred above it. No picture of a seal is ever drawn.
    With,
}

/// The signature and date under the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Who signs.
    pub name: String,
    /// Date of the document.
    pub date: Option<Date>,
    /// With or without a seal.
    pub seal: Seal,
}

/// One attachment; it begins on a new page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name as listed under the text, without number and punctuation.
    pub title: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A whole document with its figures.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Document {
    /// Which layout.
    pub layout: Layout,
    /// 发文机关标志 of the letterhead, for example ××县教育体育局文件.
    pub issuer: Option<String>,
    /// 发文字号, for example 岐教体〔2026〕5号.
    pub number: Option<String>,
    /// Title.
    pub title: String,
    /// Byte places in the title where it may go to a new line without parting a word (GB/T 9704-2012, 7.3.1: 回行时词意完整).
    #[serde(default)]
    pub title_breaks: Vec<usize>,
    /// 主送机关, without the colon.
    pub addressee: Option<String>,
    /// The text.
    pub blocks: Vec<Block>,
    /// Signature and date.
    pub signature: Option<Signature>,
    /// 附注 under the date, in brackets.
    pub note: Option<String>,
    /// Attachments in order.
    pub attachments: Vec<Attachment>,
    /// 抄送机关, in order.
    pub copies: Vec<String>,
    /// Every figure, in order of its number.
    pub figures: Vec<Figure>,
}

/// Characters of 二号 in a line of 156 mm.
const TITLE_LINE: f64 = 20.0;

impl Document {
    /// The title's lines: one where it fits, else broken only where it may be.
    #[must_use]
    pub fn title_lines(&self) -> Vec<&str> {
        let mut lines = Vec::new();
        let (mut from, mut last) = (0, 0);
        let ends = self.title_breaks.iter().copied().chain([self.title.len()]);
        for end in ends {
            if last > from && self.title.get(from..end).is_some_and(|line| width::em(line) > TITLE_LINE) {
                lines.extend(self.title.get(from..last));
                from = last;
            }
            last = end;
        }
        lines.extend(self.title.get(from..));
        lines
    }

    /// The figure of a number.
    #[must_use]
    pub fn figure(&self, number: u32) -> Option<&Figure> {
        let place = usize::try_from(number).ok()?.checked_sub(1)?;
        self.figures.get(place).filter(|figure| figure.number == number)
    }

    /// All blocks: the text first, then each attachment.
    pub fn all_blocks(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().chain(self.attachments.iter().flat_map(|attachment| &attachment.blocks))
    }

    /// The charts in order, as the writers number them from 1.
    #[must_use]
    pub fn charts(&self) -> Vec<&Chart> {
        self.all_blocks()
            .filter_map(|block| match block {
                Block::Chart(chart) => Some(chart),
                _ => None,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
