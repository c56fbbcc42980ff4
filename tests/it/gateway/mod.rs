mod caching;
mod closing;
mod cookies;
mod devices;
mod http;
mod loading;
mod nodes;
mod refusing;
pub mod socket;
