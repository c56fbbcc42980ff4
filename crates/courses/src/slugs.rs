//! The specification's `generate_course_slug`, safe when two courses of one title are created at once: the unique index
//! decides, not a look beforehand.

use kernel::{Check, Permit, Result, Tx};
use sea_orm::Set;

use crate::{
    course,
    rules::{COURSE_SLUG_INVALID, COURSE_SLUG_TAKEN},
};

const ATTEMPTS: u32 = 1_000;

/// A title as a slug, in ASCII whatever its script; `course` when nothing is left of it.
pub fn slug_of(title: &str) -> String {
    slug_within(title, 240, "course")
}

/// A name as a slug of at most so many letters; `otherwise` when nothing is left of it.
pub(crate) fn slug_within(name: &str, most: usize, otherwise: &str) -> String {
    let slug = slug::slugify(name);
    let short = slug.char_indices().nth(most).map_or(slug.as_str(), |(at, _)| &slug[..at]).trim_end_matches('-');
    if short.is_empty() { otherwise.into() } else { short.into() }
}

/// Is it one already?
pub(crate) fn is_slug(slug: &str) -> bool {
    !slug.is_empty() && slug::slugify(slug) == slug
}

pub fn check_slug(check: &mut Check, slug: &str) {
    let good = is_slug(slug) && slug.len() <= 255;
    check.require(good, COURSE_SLUG_INVALID.at("slug"));
}

/// Inserts the course under the slug it asks for, or under the first free one that its title gives: `rust`, `rust-1`, ...
pub async fn insert_with_slug<A, P>(
    tx: &Tx,
    permit: &Permit<A, P>,
    asked: Option<String>,
    row: course::ActiveModel,
) -> Result<course::Model> {
    if let Some(slug) = asked {
        let row = course::ActiveModel { slug: Set(slug), ..row };
        return Ok(tx.insert_unless_taken(permit, row).await?.ok_or(COURSE_SLUG_TAKEN.at("slug"))?);
    }
    let base = slug_of(row.title.try_as_ref().map_or("", String::as_str));
    for slug in free_slugs(&base) {
        let row = course::ActiveModel { slug: Set(slug), ..row.clone() };
        if let Some(course) = tx.insert_unless_taken(permit, row).await? {
            return Ok(course);
        }
    }
    Err(COURSE_SLUG_TAKEN.at("title").into())
}

/// `rust`, `rust-1`, `rust-2`, ...: one after the other, until one is free.
pub fn free_slugs(base: &str) -> impl Iterator<Item = String> + use<'_> {
    (0..ATTEMPTS).map(move |suffix| if suffix == 0 { base.to_string() } else { format!("{base}-{suffix}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_slugs() {
        for (title, slug) in [
            ("Rust for Beginners!", "rust-for-beginners"),
            ("  Äpfel & Birnen ", "apfel-birnen"),
            ("Основы", "osnovy"),
            ("数学", "shu-xue"),
            ("!!!", "course"),
            ("", "course"),
        ] {
            assert_eq!(slug_of(title), slug);
        }
        assert_eq!(slug_of(&"ab ".repeat(200)).len(), 239);
    }
}
