//! The words that the school is made of.

pub mod description;
pub mod names;
pub mod opinions;
pub mod outline;
pub mod questions;
pub mod titles;

/// With a capital first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
