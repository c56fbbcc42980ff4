//! The tutor, what it may use, and what it helps authors with.

mod budgets;
mod model;
pub mod suggesting;
