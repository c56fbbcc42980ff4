use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, EntityTrait, Iterable, PrimaryKeyToColumn, sea_query::OnConflict,
};

use crate::{Audited, Permit, Result, Tx, dialect};

impl Tx {
    /// As [`Self::put`], for many rows in one statement. All of them set the same columns, and no key comes twice.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    pub async fn put_rows<A, P, R>(&self, _: &Permit<A, P>, rows: Vec<R>, conflict: OnConflict) -> Result<()>
    where
        R: ActiveModelTrait + ActiveModelBehavior + Send,
    {
        self.written.note::<R::Entity>();
        let columns = <R::Entity as EntityTrait>::Column::iter().count();
        let most = dialect::max_parameters(self.backend()) / columns;
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let some: Vec<R> = rows.by_ref().take(most).collect();
            R::Entity::insert_many(some).on_conflict(conflict.clone()).exec_without_returning(&self.conn).await?;
        }
        Ok(())
    }

    /// Adds rows, or gives those that are there by their ids these columns of them: one statement for all.
    pub async fn put_all<A, P, R>(
        &self,
        permit: &Permit<A, P>,
        rows: Vec<R>,
        columns: Vec<<R::Entity as EntityTrait>::Column>,
    ) -> Result<()>
    where
        R: ActiveModelTrait + ActiveModelBehavior + Send,
        R::Entity: Audited,
    {
        let rows = rows.into_iter().map(|row| self.stamped(permit, row)).collect();
        let stamps = [R::Entity::UPDATED_AT, R::Entity::UPDATED_BY];
        let keys = <R::Entity as EntityTrait>::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
        let conflict = OnConflict::columns(keys).update_columns(columns.into_iter().chain(stamps)).to_owned();
        self.put_rows(permit, rows, conflict).await
    }
}
