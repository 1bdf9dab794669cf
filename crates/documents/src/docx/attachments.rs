//! Attachments: their names under the text, then each on a new page.

use super::body::{SIZE, Writer};
use super::head;
use super::paragraph::{Shape, blank, words};
use super::run::{Face, Type};
use super::section::Page;
use crate::model::Block;

/// 「附件:1. …」 one line below the text, two characters in, the further ones under the first; a single one has no number.
pub fn named(writer: &mut Writer<'_>) {
    let document = writer.document;
    let style = Type::new(Face::Text, SIZE);
    let several = document.attachments.len() > 1;
    for (at, attachment) in document.attachments.iter().enumerate() {
        let (before, shape) = match (at, several) {
            (0, false) => ("附件\u{FF1A}".to_owned(), Shape { left: 5.0, hanging: 3.0, ..Shape::left() }),
            (0, true) => ("附件\u{FF1A}1.".to_owned(), Shape { left: 6.0, hanging: 4.0, ..Shape::left() }),
            _ => (format!("{}.", at + 1), Shape { left: 6.0, hanging: 1.0, ..Shape::left() }),
        };
        if at == 0 {
            writer.out.push_str(&blank());
        }
        writer.out.push_str(&words(&shape, &format!("{before}{}", attachment.title), style));
    }
}

/// Each attachment on a new page, which lies when one of its tables does: 「附件1」 in the first line, the title in the third.
pub fn write(writer: &mut Writer<'_>) {
    let document = writer.document;
    let several = document.attachments.len() > 1;
    for (at, attachment) in document.attachments.iter().enumerate() {
        let lies = attachment.blocks.iter().any(|block| matches!(block, Block::Table(table) if table.landscape));
        let turned = writer.turn(if lies { Page::Landscape } else { Page::Portrait });
        let label = if several { format!("附件{}", at + 1) } else { "附件".to_owned() };
        let shape = Shape { new_page: !turned, keep: true, ..Shape::left() };
        writer.out.push_str(&words(&shape, &label, Type::new(Face::Bold, SIZE)));
        writer.out.push_str(&blank());
        writer.out.push_str(&head::title(&[attachment.title.as_str()]));
        writer.out.push_str(&blank());
        writer.blocks(&attachment.blocks);
    }
}
