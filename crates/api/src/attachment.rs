//! Files in answers: named in Chinese, sent as attachments unless a page shows them in place.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use std::fmt::Write;

/// A file that is sent.
pub(crate) struct Attachment {
    /// Name with its ending.
    pub(crate) name: String,
    /// Media type.
    pub(crate) media: String,
    /// Content.
    pub(crate) bytes: Vec<u8>,
    /// Whether the page may show it in place; only for pictures, which hold no script.
    pub(crate) inline: bool,
}

impl Attachment {
    /// A file of a format that the program writes itself.
    pub(crate) fn of(name: &str, format: &str, bytes: Vec<u8>) -> Self {
        let media = match format {
            "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "pdf" => "application/pdf",
            "csv" => "text/csv; charset=utf-8",
            "html" => "text/html; charset=utf-8",
            _ => "application/octet-stream",
        };
        Self { name: format!("{name}.{format}"), media: media.to_owned(), bytes, inline: false }
    }
}

impl IntoResponse for Attachment {
    fn into_response(self) -> Response {
        let way = if self.inline { "inline" } else { "attachment" };
        let mut disposition = format!("{way}; filename*=UTF-8''");
        for byte in self.name.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                disposition.push(char::from(byte));
            } else {
                // Writing into a String cannot fail.
                let _ = write!(disposition, "%{byte:02X}");
            }
        }
        let value = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("attachment"));
        let headers = [(header::CONTENT_TYPE, value(&self.media)), (header::CONTENT_DISPOSITION, value(&disposition))];
        (headers, self.bytes).into_response()
    }
}
