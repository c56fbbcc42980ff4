use std::sync::Arc;

use ai::passages::{Indexed, keep, outdated, read};
use kernel::{CourseId, Result};

use crate::app::App;

/// Takes apart what has changed since somebody asked last. What is stored is read outside of any transaction.
pub async fn catch_up(app: &Arc<App>, course: CourseId) -> Result<()> {
    loop {
        let sources = outdated(app.db.read(), course).await?;
        if sources.is_empty() {
            return Ok(());
        }
        let mut all = Vec::with_capacity(sources.len());
        for source in sources {
            let words = read(app.db.read(), &app.storage, &source).await?;
            all.push(Indexed { source, words });
        }
        app.write_as_system(async |tx| keep(tx, all).await).await?;
    }
}
