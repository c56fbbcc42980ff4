//! The rows of each table, made one after the other as they are asked for, each with the time it was created at.

pub mod catalogue;
pub mod certificates;
pub mod chats;
pub mod courses;
pub mod learning;
pub mod media;
pub mod people;
pub mod quizzes;
pub mod reviews;
pub mod sittings;
pub mod staff;

use super::dice::Seconds;

pub type Dated<R> = (Seconds, R);
