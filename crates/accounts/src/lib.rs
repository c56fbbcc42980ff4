//! People, how they sign in, what they may be.

pub mod authenticating;
mod changing_password;
mod directory;
mod editing;
mod email;
#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
mod issuing_token;
mod noting_use;
mod passwords;
mod policy;
pub mod reading;
mod refreshing;
mod registering;
mod revoking;
mod roles;
mod rows;
pub mod rules;
mod sealing;
mod signing_in;
mod signing_out;
pub mod throttling;
mod tidying;
mod tokens;
pub mod two_factor;
mod visibility;

pub use authenticating::{Known, authenticate, identify, identify_again};
pub use changing_password::{PasswordChange, change_password};
pub use directory::{UserFilter, UserOrder, UserSort, all_roles, count_directory, directory};
pub use editing::{ProfileChange, update_preferences, update_profile};
pub use email::email_key;
pub use entity::{
    api_token, api_token_permission, recovery_code, role, role_permission, spent_refresh_token, throttle, totp_secret,
    two_factor_challenge, user, user_role, user_session,
};
pub use issuing_token::{NewApiToken, create_api_token};
pub use noting_use::note_use;
pub use passwords::Passwords;
pub use refreshing::{Refreshed, refresh};
pub use registering::{Registration, create_superuser, register};
pub use revoking::{revoke_api_token, revoke_other_sessions, revoke_session};
pub use roles::{BuiltIn, install_roles};
pub use rows::{ApiTokenRow, ProfileRow, RoleRow, SessionRow, UserDetails, UserRow};
pub use sealing::SecretKey;
pub use signing_in::{Credentials, Device, sign_in, verify_own_password};
pub use signing_out::sign_out;
pub use throttling::Throttled;
pub use tidying::{expire_sessions, purge_tokens};
pub use tokens::{Tokens, token_hash};
pub use user::UserStatus;
