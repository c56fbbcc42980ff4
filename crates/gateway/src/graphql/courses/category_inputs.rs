//! Inputs and payloads of the mutations of categories.

use async_graphql::{ID, InputObject, MaybeUndefined, SimpleObject};
use courses::{CategoryChange, NewCategory};
use kernel::{CategoryId, Error, Result};

use super::CourseCategory;
use crate::graphql::{error::UserError, id::Id, scalars::cleared};

/// A category to be.
#[derive(Debug, InputObject)]
pub struct CreateCategoryInput {
    /// 1 to 100 characters, unlike the name of any other category.
    pub name: String,
    /// The name in addresses, unlike that of any other category. Made from the name when none is given.
    pub slug: Option<String>,
    /// What stands on it: at most 5,000 characters.
    #[graphql(default)]
    pub description: String,
    /// The name of a symbol to show with it: at most 50 letters, digits, `-`, `_`, `:` and `.`.
    #[graphql(default)]
    pub icon: String,
    /// The category it goes into, as the last; at the top when none is given. The tree has at most 6 levels.
    pub parent_id: Option<Id<CategoryId>>,
    /// Is it shown?
    #[graphql(default = true)]
    pub is_active: bool,
}

/// What to change of a category. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct UpdateCategoryInput {
    /// Which category.
    pub id: Id<CategoryId>,
    /// 1 to 100 characters, unlike the name of any other category.
    pub name: Option<String>,
    /// The name in addresses, unlike that of any other category.
    pub slug: Option<String>,
    /// What stands on it: at most 5,000 characters; null clears it.
    pub description: MaybeUndefined<String>,
    /// The name of a symbol to show with it: at most 50 letters, digits, `-`, `_`, `:` and `.`; null clears it.
    pub icon: MaybeUndefined<String>,
    /// Is it shown? What is below one that is not, is not shown in the tree either.
    pub is_active: Option<bool>,
}

/// Which category to put where.
#[derive(Debug, InputObject)]
pub struct MoveCategoryInput {
    /// Which category. All below it comes along.
    pub id: Id<CategoryId>,
    /// The category it goes into; at the top when none is given. The tree has at most 6 levels.
    pub parent_id: Option<Id<CategoryId>>,
    /// Where it stands among its siblings then, from 0; after all of them when nothing is said.
    pub position: Option<i32>,
}

/// Which category to delete.
#[derive(Debug, InputObject)]
pub struct DeleteCategoryInput {
    /// Which category.
    pub id: Id<CategoryId>,
    /// The category that its courses and the categories below it go to. One that is empty needs none.
    pub move_to: Option<Id<CategoryId>>,
}

/// What came of making a category.
#[derive(SimpleObject)]
pub struct CreateCategoryPayload {
    /// The new category. Null when the input was refused.
    pub category: Option<CourseCategory>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of changing a category.
#[derive(SimpleObject)]
pub struct UpdateCategoryPayload {
    /// The category as it is now. Null when the input was refused.
    pub category: Option<CourseCategory>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of moving a category.
#[derive(SimpleObject)]
pub struct MoveCategoryPayload {
    /// The category as it is now. Null when the input was refused.
    pub category: Option<CourseCategory>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of deleting a category.
#[derive(SimpleObject)]
pub struct DeleteCategoryPayload {
    /// The id of the category that is gone. Null when the input was refused.
    pub deleted_category_id: Option<ID>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

impl CreateCategoryInput {
    pub fn into_domain(self) -> Result<NewCategory> {
        Ok(NewCategory {
            name: self.name,
            slug: self.slug,
            description: self.description,
            icon: self.icon,
            parent: given(self.parent_id, "parentId")?,
            is_active: self.is_active,
        })
    }
}

impl UpdateCategoryInput {
    pub fn into_domain(self) -> Result<(CategoryId, CategoryChange)> {
        let change = CategoryChange {
            name: self.name,
            slug: self.slug,
            description: cleared(self.description),
            icon: cleared(self.icon),
            is_active: self.is_active,
        };
        Ok((self.id.at(&["input", "id"])?, change))
    }
}

impl MoveCategoryInput {
    pub fn into_domain(self) -> Result<(CategoryId, Option<CategoryId>, Option<usize>)> {
        let position = self.position.map(usize::try_from).transpose().map_err(|_| Error::BadInput {
            field: vec!["input".into(), "position".into()],
            message: "`position` counts from 0".into(),
        })?;
        Ok((self.id.at(&["input", "id"])?, given(self.parent_id, "parentId")?, position))
    }
}

impl DeleteCategoryInput {
    pub fn into_domain(self) -> Result<(CategoryId, Option<CategoryId>)> {
        Ok((self.id.at(&["input", "id"])?, given(self.move_to, "moveTo")?))
    }
}

fn given(id: Option<Id<CategoryId>>, field: &'static str) -> Result<Option<CategoryId>> {
    id.map(|id| id.at(&["input", field])).transpose()
}
