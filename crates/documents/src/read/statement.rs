//! Finding the statement among the custom XML parts, whatever their names became.

use super::package::{Package, unreadable};
use crate::statement::{NAMESPACE, Statement, signed};
use quick_xml::Reader;
use quick_xml::events::Event;
use yanpan_kernel::problem::{Problem, STATEMENT_MISSING};

/// The statement and whether its signature holds.
pub fn find(package: &mut Package<'_>, key: &[u8]) -> Result<(Statement, bool), Problem> {
    let mut names = package.names();
    names.retain(|name| name.contains("customXml/") && name.ends_with(".xml") && !name.contains("itemProps"));
    names.sort_unstable();
    for name in names {
        let text = package.text(&name)?;
        if !text.contains(NAMESPACE) {
            continue;
        }
        let (json, signature) = content(&text)?;
        let statement = serde_json::from_str(&json).map_err(|error| unreadable(&format!("数据来源部件:{error}")))?;
        return Ok((statement, signed(&json, key, &signature)));
    }
    Err(Problem::new(&STATEMENT_MISSING, &[]))
}

/// Text and signature of the element.
fn content(xml: &str) -> Result<(String, String), Problem> {
    let mut reader = Reader::from_str(xml);
    let (mut json, mut signature) = (String::new(), String::new());
    loop {
        match reader.read_event().map_err(|error| unreadable(&error))? {
            Event::Start(element) if element.local_name().as_ref() == "statement" => {
                let found = element.try_get_attribute("signature").map_err(|error| unreadable(&error))?;
                signature = found.map(|found| found.value.into_owned()).unwrap_or_default();
            }
            Event::Text(text) => json.push_str(&text.xml10_content()),
            Event::CData(text) => json.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => json.push(super::story::resolve(&reference)?),
            Event::DocType(_) => return Err(unreadable(&"XML 里有 DOCTYPE")),
            Event::Eof => return Ok((json.trim().to_owned(), signature)),
            _ => {}
        }
    }
}
