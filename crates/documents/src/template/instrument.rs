//! Prepares a template: marks each line of text with its number and each call of ours with its position, so that every problem
//! can be placed where its author wrote it.

use super::marks::{self, LINE};

/// Functions whose calls carry their position.
const OURS: [&str; 6] = ["fig", "value", "change", "list", "table", "chart"];

/// One call with its key written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// `fig`, `value`, `change`, `list`, `table` or `chart`.
    pub function: &'static str,
    /// The key.
    pub key: String,
    /// Line from 1.
    pub line: u32,
    /// Column in characters from 1.
    pub column: u32,
}

/// A prepared template.
#[derive(Debug, Clone)]
pub struct Marked {
    /// The text that the engine runs.
    pub text: String,
    /// Calls with a key written out.
    pub calls: Vec<Call>,
    original: String,
    /// (byte offset in `text` where something was put in, its length), ascending.
    put_in: Vec<(usize, usize)>,
}

impl Marked {
    /// Line and column, both from 1, of a byte offset of the original.
    #[must_use]
    pub fn position(&self, offset: usize) -> (u32, u32) {
        let before = self.original.char_indices().take_while(|(at, _)| *at < offset).map(|(_, letter)| letter);
        before.fold((1, 1), |(line, column), letter| if letter == '\n' { (line + 1, 1) } else { (line, column + 1) })
    }

    /// The byte offset of the original for one of the prepared text.
    #[must_use]
    pub fn original(&self, offset: usize) -> usize {
        let put: usize =
            self.put_in.iter().take_while(|(at, _)| *at < offset).map(|(at, length)| (*length).min(offset - at)).sum();
        offset.saturating_sub(put)
    }
}

/// Which part of a template the scanner is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Text,
    Comment,
    Code,
    Quoted(char),
}

struct Scanner<'a> {
    source: &'a str,
    at: usize,
    inside: Inside,
    line: u32,
    raw: bool,
    /// Braces open inside the code, so that `}}` of a nested map does not end it.
    braces: u32,
    out: Marked,
}

/// Prepares a template text.
#[must_use]
pub fn mark(source: &str) -> Marked {
    let source: String =
        source.trim_start_matches('\u{FEFF}').chars().filter(|letter| !marks::forbidden(*letter)).collect();
    let source = source.replace("\r\n", "\n");
    let out = Marked {
        text: String::with_capacity(source.len() * 2),
        calls: Vec::new(),
        original: source.clone(),
        put_in: Vec::new(),
    };
    let mut scanner = Scanner { source: &source, at: 0, inside: Inside::Text, line: 1, raw: false, braces: 0, out };
    scanner.put_line();
    while scanner.step() {}
    scanner.out
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn put(&mut self, text: &str) {
        self.out.put_in.push((self.out.text.len(), text.len()));
        self.out.text.push_str(text);
    }

    fn put_line(&mut self) {
        let mark = marks::mark(LINE, usize::try_from(self.line).unwrap_or_default());
        self.put(&mark);
    }

    fn copy(&mut self, bytes: usize) {
        let taken = self.source.get(self.at..self.at + bytes).unwrap_or_default();
        self.out.text.push_str(taken);
        self.at += bytes;
        for _ in taken.matches('\n') {
            self.line += 1;
        }
        if self.inside == Inside::Text && taken.ends_with('\n') {
            self.put_line();
        }
    }

    /// Takes one character or delimiter; false at the end.
    fn step(&mut self) -> bool {
        let Some(letter) = self.rest().chars().next() else { return false };
        let pair = self.rest().get(..2).unwrap_or_default();
        match self.inside {
            Inside::Text if pair == "{#" && !self.raw => self.enter(Inside::Comment),
            Inside::Text if pair == "{%" || (pair == "{{" && !self.raw) => {
                let word = self.rest().get(2..).unwrap_or_default().trim_start_matches(['-', '+']).trim_start();
                self.raw = (self.raw && !word.starts_with("endraw")) || word.starts_with("raw");
                self.enter(Inside::Code);
            }
            Inside::Comment if pair == "#}" => self.leave(),
            Inside::Code if letter == '{' || (letter == '}' && self.braces > 0) => {
                self.braces = if letter == '{' { self.braces + 1 } else { self.braces - 1 };
                self.copy(1);
            }
            Inside::Code if pair == "%}" || pair == "}}" => self.leave(),
            Inside::Code if letter == '"' || letter == '\'' => {
                self.inside = Inside::Quoted(letter);
                self.copy(1);
            }
            Inside::Code if letter.is_ascii_alphabetic() || letter == '_' => self.word(),
            Inside::Quoted(_) if letter == '\\' => {
                let escaped = self.rest().chars().nth(1).map_or(0, char::len_utf8);
                self.copy(1 + escaped);
            }
            Inside::Quoted(quote) if letter == quote => {
                self.inside = Inside::Code;
                self.copy(1);
            }
            _ => self.copy(letter.len_utf8()),
        }
        true
    }

    fn enter(&mut self, part: Inside) {
        self.inside = part;
        self.copy(2);
    }

    fn leave(&mut self) {
        self.copy(2);
        self.inside = Inside::Text;
        // trim_blocks eats this newline; its line mark would otherwise stand before text that is on the next line.
        if self.rest().starts_with('\n') && self.out.text.ends_with("%}") {
            self.copy(1);
        }
    }

    fn word(&mut self) {
        let rest = self.rest();
        let length = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).unwrap_or(rest.len());
        let name = rest.get(..length).unwrap_or_default();
        let after = rest.get(length..).unwrap_or_default();
        let open = after.len() - after.trim_start().len();
        let Some(function) =
            OURS.into_iter().find(|ours| *ours == name && after.get(open..).is_some_and(|call| call.starts_with('(')))
        else {
            return self.copy(length);
        };
        let start = self.at;
        let method = self.out.text.ends_with('.');
        let key = literal(after.get(open + 1..).unwrap_or_default()).filter(|_| !method);
        self.copy(length + open + 1);
        self.put(&format!("{start},"));
        if let Some(key) = key {
            let (line, column) = self.out.position(start);
            self.out.calls.push(Call { function, key, line, column });
        }
    }
}

/// The text literal at the beginning of some arguments.
fn literal(arguments: &str) -> Option<String> {
    let arguments = arguments.trim_start();
    let quote = arguments.chars().next().filter(|letter| matches!(letter, '"' | '\''))?;
    let (key, _) = arguments.get(1..)?.split_once(quote)?;
    Some(key.to_owned())
}
