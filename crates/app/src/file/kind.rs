//! What a file is, by its content and never by its name.

/// Largest file, 20 MiB.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;

/// Media type by content: JPEG, PNG, HEIC, PDF, Office, MP4; `None` for anything else, scripts and pages included.
#[must_use]
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    let brand = bytes.get(4..12).unwrap_or_default();
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Some("image/jpeg")
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if bytes.starts_with(b"%PDF-") {
        Some("application/pdf")
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        Some("application/x-ole-storage")
    } else if bytes.starts_with(b"PK\x03\x04") && contains(bytes, b"[Content_Types].xml") {
        Some("application/vnd.openxmlformats-officedocument")
    } else if [b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"].iter().any(|known| brand == *known) {
        Some("image/heic")
    } else if [b"ftypisom", b"ftypmp42", b"ftypMSNV", b"ftypavc1", b"ftypqt  "].iter().any(|known| brand == *known) {
        Some("video/mp4")
    } else {
        None
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_that_calls_itself_a_photo_is_none() {
        assert_eq!(media_type(b"#!/bin/sh\nrm -rf /\n"), None);
        assert_eq!(media_type(b"<html><script>alert(1)</script></html>"), None);
        assert_eq!(media_type(b"<?php echo 1;"), None);
        assert_eq!(media_type(b"PK\x03\x04 just a zip"), None);
        assert_eq!(media_type(b""), None);
    }

    #[test]
    fn pictures_are_known_by_their_first_bytes() {
        assert_eq!(media_type(&[0xFF, 0xD8, 0xFF, 0xE0]), Some("image/jpeg"));
        assert_eq!(media_type(b"\0\0\0\x18ftypheic\0\0"), Some("image/heic"));
    }
}
