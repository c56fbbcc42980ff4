pub mod question_bank;
pub mod quiz;
pub mod quiz_answer;
pub mod quiz_attempt;
pub mod quiz_draw;
pub mod quiz_question;
pub mod quiz_version;
