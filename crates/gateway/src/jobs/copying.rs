use std::sync::Arc;

use kernel::Result;
use media::{
    CopyFile,
    processing::{Derived, fail},
};

use crate::app::App;

/// Gives a copied file its bytes. Done twice, it is the same again.
pub async fn copy_file(app: &Arc<App>, job: CopyFile) -> Result<()> {
    let Some((original, copy)) = app.write_as_system(async |tx| media::copied(tx, &job).await).await? else {
        return Ok(());
    };
    let Some(original) = original else {
        return gone(app, &job).await;
    };
    if !app.storage.copy(&original.storage_path, &copy.storage_path).await? {
        return gone(app, &job).await;
    }
    app.storage.copy_prefix(&Derived(job.from).prefix(), &Derived(job.to).prefix()).await?;
    for (from, to) in &job.captions {
        app.storage.copy(&Derived(job.from).captions(*from), &Derived(job.to).captions(*to)).await?;
        app.storage.delete(&Derived(job.to).captions(*from)).await?;
    }
    app.write_as_system(async |tx| media::arrived(tx, &original, copy).await).await
}

async fn gone(app: &Arc<App>, job: &CopyFile) -> Result<()> {
    let reason = "The file that it was to be a copy of is gone.";
    app.write_as_system(async |tx| fail(tx, job.to, reason).await).await?;
    Ok(())
}
