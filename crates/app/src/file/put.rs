//! Storing an upload: a picture is re-encoded without metadata, the original's hash is its name.

use super::kind::{MOST_BYTES, media_type};
use crate::{App, Caller, import::hex, ports::File, write};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use sha2::{Digest, Sha256};
use std::io::Cursor;
use yanpan_kernel::{
    form::FileRef,
    problem::{FILE_KIND_REFUSED, INTERNAL, Problem, TOO_LARGE},
};

/// Longest side of a picture in pixels; a phone's photo of 48 megapixels fits.
const MOST_PIXELS: u32 = 12_000;

/// Stores a file durably and returns what an answer names it by. It belongs to no case until an act names it.
///
/// # Errors
/// `TOO_LARGE`, `FILE_KIND_REFUSED` (by content), `STORE_UNAVAILABLE`.
pub async fn put_file(app: &App, _caller: &Caller, name: &str, bytes: Vec<u8>) -> Result<FileRef, Problem> {
    if bytes.len() > MOST_BYTES {
        return Err(Problem::new(&TOO_LARGE, &[("limit", &"20 MB")]));
    }
    let name: String = name.chars().filter(|c| !c.is_control() && !"/\\".contains(*c)).take(120).collect();
    let refused = || Problem::new(&FILE_KIND_REFUSED, &[("name", &name)]);
    let media = media_type(&bytes).ok_or_else(refused)?;
    let hash = hex(&Sha256::digest(&bytes));
    if app.store.read().await?.file(&hash).await?.is_some() {
        return Ok(FileRef { hash, name });
    }
    let picture = matches!(media, "image/jpeg" | "image/png");
    let stored = if picture {
        let work = tokio::task::spawn_blocking(move || without_metadata(&bytes, media));
        work.await.map_err(|_| Problem::new(&INTERNAL, &[("reference", &"picture")]))?.ok_or_else(refused)?
    } else {
        bytes
    };
    let stored_hash = hex(&Sha256::digest(&stored));
    let file = File {
        hash: hash.clone(),
        stored: stored_hash.clone(),
        media: media.to_owned(),
        name: name.clone(),
        size: i64::try_from(stored.len()).unwrap_or(i64::MAX),
        at: app.environment.now_ms(),
    };
    app.files.put(&stored_hash, stored).await?;
    write(app, move |writing| Box::pin(async move { writing.put_file(&file).await })).await?;
    Ok(FileRef { hash, name })
}

/// The picture encoded anew: orientation applied, place and camera gone. `None` when it is no picture after all.
fn without_metadata(bytes: &[u8], media: &str) -> Option<Vec<u8>> {
    let format = if media == "image/png" { ImageFormat::Png } else { ImageFormat::Jpeg };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    let mut out = Cursor::new(Vec::new());
    let encodable = if format == ImageFormat::Jpeg { DynamicImage::ImageRgb8(picture.to_rgb8()) } else { picture };
    encodable.write_to(&mut out, format).ok()?;
    Some(out.into_inner())
}
