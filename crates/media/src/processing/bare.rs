//! Pictures that hold nothing but pixels, as those that we write: no place, no camera, no second picture, no words.

const JPEG: &[u8] = b"\xff\xd8";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The type of a picture that is bare; none for any other file.
pub fn bare_type(picture: &[u8]) -> Option<&'static str> {
    let after = |sign| picture.strip_prefix(sign);
    if after(JPEG).is_some_and(is_bare_jpeg) {
        return Some("image/jpeg");
    }
    after(PNG).is_some_and(is_bare_png).then_some("image/png")
}

/// Segments that are needed to read the pixels, then these, to the end.
fn is_bare_jpeg(mut rest: &[u8]) -> bool {
    loop {
        let [0xff, marker, high, low, ..] = *rest else {
            return false;
        };
        let length = 2 + usize::from(u16::from_be_bytes([high, low]));
        let Some((_, next)) = rest.split_at_checked(length) else {
            return false;
        };
        match (marker, length) {
            (0xda, _) => return is_scan(next),
            // Tables, the frame, and the head that says the density but shows no smaller picture.
            (0xc0 | 0xc4 | 0xdb | 0xdd, _) | (0xe0, 18) => rest = next,
            _ => return false,
        }
    }
}

/// One scan, and nothing after it.
fn is_scan(pixels: &[u8]) -> bool {
    let has_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7);
    pixels.strip_suffix(b"\xff\xd9").is_some_and(|pixels| !pixels.windows(2).any(has_marker))
}

fn is_bare_png(mut rest: &[u8]) -> bool {
    while let Some((&[a, b, c, d, ref kind @ ..], data)) = rest.split_first_chunk::<8>() {
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        let checksum = 4;
        match (kind, data.get(length + checksum..)) {
            (b"IEND", Some(rest)) => return rest.is_empty(),
            (b"IHDR" | b"IDAT", Some(next)) => rest = next,
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};

    use super::bare_type;
    use crate::processing::write_picture;

    fn written(image: &DynamicImage) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let picture = write_picture(image, 100, folder.path()).unwrap();
        std::fs::read(folder.path().join(picture.file_name())).unwrap()
    }

    #[test]
    fn what_we_write_is_bare() {
        assert_eq!(bare_type(&written(&DynamicImage::new_rgb8(200, 90))), Some("image/jpeg"));
        assert_eq!(bare_type(&written(&DynamicImage::new_rgba8(200, 90))), Some("image/png"));
    }

    #[test]
    fn what_says_more_than_one_sees_is_not() {
        let jpeg = written(&DynamicImage::new_rgb8(200, 90));
        let place = [&jpeg[..2], b"\xff\xe1\x00\x08Exif\0\0", &jpeg[2..]].concat();
        let words = [&jpeg[..2], b"\xff\xfe\x00\x04Hi", &jpeg[2..]].concat();
        let more = [&jpeg[..], b"PK\x03\x04"].concat();
        for bad in [&place, &words, &more, &jpeg[..jpeg.len() - 1].to_vec(), &vec![]] {
            assert_eq!(bare_type(bad), None);
        }
        let mut png = vec![];
        let mut encoder = PngEncoder::new(&mut png);
        encoder.set_icc_profile(vec![1, 2, 3]).unwrap();
        encoder.write_image(&[0; 4], 1, 1, ExtendedColorType::Rgba8).unwrap();
        assert_eq!(bare_type(&png), None);
        let png = written(&DynamicImage::new_rgba8(1, 1));
        assert_eq!(bare_type(&[&png[..], b"more"].concat()), None);
    }
}
