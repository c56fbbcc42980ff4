use std::collections::BTreeSet;

use sea_orm::{
    DatabaseConnection, DatabaseTransaction, EntityTrait, ExprTrait, IntoSimpleExpr, Set, sea_query::OnConflict,
};

use super::write_mark::{ActiveModel, Column, Entity};
use crate::{Db, Result, UserId, Viewer};

/// Who has done something in a transaction. Nobody asks where there is no copy of the database.
pub(crate) struct Actors(Option<BTreeSet<UserId>>);

impl Actors {
    pub fn new(db: &Db, viewer: &Viewer) -> Self {
        Self(db.replica().map(|_| viewer.actor().into_iter().collect()))
    }

    /// They have, whoever the viewer is: somebody who is just signing in.
    pub fn note(&mut self, actor: Option<UserId>) {
        if let Some(actors) = &mut self.0 {
            actors.extend(actor);
        }
    }

    /// Marks, in the transaction and with it, that they have written. The last thing that it does: others of theirs wait from
    /// here to the commit, and nobody who waits has anything that this waits for.
    #[expect(clippy::disallowed_methods, reason = "kernel is where rows are written")]
    pub async fn mark(&self, conn: &DatabaseTransaction) -> Result<()> {
        let one_more = Column::Mark.into_simple_expr().add(1);
        for actor in self.0.iter().flatten() {
            let conflict = OnConflict::column(Column::Actor).value(Column::Mark, one_more.clone()).to_owned();
            let first = ActiveModel { actor: Set(*actor), mark: Set(1) };
            Entity::insert(first).on_conflict(conflict).exec_without_returning(conn).await?;
        }
        Ok(())
    }
}

/// How often they have written.
#[expect(clippy::disallowed_methods, reason = "a mark is never deleted: there is nothing to leave out")]
pub(super) async fn mark_of(conn: &DatabaseConnection, actor: UserId) -> Result<i64> {
    Ok(Entity::find_by_id(actor).one(conn).await?.map_or(0, |row| row.mark))
}
