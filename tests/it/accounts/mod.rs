mod api_tokens;
mod directory;
mod refreshing;
mod registering;
mod settings;
mod signing_in;
mod throttling;
mod two_factor;
