pub mod role;
pub mod role_permission;
pub mod spent_refresh_token;
pub mod throttle;
pub mod user;
pub mod user_role;
pub mod user_session;
