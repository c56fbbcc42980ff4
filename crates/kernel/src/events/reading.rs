use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, RelationDef, Select,
    prelude::{DateTimeUtc, Json},
    sea_query::Expr,
};

use super::{
    event::{Column, Entity},
    types::action_of,
};
use crate::{
    Error, EventId, Page, PageRequest, Permission, Result, Scalar, Sort, UserId, Viewer, audit_event, by_keys,
    dialect::any_text,
};

/// Something that was done, as the feed tells it.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct EventRow {
    pub id: EventId,
    pub position: Option<i64>,
    #[sea_orm(nested)]
    pub told: Told,
}

/// What the audit trail says of it, without what it says of values: those may be personal.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "audit_event::Entity")]
pub struct Told {
    pub happened_at: DateTimeUtc,
    pub actor_id: Option<UserId>,
    pub action: String,
    pub target_type: String,
    pub target_id: String,
    after: Json,
}

impl Told {
    /// The names of the fields that have changed, in their order.
    pub fn changed_fields(&self) -> Vec<String> {
        self.after.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
    }
}

impl Entity {
    /// All that has its place, for those who may read the feed; nothing for others.
    #[expect(clippy::disallowed_methods, reason = "an event is never soft-deleted: there is nothing to leave out")]
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        let literal = if viewer.has(Permission::EventsRead) { "TRUE" } else { "FALSE" };
        let told: RelationDef =
            Self::belongs_to(audit_event::Entity).from(Column::Id).to(audit_event::Column::Id).into();
        Self::find().join(JoinType::InnerJoin, told).filter(Column::Position.is_not_null()).filter(Expr::cust(literal))
    }
}

/// One page of the feed, what came into it first comes first. No types: all of them.
pub async fn feed(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    types: &[String],
    request: &PageRequest,
) -> Result<Page<EventRow>> {
    crate::page(db, narrowed(db, viewer, types)?, &in_order(), request).await
}

/// How many events of these types there are.
pub async fn count_events(db: &impl ConnectionTrait, viewer: &Viewer, types: &[String]) -> Result<i64> {
    crate::count(db, narrowed(db, viewer, types)?).await
}

/// Events by id.
pub async fn events(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[EventId]) -> Result<HashMap<EventId, EventRow>> {
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &EventRow| row.id).await
}

/// What stands after this place of the feed, in its order, so many at most: for Lectern itself, which passes it on.
pub async fn since(db: &impl ConnectionTrait, viewer: &Viewer, position: i64, most: u64) -> Result<Vec<EventRow>> {
    let after = Entity::visible_to(viewer).filter(Column::Position.gt(position));
    Ok(after.order_by_asc(Column::Position).limit(most).into_partial_model::<EventRow>().all(db).await?)
}

/// The last place that was given; 0 before the first.
#[expect(clippy::disallowed_methods, reason = "an event is never soft-deleted")]
pub async fn newest(db: &impl ConnectionTrait) -> Result<i64> {
    let last = Entity::find().select_only().column_as(Column::Position.max(), "last");
    Ok(last.into_tuple::<Option<i64>>().one(db).await?.flatten().unwrap_or(0))
}

fn in_order() -> Sort<Entity, EventRow> {
    Sort::ascending("feed").by(Column::Position, |row: &EventRow| Scalar::Int(row.position.unwrap_or_default()))
}

fn narrowed(db: &impl ConnectionTrait, viewer: &Viewer, types: &[String]) -> Result<Select<Entity>> {
    if !viewer.has(Permission::EventsRead) {
        return Err(Error::Denied);
    }
    let unknown = |name: &String| Error::bad_input("types", format!("there are no events of the type `{name}`"));
    let actions = types.iter().map(|name| action_of(name).ok_or_else(|| unknown(name))).collect::<Result<Vec<_>>>()?;
    let actions = (!actions.is_empty()).then_some(actions);
    let (backend, column) = (db.get_database_backend(), (audit_event::Entity, audit_event::Column::Action));
    Ok(Entity::visible_to(viewer)
        .apply_if(actions, |select, actions| select.filter(any_text(backend, column, &actions))))
}
