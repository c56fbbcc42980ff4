use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, count, drop_tables, not_negative},
    indexes::{index, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let secrets = audited("totp_secrets")
            .belongs_to("user_id", "users")
            .col(text("secret"))
            .col(timestamp_with_time_zone_null("confirmed_at"))
            .col(not_negative(big_integer("last_step")).default(0))
            .take();
        create_audited(db, "totp_secrets", &secrets, [unique("user_id").living(), index("user_id")]).await?;
        let codes = audited("recovery_codes")
            .belongs_to("user_id", "users")
            .col(text("code_hash"))
            .col(timestamp_with_time_zone_null("used_at"))
            .take();
        create_audited(db, "recovery_codes", &codes, [unique("user_id, code_hash")]).await?;
        let challenges = audited("two_factor_challenges")
            .belongs_to("user_id", "users")
            .col(text("token_hash"))
            .col(timestamp_with_time_zone("expires_at"))
            .col(count("attempts"))
            .col(timestamp_with_time_zone_null("used_at"))
            .take();
        let indexes = [unique("token_hash"), index("user_id"), index("expires_at")];
        create_audited(db, "two_factor_challenges", &challenges, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["two_factor_challenges", "recovery_codes", "totp_secrets"]).await
    }
}
