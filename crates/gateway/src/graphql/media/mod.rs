//! Files on the wire.

mod enums;
mod inputs;
pub mod keys;
mod mutations;
mod node;
mod subscriptions;

pub use mutations::MediaMutation;
pub use node::MediaFile;
pub use subscriptions::MediaSubscription;
