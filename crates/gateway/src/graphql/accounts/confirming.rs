use accounts::{Throttled, throttling};
use kernel::{Result, Tx, UserId};

use crate::graphql::context::RequestContext;

/// Who asks, when this is the password of their account: for what a stolen session must not do. Wrong ones are limited.
pub async fn confirm_own_password(req: &RequestContext, password: String) -> Result<UserId> {
    let user = req.viewer().person()?;
    let attempt = Throttled::OwnPassword { user, session: req.viewer().session() };
    req.throttle(&attempt).await?;
    accounts::verify_own_password(req.db(), &req.app.passwords, user, (password, "password")).await?;
    req.write(async |tx: &mut Tx| throttling::give_back(tx, &attempt).await).await?;
    Ok(user)
}
