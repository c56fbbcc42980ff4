use media::{FileType, ProcessingStatus, media_file, storage::NOWHERE};
use sea_orm::{Set, prelude::Uuid};
use serde_json::json;

use super::{
    super::{
        dice::{Dice, Kind},
        plan::{
            School,
            courses::{Course, FILES, File, SECTIONS},
        },
        samples::Sample,
    },
    Dated,
};

pub fn files(school: &School) -> impl Iterator<Item = Dated<media_file::ActiveModel>> {
    let places = (0..school.courses.len()).flat_map(|course| (0..SECTIONS).map(move |section| (course, section)));
    places.flat_map(move |(row, section)| {
        let course = &school.courses[row];
        let names = course.source.files(section).into_iter().enumerate();
        names.map(move |(order, name)| {
            let place = section * FILES + order;
            let file = course.files[place];
            let dice = Dice::new(school.seed, Kind::Media, row * SECTIONS * FILES + place);
            let sample = school.samples_in.and_then(|provider| Some((Sample::of(extension(&name))?, provider)));
            let model = media_file::ActiveModel {
                user_id: Set(school.people[course.teacher].id),
                section_id: Set(Some(course.sections[section])),
                order_index: Set(order as i32),
                ..model(dice, course, file, name)
            };
            let model = match sample {
                Some((sample, provider)) => sample.held_by(model, provider),
                None => model,
            };
            (file.created, model)
        })
    })
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, end)| end)
}

/// What the end of a file's name tells about it.
struct Format {
    file_type: FileType,
    mime_type: &'static str,
    resolution: &'static str,
    video_codec: &'static str,
    audio_codec: &'static str,
    /// In bits per second; none for what does not play.
    bitrate: Option<i32>,
}

fn format(dice: &mut Dice, extension: &str) -> Format {
    let still = |file_type, mime_type| Format {
        file_type,
        mime_type,
        resolution: "",
        video_codec: "",
        audio_codec: "",
        bitrate: None,
    };
    match extension {
        "mp4" => {
            let (resolution, bitrate) = dice.pick(&[
                ("1920x1080", 4_500_000),
                ("1920x1080", 3_800_000),
                ("1280x720", 2_200_000),
                ("3840x2160", 12_000_000),
            ]);
            Format {
                resolution,
                video_codec: dice.pick(&["h264", "h264", "hevc"]),
                audio_codec: "aac",
                bitrate: Some(bitrate),
                ..still(FileType::Video, "video/mp4")
            }
        }
        "mp3" => Format { audio_codec: "mp3", bitrate: Some(192_000), ..still(FileType::Audio, "audio/mpeg") },
        "pdf" => still(FileType::Document, "application/pdf"),
        "jpg" => still(FileType::Image, "image/jpeg"),
        "png" => still(FileType::Image, "image/png"),
        _ => still(FileType::Other, "application/zip"),
    }
}

fn model(mut dice: Dice, course: &Course, file: File, name: String) -> media_file::ActiveModel {
    let extension = extension(&name);
    let format = format(&mut dice, extension);
    let size = match format.bitrate {
        Some(bitrate) => i64::from(bitrate) / 8 * i64::from(file.duration),
        None => dice.between(40_000, 6_000_000),
    };
    let (place, within) = (Uuid::from(course.id), Uuid::from(file.id));
    media_file::ActiveModel {
        id: Set(file.id),
        course_id: Set(Some(course.id)),
        file_type: Set(format.file_type),
        mime_type: Set(format.mime_type.into()),
        file_size: Set(size),
        storage_provider: Set(NOWHERE.into()),
        storage_path: Set(format!("courses/{place}/{within}.{extension}")),
        public_url: Set(None),
        thumbnail_url: Set(String::new()),
        duration: Set(format.bitrate.map(|_| file.duration)),
        resolution: Set(format.resolution.into()),
        video_codec: Set(format.video_codec.into()),
        audio_codec: Set(format.audio_codec.into()),
        bitrate: Set(format.bitrate),
        processing_status: Set(ProcessingStatus::Completed),
        processing_error: Set(String::new()),
        transcoding_data: Set(json!({})),
        is_public: Set(false),
        is_downloadable: Set(format.file_type != FileType::Video),
        metadata: Set(json!({})),
        upload_metadata: Set(json!({})),
        file_name: Set(name),
        ..Default::default()
    }
}
