use accounts::Letter;
use kernel::{Result, Tx};

use crate::{PauseReason, target::origin, webhook};

/// Tells the owner that nothing is sent any more, and why.
pub(crate) async fn tell_of_pause(tx: &mut Tx, webhook: &webhook::Model, reason: PauseReason) -> Result<()> {
    let why = match reason {
        PauseReason::ByOwner => return Ok(()),
        PauseReason::Failing => "For three days nothing that was sent there has arrived.",
        PauseReason::Gone => "It has answered that it is gone for good.",
        PauseReason::OwnerLostRights => "You may not keep webhooks any more, or your account is not active.",
        PauseReason::QueryRefused => "Its query can't be run any more.",
    };
    let (user, url) = (webhook.user_id, origin(&webhook.url));
    tx.enqueue(&Letter::WebhookPaused { user, url, why: why.into() }).await.map(drop)
}
