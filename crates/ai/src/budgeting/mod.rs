//! How many tokens of a language model may be used: by each learner of a course in a day, by everybody in it in a month. Days
//! and months begin at midnight, UTC. What an answer may take is reserved before it is asked for, by statements with a
//! condition, so that many at once can't pass a limit together; what it took is settled afterwards. What nobody settles lapses.
//! Nothing is reserved for the built-in tutor: it takes no tokens.
//! Whoever reserves or settles goes in one order: the reservation, the learner's day, the course's month.

mod counting;
mod lapsing;
mod limits;
mod period;
pub mod reading;
mod reserving;
mod setting;
mod settling;

pub use lapsing::{lapsed, release, tidy_up};
pub use limits::{Limits, SchoolBudget};
pub use period::{day_of, month_of, next_day, next_month};
pub use reserving::reserve;
pub use setting::{BudgetChange, set_budget};
pub use settling::{refund, settle};
