//! Charts as PNG, because word processors of the offices do not all draw SVG.

use super::{HEIGHT, WIDTH, svg};
use crate::docx::Picture;
use crate::fonts::{Fonts, Role};
use crate::model::{Chart, Document};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::sync::Arc;
use yanpan_kernel::problem::{DOCUMENT_NOT_WRITTEN, Problem};

/// Pixels per mm: about 200 dpi, what an office printer shows.
const DENSITY: u32 = 8;

/// The charts of a document as pictures, in order.
///
/// # Errors
/// [`DOCUMENT_NOT_WRITTEN`] when a picture cannot be painted.
pub fn png(document: &Document, fonts: &Fonts) -> Result<Vec<Picture>, Problem> {
    document.charts().into_iter().map(|chart| picture(chart, fonts)).collect()
}

fn picture(chart: &Chart, fonts: &Fonts) -> Result<Picture, Problem> {
    let failed = |reason: String| Problem::new(&DOCUMENT_NOT_WRITTEN, &[("reason", &reason)]);
    let family = fonts.families(Role::Bold).first().map_or("sans-serif", String::as_str);
    let options = Options { fontdb: Arc::clone(&fonts.database), font_family: family.to_owned(), ..Options::default() };
    let tree = Tree::from_str(&svg(chart, family), &options).map_err(|error| failed(error.to_string()))?;
    let size = tree.size();
    let (width, height) = (WIDTH * DENSITY, HEIGHT * DENSITY);
    let mut pixels = Pixmap::new(width, height).ok_or_else(|| failed("picture size".to_owned()))?;
    let scale = |pixels: u32, units: f32| f32::from(u16::try_from(pixels).unwrap_or(u16::MAX)) / units;
    let (x, y) = (scale(width, size.width()), scale(height, size.height()));
    resvg::render(&tree, Transform::from_scale(x, y), &mut pixels.as_mut());
    let png = pixels.encode_png().map_err(|error| failed(error.to_string()))?;
    Ok(Picture { png, width: WIDTH * 100, height: HEIGHT * 100 })
}
