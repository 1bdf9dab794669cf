//! Fonts for paper: the site's own first, then a pinned list of files; never the whole system.

mod roles;

pub use roles::{Role, Substitution};

use resvg::usvg::fontdb;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use yanpan_kernel::problem::{FONT_MISSING, Problem};

/// Where Debian's packages `fonts-noto-cjk` and `fonts-arphic-gkai00mp` put what a document needs.
pub const KNOWN: [&str; 4] = [
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf",
];

/// Loaded fonts with everything that is the same for each document; make it once and keep it. It holds the files' bytes in memory
/// (about 75 MB for [`KNOWN`]), so a process that is to be small makes it on first use and drops it when idle.
pub struct Fonts {
    pub(crate) library: LazyHash<Library>,
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) fonts: Vec<Font>,
    pub(crate) database: Arc<fontdb::Database>,
    /// Families per role, the wanted one first, then those for rare characters.
    pub(crate) families: Vec<(Role, Vec<String>)>,
    substitutions: Vec<Substitution>,
}

/// Bytes that Typst and the chart painter share.
#[derive(Clone)]
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Fonts {
    /// Loads every font file in `site` (a folder, not its subfolders) and those of `known` that exist.
    ///
    /// # Errors
    /// [`FONT_MISSING`] naming the family and the Debian package when a role of the layout has no font at all.
    pub fn find(site: Option<&Path>, known: &[PathBuf]) -> Result<Self, Problem> {
        let mut fonts = Vec::new();
        let mut database = fontdb::Database::new();
        for path in site.map(own).unwrap_or_default() {
            load(&path, &mut fonts, &mut database, true);
        }
        for path in known {
            load(path, &mut fonts, &mut database, false);
        }
        let book = FontBook::from_fonts(&fonts);
        let (mut families, mut substitutions) = (Vec::new(), Vec::new());
        for role in Role::ALL {
            let candidates = role.candidates();
            let Some(used) = candidates.iter().find(|family| book.contains_family(&family.to_lowercase())) else {
                let values: [(&str, &dyn std::fmt::Display); 2] =
                    [("family", &role.wanted()), ("package", &role.package())];
                return Err(Problem::new(&FONT_MISSING, &values));
            };
            if !role.own().contains(used) {
                substitutions.push(Substitution { wanted: role.wanted().to_owned(), used: (*used).to_owned() });
            }
            families.push((role, with_others(used, &fonts)));
        }
        Ok(Self {
            library: LazyHash::new(<Library as LibraryExt>::default()),
            book: LazyHash::new(book),
            fonts,
            database: Arc::new(database),
            families,
            substitutions,
        })
    }

    /// [`Fonts::find`] with the pinned Debian paths.
    ///
    /// # Errors
    /// As [`Fonts::find`].
    pub fn usual(site: Option<&Path>) -> Result<Self, Problem> {
        Self::find(site, &KNOWN.map(PathBuf::from))
    }

    /// Which named types were replaced, for the log and the document's properties.
    #[must_use]
    pub fn substitutions(&self) -> &[Substitution] {
        &self.substitutions
    }

    /// Characters of a text that none of the fonts can print, each once.
    #[must_use]
    pub fn uncovered(&self, text: &str) -> Vec<char> {
        let mut letters: Vec<char> = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        letters.sort_unstable();
        letters.dedup();
        letters.retain(|letter| !self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(*letter))));
        letters
    }

    /// The families of a role.
    pub(crate) fn families(&self, role: Role) -> &[String] {
        self.families.iter().find(|(known, _)| *known == role).map_or(&[], |(_, families)| families)
    }
}

/// The font used, then one for rare characters, then whatever else the site brought.
fn with_others(used: &str, fonts: &[Font]) -> Vec<String> {
    let mut families = vec![used.to_owned()];
    for family in std::iter::once("Noto Serif CJK SC").chain(fonts.iter().map(|font| font.info().family.as_str())) {
        if !families.iter().any(|known| known == family) {
            families.push(family.to_owned());
        }
    }
    families
}

/// The font files of the site's folder by name.
fn own(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let font = |path: &PathBuf| {
        let kind = path.extension().and_then(|kind| kind.to_str()).map(str::to_ascii_lowercase);
        matches!(kind.as_deref(), Some("ttf" | "otf" | "ttc" | "otc"))
    };
    let mut paths: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(font).collect();
    paths.sort();
    paths
}

/// Adds a file's faces; of a collection for several countries only the simplified-Chinese ones, unless it is the site's own.
fn load(path: &Path, fonts: &mut Vec<Font>, database: &mut fontdb::Database, own: bool) {
    let Ok(bytes) = std::fs::read(path) else { return };
    let shared = Shared(Arc::new(bytes));
    let faces = Font::iter(Bytes::new(shared.clone()));
    fonts.extend(faces.filter(|font| {
        let family = &font.info().family;
        own || !family.contains("CJK") || (family.ends_with(" SC") && !family.contains("Mono"))
    }));
    database.load_font_source(fontdb::Source::Binary(Arc::new(shared)));
}

#[cfg(test)]
mod tests;
