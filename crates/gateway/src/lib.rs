//! The gateway: the one GraphQL schema over all contexts, HTTP and WebSocket in front of it, and the commands of the
//! binary `lectern`. The only crate that knows GraphQL and HTTP.

pub mod app;
pub mod commands;
pub mod config;
pub mod graphql;
pub mod http;
mod reactions;
pub mod seed;
