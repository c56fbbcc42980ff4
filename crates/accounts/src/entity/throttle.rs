use sea_orm::entity::prelude::*;

/// How often something has been tried lately.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "throttles")]
pub struct Model {
    /// SHA-256 of what is counted, lower-case hex: the table names nobody.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub key_hash: String,
    pub taken: i32,
    /// From then on it counts from the beginning again.
    pub resets_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
