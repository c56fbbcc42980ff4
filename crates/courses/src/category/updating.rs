use kernel::{AuditRecord, CategoryId, Result, Tx};
use sea_orm::Set;

use super::{drafting::CategoryChange, slugging::check_free, tree::arrange};
use crate::{
    CategoryRow,
    course_category::{ActiveModel, Model},
    rules::CATEGORY_NAME_TAKEN,
};

/// Changes what is said of a category, and whether it is shown.
pub async fn update_category(tx: &mut Tx, id: CategoryId, mut change: CategoryChange) -> Result<CategoryRow> {
    let permit = arrange(tx, id).await?;
    change.check()?;
    check_free(tx, Some(id), change.name.as_deref(), change.slug.as_deref()).await?;
    let before = permit.clone();
    let changed = tx.update_unless_taken(&permit, |row: &mut ActiveModel| change.apply(row)).await?;
    let after = changed.ok_or(CATEGORY_NAME_TAKEN.at("name"))?;
    let record = differences(&before, &after);
    if record.has_changes() {
        tx.record(record).await?;
    }
    Ok(after.into())
}

impl CategoryChange {
    fn apply(self, row: &mut ActiveModel) {
        if let Some(name) = self.name {
            row.name = Set(name);
        }
        if let Some(slug) = self.slug {
            row.slug = Set(slug);
        }
        if let Some(description) = self.description {
            row.description = Set(description);
        }
        if let Some(icon) = self.icon {
            row.icon = Set(icon);
        }
        if let Some(is_active) = self.is_active {
            row.is_active = Set(is_active);
        }
    }
}

fn differences(before: &Model, after: &Model) -> AuditRecord {
    AuditRecord::new("category.updated", after.id)
        .change("name", &*before.name, &*after.name)
        .change("slug", &*before.slug, &*after.slug)
        .change("description", &*before.description, &*after.description)
        .change("icon", &*before.icon, &*after.icon)
        .change("isActive", before.is_active, after.is_active)
}
