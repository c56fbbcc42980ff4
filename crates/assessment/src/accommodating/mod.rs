//! What somebody is granted at a quiz: more time, more attempts, another window. It holds for an attempt that is under way, too.

mod granting;
mod reading;

pub use granting::{Accommodation, grant_accommodation, remove_accommodation};
pub use reading::{accommodations, accommodations_of_quizzes, count_accommodations_of_quizzes, own_accommodations};
