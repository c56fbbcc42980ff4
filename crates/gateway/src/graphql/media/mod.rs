//! Files on the wire.

mod enums;
pub mod keys;
mod node;

pub use node::MediaFile;
