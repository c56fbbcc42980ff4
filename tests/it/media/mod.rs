mod arranging;
pub mod captions;
mod deleting;
pub mod files;
mod processing;
mod recordings;
mod watching;
