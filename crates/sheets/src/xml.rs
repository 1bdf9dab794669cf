//! Small XML parts as trees, and attributes of streamed elements, whatever prefixes the writer chose.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Depth beyond which a part is taken for an attack.
const DEPTH: usize = 64;

/// An element with its attributes and children; names without prefix.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// The value of an attribute by local name.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Direct children of this name.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first direct child of this name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The first descendant of this name, in document order.
    pub fn find(&self, name: &str) -> Option<&Element> {
        self.children.iter().find_map(|child| if child.name == name { Some(child) } else { child.find(name) })
    }

    /// All text below, in document order, without phonetic hints.
    pub fn all_text(&self) -> String {
        let mut out = self.text.clone();
        for child in self.children.iter().filter(|child| child.name != "rPh") {
            out.push_str(&child.all_text());
        }
        out
    }
}

/// The root element of a part; nothing when it is not well-formed enough to have one.
pub(crate) fn parse(text: &str) -> Option<Element> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut stack: Vec<Element> = vec![Element::default()];
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) if stack.len() < DEPTH => stack.push(element(&start)),
            Event::Start(_) => return None,
            Event::Empty(start) => stack.last_mut()?.children.push(element(&start)),
            Event::End(_) if stack.len() > 1 => {
                let done = stack.pop()?;
                stack.last_mut()?.children.push(done);
            }
            Event::End(_) => return None,
            Event::Text(text) => stack.last_mut()?.text.push_str(&text.xml10_content()),
            Event::CData(text) => stack.last_mut()?.text.push_str(&text),
            Event::GeneralRef(name) => stack.last_mut()?.text.push_str(&reference(&name)),
            Event::Eof => return stack.pop()?.children.into_iter().next(),
            _ => {}
        }
    }
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start
        .attributes()
        .with_checks(false)
        .flatten()
        .map(|pair| (pair.key.local_name().as_ref().to_owned(), unescape(&pair.value)))
        .collect();
    Element { name: start.local_name().as_ref().to_owned(), attributes, ..Element::default() }
}

/// The value of an attribute by local name, of a streamed element.
pub(crate) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    start
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|pair| pair.key.local_name().as_ref() == name)
        .map(|pair| unescape(&pair.value))
}

fn unescape(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned)
}

/// The text of an entity or character reference, given without `&` and `;`; nothing for unknown ones.
pub(crate) fn reference(name: &str) -> String {
    match name {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => other
            .strip_prefix('#')
            .and_then(|code| match code.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => code.parse().ok(),
            })
            .and_then(char::from_u32)
            .map(String::from)
            .unwrap_or_default(),
    }
}

/// The text with `&`, `<`, `>` and `"` escaped, and characters that XML forbids left out.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c < ' ' || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}
