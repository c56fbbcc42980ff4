use sea_orm::entity::prelude::*;

/// How much somebody has asked for lately, of all gateways together.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rate_buckets")]
pub struct Model {
    /// SHA-256 of whom it is about, lower-case hex: the table names nobody.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub key_hash: String,
    /// When all of it will be paid back, in nanoseconds since 1970.
    pub full_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
