//! The way out: what goes to addresses that others have named.

mod addresses;
mod answer;
mod resolving;
mod sender;

pub use addresses::is_public;
pub use answer::{Answer, Reply};
pub use resolving::Lookup;
pub use sender::{Message, Sender};
