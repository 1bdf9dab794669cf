//! The custom XML part with the signed statement.

use crate::statement::{NAMESPACE, sign};
use quick_xml::escape::escape;

/// Properties of the part; the id names the kind of part, not the document.
pub const PROPERTIES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<ds:datastoreItem \
    ds:itemID=\"{6F3B7C1E-5A0D-4E8B-9C57-2D1A90E4B6F1}\" xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\">\
    <ds:schemaRefs><ds:schemaRef ds:uri=\"urn:yanpan:statement:1\"/></ds:schemaRefs></ds:datastoreItem>";

/// Relations of the part.
pub const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
    xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps\" Target=\"itemProps1.xml\"/></Relationships>";

/// The part: the statement as JSON text, which any saving keeps as it is, signed as that text.
pub fn xml(statement: &str, key: &[u8]) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<statement xmlns=\"{NAMESPACE}\" algorithm=\"HMAC-SHA256\" \
         signature=\"{}\">{}</statement>",
        sign(statement, key),
        escape(statement)
    )
}
