//! Small pictures of pictures: decoded within limits, written anew.
//!
//! What is shown is never what was sent: a file that is a picture and a page at once, a place in its margin, a colour
//! table made to crash a viewer stay behind. A few megabytes that unfold to gigabytes are not unfolded.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use tokio::sync::Semaphore;

use crate::error::ApiError;

/// Longest edge of a small picture.
const EDGE: u32 = 1_200;
/// Pictures with more points are not looked at: three times what phones make.
const MOST_POINTS: u64 = 150_000_000;
/// The most a decoder may ask for.
const MOST_BYTES: u64 = 640 << 20;
/// Made at the same time.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A small JPEG of a picture; none of what is no picture that can be shown.
///
/// # Errors
///
/// [`ApiError::Overloaded`] when the server stops.
pub async fn small(bytes: Vec<u8>) -> Result<Option<Vec<u8>>, ApiError> {
    let _turn = AT_ONCE.acquire().await.map_err(|_| ApiError::Overloaded)?;
    tokio::task::spawn_blocking(move || make(&bytes)).await.map_err(ApiError::internal)
}

fn make(bytes: &[u8]) -> Option<Vec<u8>> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_POINTS {
        return None;
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_BYTES);
    decoder.set_limits(limits).ok()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).ok()?;
    let mut picture = match width.max(height) > EDGE {
        true => picture.thumbnail(EDGE, EDGE),
        false => picture,
    };
    picture.apply_orientation(orientation);
    let mut written = Vec::new();
    let on_white = over_white(picture);
    on_white.write_with_encoder(image::codecs::jpeg::JpegEncoder::new_with_quality(&mut written, 82)).ok()?;
    Some(written)
}

/// JPEG knows no transparency.
fn over_white(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.into_rgb8());
    }
    let from = picture.into_rgba8();
    let mut onto = image::RgbImage::new(from.width(), from.height());
    for (to, point) in onto.pixels_mut().zip(from.pixels()) {
        let alpha = u32::from(point.0[3]);
        for (to, from) in to.0.iter_mut().zip(&point.0[..3]) {
            let mixed = (u32::from(*from) * alpha + 255 * (255 - alpha)) / 255;
            *to = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
    }
    DynamicImage::ImageRgb8(onto)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut written = Cursor::new(Vec::new());
        DynamicImage::new_rgba8(width, height).write_to(&mut written, image::ImageFormat::Png).unwrap();
        written.into_inner()
    }

    #[test]
    fn a_picture_comes_back_small_and_anew() {
        let mut sent = png(2_400, 1_200);
        sent.extend_from_slice(b"<script>alert(1)</script>");
        let small = make(&sent).expect("a picture");
        assert!(small.starts_with(&[0xff, 0xd8]) && !small.windows(7).any(|window| window == b"<script"));
        let read = image::load_from_memory(&small).unwrap();
        assert_eq!((read.width(), read.height()), (1_200, 600));
        // What was transparent is white.
        assert!(read.into_rgb8().get_pixel(0, 0).0.iter().all(|part| *part > 250));
    }

    #[test]
    fn what_unfolds_without_end_and_what_is_none_is_not_looked_at() {
        // 40,000 × 40,000 points are promised by 70 bytes.
        let mut bomb = png(1, 1);
        bomb[16..24].copy_from_slice(&[0, 0, 0x9c, 0x40, 0, 0, 0x9c, 0x40]);
        let crc = {
            // The header's checksum fits, so that only its size speaks against it.
            let mut crc = u32::MAX;
            for byte in &bomb[12..29] {
                crc ^= u32::from(*byte);
                for _ in 0..8 {
                    crc = if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
                }
            }
            !crc
        };
        bomb[29..33].copy_from_slice(&crc.to_be_bytes());
        assert_eq!(make(&bomb), None);
        for none in [&b"hello"[..], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"", &png(9, 9)[..40]] {
            assert_eq!(make(none), None);
        }
    }
}
