use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{count, flag, positive};

const TABLE: &str = "courses";

// The texts of the checks name no other column, so that each can be dropped with its own.
const CAPACITY: &str = "\"capacity\" IS NULL OR \"capacity\" >= 0";
const OFFER_HOURS: &str = "\"offer_hours\" BETWEEN 1 AND 720";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// How many people a course takes in, whether one can wait for a seat, and for how long one has the course.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            integer_null("capacity").check(Expr::cust(CAPACITY)).take(),
            flag("has_waitlist", false),
            integer("offer_hours").default(48).check(Expr::cust(OFFER_HOURS)).take(),
            positive(integer_null("access_days")),
            count("reserved_seats"),
        ];
        for column in columns {
            db.alter_table(Table::alter().table(TABLE).add_column(column).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for column in ["reserved_seats", "access_days", "offer_hours", "has_waitlist", "capacity"] {
            db.alter_table(Table::alter().table(TABLE).drop_column(column).take()).await?;
        }
        Ok(())
    }
}
