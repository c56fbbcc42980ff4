//! The tutor on the wire.

mod budget;
mod budget_inputs;
mod budgets;
mod enums;
pub mod keys;
mod node;

pub use budgets::{BudgetMutation, BudgetQuery};
pub use node::AiChat;
