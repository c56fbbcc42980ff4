use accounts::Throttled;
use kernel::{Result, Tx, UserId};

use super::place::Place;
use crate::graphql::context::RequestContext;

/// Who asks, when this is the password of their account: for what a stolen session must not do. Wrong ones are limited.
pub async fn confirm_own_password(req: &RequestContext, password: String) -> Result<UserId> {
    let user = req.viewer().person()?;
    let place = Place::take(req, Throttled::OwnPassword { user, session: req.viewer().session() }).await?;
    let app = req.app.clone();
    let verified = place.attempt(async move {
        accounts::verify_own_password(&app.db, &app.passwords, user, (password, "password")).await
    });
    let ((), place) = verified.await?;
    req.write(async |tx: &mut Tx| place.give_back(tx).await).await?;
    place.settle();
    Ok(user)
}
