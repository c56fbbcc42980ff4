//! What a store's failures are to us.

use std::error::Error as _;

use kernel::Error;

/// What is not there is not found; everything else is for the log.
pub fn failed(error: object_store::Error) -> Error {
    match error {
        object_store::Error::NotFound { .. } => Error::NotFound,
        error => {
            // The store says what, its source says why.
            let why = error.source().map(|why| format!(": {why}")).unwrap_or_default();
            Error::Internal(format!("the storage failed: {error}{why}"))
        }
    }
}

pub fn broken(what: &str, error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::NotFound => Error::NotFound,
        _ => Error::Internal(format!("{what}: {error}")),
    }
}
