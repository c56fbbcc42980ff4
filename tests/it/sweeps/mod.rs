//! What fails when somebody forgets.

mod attempts;
mod audited;
mod curriculum;
mod described;
mod files;
mod gate;
mod letters;
mod needs;
mod owner;
mod packages;
mod quizzes;
mod schema;
mod sdl;
mod secrets;
mod shelf;
mod statements;
mod stranger;
mod uploads;

pub use stranger::placed_file;
