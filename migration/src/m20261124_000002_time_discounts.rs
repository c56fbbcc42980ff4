use sea_orm_migration::{prelude::*, schema::*};

const TABLE: &str = "courses";

// A time needs a price that it is the time of.
const STARTS_AT: &str = "discount_price IS NOT NULL OR discount_starts_at IS NULL";
const ENDS_AT: &str = "discount_ends_at IS NULL OR (discount_price IS NOT NULL \
                       AND (discount_starts_at IS NULL OR discount_starts_at < discount_ends_at))";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// When a discount holds: from the start on, before the end; without them always.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let start = timestamp_with_time_zone_null("discount_starts_at").check(Expr::cust(STARTS_AT)).take();
        db.alter_table(Table::alter().table(TABLE).add_column(start).take()).await?;
        let end = timestamp_with_time_zone_null("discount_ends_at").check(Expr::cust(ENDS_AT)).take();
        db.alter_table(Table::alter().table(TABLE).add_column(end).take()).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for column in ["discount_ends_at", "discount_starts_at"] {
            db.alter_table(Table::alter().table(TABLE).drop_column(column).take()).await?;
        }
        Ok(())
    }
}
