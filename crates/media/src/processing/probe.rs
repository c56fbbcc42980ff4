use std::{path::Path, time::Duration};

use serde::Deserialize;

use super::{Tools, Trouble, child::Task, tools::input};

const LIMIT: Duration = Duration::from_secs(60);
/// Longer than this is no recording but a mistake in the file: a fortnight.
const MAX_SECONDS: f64 = 14.0 * 24.0 * 3600.0;

/// What a recording holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Probed {
    pub seconds: Option<f64>,
    /// Does it say that there are moving pictures?
    pub is_film: bool,
    /// Width and height, as it is to be shown. None without moving pictures, and when these are lost.
    pub size: Option<(u32, u32)>,
    pub video_codec: Option<String>,
    pub audio_codec: Option<String>,
    /// In bits per second.
    pub bitrate: Option<i32>,
}

impl Probed {
    /// Does it say what it holds, and not a word about how that is to be played?
    pub fn is_lost(&self) -> bool {
        if self.is_film { self.size.is_none() } else { self.audio_codec.is_none() }
    }
}

/// Asks ffprobe what is in a file.
pub async fn probe(tools: &Tools, file: &Path) -> Result<Probed, Trouble> {
    let program = tools.ffprobe.clone().ok_or(Trouble::NotRun)?;
    let about = "format=duration,bit_rate:stream=codec_type,codec_name,width,height,duration:\
                 stream_disposition=attached_pic:stream_side_data=rotation";
    let words = ["-v", "quiet", "-print_format", "json", "-show_entries", about];
    let arguments = words.map(str::to_string).into_iter().chain(input(file)?).collect();
    let printed = Task { program, arguments, limit: LIMIT }.run().await?;
    match printed.succeeded {
        true => parse(&printed.output),
        false => Err(Trouble::Unreadable),
    }
}

/// Reads what ffprobe prints. The file was made by anybody: no number in it is taken for more than it can be.
fn parse(json: &[u8]) -> Result<Probed, Trouble> {
    let report: Report = serde_json::from_slice(json).map_err(|_| Trouble::Unreadable)?;
    let of_kind = |kind: &str| report.streams.iter().find(|stream| stream.is(kind));
    let (video, audio) = (of_kind("video"), of_kind("audio"));
    if video.is_none() && audio.is_none() {
        return Err(Trouble::Unreadable);
    }
    let lengths = [report.format.duration, video.and_then(|it| it.duration), audio.and_then(|it| it.duration)];
    let seconds = lengths.into_iter().flatten().find(|seconds| (0.0..=MAX_SECONDS).contains(seconds));
    let bitrate = report.format.bit_rate.filter(|rate| (0.0..=f64::from(i32::MAX)).contains(rate));
    Ok(Probed {
        seconds,
        is_film: video.is_some(),
        size: video.and_then(Stream::size),
        video_codec: video.and_then(Stream::codec),
        audio_codec: audio.and_then(Stream::codec),
        bitrate: bitrate.map(|rate| rate as i32),
    })
}

#[derive(Deserialize)]
struct Report {
    #[serde(default)]
    streams: Vec<Stream>,
    #[serde(default)]
    format: Format,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Format {
    #[serde(deserialize_with = "number")]
    duration: Option<f64>,
    #[serde(deserialize_with = "number")]
    bit_rate: Option<f64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Stream {
    codec_type: String,
    codec_name: String,
    #[serde(deserialize_with = "number")]
    width: Option<f64>,
    #[serde(deserialize_with = "number")]
    height: Option<f64>,
    #[serde(deserialize_with = "number")]
    duration: Option<f64>,
    disposition: Disposition,
    side_data_list: Vec<SideData>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Disposition {
    /// The cover of a record, which ffmpeg takes for a film of one picture.
    attached_pic: u8,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SideData {
    #[serde(deserialize_with = "number")]
    rotation: Option<f64>,
}

impl Stream {
    fn is(&self, kind: &str) -> bool {
        self.codec_type == kind && self.disposition.attached_pic == 0
    }

    /// Telephones film lying down and say which way is up.
    fn size(&self) -> Option<(u32, u32)> {
        let side = |length: Option<f64>| length.filter(|it| (1.0..=65_535.0).contains(it)).map(|it| it as u32);
        let (width, height) = (side(self.width)?, side(self.height)?);
        let turned =
            self.side_data_list.iter().filter_map(|data| data.rotation).any(|angle| angle.abs() % 180.0 == 90.0);
        Some(if turned { (height, width) } else { (width, height) })
    }

    fn codec(&self) -> Option<String> {
        let name: String = self.codec_name.chars().filter(|c| c.is_ascii_alphanumeric() || "_-".contains(*c)).collect();
        (!name.is_empty()).then(|| name.chars().take(50).collect())
    }
}

/// Numbers come as numbers, as texts, or as `N/A`.
fn number<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    let value = Option::<serde_json::Value>::deserialize(from)?;
    Ok(value.and_then(|value| match value {
        serde_json::Value::Number(number) => number.as_f64(),
        serde_json::Value::String(text) => text.parse().ok(),
        _ => None,
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(report: serde_json::Value) -> Result<Probed, Trouble> {
        parse(report.to_string().as_bytes())
    }

    #[test]
    fn what_a_film_holds() {
        let report = json!({"streams": [
            {"codec_type": "video", "codec_name": "h264", "width": 1920, "height": 1080, "duration": "4.0"},
            {"codec_type": "audio", "codec_name": "aac"}], "format": {"duration": "4.02", "bit_rate": "1869690"}});
        let film = Probed {
            seconds: Some(4.02),
            is_film: true,
            size: Some((1920, 1080)),
            video_codec: Some("h264".into()),
            audio_codec: Some("aac".into()),
            bitrate: Some(1_869_690),
        };
        assert_eq!(read(report), Ok(film));
    }

    #[test]
    fn a_cover_is_no_film_and_a_telephone_is_turned() {
        let cover = json!({"streams": [
            {"codec_type": "video", "codec_name": "png", "width": 9, "height": 9, "disposition": {"attached_pic": 1}},
            {"codec_type": "audio", "codec_name": "mp3"}]});
        let cover = read(cover).unwrap();
        assert_eq!((cover.size, cover.is_lost()), (None, false));
        let turned = json!({"streams": [{"codec_type": "video", "width": 1920, "height": 1080, "side_data_list": [{"rotation": -90}]}]});
        assert_eq!(read(turned).unwrap().size, Some((1080, 1920)));
    }

    #[test]
    fn what_can_not_be_is_not_believed() {
        let absurd = json!({"streams": [{"codec_type": "video", "codec_name": "<script>h264", "width": -3, "height": 1e30, "duration": "inf"}],
            "format": {"duration": "1e300", "bit_rate": "-5"}});
        let said = read(absurd).unwrap();
        assert_eq!((said.seconds, said.size, said.bitrate), (None, None, None));
        assert!(said.is_lost(), "a film without a size");
        assert_eq!(said.video_codec.as_deref(), Some("scripth264"));
        for nothing in [json!({}), json!([]), json!({"streams": []}), json!({"streams": [{"codec_type": "data"}]})] {
            assert_eq!(read(nothing), Err(Trouble::Unreadable));
        }
        assert_eq!(parse(b"{"), Err(Trouble::Unreadable));
    }
}
