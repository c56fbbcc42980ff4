//! What a course was at each of its publications: frozen then, put back when its authors want it.

mod freezing;
pub mod reading;
mod restoring;
mod snapshot;

pub use freezing::freeze;
pub use restoring::{Restored, restore_sections};
pub use snapshot::{FrozenSection, Placed, Snapshot};
