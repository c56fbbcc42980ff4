use std::{collections::HashMap, sync::Arc};

use async_graphql::SimpleObject;
use courses::{CategoryRow, reading};
use kernel::CategoryId;

use super::{
    CourseCategory,
    keys::{CategoryById, ChildrenOfCategory},
};
use crate::graphql::{context::RequestContext, error::Result};

/// A shelf where it stands in the tree.
#[derive(SimpleObject)]
pub struct CategoryInTree {
    /// The shelf. Its `parent` and its `children` have been read with the tree.
    category: CourseCategory,
    /// How many shelves it stands on; 0 at the top.
    level: i32,
}

/// The tree, as one statement read it.
struct Tree(HashMap<Option<CategoryId>, Vec<CategoryRow>>);

/// The categories at the top; the levels below them wait in the loader for who asks.
pub async fn top(req: &RequestContext) -> Result<Vec<CourseCategory>> {
    let tree = Tree::read(req).await?;
    Ok(tree.below(None).iter().cloned().map(CourseCategory::from).collect())
}

/// All categories, each before those below it.
pub async fn all(req: &RequestContext) -> Result<Vec<CategoryInTree>> {
    let tree = Tree::read(req).await?;
    let mut left: Vec<_> = tree.below(None).iter().rev().map(|row| (row, 0)).collect();
    let mut all = vec![];
    while let Some((row, level)) = left.pop() {
        left.extend(tree.below(Some(row.id)).iter().rev().map(|below| (below, level + 1)));
        all.push(CategoryInTree { category: row.clone().into(), level });
    }
    Ok(all)
}

impl Tree {
    async fn read(req: &RequestContext) -> Result<Self> {
        let rows = reading::category_tree(req.db().read(), &req.viewer()).await?;
        let mut below: HashMap<_, Vec<_>> = rows.iter().map(|row| (Some(row.id), vec![])).collect();
        for row in rows {
            req.loaders.prime(CategoryById(row.id), Arc::new(row.clone()));
            below.entry(row.parent_id).or_default().push(row);
        }
        for (parent, rows) in &below {
            if let Some(parent) = parent {
                req.loaders.prime(ChildrenOfCategory(*parent), Arc::new(rows.clone()));
            }
        }
        Ok(Self(below))
    }

    fn below(&self, parent: Option<CategoryId>) -> &[CategoryRow] {
        self.0.get(&parent).map(Vec::as_slice).unwrap_or_default()
    }
}
