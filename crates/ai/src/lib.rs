//! The tutor: grounded answers, budgets.

pub mod budgeting;
#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
mod erasing;
mod model;
pub mod models;
mod policy;
pub mod reading;
mod rows;
pub mod rules;
mod visibility;

pub use ai_chat::MessageType;
pub use ai_reservation::ReservationState;
pub use entity::{ai_budget, ai_chat, ai_course_month, ai_learner_day, ai_reservation};
pub use erasing::erase_chats;
pub use model::{Model, ModelError, Piece, Pieces, Prompt, Role, Turn, about_tokens};
pub use rows::{ChatDetails, ChatRow};
