//! Language models behind an HTTP server that speaks OpenAI's chat completions: OpenAI itself, vLLM, Ollama, llama.cpp and
//! many others. The only part of Lectern that sends what learners say to another machine.

mod asking;
mod breaker;
mod client;
mod key;
mod pieces;
mod server;
mod settings;
mod wire;

pub use breaker::Breaker;
pub use key::ApiKey;
pub use server::ChatServer;
pub use settings::{LimitField, ModelSettings, Patience};
