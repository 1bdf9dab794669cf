//! Blocks as Typst source; every word stands in a string literal, so that no text can be taken for markup.

use crate::chart;
use crate::fonts::{Fonts, Role};
use crate::model::{
    Align, Block, Chart, Document, Heading, Inline, Level, List, Marks, Numbering, Paragraph, Table, share,
};
use std::fmt::Write as _;

/// A string literal of Typst.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars().filter(|letter| !crate::template::forbidden(*letter)) {
        if matches!(letter, '"' | '\\') {
            out.push('\\');
        }
        out.push(if matches!(letter, '\n' | '\r' | '\t') { ' ' } else { letter });
    }
    out.push('"');
    out
}

/// Words in markup.
pub fn words(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("#{};", quoted(text)) }
}

/// A line in markup.
pub fn line(inlines: &[Inline], document: &Document) -> String {
    inlines.iter().map(|inline| words(inline.shown(document))).collect()
}

/// Blocks one after another, headings numbered from the beginning.
pub fn blocks(blocks: &[Block], document: &Document, fonts: &Fonts) -> String {
    let mut numbering = Numbering::default();
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Heading(block) => heading(&mut out, block, &numbering.next(block.level), document),
            Block::Paragraph(block) => paragraph(&mut out, block, document),
            Block::List(block) => list(&mut out, block, document),
            Block::Table(block) if block.landscape => {
                let _ = writeln!(out, "#lying[{}]", table(block, document));
            }
            Block::Table(block) => {
                let _ = writeln!(out, "{}#blank()", table(block, document));
            }
            Block::Chart(block) => picture(&mut out, block, fonts),
            Block::PageBreak => out.push_str("#pagebreak(weak: true)\n"),
        }
    }
    out
}

fn heading(out: &mut String, block: &Heading, number: &str, document: &Document) {
    let words = words(number) + &line(&block.text, document);
    let head = match block.level {
        Level::First => format!("#hei[{words}]"),
        Level::Second => format!("#kai[{words}]"),
        Level::Third | Level::Fourth => words,
    };
    let run_in = line(&block.run_in, document);
    let sticky = if run_in.is_empty() { "true" } else { "false" };
    let _ = writeln!(out, "#block(width: 100%, sticky: {sticky})[#par[{head}{run_in}]]");
}

fn paragraph(out: &mut String, block: &Paragraph, document: &Document) {
    let text = line(&block.text, document);
    let _ = match block.align {
        Align::Usual => writeln!(out, "#par[{text}]"),
        Align::Left => writeln!(out, "#flush[{text}]"),
        Align::Centre => writeln!(out, "#align(center, flush[{text}])"),
        Align::Right => writeln!(out, "#align(right, flush[{text}])"),
    };
}

fn list(out: &mut String, block: &List, document: &Document) {
    for (at, item) in block.items.iter().enumerate() {
        let mark = match block.marks {
            Marks::Dashes => "——".to_owned(),
            Marks::Numbers => crate::docx::mark(block.marks, at + 1, item, document),
        };
        let _ = writeln!(out, "#par[{}{}]", words(&mark), line(item, document));
    }
}

/// A caption, the table, its footer.
fn table(block: &Table, document: &Document) -> String {
    let mut out = String::new();
    if let Some(caption) = &block.caption {
        let _ = write!(out, "#caption[{}]", words(caption));
    }
    let shares: Vec<String> = share(block, document).iter().map(|share| format!("{}fr", (*share).max(1))).collect();
    let align: Vec<&str> = (0..block.header.len())
        .map(|at| match block.align.get(at) {
            Some(Align::Left) => "left + horizon",
            Some(Align::Right) => "right + horizon",
            _ => "center + horizon",
        })
        .collect();
    let size = if block.header.len() <= 6 { "12pt" } else { "10.5pt" };
    let _ = write!(
        out,
        "#cells({size})[#table(columns: ({},), align: ({},), table.header(",
        shares.join(","),
        align.join(",")
    );
    for title in &block.header {
        let _ = write!(out, "table.cell(align: center + horizon)[#hei[{}]],", words(title));
    }
    out.push_str("),");
    for row in &block.rows {
        for cell in row {
            let _ = write!(out, "[{}],", line(&cell.text, document));
        }
        out.push('\n');
    }
    out.push_str(")]");
    if let Some(footer) = &block.footer {
        let _ = write!(out, "#block(above: 1.5mm, cells(12pt)[#par[{}]])", words(footer));
    }
    out
}

fn picture(out: &mut String, block: &Chart, fonts: &Fonts) {
    let family = fonts.families(Role::Bold).first().map_or("", String::as_str);
    let svg = chart::svg(block, family);
    let _ = writeln!(
        out,
        "#caption[{}]#align(center, image(bytes({}), format: \"svg\", width: {}mm, alt: {}))",
        words(&block.title),
        quoted(&svg),
        chart::WIDTH,
        quoted(&block.in_words())
    );
}
