//! The document as plain text, to be pasted into a notice: title, text and signature; no tables, charts or attachments.

use crate::docx::mark;
use crate::model::{Block, Document, Numbering, plain};

/// Writes the text, one paragraph per line.
#[must_use]
pub fn write(document: &Document) -> String {
    let mut lines = vec![document.title.clone()];
    lines.extend(document.addressee.iter().map(|addressee| format!("{addressee}\u{FF1A}")));
    let mut numbering = Numbering::default();
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => {
                let number = numbering.next(heading.level);
                lines.push(format!("{number}{}{}", plain(&heading.text, document), plain(&heading.run_in, document)));
            }
            Block::Paragraph(paragraph) => lines.push(plain(&paragraph.text, document)),
            Block::List(list) => {
                for (at, item) in list.items.iter().enumerate() {
                    lines.push(format!("{}{}", mark(list.marks, at + 1, item, document), plain(item, document)));
                }
            }
            Block::Table(_) | Block::Chart(_) | Block::PageBreak => {}
        }
    }
    if let Some(signature) = &document.signature {
        lines.push(signature.name.clone());
        lines.extend(signature.date.map(yanpan_kernel::calendar::wording::full));
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Heading, Inline, Level, List, Marks, Paragraph, Table};

    fn text(words: &str) -> Vec<Inline> {
        vec![Inline::Text(words.to_owned())]
    }

    #[test]
    fn the_text_keeps_numbers_of_headings_and_leaves_tables_out() {
        let heading = |level, words: &str, run_in| Block::Heading(Heading { level, text: text(words), run_in });
        let document = Document {
            title: "形势研判".to_owned(),
            addressee: Some("县安委会办公室".to_owned()),
            blocks: vec![
                heading(Level::First, "总体情况", Vec::new()),
                heading(Level::Second, "报送情况。", text("应报3个单位。")),
                Block::Table(Table { caption: Some("表".to_owned()), ..Table::default() }),
                Block::Paragraph(Paragraph { text: text("以上。"), align: crate::model::Align::Usual }),
                Block::List(List { marks: Marks::Numbers, items: vec![text("加强巡查。")] }),
            ],
            ..Document::default()
        };
        let expected = "形势研判\n县安委会办公室:\n一、总体情况\n(一)报送情况。应报3个单位。\n以上。\n1.加强巡查。\n";
        assert_eq!(
            write(&document).replace('\u{ff1a}', ":").replace('\u{ff08}', "(").replace('\u{ff09}', ")"),
            expected
        );
    }
}
