//! Runs of text and the content controls of figures.

use crate::model::{Document, Inline};
use quick_xml::escape::escape;

/// The types of GB/T 9704 by their usual names; none is embedded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// 方正小标宋简体, titles.
    Title,
    /// 黑体, first level and 「附件」.
    Bold,
    /// 楷体_GB2312, second level.
    Kai,
    /// 仿宋_GB2312, the text.
    Text,
    /// 宋体, page numbers.
    Song,
}

impl Face {
    /// The name that a word processor looks for.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "方正小标宋简体",
            Self::Bold => "黑体",
            Self::Kai => "楷体_GB2312",
            Self::Text => "仿宋_GB2312",
            Self::Song => "宋体",
        }
    }
}

/// Type and size of a run.
#[derive(Debug, Clone, Copy)]
pub struct Type {
    /// Face.
    pub face: Face,
    /// Size in half points.
    pub size: u32,
    /// Red, for the letterhead.
    pub red: bool,
}

impl Type {
    /// A face at a size in half points, black.
    pub fn new(face: Face, size: u32) -> Self {
        Self { face, size, red: false }
    }

    /// `w:rPr`.
    pub fn properties(self) -> String {
        let (name, size) = (self.face.name(), self.size);
        let red = if self.red { "<w:color w:val=\"FF0000\"/>" } else { "" };
        // 28 characters of 16 pt in 156 mm: −0.207 pt each, in twentieths −4.1; −6 lets all 28 in wherever a reader rounds to tenths of a point, and justifying fills the line.
        let spacing = if size == 32 { "<w:spacing w:val=\"-6\"/>" } else { "" };
        format!(
            "<w:rPr><w:rFonts w:ascii=\"{name}\" w:eastAsia=\"{name}\" w:hAnsi=\"{name}\" w:cs=\"{name}\" w:hint=\"eastAsia\"/>\
             {red}{spacing}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>"
        )
    }
}

/// Text of users or templates as XML: forbidden characters gone, the rest escaped.
pub fn xml(text: &str) -> String {
    let clean: String = text.chars().filter(|letter| !crate::template::forbidden(*letter)).collect();
    escape(&clean).into_owned()
}

/// A run of text.
pub fn text(words: &str, style: Type) -> String {
    if words.is_empty() {
        return String::new();
    }
    format!("<w:r>{}<w:t xml:space=\"preserve\">{}</w:t></w:r>", style.properties(), xml(words))
}

/// A plain-text content control around a run; `id` is unique in the document. The tag stands in the title too, because LibreOffice
/// before 7.5 saves titles and drops tags.
pub fn control(alias: &str, tag: &str, id: u32, run: &str) -> String {
    format!(
        "<w:sdt><w:sdtPr><w:alias w:val=\"{}\"/><w:tag w:val=\"{}\"/><w:id w:val=\"{id}\"/><w:text/></w:sdtPr>\
         <w:sdtContent>{run}</w:sdtContent></w:sdt>",
        xml(&format!("{tag} {alias}")),
        xml(tag)
    )
}

/// A line: its texts as runs, its figures as plain-text content controls with the tag `fig:N`.
pub fn line(inlines: &[Inline], document: &Document, style: Type) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(words) => out.push_str(&text(words, style)),
            Inline::Figure(number) => {
                let Some(figure) = document.figure(*number) else { continue };
                let run = text(&figure.shown, style);
                out.push_str(&control(&figure.key, &figure.tag(), 100_000 + number, &run));
            }
        }
    }
    out
}
