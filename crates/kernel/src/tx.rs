use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbBackend,
    DbErr, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, TransactionTrait, Value,
    sea_query::{Expr, OnConflict},
};
use uuid::Builder;

use crate::{
    Audited, Db, EntityId, Error, Event, Noted, Permit, Result, Trace, UserId, Viewer, World, audit::is_deleted,
    changes::Written, replica::Actors,
};

/// One unit of work: a transaction, who it is for, its clock, and what happened in it.
/// Dropped without [`Tx::commit`], it rolls back.
pub struct Tx {
    pub conn: DatabaseTransaction,
    pub viewer: Viewer,
    pub now: DateTime<Utc>,
    pub(crate) trace: Trace,
    world: Arc<dyn World>,
    events: Vec<Event>,
    pub(crate) noted: Vec<Noted>,
    ids: u64,
    pub(crate) has_enqueued: bool,
    pub(crate) written: Written,
    pub(crate) actors: Actors,
}

impl Tx {
    pub async fn begin(db: &Db, viewer: &Viewer, now: DateTime<Utc>, world: Arc<dyn World>) -> Result<Self> {
        let (conn, viewer) = (db.begin().await?, viewer.clone());
        let actors = Actors::new(db, &viewer);
        let (trace, events, noted) = (Trace::default(), Vec::new(), Vec::new());
        Ok(Self {
            conn,
            viewer,
            now,
            trace,
            world,
            events,
            noted,
            ids: 0,
            has_enqueued: false,
            written: Written::new(db),
            actors,
        })
    }

    /// Notes for the audit trail what led to the transaction.
    pub fn traced(self, trace: Trace) -> Self {
        Self { trace, ..self }
    }

    pub fn backend(&self) -> DbBackend {
        self.conn.get_database_backend()
    }

    /// Says what happened, for the contexts to the right. They react before the commit.
    pub fn emit(&mut self, event: Event) {
        self.events.push(event);
    }

    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// Is there a job to be done after the commit?
    pub fn has_enqueued(&self) -> bool {
        self.has_enqueued
    }

    pub async fn commit(self) -> Result<()> {
        debug_assert!(self.events.is_empty(), "events nobody reacted to");
        self.actors.mark(&self.conn).await?;
        self.written.commit(self.conn).await
    }

    /// Takes back all that was done: for those who only wanted to see what would come of it.
    pub async fn roll_back(self) -> Result<()> {
        Ok(self.conn.rollback().await?)
    }

    /// Does the work, or takes back what it has done before it failed; the transaction goes on either way.
    pub async fn attempt<T>(&mut self, work: impl AsyncFnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let (events, noted, has_enqueued) = (self.events.len(), self.noted.len(), self.has_enqueued);
        self.conn.execute_unprepared("SAVEPOINT attempt").await?;
        let done = work(self).await;
        if done.is_err() {
            self.conn.execute_unprepared("ROLLBACK TO SAVEPOINT attempt").await?;
            self.events.truncate(events);
            self.noted.truncate(noted);
            self.has_enqueued = has_enqueued;
        }
        self.conn.execute_unprepared("RELEASE SAVEPOINT attempt").await?;
        done
    }

    /// A fresh UUIDv7 of the transaction's time. Ids of one transaction sort in the order they were made in.
    pub fn new_id<I: EntityId>(&mut self) -> Result<I> {
        let mut random = self.random::<10>()?;
        // Twelve bits after the time count; when they are used up, the next millisecond is begun early.
        let (later, count) = (self.ids / 4096, (self.ids % 4096) as u16);
        [random[0], random[1]] = count.to_be_bytes();
        self.ids += 1;
        let millis = self.now.timestamp_millis().unsigned_abs() + later;
        Ok(Builder::from_unix_timestamp_millis(millis, &random).into_uuid().into())
    }

    /// Random bytes, fit for secrets.
    pub fn random<const N: usize>(&self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.world.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// Adds a row under the thing the viewer was permitted to add it to.
    pub async fn insert<A, P, R>(&self, permit: &Permit<A, P>, row: R) -> Result<Model<R>>
    where
        R: ActiveModelTrait + ActiveModelBehavior + Send,
        R::Entity: Audited,
        Model<R>: IntoActiveModel<R>,
    {
        self.written.note::<R::Entity>();
        insert(&self.conn, self.stamped(permit, row)).await
    }

    /// As [`Self::insert`], but `None` when a unique constraint refuses the row; the transaction goes on.
    pub async fn insert_unless_taken<A, P, R>(&self, permit: &Permit<A, P>, row: R) -> Result<Option<Model<R>>>
    where
        R: ActiveModelTrait + ActiveModelBehavior + Send,
        R::Entity: Audited,
        Model<R>: IntoActiveModel<R>,
    {
        self.insert_unless(permit, row, async |_| Ok(false)).await
    }

    /// As [`Self::insert_unless_taken`], but also `None` when something else stands against the row. That is asked when the
    /// row is there: by then whoever had to be waited for has committed.
    pub async fn insert_unless<A, P, R>(
        &self,
        permit: &Permit<A, P>,
        row: R,
        is_refused: impl AsyncFnOnce(&DatabaseTransaction) -> Result<bool>,
    ) -> Result<Option<Model<R>>>
    where
        R: ActiveModelTrait + ActiveModelBehavior + Send,
        R::Entity: Audited,
        Model<R>: IntoActiveModel<R>,
    {
        self.written.note::<R::Entity>();
        // PostgreSQL gives up the whole transaction after an error, but not what was before a savepoint.
        let savepoint = self.conn.begin().await?;
        match insert(&savepoint, self.stamped(permit, row)).await {
            Ok(model) => {
                if is_refused(&savepoint).await? {
                    savepoint.rollback().await?;
                    return Ok(None);
                }
                savepoint.commit().await?;
                Ok(Some(model))
            }
            Err(error) if error.is_taken() => {
                savepoint.rollback().await?;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Changes the permitted row: the row itself, or what carries it with the facts that its policy asks for.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    pub async fn update<A, T, R>(&self, permit: Permit<A, T>, change: impl FnOnce(&mut R)) -> Result<Model<R>>
    where
        T: IntoActiveModel<R>,
        R: ActiveModelTrait + ActiveModelBehavior + Send,
        R::Entity: Audited,
        Model<R>: IntoActiveModel<R>,
    {
        self.written.note::<R::Entity>();
        let mut row = permit.row.into_active_model();
        change(&mut row);
        self.touch(&mut row);
        Ok(row.update(&self.conn).await?)
    }

    /// As [`Self::update`], but `None` when a unique constraint refuses the change; the transaction goes on.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    pub async fn update_unless_taken<A, T, R>(
        &self,
        permit: &Permit<A, T>,
        change: impl FnOnce(&mut R),
    ) -> Result<Option<Model<R>>>
    where
        T: IntoActiveModel<R> + Clone,
        R: ActiveModelTrait + ActiveModelBehavior + Send,
        R::Entity: Audited,
        Model<R>: IntoActiveModel<R>,
    {
        self.written.note::<R::Entity>();
        let mut row = permit.row.clone().into_active_model();
        change(&mut row);
        self.touch(&mut row);
        let savepoint = self.conn.begin().await?;
        match row.update(&savepoint).await.map_err(Error::from) {
            Ok(model) => {
                savepoint.commit().await?;
                Ok(Some(model))
            }
            Err(error) if error.is_taken() => {
                savepoint.rollback().await?;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Marks the permitted row deleted. It stays in the table; [`crate::Live`] leaves it out.
    pub async fn delete<A, T, R>(&self, permit: Permit<A, T>) -> Result<Model<R>>
    where
        T: IntoActiveModel<R>,
        R: ActiveModelTrait + ActiveModelBehavior + Send,
        R::Entity: Audited,
        Model<R>: IntoActiveModel<R>,
    {
        self.mark(permit, true, Some(self.now), self.viewer.actor()).await
    }

    /// Undoes [`Self::delete`].
    pub async fn restore<A, T, R>(&self, permit: Permit<A, T>) -> Result<Model<R>>
    where
        T: IntoActiveModel<R>,
        R: ActiveModelTrait + ActiveModelBehavior + Send,
        R::Entity: Audited,
        Model<R>: IntoActiveModel<R>,
    {
        self.mark(permit, false, None, None).await
    }

    async fn mark<A, T, R>(
        &self,
        permit: Permit<A, T>,
        is_deleted: bool,
        at: Option<DateTime<Utc>>,
        by: Option<UserId>,
    ) -> Result<Model<R>>
    where
        T: IntoActiveModel<R>,
        R: ActiveModelTrait + ActiveModelBehavior + Send,
        R::Entity: Audited,
        Model<R>: IntoActiveModel<R>,
    {
        self.update(permit, |row: &mut R| {
            row.set(R::Entity::IS_DELETED, is_deleted.into());
            row.set(R::Entity::DELETED_AT, at.into());
            row.set(R::Entity::DELETED_BY, by.into());
        })
        .await
    }

    /// Adds to counters of one row in SQL, so that two at once both count. Asks for no permit: counters follow from
    /// events, and what emitted those had one.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    pub async fn add<E, I>(&self, key: (E::Column, I), amounts: &[(E::Column, i64)]) -> Result<()>
    where
        E: Audited,
        I: Into<Value>,
    {
        self.written.note::<E>();
        let (column, id) = key;
        let update = amounts.iter().fold(E::update_many(), |update, (column, amount)| {
            update.col_expr(*column, Expr::col(*column).add(*amount))
        });
        update.filter(column.eq(id)).exec(&self.conn).await?;
        Ok(())
    }

    /// Changes every live row that `which` describes; answers how many. What is set may depend on what is there, so
    /// that "still unused" is decided by the database and not read before.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    pub async fn change_where<A, P, E: Audited>(
        &self,
        _: &Permit<A, P>,
        which: Expr,
        sets: Vec<(E::Column, Expr)>,
    ) -> Result<u64> {
        self.written.note::<E>();
        let stamps = [(E::UPDATED_AT, Expr::val(self.now)), (E::UPDATED_BY, Expr::val(self.viewer.actor()))];
        let update = sets
            .into_iter()
            .chain(stamps)
            .fold(E::update_many(), |update, (column, value)| update.col_expr(column, value));
        let done = update.filter(is_deleted::<E>(false)).filter(which).exec(&self.conn).await?;
        Ok(done.rows_affected)
    }

    /// Marks every live row that `which` describes deleted; answers how many.
    pub async fn delete_where<A, P, E: Audited>(&self, permit: &Permit<A, P>, which: Expr) -> Result<u64> {
        let marks = vec![
            (E::IS_DELETED, Expr::val(true)),
            (E::DELETED_AT, Expr::val(self.now)),
            (E::DELETED_BY, Expr::val(self.viewer.actor())),
        ];
        self.change_where::<A, P, E>(permit, which, marks).await
    }

    /// Notes in `column` that the time is now, where `which` describes. Not a change of the row: nobody has changed
    /// anything, so it needs no permit and leaves no trace but the time.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    pub async fn note_time<E: Audited>(&self, column: E::Column, which: Condition) -> Result<()> {
        self.written.note_seen::<E>();
        E::update_many().col_expr(column, Expr::val(self.now)).filter(which).exec(&self.conn).await?;
        Ok(())
    }

    /// As [`Self::change_where`], and deleted rows too: erasing a person leaves nothing behind. Keeps the stamps, which say
    /// who once wrote the row.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    pub async fn redact<A, P, E: Audited>(
        &self,
        _: &Permit<A, P>,
        which: Expr,
        sets: Vec<(E::Column, Expr)>,
    ) -> Result<u64> {
        self.written.note::<E>();
        let update = sets.into_iter().fold(E::update_many(), |update, (column, value)| update.col_expr(column, value));
        Ok(update.filter(which).exec(&self.conn).await?.rows_affected)
    }

    /// Adds a row to a table without audit columns: a link between two things. A link that is there already stays.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    pub async fn link<A, P, R>(&self, _: &Permit<A, P>, links: Vec<R>) -> Result<()>
    where
        R: ActiveModelTrait + ActiveModelBehavior + Send,
    {
        self.written.note::<R::Entity>();
        if !links.is_empty() {
            R::Entity::insert_many(links).on_conflict_do_nothing().exec_without_returning(&self.conn).await?;
        }
        Ok(())
    }

    /// Adds a row to a table without audit columns, or does to the one that has its key what `conflict` says. False when
    /// the condition there refused that: the database decides, so that many at once can't pass a limit.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    pub async fn put<A, P, R>(&self, _: &Permit<A, P>, row: R, conflict: OnConflict) -> Result<bool>
    where
        R: ActiveModelTrait + ActiveModelBehavior + Send,
    {
        self.written.note::<R::Entity>();
        let put = R::Entity::insert(row).on_conflict(conflict).exec_without_returning(&self.conn).await;
        match put {
            Ok(rows) => Ok(rows > 0),
            Err(DbErr::RecordNotInserted) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes links away.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    pub async fn unlink<A, P, E: EntityTrait>(&self, _: &Permit<A, P>, which: Expr) -> Result<u64> {
        self.written.note::<E>();
        Ok(E::delete_many().filter(which).exec(&self.conn).await?.rows_affected)
    }

    pub(crate) fn stamped<A, P, R>(&self, _: &Permit<A, P>, mut row: R) -> R
    where
        R: ActiveModelTrait,
        R::Entity: Audited,
    {
        row.set(R::Entity::CREATED_AT, self.now.into());
        row.set(R::Entity::CREATED_BY, self.viewer.actor().into());
        row.set(R::Entity::IS_DELETED, false.into());
        self.touch(&mut row);
        row
    }

    fn touch<R>(&self, row: &mut R)
    where
        R: ActiveModelTrait,
        R::Entity: Audited,
    {
        row.set(R::Entity::UPDATED_AT, self.now.into());
        row.set(R::Entity::UPDATED_BY, self.viewer.actor().into());
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
async fn insert<R>(conn: &DatabaseTransaction, row: R) -> Result<Model<R>>
where
    R: ActiveModelTrait + ActiveModelBehavior + Send,
    Model<R>: IntoActiveModel<R>,
{
    row.insert(conn).await.map_err(Error::from)
}

type Model<R> = <<R as ActiveModelTrait>::Entity as EntityTrait>::Model;
