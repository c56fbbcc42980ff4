use std::{path::Path, time::Duration};

use super::{Probed, Tools, Trouble, child::Task, tools::input};

const LIMIT: Duration = Duration::from_secs(120);

/// Takes one picture out of a film: from its tenth part, where it has begun, into this file.
pub async fn poster(tools: &Tools, film: &Path, probed: &Probed, into: &Path) -> Result<(), Trouble> {
    let program = tools.ffmpeg.clone().ok_or(Trouble::NotRun)?;
    let at = probed.seconds.map_or(0.0, |seconds| (seconds / 10.0).min(60.0));
    let into = into.to_str().ok_or(Trouble::NoRoom)?;
    let mut arguments: Vec<String> = ["-v", "quiet", "-nostdin", "-y", "-ss"].map(str::to_string).into();
    arguments.push(format!("{at:.2}"));
    arguments.extend(input(film)?);
    let scale = "scale='min(1920,iw)':-2";
    let words = ["-map", "0:v:0", "-frames:v", "1", "-vf", scale, "-map_metadata", "-1", "-f", "image2", "-c:v", "png"];
    arguments.extend(words.map(str::to_string));
    arguments.push(format!("file:{into}"));
    let printed = Task { program, arguments, limit: LIMIT }.run().await?;
    let is_there = Path::new(into).metadata().is_ok_and(|about| about.len() > 0);
    if printed.succeeded && is_there { Ok(()) } else { Err(Trouble::Unreadable) }
}
