//! The audit trail: written with the change, and nothing is ever taken out of it.

use kernel::{AuditRecord, Trace, Viewer, audit_event};
use sea_orm::{ConnectionTrait, DbBackend, TransactionTrait};
use serde_json::json;
use testkit::{TestApp, on_both};

use super::tables::dictionary::refusal;

async fn trail(app: &TestApp) -> Vec<audit_event::Model> {
    audit_event::Entity::visible_to(&Viewer::System).all(app.db().read()).await.unwrap()
}

#[on_both]
async fn a_record_says_who_did_what_by_which_request(app: TestApp) {
    let (ada, ben) = (app.student("Ada").await, app.student("Ben").await);
    let earlier = trail(&app).await;
    let now = kernel::World::now(&*app.world);
    let tx = kernel::Tx::begin(app.db(), &ada.viewer, now, app.world.clone()).await.unwrap();
    let mut tx = tx.traced(Trace { request_id: "abc".into(), ip_address: "203.0.113.7".into() });
    let record = AuditRecord::new("user.renamed", ben.id)
        .change("status", "active", "suspended")
        .change("email", "ben@example.org", "carl@example.org")
        .change("password", "old", "new")
        .change("isStaff", true, true)
        .reason("Asked for it.");
    tx.record(record).await.unwrap();
    tx.commit().await.unwrap();
    let events = trail(&app).await;
    let event = events.iter().find(|event| !earlier.contains(event)).unwrap();
    let wanted = audit_event::Model {
        id: event.id,
        happened_at: now,
        actor_id: Some(ada.id),
        action: "user.renamed".into(),
        target_type: "user".into(),
        target_id: kernel::EntityId::to_wire(ben.id),
        before: json!({"status": "active", "email": "b***@example.org", "password": "[redacted]"}),
        after: json!({"status": "suspended", "email": "c***@example.org", "password": "[redacted]"}),
        reason: Some("Asked for it.".into()),
        request_id: Some("abc".into()),
        ip_address: Some("203.0.113.7".into()),
    };
    assert_eq!((event, events.len()), (&wanted, earlier.len() + 1));
}

#[on_both]
async fn what_is_not_committed_is_not_told(app: TestApp) {
    let ada = app.student("Ada").await;
    let before = trail(&app).await;
    let mut tx = app.tx().await;
    tx.record(AuditRecord::new("user.renamed", ada.id)).await.unwrap();
    drop(tx);
    assert_eq!(trail(&app).await, before);
}

#[on_both]
async fn the_trail_is_neither_changed_nor_shortened(app: TestApp) {
    app.student("Ada").await;
    let before = trail(&app).await;
    assert!(!before.is_empty());
    let mut statements = vec!["UPDATE audit_events SET action = 'x'", "DELETE FROM audit_events"];
    if app.db().backend() == DbBackend::Postgres {
        statements.push("TRUNCATE audit_events");
    }
    for statement in statements {
        let conn = app.db().write().begin().await.unwrap();
        let said = refusal(statement, conn.execute_unprepared(statement).await);
        assert!(said.contains("audit_events is append-only"), "{said}");
    }
    assert_eq!(trail(&app).await, before);
}
