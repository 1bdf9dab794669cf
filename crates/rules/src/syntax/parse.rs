//! Recursive descent from tokens to terms, bounded in depth and size.

use super::token::{Token, TokenKind, tokens};
use super::{Comparison, Term, TermKind};
use crate::fault::{Fault, Span};
use crate::limits;
use crate::value::{Operation, Value};

/// The term of a text.
pub(crate) fn parse(source: &str) -> Result<Term, Vec<Fault>> {
    let (tokens, faults) = tokens(source);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut parser = Parser { source, tokens: &tokens, depth: 0, terms: 0 };
    parser.whole().map_err(|fault| vec![fault])
}

pub(super) type Parsed<T> = Result<T, Fault>;

pub(super) struct Parser<'a> {
    source: &'a str,
    tokens: &'a [Token],
    depth: u16,
    terms: usize,
}

/// CEL reserves these; as names they would not parse elsewhere.
const RESERVED: [&str; 17] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

const COMPARISONS: [(&str, Comparison); 6] = [
    ("==", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<", Comparison::Less),
    ("<=", Comparison::LessOrEqual),
    (">", Comparison::Greater),
    (">=", Comparison::GreaterOrEqual),
];
const SUMS: [(&str, Operation); 2] = [("+", Operation::Add), ("-", Operation::Subtract)];
const PRODUCTS: [(&str, Operation); 3] =
    [("*", Operation::Multiply), ("/", Operation::Divide), ("%", Operation::Remainder)];

impl<'a> Parser<'a> {
    pub(super) fn fault<T>(&self, span: Span, message: impl Into<String>) -> Parsed<T> {
        Err(Fault::at(self.source, span, message))
    }

    fn peek(&self) -> (Option<&'a TokenKind>, Span) {
        self.tokens.first().map_or((None, Span::default()), |token| (Some(&token.kind), token.span))
    }

    fn advance(&mut self) {
        // The end token stays, so that there is always a place to point at.
        if self.tokens.len() > 1 {
            self.tokens = self.tokens.get(1..).unwrap_or_default();
        }
    }

    fn symbol(&self) -> Option<&'static str> {
        match self.peek().0 {
            Some(TokenKind::Symbol(symbol)) => Some(symbol),
            _ => None,
        }
    }

    fn accept(&mut self, symbol: &str) -> Option<Span> {
        let span = self.peek().1;
        (self.symbol() == Some(symbol)).then(|| {
            self.advance();
            span
        })
    }

    fn expect(&mut self, symbol: &str) -> Parsed<Span> {
        match self.accept(symbol) {
            Some(span) => Ok(span),
            None => self.fault(self.peek().1, format!("这里应为「{symbol}」，现在是{}", self.found())),
        }
    }

    fn found(&self) -> String {
        match self.peek() {
            (Some(TokenKind::End) | None, _) => "表达式的结尾".to_owned(),
            (_, span) => format!("「{}」", span.text(self.source).chars().take(20).collect::<String>()),
        }
    }

    /// A term with its depth, refused when it is too deep or one too many.
    pub(super) fn term(&mut self, kind: TermKind, span: Span) -> Parsed<Term> {
        let mut term = Term { span, depth: 1, kind };
        term.depth += term.children().iter().map(|child| child.depth).max().unwrap_or_default();
        self.terms += 1;
        if term.depth > limits::DEPTH {
            return self.fault(span, format!("嵌套过深，最多 {} 层", limits::DEPTH));
        }
        if self.terms > limits::TERMS {
            return self.fault(span, format!("表达式过大，最多 {} 项", limits::TERMS));
        }
        Ok(term)
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= limits::DEPTH {
            return self.fault(self.peek().1, format!("嵌套过深，最多 {} 层", limits::DEPTH));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn whole(&mut self) -> Parsed<Term> {
        let term = self.expression()?;
        match self.peek() {
            (Some(TokenKind::End) | None, _) => Ok(term),
            (Some(TokenKind::Name(word)), span) => {
                let hint = match word.as_str() {
                    "and" | "AND" => "，「并且」要写 &&",
                    "or" | "OR" => "，「或者」要写 ||",
                    _ => "",
                };
                self.fault(span, format!("「{word}」放在这里不成句{hint}"))
            }
            (_, span) => self.fault(span, format!("{}放在这里不成句", self.found())),
        }
    }

    fn expression(&mut self) -> Parsed<Term> {
        self.deeper(|parser| {
            let test =
                parser.any_of("||", TermKind::Or, |parser| parser.any_of("&&", TermKind::And, Self::relation))?;
            if parser.accept("?").is_none() {
                return Ok(test);
            }
            let then = parser.expression()?;
            parser.expect(":")?;
            let otherwise = parser.expression()?;
            let span = test.span.to(otherwise.span);
            let (test, then, otherwise) = (Box::new(test), Box::new(then), Box::new(otherwise));
            parser.term(TermKind::Condition { test, then, otherwise }, span)
        })
    }

    fn any_of(
        &mut self,
        symbol: &str,
        make: fn(Vec<Term>) -> TermKind,
        mut read: impl FnMut(&mut Self) -> Parsed<Term>,
    ) -> Parsed<Term> {
        let first = read(self)?;
        if self.symbol() != Some(symbol) {
            return Ok(first);
        }
        let mut span = first.span;
        let mut terms = vec![first];
        while self.accept(symbol).is_some() {
            let term = read(self)?;
            span = span.to(term.span);
            terms.push(term);
        }
        self.term(make(terms), span)
    }

    fn comparison(&self) -> Option<Comparison> {
        match self.peek().0 {
            Some(TokenKind::Name(word)) if word == "in" => Some(Comparison::In),
            _ => self.symbol().and_then(|symbol| {
                COMPARISONS.into_iter().find(|(text, _)| *text == symbol).map(|(_, comparison)| comparison)
            }),
        }
    }

    fn relation(&mut self) -> Parsed<Term> {
        let left = self.sum()?;
        let Some(comparison) = self.comparison() else { return Ok(left) };
        self.advance();
        let right = self.sum()?;
        if self.comparison().is_some() {
            return self.fault(self.peek().1, "比较不能连写，请分开写再用 && 连接");
        }
        let span = left.span.to(right.span);
        self.term(TermKind::Compare { comparison, left: Box::new(left), right: Box::new(right) }, span)
    }

    fn sum(&mut self) -> Parsed<Term> {
        self.chain(&SUMS, |parser| parser.chain(&PRODUCTS, Self::unary))
    }

    fn chain(
        &mut self,
        operations: &[(&str, Operation)],
        mut read: impl FnMut(&mut Self) -> Parsed<Term>,
    ) -> Parsed<Term> {
        let next = |parser: &Self| {
            let symbol = parser.symbol()?;
            operations.iter().find(|(text, _)| *text == symbol).map(|(_, operation)| *operation)
        };
        let first = read(self)?;
        let (mut span, mut rest) = (first.span, Vec::new());
        while let Some(operation) = next(self) {
            self.advance();
            let term = read(self)?;
            span = span.to(term.span);
            rest.push((operation, term));
        }
        if rest.is_empty() { Ok(first) } else { self.term(TermKind::Arithmetic { first: Box::new(first), rest }, span) }
    }

    fn unary(&mut self) -> Parsed<Term> {
        let make: fn(Box<Term>) -> TermKind = match self.symbol() {
            Some("!") => TermKind::Not,
            Some("-") => TermKind::Negate,
            _ => return self.member(),
        };
        let start = self.peek().1;
        self.advance();
        let term = self.deeper(Self::unary)?;
        let span = start.to(term.span);
        self.term(make(Box::new(term)), span)
    }

    fn member(&mut self) -> Parsed<Term> {
        let mut term = self.primary()?;
        loop {
            if self.accept(".").is_some() {
                let (name, span) = self.name("「.」后面应为名称")?;
                term = match self.accept("(") {
                    Some(_) => self.receiver_call(name, term)?,
                    None => {
                        let span = term.span.to(span);
                        self.term(TermKind::Member { of: Box::new(term), name }, span)?
                    }
                };
            } else if self.accept("[").is_some() {
                let index = Box::new(self.expression()?);
                let span = term.span.to(self.expect("]")?);
                term = self.term(TermKind::Index { of: Box::new(term), index }, span)?;
            } else {
                return Ok(term);
            }
        }
    }

    fn name(&mut self, wanted: &str) -> Parsed<(String, Span)> {
        match self.peek() {
            (Some(TokenKind::Name(name)), span) => {
                self.advance();
                Ok((name.clone(), span))
            }
            (_, span) => self.fault(span, format!("{wanted}，现在是{}", self.found())),
        }
    }

    fn primary(&mut self) -> Parsed<Term> {
        let (kind, span) = self.peek();
        let literal = match kind {
            Some(TokenKind::Int(value)) => Value::Int(*value),
            Some(TokenKind::Decimal(value)) => Value::from(*value),
            Some(TokenKind::Text(value)) => Value::from(value.as_str()),
            Some(TokenKind::Name(name)) => match name.as_str() {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                "null" => Value::Null,
                _ => return self.named(name, span),
            },
            _ => return self.bracketed(span),
        };
        self.advance();
        self.term(TermKind::Literal(literal), span)
    }

    fn named(&mut self, name: &str, span: Span) -> Parsed<Term> {
        if name == "in" || RESERVED.contains(&name) {
            return self.fault(span, format!("「{name}」是保留字，不能作名称"));
        }
        self.advance();
        if self.accept("(").is_some() {
            return self.global_call(name.to_owned(), span);
        }
        self.term(TermKind::Name(name.to_owned()), span)
    }

    fn bracketed(&mut self, span: Span) -> Parsed<Term> {
        if self.accept("(").is_some() {
            let mut term = self.expression()?;
            term.span = span.to(self.expect(")")?);
            return Ok(term);
        }
        if self.accept("[").is_some() {
            let (items, end) = self.items("]")?;
            return self.term(TermKind::List(items), span.to(end));
        }
        match self.symbol() {
            Some("{") => self.fault(span, "表达式里不能写记录 { … }"),
            _ => self.fault(span, format!("这里应为一个值，现在是{}", self.found())),
        }
    }

    pub(super) fn items(&mut self, close: &str) -> Parsed<(Vec<Term>, Span)> {
        let mut items = Vec::new();
        loop {
            if let Some(end) = self.accept(close) {
                return Ok((items, end));
            }
            items.push(self.expression()?);
            if self.accept(",").is_none() {
                return Ok((items, self.expect(close)?));
            }
        }
    }
}
