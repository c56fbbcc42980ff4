use std::panic;

/// A panic is a line of the log like any other, with the spans it happened in and so the request's id. Its message is left
/// out: it may quote what somebody sent.
pub fn log() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
}
