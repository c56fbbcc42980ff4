//! What tests stand on: an app on a database of its own, a clock to steer, people who ask.

mod app;
mod collector;
mod database;
mod http;
mod letters;
mod model_server;
mod people;
mod receiver;
mod world;

pub use app::{Answer, TestApp, ask};
pub use collector::Collector;
pub use database::{fresh_postgres, fresh_sqlite, tell_standby};
pub use http::Server;
pub use letters::Mail;
pub use model_server::{Asked, ModelServer, Reply};
pub use people::Person;
pub use receiver::{Received, Receiver};
pub use testkit_macros::on_both;
pub use world::TestWorld;

/// Runs a test in the product's own runtime, on one of its threads.
pub fn run(test: impl Future<Output = ()> + Send + 'static) {
    let runtime = gateway::runtime().unwrap();
    if let Err(failed) = runtime.block_on(runtime.spawn(test)) {
        std::panic::resume_unwind(failed.into_panic());
    }
}
