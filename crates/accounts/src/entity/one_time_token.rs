use kernel::UserId;
use sea_orm::entity::prelude::*;

/// A token that was sent by mail, to be shown once. It is deleted when it is used.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "one_time_tokens")]
pub struct Model {
    /// SHA-256 of the token, lower-case hex.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub token_hash: String,
    pub user_id: UserId,
    pub purpose: Purpose,
    /// The address it is about.
    pub email: String,
    pub issued_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// What a token lets its holder do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum Purpose {
    /// Show that the address is theirs.
    #[sea_orm(string_value = "verify_email")]
    VerifyEmail,
    #[sea_orm(string_value = "reset_password")]
    ResetPassword,
    /// Make this address the account's.
    #[sea_orm(string_value = "confirm_email")]
    ConfirmEmail,
    /// Go back to this address.
    #[sea_orm(string_value = "undo_email")]
    UndoEmail,
    /// Keep an account that is about to be deleted.
    #[sea_orm(string_value = "cancel_deletion")]
    CancelDeletion,
}
