use accounts::may_erase;
use kernel::{Result, Tx, UserId};
use sea_orm::{ColumnTrait, ExprTrait, sea_query::Expr};
use serde_json::json;

use crate::{
    media_file::{Column, Entity},
    upload,
};

/// A person has gone: what a course shows stays, what was theirs alone is deleted, and nothing says from where it came.
pub async fn erase_uploader(tx: &Tx, user: UserId) -> Result<()> {
    let permit = may_erase(&tx.viewer, user)?;
    let theirs = Column::UserId.eq(user);
    let traces = vec![(Column::UploadMetadata, Expr::val(json!({})))];
    tx.redact::<_, _, Entity>(&permit, theirs.clone(), traces).await?;
    let alone = vec![
        (Column::FileName, Expr::val("")),
        (Column::PublicUrl, Expr::val(None::<String>)),
        (Column::ThumbnailUrl, Expr::val("")),
        (Column::Metadata, Expr::val(json!({}))),
        (Column::IsDeleted, Expr::val(true)),
        (Column::DeletedAt, Expr::val(tx.now)),
    ];
    tx.redact::<_, _, Entity>(&permit, theirs.and(Column::CourseId.is_null()), alone).await?;
    // What is still on its way in is given up, and its bytes go, the next time that is looked for.
    let uploads = vec![
        (upload::Column::FileName, Expr::val("")),
        (upload::Column::Sha256, Expr::val("")),
        (upload::Column::Reason, Expr::val("")),
        (upload::Column::ExpiresAt, Expr::val(tx.now)),
    ];
    tx.redact::<_, _, upload::Entity>(&permit, upload::Column::UserId.eq(user), uploads).await?;
    Ok(())
}
