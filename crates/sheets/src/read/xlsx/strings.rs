//! The shared string table: rich text joined, phonetic hints left out.

use crate::read::{Package, Source};
use crate::xml;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::BufReader;
use std::sync::Arc;
use yanpan_kernel::problem::{Problem, READING_CANCELLED};

/// Reads the table; an absent part is an empty table.
pub(super) fn read(
    package: &mut Package<'_>,
    path: Option<&str>,
    source: &Source<'_>,
) -> Result<Vec<Arc<str>>, Problem> {
    let path = path.unwrap_or("xl/sharedStrings.xml");
    let Some(part) = package.reader(path) else { return Ok(Vec::new()) };
    let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, part));
    reader.config_mut().check_end_names = false;
    let (mut buffer, mut strings) = (Vec::new(), Vec::new());
    let (mut text, mut in_text, mut in_hint) = (String::new(), false, false);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| source.corrupt("文字表有误"))? {
            Event::Start(start) => match start.local_name().as_ref() {
                "si" => text.clear(),
                "t" => in_text = !in_hint,
                "rPh" => in_hint = true,
                _ => {}
            },
            Event::Empty(start) if start.local_name().as_ref() == "si" => strings.push(Arc::from("")),
            Event::End(end) => match end.local_name().as_ref() {
                "si" => {
                    strings.push(Arc::from(text.as_str()));
                    if strings.len() % 65_536 == 0 && source.watch.cancelled() {
                        return Err(Problem::new(&READING_CANCELLED, &[]));
                    }
                }
                "t" => in_text = false,
                "rPh" => in_hint = false,
                _ => {}
            },
            Event::Text(piece) if in_text => text.push_str(&piece.xml10_content()),
            Event::CData(piece) if in_text => text.push_str(&piece),
            Event::GeneralRef(name) if in_text => text.push_str(&xml::reference(&name)),
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}
