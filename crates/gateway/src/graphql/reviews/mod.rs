//! Reviews on the wire.

pub mod keys;
mod node;

pub use node::Review;
