use std::{path::Path, time::Duration};

use tokio::sync::watch;

use super::{Probed, Tools, Trouble, child::Task, tools::input};

/// The rungs: height, and bits per second of the pictures.
const RUNGS: [(u32, u32); 5] = [(1080, 4_500_000), (720, 2_500_000), (480, 1_200_000), (360, 700_000), (240, 400_000)];
const SEGMENT_SECONDS: u32 = 6;
/// A program that is stuck is given up; one that works gets ten times as long as the film.
const LEAST: Duration = Duration::from_secs(15 * 60);
const MOST: Duration = Duration::from_secs(12 * 3600);
/// What of the film may be missing in the stream before it counts as cut off: so many seconds, and such a part of it.
const TOLERANCE: (f64, f64) = (0.5, 0.05);

/// The heights that a film is streamed in, the tallest first: none above its own, and at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder(Vec<(u32, u32)>);

impl Ladder {
    pub fn below(height: u32) -> Self {
        let rungs: Vec<_> = RUNGS.into_iter().filter(|(rung, _)| *rung <= height).collect();
        // Encoders want even numbers.
        if rungs.is_empty() { Self(vec![((height & !1).max(2), RUNGS[4].1)]) } else { Self(rungs) }
    }

    pub fn heights(&self) -> Vec<u32> {
        self.0.iter().map(|(height, _)| *height).collect()
    }
}

/// Makes an HTTP live stream of a film: `master.m3u8` in the folder, and a folder per rung. Tells how far it is, in
/// percent.
pub async fn stream(
    tools: &Tools,
    film: &Path,
    probed: &Probed,
    folder: &Path,
    percent: watch::Sender<i32>,
) -> Result<Ladder, Trouble> {
    let program = tools.ffmpeg.clone().ok_or(Trouble::NotRun)?;
    let (_, height) = probed.size.ok_or(Trouble::NotStreamed)?;
    let ladder = Ladder::below(height);
    let seconds = probed.seconds.unwrap_or_default();
    let arguments = arguments(film, &ladder, probed.audio_codec.is_some(), folder)?;
    let limit = Duration::from_secs_f64(seconds * 10.0).clamp(LEAST, MOST);
    let mut done = 0.0;
    let task = Task { program, arguments, limit };
    let succeeded = task.follow(|line| {
        if let Some(position) = position(line) {
            done = position;
            percent.send_replace(if seconds > 0.0 { (position / seconds * 100.0).clamp(0.0, 100.0) as i32 } else { 0 });
        }
    });
    if !succeeded.await? {
        return Err(Trouble::NotStreamed);
    }
    if done + TOLERANCE.0 + TOLERANCE.1 * seconds < seconds {
        return Err(Trouble::Truncated);
    }
    Ok(ladder)
}

fn arguments(film: &Path, ladder: &Ladder, has_sound: bool, folder: &Path) -> Result<Vec<String>, Trouble> {
    let folder = folder.to_str().ok_or(Trouble::NoRoom)?;
    let mut words: Vec<String> = vec![];
    let mut say = |text: &str| words.extend(text.split(' ').map(str::to_string));
    say("-v quiet -nostdin -y");
    let rungs = || ladder.0.iter().enumerate();
    let outputs: String = rungs().map(|(n, _)| format!("[s{n}]")).collect();
    let scales: Vec<_> = rungs().map(|(n, (height, _))| format!("[s{n}]scale=-2:{height},setsar=1[v{n}]")).collect();
    let graph = format!("[0:v:0]split={}{outputs};{}", ladder.0.len(), scales.join(";"));
    words.extend(input(film)?);
    words.extend(["-filter_complex".into(), graph]);
    let mut say = |text: String| words.extend(text.split(' ').map(str::to_string));
    for (n, (_, rate)) in rungs() {
        say(format!("-map [v{n}] -b:v:{n} {rate} -maxrate:v:{n} {} -bufsize:v:{n} {}", rate * 11 / 10, rate * 2));
        if has_sound {
            say("-map 0:a:0".into());
        }
    }
    say("-c:v libx264 -preset veryfast -profile:v main -pix_fmt yuv420p -sc_threshold 0".into());
    say(format!("-force_key_frames expr:gte(t,n_forced*{SEGMENT_SECONDS}) -map_metadata -1 -map_chapters -1"));
    if has_sound {
        say("-c:a aac -b:a 128k -ac 2 -ar 48000".into());
    }
    say(format!("-f hls -hls_time {SEGMENT_SECONDS} -hls_playlist_type vod -hls_flags independent_segments"));
    say("-master_pl_name master.m3u8 -progress pipe:1 -nostats".into());
    let variants: Vec<_> =
        rungs().map(|(n, _)| if has_sound { format!("v:{n},a:{n}") } else { format!("v:{n}") }).collect();
    words.extend(["-var_stream_map".into(), variants.join(" ")]);
    words.extend(["-hls_segment_filename".into(), format!("{folder}/%v/%05d.ts"), format!("{folder}/%v/index.m3u8")]);
    Ok(words)
}

/// How much of the film is done, in seconds, when the line says that.
fn position(line: &str) -> Option<f64> {
    let micros: f64 = line.strip_prefix("out_time_us=")?.trim().parse().ok()?;
    (micros >= 0.0).then_some(micros / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rung_is_above_the_film() {
        for (height, heights) in [
            (2160, vec![1080, 720, 480, 360, 240]),
            (720, vec![720, 480, 360, 240]),
            (719, vec![480, 360, 240]),
            (240, vec![240]),
            (99, vec![98]),
            (1, vec![2]),
        ] {
            assert_eq!(Ladder::below(height).heights(), heights, "{height}");
        }
    }

    #[test]
    fn the_position_is_read_and_nothing_else() {
        assert_eq!(position("out_time_us=4017044"), Some(4.017044));
        for line in ["out_time_us=N/A", "out_time_us=-9223372036854775807", "progress=end", "", "out_time_ms=1"] {
            assert_eq!(position(line), None, "{line}");
        }
    }
}
