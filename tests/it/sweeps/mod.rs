//! What fails when somebody forgets.

mod described;
mod gate;
mod owner;
mod schema;
mod sdl;
mod secrets;
mod statements;
mod stranger;
