//! An element cut into its start, its children and its end, each a slice of the text as it stood.

use quick_xml::Reader;
use quick_xml::events::Event;

/// An element's parts.
#[derive(Debug, Clone)]
pub(super) struct Split<'t> {
    /// Everything up to and with the start tag.
    pub before: &'t str,
    /// Direct children: local name and slice.
    pub children: Vec<(String, &'t str)>,
    /// The end tag and everything after it.
    pub after: &'t str,
    /// Prefix of the element's name with its colon, or empty.
    pub prefix: String,
}

/// Cuts the first element of this local name; nothing if it is absent, empty (`<a/>`) or not closed.
pub(super) fn split<'t>(text: &'t str, name: &str) -> Option<Split<'t>> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let (mut depth, mut inside, mut child) = (0_usize, None::<usize>, None::<(String, usize)>);
    let mut out = Split { before: "", children: Vec::new(), after: "", prefix: String::new() };
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        match event {
            Event::Start(tag) => {
                let local = tag.local_name().as_ref().to_owned();
                match inside {
                    None if local == name => {
                        inside = Some(depth);
                        out.before = text.get(..end)?;
                        let full = tag.name().as_ref().to_owned();
                        out.prefix = full.strip_suffix(name).unwrap_or_default().to_owned();
                    }
                    Some(at) if depth == at + 1 => child = Some((local, start)),
                    _ => {}
                }
                depth += 1;
            }
            Event::Empty(tag) if inside.is_some_and(|at| depth == at + 1) => {
                out.children.push((tag.local_name().as_ref().to_owned(), text.get(start..end)?));
            }
            Event::End(_) => {
                depth = depth.checked_sub(1)?;
                if inside == Some(depth) {
                    out.after = text.get(start..)?;
                    return Some(out);
                }
                if inside.is_some_and(|at| depth == at + 1)
                    && let Some((local, from)) = child.take()
                {
                    out.children.push((local, text.get(from..end)?));
                }
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The element with an attribute of its start tag set.
pub(super) fn with_attribute(element: &str, name: &str, value: &str) -> String {
    let end = element.find('>').unwrap_or(element.len());
    let (tag, rest) = element.split_at(end);
    let wanted = format!(" {name}=\"");
    if let Some((before, after)) = tag.split_once(&wanted)
        && let Some((_, tail)) = after.split_once('"')
    {
        return format!("{before}{wanted}{value}\"{tail}{rest}");
    }
    match tag.strip_suffix('/') {
        Some(open) => format!("{}{wanted}{value}\"/{rest}", open.trim_end()),
        None => format!("{tag}{wanted}{value}\"{rest}"),
    }
}
