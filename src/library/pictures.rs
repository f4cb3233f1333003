//! Pictures that a briefing shows, read from inside the library and never from elsewhere.

use super::File;
use super::load::read_bounded;
use super::paths::resolve_inside;
use image::imageops::FilterType;
use image::{ImageReader, Limits};
use std::io::Cursor;

/// The largest file that is read as a picture.
const MAX_FILE_BYTES: usize = 32 * 1024 * 1024;
/// The longest side of a picture that is decoded at all.
const MAX_SIDE_PX: u32 = 12_000;
/// What a decoder may allocate.
const MAX_DECODED_BYTES: u64 = 256 * 1024 * 1024;
/// The longest side that is kept: sharp in the column at twice the usual scale.
const MAX_KEPT_SIDE_PX: u32 = 2_048;

/// A decoded picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub width_px: usize,
    pub height_px: usize,
    /// Rows from the top; red, green, blue and opacity of each pixel, one byte each.
    pub rgba: Vec<u8>,
}

/// Reads a picture as the briefing names it.
///
/// # Errors
///
/// Says in one sentence why there is none: it leads out of the library, is not there, is too large, or is no
/// picture in a format that is read (PNG, JPEG, GIF, WebP).
pub fn read(file: &File, written: &str) -> Result<Picture, String> {
    let folder = file.path.parent().unwrap_or(&file.root);
    let path = resolve_inside(&file.root, folder, written).map_err(|fault| fault.to_string())?;
    let bytes = read_bounded(&path, MAX_FILE_BYTES + 1)
        .map_err(|error| format!("expected a readable picture at `{written}`, but {error}"))?;
    if bytes.len() > MAX_FILE_BYTES {
        return Err(format!(
            "expected a picture of at most {} MB at `{written}`, found a larger one",
            MAX_FILE_BYTES / (1024 * 1024)
        ));
    }
    decode(&bytes).map_err(|error| {
        format!("expected a PNG, JPEG, GIF or WebP picture at `{written}`, but {error}")
    })
}

fn decode(bytes: &[u8]) -> Result<Picture, image::ImageError> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE_PX);
    limits.max_image_height = Some(MAX_SIDE_PX);
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    reader.limits(limits);
    let mut decoded = reader.decode()?;
    if decoded.width().max(decoded.height()) > MAX_KEPT_SIDE_PX {
        decoded = decoded.resize(MAX_KEPT_SIDE_PX, MAX_KEPT_SIDE_PX, FilterType::Triangle);
    }
    let pixels = decoded.into_rgba8();
    Ok(Picture {
        width_px: pixels.width() as usize,
        height_px: pixels.height() as usize,
        rgba: pixels.into_raw(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image::RgbaImage::new(width, height)
            .write_to(&mut bytes, image::ImageFormat::Png)
            .expect("a picture can be written to memory");
        bytes.into_inner()
    }

    #[test]
    fn a_picture_is_decoded_and_a_large_one_made_smaller() {
        let small = decode(&png(3, 2)).expect("a picture");
        assert_eq!((small.width_px, small.height_px), (3, 2));
        assert_eq!(small.rgba.len(), 3 * 2 * 4);
        let large = decode(&png(4_096, 16)).expect("a picture");
        assert_eq!((large.width_px, large.height_px), (2_048, 8));
    }

    /// A few hundred bytes that say they are 50,000 by 50,000 pixels, which would be ten gigabytes.
    #[test]
    fn a_picture_that_is_a_bomb_is_refused_before_it_is_decoded() {
        let mut bomb = png(1, 1);
        let side = 50_000_u32.to_be_bytes();
        bomb[16..20].copy_from_slice(&side);
        bomb[20..24].copy_from_slice(&side);
        // The header's checksum, over its name and its fields.
        let mut crc = u32::MAX;
        for &byte in &bomb[12..29] {
            crc ^= u32::from(byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 {
                    (crc >> 1) ^ 0xedb8_8320
                } else {
                    crc >> 1
                };
            }
        }
        bomb[29..33].copy_from_slice(&(!crc).to_be_bytes());
        let error = decode(&bomb).expect_err("a bomb");
        assert!(matches!(error, image::ImageError::Limits(_)), "{error}");
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_an_error() {
        assert!(decode(b"not a picture").is_err());
        assert!(decode(&png(MAX_SIDE_PX + 1, 1)).is_err());
        let mut cut = png(64, 64);
        cut.truncate(40);
        assert!(decode(&cut).is_err());
    }
}
