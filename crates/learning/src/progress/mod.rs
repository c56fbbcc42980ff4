//! How far people are: what they watch and complete, what follows from it for the course, and when it is completed.

pub mod activity;
pub mod analytics;
mod bounding;
mod budgets;
mod catching_up;
mod completing;
mod freezing;
mod hours;
mod items;
mod packet;
mod playback;
mod policy;
mod quizzes;
pub mod reading;
mod recording;
mod refreshing;
pub mod rules;
mod spans;
mod standing;
mod watching;

pub(crate) use catching_up::catch_up;
pub use catching_up::{CatchUp, catch_up_with, to_catch_up};
pub use completing::{complete_item, uncomplete_item};
pub use freezing::{Asked, freeze_items};
pub use items::{standings, timed, weight};
pub use packet::Sent;
pub use policy::Learn;
pub use quizzes::{Sitter, mark_quizzes, quizzes_passed};
pub use recording::{Recorded, record_playback};
pub use spans::Spans;
pub use standing::{Item, Reason, Standing, Thing, Watched};
pub use watching::{WallTime, Watching};
