//! The tutor: grounded answers, budgets.

pub mod answering;
mod asking;
pub mod budgeting;
pub mod citing;
mod conversing;
#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
mod erasing;
pub mod extractive;
mod model;
pub mod models;
pub mod passages;
mod paying;
mod policy;
pub mod prompting;
pub mod questions;
pub mod reading;
mod remembering;
mod rows;
pub mod rules;
mod suggesting;
mod terms;
pub mod tidying;
mod visibility;

pub use ai_chat::{AnswerRating, AnswerState, Failure, MessageType, Restriction};
pub use ai_reservation::ReservationState;
pub use asking::{AnswerQuestion, Circumstances, Question, ask, restriction};
pub use conversing::{delete_conversation, rate};
pub use entity::{
    ai_budget, ai_chat, ai_course_month, ai_learner_day, ai_reservation, question_suggestion, suggestion_run,
    tutor_conversation, tutor_passage, tutor_policy, tutor_source,
};
pub use erasing::erase_chats;
pub use model::{Model, ModelError, Piece, Pieces, Prompt, Role, Turn, about_tokens};
pub use question_suggestion::{SuggestionKind, SuggestionStatus};
pub use remembering::earlier;
pub use rows::{ChatDetails, ChatRow, ConversationRow, PolicyRow};
pub use suggesting::{Suggestion, suggestions};
pub use suggestion_run::RunStatus;
pub use terms::{Terms, TermsChange, copy_terms, set_terms, terms_of};
pub use tutor_passage::PassageKind;
