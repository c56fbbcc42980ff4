pub mod ai_budget;
pub mod ai_chat;
pub mod ai_course_month;
pub mod ai_learner_day;
pub mod ai_reservation;
