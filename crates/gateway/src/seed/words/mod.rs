//! The words that the school is made of.

pub mod description;
pub mod grammar;
pub mod names;
pub mod opinions;
pub mod outline;
pub mod questions;
pub mod titles;
