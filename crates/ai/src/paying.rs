//! What an answer costs.

use kernel::{Result, Tx};

use crate::ai_chat;

/// The answer has come: it costs what it took.
pub(crate) async fn settle(_: &Tx, _: &ai_chat::Model, _: i64) -> Result<()> {
    Ok(())
}

/// The answer has failed, or nobody wants it any more: it costs nothing.
pub(crate) async fn give_back(_: &Tx, _: &ai_chat::Model) -> Result<()> {
    Ok(())
}
