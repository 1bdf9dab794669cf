//! `word/document.xml`: the text, the list of attachments, the signature, the attachments.

use super::paragraph::{Shape, blank, paragraph};
use super::run::{Face, Type, line, text};
use super::section::Page;
use super::{Picture, attachments, head, picture, table};
use crate::model::{Align, Block, Document, Heading, Level, List, Marks, Numbering, Paragraph, Table};

/// 3号 in half points.
pub const SIZE: u32 = 32;

/// Writes blocks one after another and changes the section when a page has to lie.
pub struct Writer<'a> {
    /// The document.
    pub document: &'a Document,
    pictures: &'a [Picture],
    drawn: usize,
    /// The page being written.
    pub page: Page,
    /// XML so far.
    pub out: String,
}

/// The whole part.
pub fn xml(document: &Document, pictures: &[Picture]) -> String {
    let mut writer = Writer { document, pictures, drawn: 0, page: Page::Portrait, out: String::new() };
    head::write(&mut writer);
    writer.blocks(&document.blocks);
    attachments::named(&mut writer);
    head::signature(&mut writer);
    attachments::write(&mut writer);
    head::copies(&mut writer);
    let section = writer.page.properties();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>{}{section}</w:body></w:document>",
        writer.out
    )
}

/// The type of a heading's level.
pub fn face(level: Level) -> Face {
    match level {
        Level::First => Face::Bold,
        Level::Second => Face::Kai,
        Level::Third | Level::Fourth => Face::Text,
    }
}

impl Writer<'_> {
    /// Goes on with pages of this kind; true when a new page has begun by that.
    pub fn turn(&mut self, page: Page) -> bool {
        let turns = page != self.page;
        if turns {
            self.out.push_str(&self.page.end());
            self.page = page;
        }
        turns
    }

    /// All blocks, headings numbered from the beginning.
    pub fn blocks(&mut self, blocks: &[Block]) {
        let mut numbering = Numbering::default();
        let mut new_page = false;
        let home = self.page;
        for block in blocks {
            if !matches!(block, Block::Table(table) if table.landscape) && self.turn(home) {
                new_page = false;
            }
            if std::mem::take(&mut new_page) && !matches!(block, Block::PageBreak) {
                self.out.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
            }
            match block {
                Block::Heading(heading) => self.heading(heading, &mut numbering),
                Block::Paragraph(paragraph) => self.paragraph(paragraph),
                Block::List(list) => self.list(list),
                Block::Table(table) => self.table(table),
                Block::Chart(chart) => {
                    self.drawn += 1;
                    match self.pictures.get(self.drawn - 1) {
                        Some(image) => self.out.push_str(&picture::xml(chart, image, self.drawn)),
                        None => self.out.push_str(&table::chart(chart, self.drawn, self.page)),
                    }
                }
                Block::PageBreak => new_page = true,
            }
        }
        self.turn(home);
    }

    fn heading(&mut self, heading: &Heading, numbering: &mut Numbering) {
        let style = Type::new(face(heading.level), SIZE);
        let mut runs = text(&numbering.next(heading.level), style);
        runs.push_str(&line(&heading.text, self.document, style));
        runs.push_str(&line(&heading.run_in, self.document, Type::new(Face::Text, SIZE)));
        let outline = match heading.level {
            Level::First => 0,
            Level::Second => 1,
            Level::Third => 2,
            Level::Fourth => 3,
        };
        let alone = heading.run_in.is_empty();
        let shape = Shape { keep: alone, outline: alone.then_some(outline), ..Shape::text() };
        self.out.push_str(&paragraph(&shape, &runs));
    }

    fn paragraph(&mut self, block: &Paragraph) {
        let shape = match block.align {
            Align::Usual => Shape::text(),
            Align::Left => Shape::left(),
            Align::Centre => Shape::centre(),
            Align::Right => Shape { align: "right", ..Shape::default() },
        };
        self.out.push_str(&paragraph(&shape, &line(&block.text, self.document, Type::new(Face::Text, SIZE))));
    }

    fn list(&mut self, list: &List) {
        let style = Type::new(Face::Text, SIZE);
        for (at, item) in list.items.iter().enumerate() {
            let runs = text(&mark(list.marks, at + 1, item, self.document), style) + &line(item, self.document, style);
            self.out.push_str(&paragraph(&Shape::text(), &runs));
        }
    }

    fn table(&mut self, block: &Table) {
        if block.landscape {
            self.turn(Page::Landscape);
        }
        self.out.push_str(&table::xml(block, self.document, self.page));
        self.out.push_str(&if block.landscape { String::new() } else { blank() });
    }
}

/// What stands before an item: 「1.」, with a space when a digit follows (「1. 11月10日前」), or 「——」.
pub fn mark(marks: Marks, number: usize, item: &[crate::model::Inline], document: &Document) -> String {
    match marks {
        Marks::Dashes => "——".to_owned(),
        Marks::Numbers => {
            let digit = crate::model::plain(item, document).starts_with(|letter: char| letter.is_ascii_digit());
            format!("{number}.{}", if digit { " " } else { "" })
        }
    }
}
