//! Webhooks on the wire.

mod delivery;
mod inputs;
pub mod keys;
mod mutations;
mod node;
mod queries;

pub use delivery::WebhookDelivery;
pub use mutations::WebhookMutation;
pub use node::Webhook;
pub use queries::WebhookQuery;
