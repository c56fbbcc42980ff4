//! What those who run the server see of it, and how it behaves when something is wrong with it.

mod checking;
mod docker;
mod headers;
mod health;
mod logging;
mod metrics;
mod panics;
mod replica;
mod stopping;
mod topology;
mod traces;
