//! What fails when somebody forgets.

mod attempts;
mod audited;
mod budgets;
mod certificates;
mod curriculum;
mod described;
mod enrollments;
mod everything;
mod files;
mod found;
mod gate;
mod keys;
mod letters;
mod needs;
mod opinions;
mod owner;
mod packages;
mod progress;
mod quizzes;
mod schema;
mod sdl;
mod secrets;
mod shelf;
mod statements;
mod stranger;
mod suggestions;
mod things;
mod tutor;
mod uploads;
mod webhooks;

pub use stranger::placed_file;
