pub mod ai_chat;
pub mod tutor_conversation;
pub mod tutor_passage;
pub mod tutor_policy;
pub mod tutor_source;
