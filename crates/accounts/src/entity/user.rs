use kernel::UserId;
use sea_orm::entity::prelude::*;

/// A person with an account.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    /// As the person typed it; `email_key` is what is compared.
    pub email: String,
    /// The e-mail, case-folded. Unique among the living.
    pub email_key: String,
    pub username: Option<String>,
    /// The username, case-folded. Unique among the living.
    pub username_key: Option<String>,
    /// An argon2 PHC string; none when the person signs in another way.
    #[sea_orm(column_type = "Text", nullable)]
    pub password: Option<String>,
    pub full_name: String,
    pub display_name: String,
    pub avatar: Option<String>,
    pub phone: String,
    #[sea_orm(column_type = "Text")]
    pub bio: String,
    pub status: UserStatus,
    pub email_verified: bool,
    pub phone_verified: bool,
    pub two_factor_enabled: bool,
    #[sea_orm(column_type = "JsonBinary")]
    pub metadata: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub preferences: Json,
    pub last_login: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub last_login_ip: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub last_login_device: String,
    pub is_superuser: bool,
    pub is_staff: bool,
    pub is_active: bool,
    pub date_joined: DateTimeUtc,
    /// Grows with every change of password or address: what was asked for before is void.
    pub credentials_version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum UserStatus {
    #[sea_orm(string_value = "active")]
    Active,
    #[sea_orm(string_value = "inactive")]
    Inactive,
    #[sea_orm(string_value = "suspended")]
    Suspended,
    #[sea_orm(string_value = "pending")]
    Pending,
}
