//! Blocks: what stands under one another.

use super::Inline;
use crate::figure::{Exact, Parameters};
use serde::{Deserialize, Serialize};

/// The four levels of GB/T 9704: 一、 → (一) → 1. → (1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 一、 in 黑体.
    First,
    /// (一) in 楷体.
    Second,
    /// 1. in 仿宋.
    Third,
    /// (1) in 仿宋.
    Fourth,
}

/// A heading; the writers number it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Its level.
    pub level: Level,
    /// Its words.
    pub text: Vec<Inline>,
    /// Text that goes on in the same line in the body's type: 「(一)报送情况。应报92个……」.
    pub run_in: Vec<Inline>,
}

/// How a paragraph or cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// A paragraph: first line indented two characters. A cell: by its content.
    #[default]
    Usual,
    /// Flush left.
    Left,
    /// Centred.
    Centre,
    /// Flush right.
    Right,
}

/// A paragraph of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Its pieces.
    pub text: Vec<Inline>,
    /// How it stands.
    pub align: Align,
}

/// What stands before the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Marks {
    /// 1. 2. 3.
    Numbers,
    /// ——
    Dashes,
}

/// A list, each item a paragraph indented two characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// Numbers or dashes.
    pub marks: Marks,
    /// The items.
    pub items: Vec<Vec<Inline>>,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TableCell {
    /// Its pieces.
    pub text: Vec<Inline>,
}

/// A table whose first row is repeated on each page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Table {
    /// Words above the table.
    pub caption: Option<String>,
    /// Headings of the columns; their number is the number of columns.
    pub header: Vec<String>,
    /// How the cells of each column stand.
    pub align: Vec<Align>,
    /// Relative column widths; empty: by content.
    pub widths: Vec<u32>,
    /// Rows below the header, each with as many cells as the header.
    pub rows: Vec<Vec<TableCell>>,
    /// On a landscape page of its own.
    pub landscape: bool,
    /// Printed under the table: 填报人、审核人、截止时间.
    pub footer: Option<String>,
}

/// The shape of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Upright bars, one group per label.
    Bar,
    /// One line per series.
    Line,
}

/// One series of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Column key in the listing.
    pub column: String,
    /// Name in the legend.
    pub name: String,
    /// One value per label.
    pub values: Vec<Exact>,
    /// The same as printed.
    pub shown: Vec<String>,
}

/// A chart; its series are kept exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// Bars or lines.
    pub kind: ChartKind,
    /// What it says, as a sentence.
    pub title: String,
    /// Key of the listing.
    pub key: String,
    /// Arguments of the listing.
    pub parameters: Parameters,
    /// Column of the labels.
    pub x: String,
    /// Keys of the rows, one per label.
    pub rows: Vec<String>,
    /// The labels under the axis.
    pub labels: Vec<String>,
    /// The series.
    pub series: Vec<Series>,
}

impl Chart {
    /// The chart in words, for those who cannot see it: title, then each series with its labels and values.
    #[must_use]
    pub fn in_words(&self) -> String {
        let series = self.series.iter().map(|series| {
            let points = self.labels.iter().zip(&series.shown).map(|(label, shown)| format!("{label} {shown}"));
            format!("{}\u{ff1a}{}", series.name, points.collect::<Vec<_>>().join("、"))
        });
        format!("{}。{}。", self.title.trim_end_matches('。'), series.collect::<Vec<_>>().join("\u{ff1b}"))
    }
}

/// One block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading of one of four levels.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A list.
    List(List),
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
    /// What follows begins on a new page.
    PageBreak,
}
