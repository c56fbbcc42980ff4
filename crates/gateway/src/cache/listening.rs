use std::time::Duration;

use kernel::{Db, Ear, Result};

/// Between two attempts to find a lost database again.
const PAUSE: Duration = Duration::from_secs(1);

/// Hears of what other processes commit, for as long as it is polled. While it can't, kept answers are given to nobody.
pub async fn listen(db: Db) {
    while let Err(error) = hear(&db).await {
        db.changes().lose();
        tracing::warn!(error = %error, "other processes can't be heard; no answers are kept until they can");
        tokio::time::sleep(PAUSE).await;
    }
}

/// Ends well only where there is nobody to hear.
async fn hear(db: &Db) -> Result<()> {
    let Some(mut ear) = Ear::open(db).await? else {
        return Ok(());
    };
    db.changes().find();
    loop {
        let what = ear.hear().await?;
        db.changes().add(what);
    }
}
