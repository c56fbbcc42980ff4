//! What is to be sent: from the feed into the queue, out of it in the order of each thing, and what came of it.

mod claiming;
mod filling;
mod forgetting;
mod looking;
mod pausing;
mod schedule;
mod settling;

pub use claiming::{Claimed, HELD, claim, claim_next};
pub(crate) use filling::pending;
pub use filling::{Follower, fill, followers};
pub use forgetting::forget;
pub use looking::{next_of, waiting};
pub use pausing::{begin_anew, pause};
pub use settling::{Attempt, settle};
