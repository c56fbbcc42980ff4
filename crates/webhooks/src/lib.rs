//! Webhooks: programs of others are told of what happens, signed, at least once, and of each thing in its order.

mod creating;
mod deleting;
mod editing;
#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
mod erasing;
mod found;
mod letters;
mod policy;
pub mod queue;
pub mod reading;
mod rotating;
mod rows;
pub mod rules;
mod secret;
pub mod sending;
mod signing;
mod target;
mod trying;
mod visibility;

pub use creating::{NewWebhook, create};
pub use deleting::delete;
pub use editing::{WebhookChange, update};
pub use entity::{webhook, webhook_delivery};
pub use erasing::{erase_webhooks, webhooks_of};
pub use rotating::rotate;
pub use rows::{DeliveryRow, WebhookRow};
pub use signing::sign;
pub use target::Reach;
pub use trying::{TEST, redeliver, test};
pub use webhook::PauseReason;
pub use webhook_delivery::DeliveryState;
