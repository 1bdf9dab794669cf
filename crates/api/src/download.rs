//! Files as answers: attachments with names in Chinese.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

/// Bytes to be saved under this name (RFC 6266, RFC 8187).
pub(crate) fn attachment(name: &str, media: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename*=UTF-8''{}", escaped(name));
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(media)), (header::CONTENT_DISPOSITION, disposition)];
    (headers, bytes).into_response()
}

/// Percent-encoding of everything but the plain letters of RFC 8187 §3.2.1.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_chinese_is_percent_encoded_and_quotes_cannot_end_it() {
        let answer = attachment("报告\"; x.docx", "application/pdf", Vec::new());
        let said = answer.headers().get(header::CONTENT_DISPOSITION).unwrap().to_str().unwrap();
        assert_eq!(said, "attachment; filename*=UTF-8''%E6%8A%A5%E5%91%8A%22%3B%20x.docx");
    }
}
