use std::collections::BTreeSet;

use kernel::{AuditRecord, EntityId, World};
use sea_orm::DbBackend;
use serde_json::json;
use testkit::{TestApp, on_both};
use tokio::task::JoinSet;

use super::{integrator, read};

#[on_both]
async fn a_change_is_told_by_names_and_ids_alone(app: TestApp) {
    let (ines, tomas) = (integrator(&app).await, app.instructor("Tomas").await);
    let (_, end) = read(&ines, &[], None, 100).await;
    let course = tomas.drafts("Engines").await;
    let change = format!(
        "mutation {{ updateCourse(input: {{id: \"{course}\", title: \"Looms\"}}) {{ userErrors {{ code }} }} }}"
    );
    assert!(tomas.ask(&change).await.user_errors().is_empty());
    let (events, end) = read(&ines, &[], end, 100).await;
    let wanted = |number: usize, kind: &str, fields: serde_json::Value| {
        json!({"id": events[number]["id"], "type": kind, "objectType": "course", "objectId": course,
            "changedFields": fields, "actorId": tomas.wire_id(), "happenedAt": app.world.now().to_rfc3339()})
    };
    assert_eq!(events.len(), 2, "{events:?}");
    assert_eq!(events[0], wanted(0, "course.created.v1", events[0]["changedFields"].clone()));
    assert_eq!(events[1], wanted(1, "course.updated.v1", events[1]["changedFields"].clone()));
    assert!(events[1]["changedFields"].as_array().unwrap().contains(&json!("title")), "{events:?}");
    assert!(!json!(events).to_string().contains("Looms"));
    assert_eq!(read(&ines, &[], end, 100).await.0.len(), 0);
    let (updated, _) = read(&ines, &["course.updated.v1"], None, 100).await;
    assert_eq!(updated, events[1..]);
    let node = "query ($id: ID!) { node(id: $id) { ... on Event { type actor { name } } } }";
    let found = ines.ask_with(node, json!({"id": events[1]["id"]})).await;
    assert_eq!(found.at("/node"), &json!({"type": "course.updated.v1", "actor": {"name": "Tomas"}}));
    assert_eq!(tomas.ask_with(node, json!({"id": events[1]["id"]})).await.at("/node"), &json!(null));
}

#[on_both]
async fn a_program_follows_with_a_token_and_others_do_not(app: TestApp) {
    let (ines, ada) = (integrator(&app).await, app.student("Ada").await);
    let token = ines.creates_token(&["events.read"]).await;
    let program = app.viewer_of(&token).await.unwrap();
    let answer = app
        .ask_as(&program, "{ events(first: 1, types: [\"user.registered.v1\"]) { nodes { type } } }", json!({}))
        .await;
    assert_eq!(answer.at("/events/nodes"), &json!([{"type": "user.registered.v1"}]));
    assert_eq!(ada.ask("{ events { nodes { type } } }").await.codes(), ["FORBIDDEN"]);
    assert_eq!(app.ask("{ events { nodes { type } } }").await.codes(), ["UNAUTHENTICATED"]);
    for unknown in ["course.published", "course.published.v2", "course.flown.v1", ""] {
        let answer =
            ines.ask_with("query ($t: [String!]) { events(types: $t) { nodes { id } } }", json!({"t": [unknown]}));
        assert_eq!(answer.await.codes(), ["BAD_USER_INPUT"], "{unknown}");
    }
    let types = ines.ask("{ eventTypes }").await.at("/eventTypes").as_array().unwrap().clone();
    assert!(types.contains(&json!("course.published.v1")), "{types:?}");
}

/// Who writes first and commits last is told last: who has read on by then misses nothing.
#[on_both]
async fn what_commits_late_comes_after_what_is_read(app: TestApp) {
    // SQLite has one writer: nobody overtakes.
    if app.db().backend() == DbBackend::Sqlite {
        return;
    }
    let (ines, ada) = (integrator(&app).await, app.student("Ada").await);
    let (_, end) = read(&ines, &[], None, 100).await;
    let (mut slow, mut quick, mut never) = (app.tx().await, app.tx().await, app.tx().await);
    slow.record(AuditRecord::new("user.suspended", ada.id)).await.unwrap();
    never.record(AuditRecord::new("user.erased", ada.id)).await.unwrap();
    quick.record(AuditRecord::new("user.reactivated", ada.id)).await.unwrap();
    quick.commit().await.unwrap();
    let (events, end) = read(&ines, &[], end, 100).await;
    assert_eq!(kinds(&events), ["user.reactivated.v1"]);
    slow.commit().await.unwrap();
    never.roll_back().await.unwrap();
    let (events, end) = read(&ines, &[], end, 100).await;
    assert_eq!(kinds(&events), ["user.suspended.v1"]);
    assert_eq!(read(&ines, &[], end, 100).await.0.len(), 0);
}

fn kinds(events: &[serde_json::Value]) -> Vec<&str> {
    events.iter().map(|event| event["type"].as_str().unwrap()).collect()
}

const WRITERS: usize = 32;
const EACH: usize = 10;

/// Two of three transactions commit, while two follow the feed page by page.
#[on_both]
async fn who_follows_many_writers_reads_everything_once(app: TestApp) {
    let (ines, ada) = (integrator(&app).await, app.student("Ada").await);
    let (_, start) = read(&ines, &[], None, 100).await;
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let (app, ada) = (app.clone(), ada.id);
        writers.spawn(async move {
            for number in 0..EACH {
                let mut tx = app.tx().await;
                let action = if writer % 2 == 0 { "user.suspended" } else { "user.reactivated" };
                tx.record(AuditRecord::new(action, ada).reason(format!("{writer}"))).await.unwrap();
                tx.record(AuditRecord::new("user.profile_changed", ada)).await.unwrap();
                if number % 3 == 2 { tx.roll_back().await.unwrap() } else { tx.commit().await.unwrap() }
            }
        });
    }
    let committed = WRITERS * (0..EACH).filter(|number| number % 3 != 2).count() * 2;
    let follow = async || {
        let (mut told, mut end) = (vec![], start.clone());
        while told.len() < committed {
            let (events, next) = read(&ines, &[], end, 7).await;
            told.extend(events);
            end = next;
        }
        told
    };
    let (one, other) = tokio::join!(follow(), follow());
    writers.join_all().await;
    assert_eq!(one, other, "both read the same, in the same order");
    let ids: BTreeSet<_> = one.iter().map(|event| event["id"].as_str().unwrap()).collect();
    assert_eq!((ids.len(), one.len()), (committed, committed));
    assert!(one.iter().all(|event| event["objectId"] == ada.id.to_wire()));
    let (all, _) = read(&ines, &[], start.clone(), 100).await;
    assert_eq!(all, one[..100], "and so does who comes later");
}
