//! Tokens of expressions, with hints for what Chinese keyboards produce.

use crate::fault::{Fault, Span};
use crate::limits;
use rust_decimal::Decimal;

/// A token and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    Int(i64),
    Decimal(Decimal),
    Text(String),
    Name(String),
    Symbol(&'static str),
    End,
}

/// Longest first, so that `<=` is not read as `<`.
const SYMBOLS: [&str; 24] = [
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", "(", ")", "[", "]", "{", "}",
    ",", ".",
];

/// Every token of a text, the last one being [`TokenKind::End`], and a fault for everything that is none.
pub(super) fn tokens(source: &str) -> (Vec<Token>, Vec<Fault>) {
    let mut reader = Reader { source, at: 0, tokens: Vec::new(), faults: Vec::new() };
    if source.chars().count() > limits::SOURCE {
        reader.fault(Span::default(), format!("表达式过长，最多 {} 个字符", limits::SOURCE));
    } else {
        while reader.at < source.len() {
            reader.token();
        }
    }
    let end = Span { start: source.len(), end: source.len() };
    reader.tokens.push(Token { kind: TokenKind::End, span: end });
    (reader.tokens, reader.faults)
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    tokens: Vec<Token>,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn fault(&mut self, span: Span, message: impl Into<String>) {
        // One full-width bracket is worth telling; a page of prose is not.
        if self.faults.len() < 10 {
            self.faults.push(Fault::at(self.source, span, message));
        }
    }

    fn take(&mut self, length: usize) -> Span {
        let start = self.at;
        self.at += length;
        Span { start, end: self.at }
    }

    fn push(&mut self, kind: TokenKind, length: usize) {
        let span = self.take(length);
        self.tokens.push(Token { kind, span });
    }

    fn token(&mut self) {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return };
        if first.is_ascii_whitespace() {
            self.at += 1;
        } else if rest.starts_with("//") {
            self.at += rest.find('\n').unwrap_or(rest.len());
        } else if first.is_ascii_digit() {
            self.number(rest);
        } else if first == '\'' || first == '"' {
            self.text(rest, first, false);
        } else if let Some(quote) = raw_quote(rest) {
            self.at += 1;
            self.text(self.rest(), quote, true);
        } else if first.is_ascii_alphabetic() || first == '_' {
            let length = length_while(rest, |letter| letter.is_ascii_alphanumeric() || letter == '_');
            self.push(TokenKind::Name(rest.chars().take(length).collect()), length);
        } else if let Some(symbol) = SYMBOLS.into_iter().find(|symbol| rest.starts_with(symbol)) {
            self.push(TokenKind::Symbol(symbol), symbol.len());
        } else {
            self.stranger(rest, first);
        }
    }

    fn number(&mut self, rest: &str) {
        let digits = |text: &str| length_while(text, |letter| letter.is_ascii_digit());
        let whole = digits(rest);
        let fraction = rest.get(whole..).and_then(|rest| rest.strip_prefix('.')).map_or(0, digits);
        let length = if fraction > 0 { whole + 1 + fraction } else { whole };
        let text = rest.get(..length).unwrap_or_default();
        let trailing = length_while(rest.get(length..).unwrap_or_default(), |letter| letter.is_ascii_alphanumeric());
        if trailing > 0 {
            let span = self.take(length + trailing);
            self.fault(span, format!("「{}」不是数；不支持科学记数法和后缀", span.text(self.source)));
        } else if fraction > 0 {
            match Decimal::from_str_exact(text) {
                Ok(number) => self.push(TokenKind::Decimal(number), length),
                Err(_) => {
                    let span = self.take(length);
                    self.fault(span, "小数最多 28 位有效数字");
                }
            }
        } else {
            match text.parse() {
                Ok(number) => self.push(TokenKind::Int(number), length),
                Err(_) => {
                    let span = self.take(length);
                    self.fault(span, "整数太大");
                }
            }
        }
    }

    fn text(&mut self, rest: &str, quote: char, raw: bool) {
        let mut text = String::new();
        let mut letters = rest.char_indices().skip(1);
        while let Some((index, letter)) = letters.next() {
            if letter == quote {
                return self.push(TokenKind::Text(text), index + 1);
            }
            if letter == '\n' {
                break;
            }
            if letter != '\\' || raw {
                text.push(letter);
                continue;
            }
            match letters.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((_, 't')) => text.push('\t'),
                Some((_, escaped @ ('\\' | '\'' | '"' | '`' | '?'))) => text.push(escaped),
                _ => {
                    let start = self.at + index;
                    self.fault(Span { start, end: start + 1 }, "只认识转义 \\n \\t \\\\ \\' \\\";正则式请写 r'…'");
                }
            }
        }
        let span = self.take(rest.find('\n').unwrap_or(rest.len()));
        self.fault(Span { start: span.start, end: span.start + 1 }, format!("文字没有结束，缺少右边的 {quote}"));
    }

    fn stranger(&mut self, rest: &str, first: char) {
        if let Some(hint) = half_width(first) {
            let span = self.take(first.len_utf8());
            return self.fault(span, format!("「{first}」请改成半角的 {hint}"));
        }
        let message = match first {
            '=' => "判断相等要写 ==".to_owned(),
            '&' => "「并且」要写 &&".to_owned(),
            '|' => "「或者」要写 ||".to_owned(),
            _ if first.is_alphabetic() => "名称只能用英文字母、数字和下划线；文字要放在引号里，如 '重大'".to_owned(),
            _ => format!("不认识的字符「{}」", first.escape_debug()),
        };
        let length = if first.is_alphabetic() { length_while(rest, char::is_alphabetic) } else { first.len_utf8() };
        let span = self.take(length);
        self.fault(span, message);
    }
}

fn raw_quote(rest: &str) -> Option<char> {
    let mut letters = rest.chars();
    (letters.next()? == 'r').then(|| letters.next())?.filter(|quote| matches!(quote, '\'' | '"'))
}

/// Bytes of the leading characters that satisfy the test.
fn length_while(text: &str, test: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !test(letter)).unwrap_or(text.len())
}

/// What a Chinese keyboard meant by a full-width sign.
fn half_width(sign: char) -> Option<String> {
    let meant = match sign {
        '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}' => "'",
        '\u{3002}' => ".",
        '\u{3001}' => ",",
        '\u{2014}' | '\u{2013}' => "-",
        '≥' => ">=",
        '≤' => "<=",
        '≠' => "!=",
        '×' => "*",
        '÷' => "/",
        // The full-width forms U+FF01–FF5E stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => {
            let ascii = char::from_u32(u32::from(sign) - 0xfee0)?;
            return (!ascii.is_ascii_alphabetic()).then(|| ascii.to_string());
        }
        _ => return None,
    };
    Some(meant.to_owned())
}
