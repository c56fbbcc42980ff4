use kernel::{CategoryId, Check, Live, Result, Tx};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, sea_query::Expr};

use super::drafting::LONGEST_SLUG;
use crate::{
    course_category::{Column, Entity},
    rules::{CATEGORY_NAME_TAKEN, CATEGORY_SLUG_TAKEN},
    slugs::slug_within,
};

const ATTEMPTS: u32 = 1_000;

/// Refuses a name and a slug that other categories have. Whoever asks has the turn, so that what is free stays free; the
/// unique indexes stand behind it.
pub async fn check_free(tx: &Tx, but: Option<CategoryId>, name: Option<&str>, slug: Option<&str>) -> Result<()> {
    let mut check = Check::new();
    if let Some(name) = name {
        check.require(is_free(tx, but, Column::Name.eq(name)).await?, CATEGORY_NAME_TAKEN.at("name"));
    }
    if let Some(slug) = slug {
        check.require(is_free(tx, but, Column::Slug.eq(slug)).await?, CATEGORY_SLUG_TAKEN.at("slug"));
    }
    check.done()
}

/// The first free slug that the name gives.
pub async fn free_slug(tx: &Tx, name: &str) -> Result<String> {
    // Room for a hyphen and a number.
    let base = slug_within(name, LONGEST_SLUG - 4, "category");
    for suffix in 0..ATTEMPTS {
        let slug = if suffix == 0 { base.clone() } else { format!("{base}-{suffix}") };
        if is_free(tx, None, Column::Slug.eq(&slug)).await? {
            return Ok(slug);
        }
    }
    Err(CATEGORY_SLUG_TAKEN.at("slug").into())
}

async fn is_free(tx: &Tx, but: Option<CategoryId>, which: Expr) -> Result<bool> {
    let found = Entity::live().filter(which);
    let found = match but {
        Some(but) => found.filter(Column::Id.ne(but)),
        None => found,
    };
    Ok(found.count(&tx.conn).await? == 0)
}
