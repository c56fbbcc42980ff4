use kernel::{AuditRecord, CategoryId, EntityId, Error, Live, Permit, Result, Tx};
use sea_orm::{ColumnTrait, IntoSimpleExpr, PaginatorTrait, QueryFilter, QuerySelect, sea_query::Expr};

use super::tree::{Tree, arrange, put_in_order};
use crate::{
    course,
    course_category::{Column, Entity, Model},
    policy::Arrange,
    rules::{CATEGORY_NOT_EMPTY, CATEGORY_TARGET_INVALID},
};

/// Deletes a category. What is in it, courses and categories, goes to the target, of which one that is not empty has need.
pub async fn delete_category(tx: &mut Tx, id: CategoryId, target: Option<CategoryId>) -> Result<()> {
    let permit = arrange(tx, id).await?;
    let tree = Tree::read(tx).await?;
    let children = tree.children(Some(id));
    if let Some(target) = target {
        check_target(&tree, id, target, &children)?;
        move_children(tx, &permit, &tree, target, &children).await?;
        move_courses(tx, &permit, id, target).await?;
    }
    // From here on nobody puts a course in it: who is about to has it locked, and is waited for.
    let found = Entity::live().filter(Column::Id.eq(id)).lock_exclusive().one(&tx.conn).await?;
    found.ok_or(Error::NotFound)?;
    let is_full = !children.is_empty() || courses_in(tx, id).await? > 0;
    match target {
        None if is_full => return Err(CATEGORY_NOT_EMPTY.at("moveTo").into()),
        None => {}
        Some(target) => move_courses(tx, &permit, id, target).await?,
    }
    // Deleted courses may come back.
    let of_deleted = vec![(course::Column::CategoryId, Expr::val(target))];
    tx.redact::<_, _, course::Entity>(&permit, course::Column::CategoryId.eq(id), of_deleted).await?;
    let category: Model = tx.delete(permit).await?;
    let record = AuditRecord::new("category.deleted", id).change("name", category.name, serde_json::Value::Null);
    tx.record(record.with("moveTo", target.map(EntityId::to_wire))).await
}

fn check_target(tree: &Tree, id: CategoryId, target: CategoryId, children: &[CategoryId]) -> Result<()> {
    if tree.is_within(target, id) {
        return Err(CATEGORY_TARGET_INVALID.at("moveTo").into());
    }
    tree.check_room(Some(target), children, "moveTo")
}

/// After those that are there, in their order.
async fn move_children(
    tx: &Tx,
    permit: &Permit<Arrange, Model>,
    tree: &Tree,
    target: CategoryId,
    children: &[CategoryId],
) -> Result<()> {
    if children.is_empty() {
        return Ok(());
    }
    let parent = vec![(Column::ParentId, Expr::val(target))];
    tx.change_where::<_, _, Entity>(permit, Column::ParentId.eq(permit.id), parent).await?;
    let siblings = [tree.children(Some(target)), children.to_vec()].concat();
    let siblings: Vec<_> = siblings.into_iter().filter(|sibling| *sibling != permit.id).collect();
    put_in_order(tx, permit, &siblings).await
}

async fn move_courses(tx: &Tx, permit: &Permit<Arrange, Model>, from: CategoryId, to: CategoryId) -> Result<()> {
    use course::Column::{CategoryId, Version};
    let changes = vec![(CategoryId, Expr::val(to)), (Version, sea_orm::ExprTrait::add(Version.into_simple_expr(), 1))];
    tx.change_where::<_, _, course::Entity>(permit, CategoryId.eq(from), changes).await?;
    Ok(())
}

async fn courses_in(tx: &Tx, category: CategoryId) -> Result<u64> {
    Ok(course::Entity::live().filter(course::Column::CategoryId.eq(category)).count(&tx.conn).await?)
}
