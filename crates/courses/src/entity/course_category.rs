use kernel::CategoryId;
use sea_orm::entity::prelude::*;

/// A shelf of the catalogue; shelves can stand on shelves.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_categories")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CategoryId,
    /// Unique among the living.
    pub name: String,
    /// Unique among the living.
    pub slug: String,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    pub parent_id: Option<CategoryId>,
    pub icon: String,
    pub order: i32,
    pub is_active: bool,
}

impl ActiveModelBehavior for ActiveModel {}
