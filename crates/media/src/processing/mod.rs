//! What is made of a file after its upload: what it holds is found out, pictures and streams are derived from it. Steps
//! are noted as they are done, so that who is interrupted goes on where they were.

mod bare;
mod beginning;
mod child;
mod hls;
mod images;
mod made;
mod poster;
mod probe;
mod recording;
mod retrying;
mod tools;

pub use bare::bare_type;
pub use beginning::{ProcessMedia, begin, process_later};
pub use hls::{Ladder, stream};
pub use images::{open_image, write_picture, write_variants};
pub use made::{Derived, Found, Made, Picture, Step, Stream};
pub use poster::poster;
pub use probe::{Probed, probe};
pub use recording::{complete, fail, note_percent, note_step};
pub use retrying::retry;
pub use tools::Tools;

/// Why a step did not work out. Each says it in a sentence that uploaders read: no paths, nothing a program printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("The file can't be read: it is damaged, incomplete, or not what its name says.")]
    Unreadable,
    #[error("The file ends before its time: a part of it is missing.")]
    Truncated,
    #[error("A picture is a PNG, JPEG, GIF or WebP file, and nothing else at the same time.")]
    NoPicture,
    #[error("The picture is too large to be worked on: at most 40 million pixels, 16,384 on each side.")]
    TooLarge,
    #[error("It took too long; the file can be played as it was uploaded.")]
    TooSlow,
    #[error("The stream could not be made; the file can be played as it was uploaded.")]
    NotStreamed,
    #[error("A program that is needed could not be run; the file can be played as it was uploaded.")]
    NotRun,
    #[error("The file was deleted.")]
    Gone,
    #[error("The server has no room or no right to work on the file.")]
    NoRoom,
}

impl Trouble {
    fn of_program(error: std::io::Error) -> Self {
        tracing::warn!(%error, "a program for media could not be run");
        Self::NotRun
    }

    fn of_disk(error: std::io::Error) -> Self {
        tracing::warn!(%error, "a file that was derived could not be written");
        Self::NoRoom
    }
}
