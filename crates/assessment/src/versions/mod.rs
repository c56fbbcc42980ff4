//! What a quiz was at each of its publications: what attempts are made at, and what they are graded by.

mod freezing;
mod items;
mod reading;
mod snapshot;

pub(crate) use freezing::freeze;
pub use freezing::{ensure_frozen, freeze_as_it_is};
pub(crate) use items::items;
pub use reading::{count_versions_of_quizzes, version_details, versions, versions_of_quizzes};
pub use snapshot::{FrozenQuestion, Item, QuizSnapshot};
