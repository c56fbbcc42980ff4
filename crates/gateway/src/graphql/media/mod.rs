//! Files on the wire.

mod caption_inputs;
mod captions;
mod enums;
mod inputs;
pub mod keys;
mod mutations;
mod node;
mod subscriptions;

pub use captions::{CaptionMutation, CaptionTrack};
pub use mutations::MediaMutation;
pub use node::MediaFile;
pub use subscriptions::MediaSubscription;
