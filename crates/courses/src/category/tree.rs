use std::collections::HashMap;

use kernel::{CategoryId, Error, Live, Permit, Result, Turn, Tx, allow, dialect};
use sea_orm::{ColumnTrait, ExprTrait, IntoSimpleExpr, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    course_category::{Column, Entity, Model},
    policy::Arrange,
    rules::{CATEGORY_PARENT_NOT_FOUND, CATEGORY_TOO_DEEP},
};

/// How many levels the tree has at most.
const LEVELS: usize = 6;

/// The tree as it stands while this transaction has its turn: every living category, in the order of its siblings.
pub struct Tree {
    rows: Vec<Place>,
    parents: HashMap<CategoryId, Option<CategoryId>>,
}

struct Place {
    id: CategoryId,
    parent: Option<CategoryId>,
    order: i32,
}

/// The right to change a category. Nobody else changes any meanwhile.
pub async fn arrange(tx: &Tx, category: CategoryId) -> Result<Permit<Arrange, Model>> {
    tx.take_turn(Turn::Categories).await?;
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(category)).one(&tx.conn).await?;
    allow::<Arrange, _>(&tx.viewer, found.ok_or(Error::NotFound)?)
}

impl Tree {
    /// For whoever has the turn.
    pub async fn read(tx: &Tx) -> Result<Self> {
        let rows = Entity::live().select_only().columns([Column::Id, Column::ParentId, Column::Order]);
        let rows = rows.order_by_asc(Column::Order).order_by_asc(Column::Name).order_by_asc(Column::Id);
        let rows: Vec<(CategoryId, Option<CategoryId>, i32)> = rows.into_tuple().all(&tx.conn).await?;
        let rows: Vec<_> = rows.into_iter().map(|(id, parent, order)| Place { id, parent, order }).collect();
        let parents = rows.iter().map(|row| (row.id, row.parent)).collect();
        Ok(Self { rows, parents })
    }

    /// Those directly below, in order; those at the top for none.
    pub fn children(&self, parent: Option<CategoryId>) -> Vec<CategoryId> {
        self.below(parent).map(|row| row.id).collect()
    }

    /// The place after all siblings.
    pub fn last_place(&self, parent: Option<CategoryId>) -> i32 {
        self.below(parent).last().map_or(0, |last| last.order.saturating_add(1))
    }

    /// Is it the other, or anywhere below it?
    pub fn is_within(&self, category: CategoryId, other: CategoryId) -> bool {
        self.upwards(category).any(|above| above == other)
    }

    /// Refuses a parent that is not there, or under which something new, or these and all below them, would stand too deep.
    pub fn check_room(&self, parent: Option<CategoryId>, moved: &[CategoryId], field: &'static str) -> Result<()> {
        if parent.is_some_and(|parent| !self.parents.contains_key(&parent)) {
            return Err(CATEGORY_PARENT_NOT_FOUND.at(field).into());
        }
        let above = parent.map_or(0, |parent| self.upwards(parent).count());
        let tallest = moved.iter().map(|category| self.height(*category)).max().unwrap_or(1);
        if above + tallest > LEVELS { Err(CATEGORY_TOO_DEEP.at(field).into()) } else { Ok(()) }
    }

    fn below(&self, parent: Option<CategoryId>) -> impl Iterator<Item = &Place> {
        self.rows.iter().filter(move |row| row.parent == parent)
    }

    /// The category, the one above it, and so on. Ends even where rows form a circle.
    fn upwards(&self, category: CategoryId) -> impl Iterator<Item = CategoryId> {
        let above = std::iter::successors(Some(category), |id| self.parents.get(id).copied().flatten());
        above.take(self.parents.len() + 1)
    }

    /// How many levels it has with what is below it.
    fn height(&self, category: CategoryId) -> usize {
        let below = |row: &Place| self.upwards(row.id).position(|above| above == category);
        self.rows.iter().filter_map(below).max().unwrap_or(0) + 1
    }
}

/// Puts siblings in this order, all at once; who stays in place is left alone.
pub async fn put_in_order<P>(tx: &Tx, permit: &Permit<Arrange, P>, siblings: &[CategoryId]) -> Result<()> {
    let place = || dialect::place_in(tx.backend(), (Entity, Column::Id), siblings);
    let moved =
        dialect::any_of(tx.backend(), (Entity, Column::Id), siblings).and(Column::Order.into_simple_expr().ne(place()));
    tx.change_where::<_, _, Entity>(permit, moved, vec![(Column::Order, place())]).await?;
    Ok(())
}
