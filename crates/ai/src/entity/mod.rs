pub mod ai_chat;
