//! The built pages: in a release build inside the program, in a debug build read from `web/dist`.

#[cfg(feature = "console")]
mod built {
    use std::fmt::Write;
    use yanpan_api::{Page, Pages};

    #[derive(rust_embed::RustEmbed)]
    #[folder = "../../web/dist"]
    #[exclude = "*manifest.json"]
    struct Dist;

    /// The files of `web/dist`.
    pub struct Built;

    impl Pages for Built {
        fn page(&self, path: &str) -> Option<Page> {
            let file = Dist::get(path)?;
            let hash = file.metadata.sha256_hash().iter().fold(String::new(), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            });
            let mime = match file.metadata.mimetype() {
                text if text.starts_with("text/") => format!("{text}; charset=utf-8"),
                other => other.to_owned(),
            };
            Some(Page { bytes: file.data, mime, hash })
        }
    }
}

/// The pages of this build; none when it was built without the feature `console`.
#[must_use]
pub fn pages() -> Option<std::sync::Arc<dyn yanpan_api::Pages>> {
    #[cfg(feature = "console")]
    return Some(std::sync::Arc::new(built::Built));
    #[cfg(not(feature = "console"))]
    None
}
