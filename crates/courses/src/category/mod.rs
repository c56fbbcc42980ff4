//! The shelves of the catalogue: a tree that those tend who manage courses. One of them at a time changes it.

mod creating;
mod deleting;
mod drafting;
mod moving;
mod slugging;
mod tree;
mod updating;

pub use creating::create_category;
pub use deleting::delete_category;
pub use drafting::{CategoryChange, NewCategory};
pub use moving::move_category;
pub use updating::update_category;
