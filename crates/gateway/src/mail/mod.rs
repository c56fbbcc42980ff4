//! Letters to people: rendered from templates, then sent by SMTP or, where no server is configured, left in the outbox.
//! Sending takes long and can fail: it is a job's work, never a transaction's.

mod failure;
mod letter;
mod links;
mod mailer;
mod message;
mod outbox;
mod plain;
mod settings;
mod smtp;
mod templates;

pub use failure::Failure;
pub use letter::Letter;
pub use links::{Links, Page};
pub use mailer::Mailer;
pub use settings::Settings;
pub use templates::{LETTERS, Rendered, Templates};
