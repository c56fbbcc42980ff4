use std::{
    env,
    path::{Path, PathBuf},
};

/// The programs that know about sound and pictures. None of them has to be there.
#[derive(Clone, Debug, Default)]
pub struct Tools {
    pub ffmpeg: Option<PathBuf>,
    pub ffprobe: Option<PathBuf>,
}

impl Tools {
    /// Those on the `PATH`.
    pub fn on_path() -> Self {
        Self { ffmpeg: find("ffmpeg"), ffprobe: find("ffprobe") }
    }
}

/// A program on the `PATH`.
pub(super) fn find(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

/// How a program is to read a file that somebody uploaded: from the disk and nowhere else, and as one of these. Formats
/// that name other files, such as playlists, are none of them: they would read from this machine or its network what was
/// never uploaded.
pub(super) fn input(file: &Path) -> Result<Vec<String>, super::Trouble> {
    let file = file.to_str().ok_or(super::Trouble::NoRoom)?;
    let words = ["-protocol_whitelist", "file", "-format_whitelist", FORMATS, "-i"];
    Ok(words.map(str::to_string).into_iter().chain([format!("file:{file}")]).collect())
}

const FORMATS: &str = "mov,matroska,mp3,aac,flac,ogg,wav,avi,mpegts,mpeg,flv,asf,aiff,amr";
