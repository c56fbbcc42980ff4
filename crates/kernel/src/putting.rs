use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, DbErr, EntityTrait, Iterable, PrimaryKeyToColumn, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{Audited, Permit, Result, Tx, audit::is_deleted, dialect};

impl Tx {
    /// As [`Self::put`], for many rows, in as few statements as their parameters have room in. All of them set the same columns, and no key
    /// comes twice.
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
            match R::Entity::insert_many(some).on_conflict(conflict.clone()).exec_without_returning(&self.conn).await {
                // All of them were there, and stay as they are.
                Ok(_) | Err(DbErr::RecordNotInserted) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// As [`Self::put_rows`], with the audit columns filled.
    pub async fn put_each<A, P, R>(&self, permit: &Permit<A, P>, rows: Vec<R>, conflict: OnConflict) -> Result<()>
    where
        R: ActiveModelTrait + ActiveModelBehavior + Send,
        R::Entity: Audited,
    {
        let rows = rows.into_iter().map(|row| self.stamped(permit, row)).collect();
        self.put_rows(permit, rows, conflict).await
    }

    /// As [`Self::change_where`], of columns that say nothing to who is not signed in: answers that are kept for everybody
    /// stay, though the table is not a quiet one.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    pub async fn change_unseen<A, P, E: Audited>(
        &self,
        _: &Permit<A, P>,
        which: Expr,
        sets: Vec<(E::Column, Expr)>,
    ) -> Result<u64> {
        let stamps = [(E::UPDATED_AT, Expr::val(self.now)), (E::UPDATED_BY, Expr::val(self.viewer.actor()))];
        let update = sets
            .into_iter()
            .chain(stamps)
            .fold(E::update_many(), |update, (column, value)| update.col_expr(column, value));
        let done = update.filter(is_deleted::<E>(false)).filter(which).exec(&self.conn).await?;
        Ok(done.rows_affected)
    }

    /// Changes the rows that `which` describes, and no audit columns: for what is noted of work on a thing, and for tables that
    /// have none. Answers how many; what is set may depend on what is there.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    pub async fn note<A, P, E: EntityTrait>(
        &self,
        _: &Permit<A, P>,
        which: Expr,
        sets: Vec<(E::Column, Expr)>,
    ) -> Result<u64> {
        self.written.note::<E>();
        let update = sets.into_iter().fold(E::update_many(), |update, (column, value)| update.col_expr(column, value));
        Ok(update.filter(which).exec(&self.conn).await?.rows_affected)
    }

    /// Adds rows, or gives those that are there by their ids these columns of them.
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
        let stamps = [R::Entity::UPDATED_AT, R::Entity::UPDATED_BY];
        let keys = <R::Entity as EntityTrait>::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
        let conflict = OnConflict::columns(keys).update_columns(columns.into_iter().chain(stamps)).to_owned();
        self.put_each(permit, rows, conflict).await
    }
}
