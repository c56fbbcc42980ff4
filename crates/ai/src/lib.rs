//! The tutor: grounded answers, budgets.

#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
mod erasing;
mod model;
pub mod models;
pub mod reading;
mod rows;
mod visibility;

pub use ai_chat::MessageType;
pub use entity::ai_chat;
pub use erasing::erase_chats;
pub use model::{Model, ModelError, Piece, Pieces, Prompt, Role, Turn, about_tokens};
pub use rows::{ChatDetails, ChatRow};
