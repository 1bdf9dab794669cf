//! Blocks as HTML.

use super::{line, xml};
use crate::chart;
use crate::model::{Align, Block, Document, Heading, Level, Numbering, Table, share};
use std::fmt::Write as _;

/// Families for charts on the screen.
const CHART_FONTS: &str = "SimHei, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif";

/// Blocks one after another, headings numbered from the beginning.
pub fn write(blocks: &[Block], document: &Document) -> String {
    let mut numbering = Numbering::default();
    let mut out = String::new();
    for block in blocks {
        let _ = match block {
            Block::Heading(block) => write!(out, "{}", heading(block, &numbering.next(block.level), document)),
            Block::Paragraph(block) => {
                let class = match block.align {
                    Align::Usual => "",
                    Align::Left => " class=\"flush\"",
                    Align::Centre => " class=\"centre\"",
                    Align::Right => " class=\"right\"",
                };
                write!(out, "<p{class}>{}</p>", line(&block.text, document))
            }
            Block::List(list) => list.items.iter().enumerate().try_for_each(|(at, item)| {
                let mark = crate::docx::mark(list.marks, at + 1, item, document);
                write!(out, "<p>{mark}{}</p>", line(item, document))
            }),
            Block::Table(block) => write!(out, "{}", table(block, document)),
            Block::Chart(block) => write!(
                out,
                "<figure role=\"img\" aria-label=\"{}\"><figcaption>{}</figcaption>{}</figure>",
                xml(&block.in_words()),
                xml(&block.title),
                chart::svg(block, CHART_FONTS)
            ),
            Block::PageBreak => write!(out, "<div class=\"break\"></div>"),
        };
    }
    out
}

/// A heading alone is `h2` to `h5`; one with text after it in the same line is a paragraph.
fn heading(block: &Heading, number: &str, document: &Document) -> String {
    let (tag, class) = match block.level {
        Level::First => ("h2", "first"),
        Level::Second => ("h3", "second"),
        Level::Third => ("h4", "third"),
        Level::Fourth => ("h5", "fourth"),
    };
    let words = line(&block.text, document);
    if block.run_in.is_empty() {
        return format!("<{tag} class=\"{class}\">{number}{words}</{tag}>");
    }
    format!("<p><span class=\"{class}\">{number}{words}</span>{}</p>", line(&block.run_in, document))
}

fn table(block: &Table, document: &Document) -> String {
    let mut out = String::from(if block.landscape { "<div class=\"wide\"><table>" } else { "<div><table>" });
    if let Some(caption) = &block.caption {
        let _ = write!(out, "<caption>{}</caption>", xml(caption));
    }
    out.push_str("<colgroup>");
    for share in share(block, document) {
        let _ = write!(out, "<col style=\"width:{}.{}%\">", share / 10, share % 10);
    }
    out.push_str("</colgroup><thead><tr>");
    for title in &block.header {
        let _ = write!(out, "<th scope=\"col\">{}</th>", xml(title));
    }
    out.push_str("</tr></thead><tbody>");
    for row in &block.rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let class = match block.align.get(at) {
                Some(Align::Left) => " class=\"left\"",
                Some(Align::Right) => " class=\"right\"",
                _ => "",
            };
            let _ = write!(out, "<td{class}>{}</td>", line(&cell.text, document));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
    if let Some(footer) = &block.footer {
        let _ = write!(out, "<p class=\"footer\">{}</p>", xml(footer));
    }
    out.push_str("</div>");
    out
}
