use kernel::{AuditRecord, CategoryId, EntityId, Result, Tx, allow};
use sea_orm::Set;

use super::tree::{Tree, arrange, put_in_order};
use crate::{CategoryRow, course_category::ActiveModel, policy::Arrange, rules::CATEGORY_CIRCLE};

/// Puts a category, with all below it, under another or at the top, and there at this place, counted from 0; after all
/// others when none is given.
pub async fn move_category(
    tx: &mut Tx,
    id: CategoryId,
    parent: Option<CategoryId>,
    position: Option<usize>,
) -> Result<CategoryRow> {
    let permit = arrange(tx, id).await?;
    let tree = Tree::read(tx).await?;
    if parent.is_some_and(|parent| tree.is_within(parent, id)) {
        return Err(CATEGORY_CIRCLE.at("parentId").into());
    }
    tree.check_room(parent, &[id], "parentId")?;
    let (before, from) = (permit.parent_id, permit.order);
    let moved = tx.update(permit, |row: &mut ActiveModel| row.parent_id = Set(parent)).await?;
    let mut siblings = tree.children(parent);
    siblings.retain(|sibling| *sibling != id);
    let place = position.unwrap_or(siblings.len()).min(siblings.len());
    siblings.insert(place, id);
    let moved = allow::<Arrange, _>(&tx.viewer, moved)?;
    put_in_order(tx, &moved, &siblings).await?;
    let order = i32::try_from(place).unwrap_or(i32::MAX);
    let record = AuditRecord::new("category.moved", id)
        .change("parentId", before.map(EntityId::to_wire), parent.map(EntityId::to_wire))
        .change("order", from, order);
    if record.has_changes() {
        tx.record(record).await?;
    }
    Ok(CategoryRow { order, ..moved.into_row().into() })
}
