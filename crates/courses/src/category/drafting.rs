//! What is sent of a category, and what is wrong with it.

use kernel::{CategoryId, Check, Result, is_name};

use crate::{
    rules::{CATEGORY_DESCRIPTION_TOO_LONG, CATEGORY_ICON_INVALID, CATEGORY_NAME_INVALID, CATEGORY_SLUG_INVALID},
    slugs::is_slug,
};

/// A category to be.
#[derive(Clone, Debug, Default)]
pub struct NewCategory {
    pub name: String,
    /// Made from the name when none is given.
    pub slug: Option<String>,
    pub description: String,
    pub icon: String,
    pub parent: Option<CategoryId>,
    pub is_active: bool,
}

/// What to change; `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct CategoryChange {
    pub name: Option<String>,
    pub slug: Option<String>,
    pub description: Option<String>,
    pub icon: Option<String>,
    pub is_active: Option<bool>,
}

pub(super) const LONGEST_SLUG: usize = 100;

impl NewCategory {
    pub(super) fn check(&mut self) -> Result<()> {
        let mut check = Check::new();
        check_name(&mut check, &mut self.name);
        check_slug(&mut check, self.slug.as_deref());
        check_rest(&mut check, Some(&self.description), Some(&self.icon));
        check.done()
    }
}

impl CategoryChange {
    pub(super) fn check(&mut self) -> Result<()> {
        let mut check = Check::new();
        if let Some(name) = &mut self.name {
            check_name(&mut check, name);
        }
        check_slug(&mut check, self.slug.as_deref());
        check_rest(&mut check, self.description.as_deref(), self.icon.as_deref());
        check.done()
    }
}

fn check_name(check: &mut Check, name: &mut String) {
    *name = name.trim().to_string();
    let good = is_name(name) && name.chars().count() <= 100;
    check.require(good, CATEGORY_NAME_INVALID.at("name"));
}

fn check_slug(check: &mut Check, slug: Option<&str>) {
    let good = slug.is_none_or(|slug| is_slug(slug) && slug.len() <= LONGEST_SLUG);
    check.require(good, CATEGORY_SLUG_INVALID.at("slug"));
}

fn check_rest(check: &mut Check, description: Option<&str>, icon: Option<&str>) {
    let at_most = |text: Option<&str>, most: usize| text.is_none_or(|text| text.chars().count() <= most);
    check.require(at_most(description, 5_000), CATEGORY_DESCRIPTION_TOO_LONG.at("description"));
    let plain = |icon: &str| icon.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_:.".contains(letter));
    check.require(at_most(icon, 50) && icon.is_none_or(plain), CATEGORY_ICON_INVALID.at("icon"));
}
