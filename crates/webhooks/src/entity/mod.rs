pub mod webhook;
pub mod webhook_delivery;
