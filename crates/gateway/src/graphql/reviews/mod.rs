//! Reviews on the wire.

mod edges;
mod enums;
mod history;
mod inputs;
pub mod keys;
mod moderating;
mod moderating_inputs;
mod mutations;
mod node;
mod queries;
mod reply;
mod reply_inputs;
mod replying;
mod summary;
mod vote_inputs;
mod voting;

pub use moderating::ModerationMutation;
pub use mutations::ReviewMutation;
pub use node::Review;
pub use queries::ReviewQuery;
pub use reply::ReviewReply;
pub use replying::ReplyMutation;
pub use summary::{RatingSummary, own_review};
pub use voting::VoteMutation;
