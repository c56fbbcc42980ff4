//! When sessions and API tokens were last used: at most a minute behind, so that reading does not mean writing.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use kernel::{Db, Result, Tx, Viewer, World};
use sea_orm::{ColumnTrait, Condition};

use crate::{api_token, user_session};

const BEHIND_SECONDS: i64 = 60;

/// Is it time to note the use again?
pub(crate) fn is_due(last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    last.is_none_or(|last| last <= latest(now))
}

/// What was noted until then is behind.
fn latest(now: DateTime<Utc>) -> DateTime<Utc> {
    now - Duration::seconds(BEHIND_SECONDS)
}

/// Notes that the viewer's session or token is in use. Of many at once one does.
pub async fn note_use(db: &Db, viewer: &Viewer, now: DateTime<Utc>, world: Arc<dyn World>) -> Result<()> {
    let tx = Tx::begin(db, viewer, now, world).await?;
    match viewer {
        Viewer::User(signed_in) => {
            use user_session::Column::{Id, LastActivity};
            let behind = Condition::all().add(Id.eq(signed_in.session)).add(LastActivity.lte(latest(now)));
            tx.note_time::<user_session::Entity>(LastActivity, behind).await?;
        }
        Viewer::Service(service) => {
            use api_token::Column::{Id, LastUsedAt};
            let behind = Condition::any().add(LastUsedAt.is_null()).add(LastUsedAt.lte(latest(now)));
            let behind = Condition::all().add(Id.eq(service.token)).add(behind);
            tx.note_time::<api_token::Entity>(LastUsedAt, behind).await?;
        }
        Viewer::Anonymous | Viewer::System => {}
    }
    tx.commit().await
}
