use kernel::{AuditRecord, EntityId, Result, Turn, Tx, allow};
use sea_orm::Set;

use super::{
    drafting::NewCategory,
    slugging::{check_free, free_slug},
    tree::Tree,
};
use crate::{CategoryRow, course_category::ActiveModel, policy::Arrange, rules::CATEGORY_NAME_TAKEN};

/// Makes a category, the last among its siblings.
pub async fn create_category(tx: &mut Tx, mut new: NewCategory) -> Result<CategoryRow> {
    let permit = allow::<Arrange, _>(&tx.viewer, tx.viewer.clone())?;
    new.check()?;
    tx.take_turn(Turn::Categories).await?;
    check_free(tx, None, Some(&new.name), new.slug.as_deref()).await?;
    let tree = Tree::read(tx).await?;
    tree.check_room(new.parent, &[], "parentId")?;
    let slug = match new.slug {
        Some(slug) => slug,
        None => free_slug(tx, &new.name).await?,
    };
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        name: Set(new.name),
        slug: Set(slug),
        description: Set(new.description),
        parent_id: Set(new.parent),
        icon: Set(new.icon),
        order: Set(tree.last_place(new.parent)),
        is_active: Set(new.is_active),
        ..Default::default()
    };
    let category = tx.insert_unless_taken(&permit, row).await?.ok_or(CATEGORY_NAME_TAKEN.at("name"))?;
    let record = AuditRecord::new("category.created", category.id).with("name", &*category.name);
    tx.record(record.with("parentId", category.parent_id.map(EntityId::to_wire))).await?;
    Ok(category.into())
}
