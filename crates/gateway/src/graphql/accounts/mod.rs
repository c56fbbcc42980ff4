//! Accounts on the wire.

mod api_token;
mod api_tokens;
mod confirming;
mod data_export;
mod edges;
mod filter;
mod identity;
mod inputs;
pub mod keys;
mod mutations;
mod privacy;
mod profile;
mod queries;
mod role;
mod session;
mod settings;
mod two_factor;
mod user;
mod user_role;

pub use api_token::ApiToken;
pub use api_tokens::{ApiTokenMutation, ApiTokenQuery};
pub use data_export::DataExport;
pub use identity::IdentityMutation;
pub use mutations::AccountMutation;
pub use privacy::{PrivacyMutation, PrivacyQuery};
pub use profile::PublicProfile;
pub use queries::AccountQuery;
pub use role::Role;
pub use session::UserSession;
pub use settings::SettingsMutation;
pub use two_factor::TwoFactorMutation;
pub use user::User;
pub use user_role::UserRole;
