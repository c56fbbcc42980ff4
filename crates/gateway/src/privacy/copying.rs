use std::{collections::BTreeMap, sync::Arc};

use accounts::ExportData;
use kernel::{Db, EntityId, Error, Result, UserId};
use serde_json::{Map, Value, json};

use super::TABLES;
use crate::app::App;

/// All rows about a person, by table.
pub async fn rows_about(db: &Db, user: UserId) -> Result<Map<String, Value>> {
    let mut tables: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for table in TABLES {
        tables.entry(table.name).or_default().extend((table.rows)(db, user).await?);
    }
    Ok(tables.into_iter().map(|(name, rows)| (name.into(), rows.into())).collect())
}

/// Gathers the archive of an export. Done already, it does nothing.
pub async fn export_data(app: &Arc<App>, job: ExportData) -> Result<()> {
    let Some(user) = accounts::exported_person(app.db.read(), job.export).await? else {
        return Ok(());
    };
    let archive = json!({
        "format": "lectern-export/1",
        "exportedAt": app.world.now(),
        "user": user.to_wire(),
        "tables": rows_about(&app.db, user).await?,
    });
    let archive = serde_json::to_string_pretty(&archive).map_err(|error| Error::Internal(error.to_string()))?;
    app.write_as_system(async |tx| accounts::finish_data_export(tx, job.export, archive).await).await
}
