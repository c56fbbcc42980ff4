mod arranging;
mod deleting;
pub mod files;
mod processing;
mod recordings;
mod watching;
