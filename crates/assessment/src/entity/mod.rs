pub mod quiz;
pub mod quiz_answer;
pub mod quiz_attempt;
pub mod quiz_question;
