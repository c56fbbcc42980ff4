use std::{fs::File, io::BufWriter, path::Path};

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageReader, Limits, codecs::jpeg::JpegEncoder, codecs::png::PngEncoder,
    imageops::FilterType,
};

use super::{Picture, Trouble};

const MAX_SIDE: u32 = 16_384;
const MAX_PIXELS: u64 = 40_000_000;
/// Forty million pixels of four bytes, and what decoding takes beside them.
const MAX_MEMORY: u64 = 256 << 20;
const WIDTHS: [u32; 4] = [320, 640, 1280, 1920];
const QUALITY: u8 = 82;

/// Reads a picture, the right way up. Works long: not for a thread that others wait for.
pub fn open_image(file: &Path) -> Result<DynamicImage, Trouble> {
    let mut reader =
        ImageReader::open(file).map_err(Trouble::of_disk)?.with_guessed_format().map_err(Trouble::of_disk)?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(MAX_SIDE), Some(MAX_SIDE));
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(trouble)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Trouble::TooLarge);
    }
    let orientation = decoder.orientation().map_err(trouble)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(trouble)?;
    image.apply_orientation(orientation);
    Ok(image)
}

/// Writes the picture in the usual widths, as far as it has them, and at least once; the smallest first. Nothing is left
/// of what a camera writes beside it, such as the place. Works long.
pub fn write_variants(image: &DynamicImage, folder: &Path) -> Result<Vec<Picture>, Trouble> {
    let mut widths: Vec<u32> = WIDTHS.into_iter().filter(|width| *width < image.width()).collect();
    if widths.len() < WIDTHS.len() {
        widths.push(image.width());
    }
    widths.into_iter().map(|width| write(image, width, folder)).collect()
}

/// Writes the picture once, at most so wide. Works long.
pub fn write_picture(image: &DynamicImage, most: u32, folder: &Path) -> Result<Picture, Trouble> {
    write(image, image.width().min(most), folder)
}

fn write(image: &DynamicImage, width: u32, folder: &Path) -> Result<Picture, Trouble> {
    let ratio = f64::from(width) / f64::from(image.width());
    let height = ((f64::from(image.height()) * ratio).round() as u32).max(1);
    let smaller = image.resize_exact(width, height, FilterType::CatmullRom);
    // JPEG knows nothing of what is transparent.
    let has_alpha = image.color().has_alpha();
    let mime_type = if has_alpha { "image/png" } else { "image/jpeg" };
    let picture = Picture { width, height, mime_type: mime_type.into() };
    let out = BufWriter::new(File::create(folder.join(picture.file_name())).map_err(Trouble::of_disk)?);
    let written = match has_alpha {
        true => smaller.to_rgba8().write_with_encoder(PngEncoder::new(out)),
        false => smaller.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(out, QUALITY)),
    };
    written.map_err(trouble)?;
    Ok(picture)
}

fn trouble(error: ImageError) -> Trouble {
    match error {
        ImageError::Limits(_) => Trouble::TooLarge,
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::StorageFull => Trouble::of_disk(error),
        _ => Trouble::Unreadable,
    }
}
