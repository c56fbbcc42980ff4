use kernel::EntityId;
use media::FileType;
use serde_json::json;
use testkit::{Person, Server, TestApp, on_both};

use super::files::{recording, upload};
use crate::gateway::socket::{Socket, next, open, send, subscribe};

const WATCH: &str = "subscription ($id: ID!) { mediaProcessing(mediaId: $id) {
    processingStatus processingPercent processingError uploadedBy { name } } }";

async fn watch(server: &Server, person: &Person, media: &str) -> Socket {
    subscribe(server, person, WATCH, media).await
}

#[on_both]
async fn the_state_comes_at_once_then_each_change_and_then_the_end(app: TestApp) {
    let (server, tomas) = (Server::start(&app).await, app.instructor("Tomas").await);
    let picture = recording(&app, "a.png", "-f lavfi -i testsrc2=size=400x200 -frames:v 1");
    let id = upload(&app, &tomas, FileType::Image, &picture).await;
    let mut socket = watch(&server, &tomas, &id.to_wire()).await;
    let first = next(&mut socket).await;
    assert_eq!(
        first["payload"]["data"]["mediaProcessing"],
        json!({"processingStatus": "PENDING", "processingPercent": 0, "processingError": null, "uploadedBy": {"name": "Tomas"}})
    );
    app.run_jobs().await;
    let last = loop {
        let message = next(&mut socket).await;
        if message["payload"]["data"]["mediaProcessing"]["processingStatus"] != "PROCESSING" {
            break message;
        }
    };
    assert_eq!(last["payload"]["data"]["mediaProcessing"]["processingStatus"], "COMPLETED", "{last:#}");
    assert_eq!(last["payload"]["data"]["mediaProcessing"]["processingPercent"], 100);
    assert_eq!(next(&mut socket).await, json!({"id": "1", "type": "complete"}));
    drop(socket);
    server.stop().await;
}

#[on_both]
async fn nobody_watches_what_they_may_not_see_or_no_longer(app: TestApp) {
    let server = Server::start(&app).await;
    let (tomas, eve) = (app.instructor("Tomas").await, app.student("Eve").await);
    let id = super::files::file(&app, &tomas, "a.mp4").await;
    let mut hers = watch(&server, &eve, &id).await;
    let refused = next(&mut hers).await;
    assert_eq!(refused["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND", "{refused:#}");
    assert_eq!(next(&mut hers).await["type"], "complete");
    let mut his = watch(&server, &tomas, &id).await;
    assert_eq!(next(&mut his).await["payload"]["data"]["mediaProcessing"]["processingStatus"], "PENDING");
    let delete = format!("mutation {{ deleteMedia(input: {{mediaId: \"{id}\"}}) {{ userErrors {{ code }} }} }}");
    assert_eq!(tomas.ask(&delete).await.user_errors(), [""; 0]);
    assert_eq!(next(&mut his).await["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND");
    assert_eq!(next(&mut his).await["type"], "complete");
    let mut nobody = open(&server, json!({})).await;
    let payload = json!({"query": WATCH, "variables": {"id": id}});
    send(&mut nobody, json!({"id": "1", "type": "subscribe", "payload": payload})).await;
    assert_eq!(next(&mut nobody).await["payload"][0]["extensions"]["code"], "UNAUTHENTICATED");
    drop((hers, his, nobody));
    server.stop().await;
}

#[on_both]
async fn one_subscription_at_a_time_in_a_document(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let id = super::files::file(&app, &tomas, "a.mp4").await;
    let field = format!("mediaProcessing(mediaId: \"{id}\") {{ id }}");
    let answer = tomas.ask(&format!("subscription {{ a: {field} b: {field} }}")).await;
    assert_eq!(answer.codes(), ["DOCUMENT_LIMIT_EXCEEDED"]);
}
