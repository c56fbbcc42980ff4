//! The tables are what the entities and the data-layer specification say, on both databases.

mod checks;
mod columns;
pub mod dictionary;
mod entities;
mod indexes;
mod references;
pub mod rows;
mod uniqueness;
