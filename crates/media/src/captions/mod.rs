//! Subtitles and the like.

mod adding;
mod cues;
mod deleting;
mod webvtt;

pub use adding::{NewCaptions, add_captions, check_captions};
pub(crate) use adding::{is_label, language};
pub use cues::{Cue, cues};
pub use deleting::{RemoveCaptions, delete_captions};
pub use webvtt::check as check_words;
