use sea_orm::{ActiveModelBehavior, ActiveModelTrait, EntityTrait, Iterable};

use crate::{Audited, Error, Result, Tx, Viewer, dialect};

impl Tx {
    /// Adds many rows in few statements, for the system only: seeding. Rows keep the creation time they carry; all of
    /// them must set the same columns.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    pub async fn insert_all<R>(&self, rows: Vec<R>) -> Result<()>
    where
        R: ActiveModelTrait + ActiveModelBehavior + Send,
    {
        if self.viewer != Viewer::System {
            return Err(Error::Denied);
        }
        self.written.note::<R::Entity>();
        let columns = <R::Entity as EntityTrait>::Column::iter().count();
        let most = dialect::max_parameters(self.backend()) / columns;
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let some: Vec<R> = rows.by_ref().take(most).collect();
            R::Entity::insert_many(some).exec_without_returning(&self.conn).await?;
        }
        Ok(())
    }

    /// Fills the audit columns of a row for [`Self::insert_all`].
    pub fn stamp<R>(&self, mut row: R, at: chrono::DateTime<chrono::Utc>) -> R
    where
        R: ActiveModelTrait,
        R::Entity: Audited,
    {
        row.set(R::Entity::CREATED_AT, at.into());
        row.set(R::Entity::UPDATED_AT, at.into());
        row.set(R::Entity::IS_DELETED, false.into());
        row
    }
}
