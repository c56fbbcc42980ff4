//! Reads by many keys at once: what loaders call.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, Order, PartialModelTrait, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, Select,
};
use uuid::Uuid;

use crate::{EntityId, Result, dialect};

/// The rows whose `column` is one of `keys`, each under its key.
pub async fn by_keys<E, R, I>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    column: E::Column,
    keys: &[I],
    key: fn(&R) -> I,
) -> Result<HashMap<I, R>>
where
    E: EntityTrait,
    R: PartialModelTrait + Send + Sync,
    I: EntityId,
{
    let rows = matching(db, select, column, keys).into_partial_model::<R>().all(db).await?;
    Ok(rows.into_iter().map(|row| (key(&row), row)).collect())
}

/// For lists that are short by nature: all the rows of each key, in this order.
pub async fn lists_of<E, R, I>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    parent: (E::Column, fn(&R) -> I),
    keys: &[I],
    order: &[E::Column],
) -> Result<HashMap<I, Vec<R>>>
where
    E: EntityTrait,
    R: PartialModelTrait + Send + Sync,
    I: EntityId,
{
    let (column, key) = parent;
    let mut select = matching(db, select, column, keys);
    for column in order {
        select = select.order_by(*column, Order::Asc);
    }
    let mut lists: HashMap<I, Vec<R>> = HashMap::new();
    for row in select.into_partial_model::<R>().all(db).await? {
        lists.entry(key(&row)).or_default().push(row);
    }
    Ok(lists)
}

/// How many rows each key has; keys without rows are absent.
pub async fn counts_of<E, I>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    column: E::Column,
    keys: &[I],
) -> Result<HashMap<I, i64>>
where
    E: EntityTrait,
    I: EntityId,
{
    #[derive(FromQueryResult)]
    struct Count {
        key: Uuid,
        rows: i64,
    }
    let counts = matching(db, select, column, keys)
        .select_only()
        .column_as(column, "key")
        .column_as(column.count(), "rows")
        .group_by(column)
        .into_model::<Count>()
        .all(db)
        .await?;
    Ok(counts.into_iter().map(|count| (count.key.into(), count.rows)).collect())
}

fn matching<E: EntityTrait, I: EntityId>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    column: E::Column,
    keys: &[I],
) -> Select<E> {
    select.filter(dialect::any_of(db.get_database_backend(), (E::default(), column), keys))
}

/// Are these the first columns of the row? For [`crate::InOrder`], which asks where nobody waits for it.
pub fn begins_with(row: &QueryResult, names: &[&str]) -> bool {
    row.column_names().iter().zip(names).filter(|(found, name)| found == name).count() == names.len()
}

/// Declares the reads behind an edge from a parent to the page of its children: the pages of many parents, and how many
/// children each has. Each is one statement and returns only what the viewer may see.
#[macro_export]
macro_rules! edges {
    ($($(#[$doc:meta])* $pages:ident, $counts:ident: $row:ty => $parent:ty, $entity:ty, $column:ident, $of:expr, $sort:expr;)*) => {$(
        $(#[$doc])*
        pub async fn $pages(
            db: &impl ::sea_orm::ConnectionTrait,
            viewer: &$crate::Viewer,
            parents: &[$parent],
            request: &$crate::PageRequest,
        ) -> $crate::Result<::std::collections::HashMap<$parent, $crate::Page<$row>>> {
            type Column = <$entity as ::sea_orm::EntityTrait>::Column;
            let of: fn(&$row) -> $parent = $of;
            $crate::pages_of(db, <$entity>::visible_to(viewer), (Column::$column, of), parents, &$sort(), request).await
        }

        /// How many there are; parents without any are absent.
        pub async fn $counts(
            db: &impl ::sea_orm::ConnectionTrait,
            viewer: &$crate::Viewer,
            parents: &[$parent],
        ) -> $crate::Result<::std::collections::HashMap<$parent, i64>> {
            type Column = <$entity as ::sea_orm::EntityTrait>::Column;
            $crate::counts_of(db, <$entity>::visible_to(viewer), Column::$column, parents).await
        }
    )*};
}
