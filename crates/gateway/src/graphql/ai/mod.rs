//! The tutor on the wire.

mod accepting;
mod budget;
mod budget_inputs;
mod budgets;
mod citation;
mod conversation;
mod enums;
mod inputs;
pub mod keys;
mod mutations;
mod node;
mod queries;
mod subscriptions;
mod suggestion;
mod suggestion_inputs;
mod suggestions;

pub use budgets::{BudgetMutation, BudgetQuery};
pub use conversation::Conversation;
pub use mutations::TutorMutation;
pub use node::AiChat;
pub use queries::TutorQuery;
pub use subscriptions::TutorSubscription;
pub use suggestion::{QuestionSuggestion, SuggestionRun};
pub use suggestions::{SuggestionMutation, SuggestionQuery};
