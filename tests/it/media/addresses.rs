//! How long addresses are good that were given out.

use chrono::Duration;
use kernel::EntityId;
use learning::EnrollmentStatus;
use media::FileType;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::{
    delivering::{enrol, get, header, lesson, playback, url},
    files::{film, upload, written},
    shelf::Shelf,
};

/// Addresses that were given out end with what they were given for.
#[on_both]
async fn an_address_ends_when_its_person_may_not_open_the_file_any_more(app: TestApp) {
    let shelf = Shelf::folder(&app).await;
    let (tomas, ada, root) = (app.instructor("Tomas").await, app.student("Ada").await, app.admin("Root").await);
    let notes = upload(&app, &tomas, FileType::Document, &written(&app, "notes.pdf", b"%PDF-1.4 notes")).await;
    let (notes, course, section) = lesson(&shelf, &tomas, notes).await;
    enrol(&app, &ada, &course, EnrollmentStatus::Active, Some(1)).await;
    let [link, teachers, admins] = [
        url(&playback(&ada, &notes).await, "url"),
        url(&playback(&tomas, &notes).await, "url"),
        url(&playback(&root, &notes).await, "url"),
    ];
    let status = async |link: &str| get(&shelf, link, &[]).await.status().as_u16();
    assert_eq!([status(&link).await, status(&teachers).await, status(&admins).await], [200; 3]);
    let publish = async |is: bool| {
        let query = "mutation ($id: ID!, $is: Boolean!) {
            updateSection(input: {id: $id, isPublished: $is}) { userErrors { code } } }";
        assert_eq!(tomas.ask_with(query, json!({"id": section, "is": is})).await.user_errors(), [""; 0]);
    };
    publish(false).await;
    assert_eq!([status(&link).await, status(&teachers).await, status(&admins).await], [403, 200, 200]);
    publish(true).await;
    assert_eq!(status(&link).await, 200);
    enrol(&app, &ada, &course, EnrollmentStatus::Dropped, None).await;
    assert_eq!(status(&link).await, 403);
    // Nobody tells that a time is over.
    enrol(&app, &ada, &course, EnrollmentStatus::Active, Some(1)).await;
    app.world.pass(Duration::days(1) - Duration::minutes(1));
    let link = url(&playback(&ada, &notes).await, "url");
    assert_eq!(status(&link).await, 200);
    app.world.pass(Duration::minutes(1));
    assert_eq!(status(&link).await, 403);
    shelf.stop().await;
}

/// A file that everybody may open has addresses that last as long as that; its uploader sees a picture of any.
#[on_both]
async fn what_is_public_has_lasting_addresses(app: TestApp) {
    let shelf = Shelf::folder(&app).await;
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let id = upload(&app, &tomas, FileType::Video, &film(&app, "film.mp4", "640x480")).await;
    let (film, ..) = lesson(&shelf, &tomas, id).await;
    let query = "query ($id: ID!) { node(id: $id) { ... on MediaFile { publicUrl thumbnailUrl } } }";
    let seen = async |person: &Person| person.ask_with(query, json!({"id": film})).await.at("/node").clone();
    assert_eq!(seen(&ada).await, json!({"publicUrl": null, "thumbnailUrl": null}));
    let own = seen(&tomas).await;
    assert_eq!(own["publicUrl"], Value::Null);
    let kind = async |link: &Value| {
        let answer = get(&shelf, link.as_str().unwrap(), &[]).await;
        (answer.status().as_u16(), header(&answer, "content-type").to_string())
    };
    assert_eq!(kind(&own["thumbnailUrl"]).await, (200, "image/jpeg".to_string()));
    let public = async |is: bool| {
        let query = "mutation ($id: ID!, $is: Boolean!) { updateMedia(input: {mediaId: $id, isPublic: $is}) {
            userErrors { code } } }";
        assert_eq!(tomas.ask_with(query, json!({"id": film, "is": is})).await.user_errors(), [""; 0]);
    };
    public(true).await;
    let all = seen(&ada).await;
    assert_eq!(all["publicUrl"], format!("/files/{film}/source"));
    assert_eq!(kind(&all["publicUrl"]).await, (200, "application/octet-stream".to_string()));
    assert_eq!(kind(&all["thumbnailUrl"]).await, (200, "image/jpeg".to_string()));
    public(false).await;
    assert_eq!([kind(&all["publicUrl"]).await.0, kind(&all["thumbnailUrl"]).await.0], [404, 404]);
    shelf.stop().await;
}

async fn where_it_is_handed_out(shelf: &Shelf) {
    let tomas = shelf.app.instructor("Tomas").await;
    let film = film(&shelf.app, "film.mp4", "64x48");
    for (kind, path, is_sent_on) in [
        (FileType::Document, written(&shelf.app, "notes.pdf", b"%PDF-1.4 notes"), true),
        (FileType::Video, film, false),
    ] {
        let id = upload(&shelf.app, &tomas, kind, &path).await.to_wire();
        let typed = "UPDATE media_files SET mime_type = 'video/mp4' WHERE file_name = 'film.mp4'";
        shelf.app.db().write().execute_unprepared(typed).await.unwrap();
        let link = shelf.absolute(&url(&playback(&tomas, &id).await, "url"));
        let answer = get(shelf, &link, &[]).await;
        assert_eq!(answer.status(), 200);
        let at = answer.url().as_str();
        assert_eq!((at.contains("X-Amz-Expires=60&"), at != link), (is_sent_on, is_sent_on), "{at}");
    }
}

/// Who has the address of the bucket is asked nothing any more: it is good for a minute, and players do not get it.
#[on_both]
async fn the_bucket_hands_out_for_a_minute(app: TestApp) {
    Shelf::bucket(&app).await.run(where_it_is_handed_out).await;
}
