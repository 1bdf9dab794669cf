//! The markup: from printed lines to a document.

use super::Template;
use super::marks::{BLOCK, END, LINE};
use super::pen::Draft;
use super::pieces::{block, cells, inlines, letters, trim};
use super::typography::Letter;
use crate::model::{
    Align, Attachment, Block, Document, Heading, Inline, Layout, Level, List, Marks, Paragraph, Seal, Signature, Table,
    TableCell,
};
use jiff::civil::Date;
use yanpan_kernel::problem::{
    ARGUMENT_INVALID, DIRECTIVE_UNKNOWN, DOCUMENT_INCOMPLETE, FIGURE_MISPLACED, Place, Problem, TABLE_MALFORMED,
    TEMPLATE_SYNTAX,
};

/// The directives, for messages and for the manual.
const KNOWN: &str = "layout、issuer、number、title、addressee、signature、sealed、date、note、copies、attachment、table、wide_table、\
                     table_footer、centre、left、pagebreak";

/// What of the block before can still go on.
#[derive(PartialEq)]
enum Open {
    Nothing,
    Paragraph,
    Table,
}

struct Reader<'a> {
    template: &'a Template,
    draft: Draft,
    document: Document,
    date: Option<Date>,
    line: u32,
    open: Open,
    /// Caption and landscape of the table that comes next.
    coming: Option<(Option<String>, bool)>,
}

/// Reads the printed lines; problems of the run come first.
pub fn document(template: &Template, text: &str, mut draft: Draft) -> (Document, Vec<Problem>) {
    let figures = std::mem::take(&mut draft.figures);
    let document = Document { figures, ..Document::default() };
    let mut reader = Reader { template, draft, document, date: None, line: 1, open: Open::Nothing, coming: None };
    for line in text.lines() {
        let (number, line) = unmark(line);
        reader.line = number.unwrap_or(reader.line);
        reader.take(&line);
    }
    if let Some(signature) = &mut reader.document.signature {
        signature.date = reader.date;
    }
    if reader.document.title.is_empty() && reader.draft.problems.is_empty() {
        reader.line = 1;
        reader.complain(Problem::new(&DOCUMENT_INCOMPLETE, &[("what", &"标题(@title)")]));
    }
    (reader.document, reader.draft.problems)
}

/// The number in the last mark before any word, and the line without its marks.
fn unmark(line: &str) -> (Option<u32>, String) {
    let (mut number, mut clean) = (None, String::with_capacity(line.len()));
    let mut rest = line.chars();
    while let Some(letter) = rest.next() {
        if letter == LINE {
            let digits: String = rest.by_ref().take_while(|next| *next != END).collect();
            if clean.trim().is_empty() {
                number = digits.parse().ok();
            }
        } else {
            clean.push(letter);
        }
    }
    (number, clean)
}

impl Reader<'_> {
    fn complain(&mut self, problem: Problem) {
        self.draft.problems.push(problem.at(Place::line(self.template.file(), self.line, 1)));
    }

    fn blocks(&mut self) -> &mut Vec<Block> {
        match self.document.attachments.last_mut() {
            Some(attachment) => &mut attachment.blocks,
            None => &mut self.document.blocks,
        }
    }

    fn put(&mut self, block: Block) {
        self.open = Open::Nothing;
        self.blocks().push(block);
    }

    fn take(&mut self, line: &str) {
        let line = line.trim();
        if line.is_empty() {
            self.open = Open::Nothing;
        } else if let Some(at) = block(line) {
            if let Some(block) = self.draft.blocks.get(at).cloned() {
                self.put(block);
            }
        } else if line.contains(BLOCK) {
            self.complain(Problem::new(&TEMPLATE_SYNTAX, &[("reason", &"table() 和 chart() 要独占一行")]));
        } else if let Some(directive) = line.strip_prefix('@') {
            self.directive(directive);
        } else if line.starts_with('#') {
            self.heading(line);
        } else if line.starts_with('|') {
            self.row(line);
        } else if let Some((marks, item)) = item(line) {
            self.item(marks, item);
        } else {
            self.paragraph(line);
        }
    }

    fn paragraph(&mut self, line: &str) {
        let more = inlines(&letters(line));
        if self.open == Open::Paragraph
            && let Some(text) = self.blocks().last_mut().and_then(going_on)
        {
            let spaced = ends_in_ascii(text) && line.starts_with(|letter: char| letter.is_ascii_alphanumeric());
            if spaced {
                text.push(Inline::Text(" ".to_owned()));
            }
            text.extend(more);
            return;
        }
        self.put(Block::Paragraph(Paragraph { text: more, align: Align::Usual }));
        self.open = Open::Paragraph;
    }

    fn heading(&mut self, line: &str) {
        let words = line.trim_start_matches('#');
        let level = match line.len() - words.len() {
            1 => Level::First,
            2 => Level::Second,
            3 => Level::Third,
            4 => Level::Fourth,
            _ => return self.complain(Problem::new(&TEMPLATE_SYNTAX, &[("reason", &"标题只有四级")])),
        };
        let letters = letters(words);
        let all = trim(&letters);
        let end = heading_end(all).filter(|end| end + 1 < all.len());
        let (text, run_in) = all.split_at(end.map_or(all.len(), |end| end + 1));
        self.put(Block::Heading(Heading { level, text: inlines(text), run_in: inlines(run_in) }));
        if end.is_some() {
            self.open = Open::Paragraph;
        }
    }

    fn item(&mut self, marks: Marks, item: &str) {
        let item = inlines(&letters(item));
        match self.blocks().last_mut() {
            Some(Block::List(list)) if list.marks == marks => list.items.push(item),
            _ => self.put(Block::List(List { marks, items: vec![item] })),
        }
        self.open = Open::Paragraph;
    }

    fn row(&mut self, line: &str) {
        let cells = cells(&letters(line));
        if self.open != Open::Table {
            let (caption, landscape) = self.coming.take().unwrap_or_default();
            let header: Vec<String> = cells.iter().map(|cell| self.words(cell, "表头")).collect();
            let align = vec![Align::Usual; header.len()];
            self.put(Block::Table(Table { caption, header, align, landscape, ..Table::default() }));
            self.open = Open::Table;
            return;
        }
        let Some(Block::Table(table)) = self.blocks().last_mut() else { return };
        let wanted = table.header.len();
        if table.rows.is_empty() && cells.iter().all(|cell| rule(cell).is_some()) {
            let rules: Vec<_> = cells.iter().filter_map(|cell| rule(cell)).collect();
            table.align = rules.iter().map(|(align, _)| *align).collect();
            if rules.iter().any(|(_, dashes)| *dashes != 3) {
                table.widths = rules.iter().map(|(_, dashes)| *dashes).collect();
            }
        } else if cells.len() == wanted {
            table.rows.push(cells.iter().map(|cell| TableCell { text: inlines(cell) }).collect());
            return;
        }
        if cells.len() != wanted {
            let reason = format!("表头有{wanted}列,这一行有{}列", cells.len());
            self.complain(Problem::new(&TABLE_MALFORMED, &[("reason", &reason)]));
        }
    }

    /// Words without figures.
    fn words(&mut self, letters: &[Letter], place: &str) -> String {
        let mut words = String::new();
        for inline in inlines(letters) {
            match inline {
                Inline::Text(text) => words.push_str(&text),
                Inline::Figure(_) => self.complain(Problem::new(&FIGURE_MISPLACED, &[("place", &place)])),
            }
        }
        words
    }

    fn directive(&mut self, directive: &str) {
        let (name, rest) = directive.split_once([' ', '\t']).unwrap_or((directive, ""));
        let letters = letters(rest);
        let place = format!("@{name} ");
        if matches!(name, "centre" | "left") {
            let align = if name == "centre" { Align::Centre } else { Align::Left };
            return self.put(Block::Paragraph(Paragraph { text: inlines(&letters), align }));
        }
        let words = self.words(&letters, &place);
        let given = Some(words.clone()).filter(|words| !words.is_empty());
        match name {
            "layout" => self.layout(&words),
            "issuer" => self.document.issuer = given,
            "number" => self.document.number = given,
            "title" => (self.document.title, self.document.title_breaks) = titled(&words),
            "addressee" => {
                self.document.addressee = given.map(|name| name.trim_end_matches([':', '\u{FF1A}']).to_owned())
            }
            "signature" | "sealed" => {
                let seal = if name == "sealed" { Seal::With } else { Seal::Without };
                self.document.signature = Some(Signature { name: words, date: None, seal });
            }
            "date" => self.date = self.civil(&words),
            "note" => self.document.note = given,
            "copies" => {
                self.document.copies = words.split(['、', '\u{FF0C}', ',']).map(|copy| copy.trim().to_owned()).collect()
            }
            "attachment" => self.document.attachments.push(Attachment { title: words, blocks: Vec::new() }),
            "table" => self.coming = Some((given, false)),
            "wide_table" => self.coming = Some((given, true)),
            "table_footer" => match self.blocks().last_mut() {
                Some(Block::Table(table)) => table.footer = given,
                _ => self.complain(Problem::new(&TABLE_MALFORMED, &[("reason", &"@table_footer 前面没有表格")])),
            },
            "pagebreak" => self.put(Block::PageBreak),
            _ => self.complain(Problem::new(&DIRECTIVE_UNKNOWN, &[("name", &name), ("known", &KNOWN)])),
        }
        self.open = Open::Nothing;
    }

    fn layout(&mut self, words: &str) {
        self.document.layout = match words {
            "plain" => Layout::Plain,
            "preprinted" => Layout::Preprinted,
            "letterhead" => Layout::Letterhead,
            _ => return self.invalid("layout", "要的是 plain(普通材料)、preprinted(套打)或 letterhead(电子红头)"),
        };
    }

    fn civil(&mut self, words: &str) -> Option<Date> {
        let parts: Vec<i16> =
            words.split(['年', '月', '日', '-']).filter_map(|part| part.trim().parse().ok()).collect();
        let date = match parts.as_slice() {
            [year, month, day] => Date::new(*year, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?).ok(),
            _ => None,
        };
        if date.is_none() && !words.is_empty() {
            self.invalid("date", "要的是 2026-11-05 或 2026年11月5日");
        }
        date
    }

    fn invalid(&mut self, name: &str, reason: &str) {
        let values: [(&str, &dyn std::fmt::Display); 3] = [("function", &"@"), ("name", &name), ("reason", &reason)];
        self.complain(Problem::new(&ARGUMENT_INVALID, &values));
    }
}

/// Where the words of a heading end and text runs in: at the first 「。」, or, when a figure stands before it, at the first comma or
/// colon (「从类别看,消防41处……」).
fn heading_end(letters: &[Letter]) -> Option<usize> {
    let stop = letters.iter().position(|letter| *letter == Letter::Own('。'));
    let figure = letters.iter().position(|letter| matches!(letter, Letter::Figure(_)));
    match (stop, figure) {
        (stop, None) => stop,
        (Some(stop), Some(figure)) if stop < figure => Some(stop),
        (_, Some(figure)) => {
            let before = letters.get(..figure).unwrap_or_default();
            before.iter().position(|letter| matches!(letter, Letter::Own(',' | ':' | '\u{FF0C}' | '\u{FF1A}')))
        }
    }
}

/// The text that a following line continues.
fn going_on(block: &mut Block) -> Option<&mut Vec<Inline>> {
    match block {
        Block::Paragraph(paragraph) => Some(&mut paragraph.text),
        Block::Heading(heading) => Some(&mut heading.run_in),
        Block::List(list) => list.items.last_mut(),
        _ => None,
    }
}

fn ends_in_ascii(text: &[Inline]) -> bool {
    matches!(text.last(), Some(Inline::Text(words)) if words.ends_with(|letter: char| letter.is_ascii_alphanumeric()))
}

/// `- item` or `1. item`.
fn item(line: &str) -> Option<(Marks, &str)> {
    if let Some(item) = line.strip_prefix("- ") {
        return Some((Marks::Dashes, item));
    }
    let (number, item) = line.split_once(". ")?;
    (!number.is_empty() && number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit()))
        .then_some((Marks::Numbers, item))
}

/// `:---`, `---:`, `:---:` or `---` with the number of its dashes.
fn rule(cell: &[Letter]) -> Option<(Align, u32)> {
    let words: String =
        trim(cell).iter().map(|letter| if let Letter::Own(own) = letter { *own } else { '0' }).collect();
    let dashes = words.trim_matches(':');
    if dashes.is_empty() || dashes.chars().any(|letter| letter != '-') {
        return None;
    }
    let align = match (words.starts_with(':'), words.ends_with(':')) {
        (true, true) => Align::Centre,
        (true, false) => Align::Left,
        (false, true) => Align::Right,
        _ => Align::Usual,
    };
    Some((align, u32::try_from(dashes.len()).ok()?))
}

/// A title as typed: a space between two Chinese words is where it may go to a new line, and is not printed.
fn titled(words: &str) -> (String, Vec<usize>) {
    let (mut title, mut breaks) = (String::with_capacity(words.len()), Vec::new());
    let mut letters = words.chars().peekable();
    while let Some(letter) = letters.next() {
        let between = title.chars().next_back().zip(letters.peek().copied());
        if letter == ' ' && between.is_some_and(|(before, after)| !before.is_ascii() && !after.is_ascii()) {
            breaks.push(title.len());
        } else {
            title.push(letter);
        }
    }
    (title, breaks)
}
