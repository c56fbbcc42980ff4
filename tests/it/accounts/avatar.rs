use kernel::{EntityId, MediaId};
use media::{FileType, media_file};
use sea_orm::Set;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

const SET: &str = "mutation ($id: ID) { setAvatar(input: {mediaId: $id}) {
  user { avatar profile { avatar } } userErrors { code field } } }";

async fn file(app: &TestApp, owner: &Person, file_type: FileType, public_url: Option<&str>) -> String {
    let mut tx = app.tx().await;
    let id: MediaId = tx.new_id().unwrap();
    let row = media_file::ActiveModel {
        id: Set(id),
        user_id: Set(owner.id),
        file_name: Set("me.png".into()),
        file_type: Set(file_type),
        mime_type: Set("image/png".into()),
        file_size: Set(1),
        storage_path: Set("me".into()),
        is_public: Set(public_url.is_some()),
        public_url: Set(public_url.map(str::to_string)),
        ..Default::default()
    };
    let row = tx.stamp(row, tx.now);
    tx.insert_all(vec![row]).await.unwrap();
    tx.commit().await.unwrap();
    id.to_wire()
}

async fn set(person: &Person, id: Option<&str>) -> Answer {
    person.ask_with(SET, json!({"id": id})).await
}

#[on_both]
async fn ones_own_public_image_becomes_ones_picture(app: TestApp) {
    let (ada, eve) = (app.student("Ada").await, app.student("Eve").await);
    let url = "https://files.example.org/me.png";
    let image = file(&app, &ada, FileType::Image, Some(url)).await;
    let shown = json!({"setAvatar": {"user": {"avatar": url, "profile": {"avatar": url}}, "userErrors": []}});
    assert_eq!(set(&ada, Some(&image)).await.data(), &shown);
    for (person, id, code) in [
        (&eve, image.clone(), "AVATAR_NOT_FOUND"),
        (&ada, file(&app, &ada, FileType::Document, Some(url)).await, "AVATAR_NOT_AN_IMAGE"),
        (&ada, file(&app, &ada, FileType::Image, None).await, "AVATAR_NOT_PUBLIC"),
        (&ada, MediaId(uuid::Uuid::nil()).to_wire(), "AVATAR_NOT_FOUND"),
    ] {
        let wanted = json!({"user": null, "userErrors": [{"code": code, "field": ["input", "mediaId"]}]});
        assert_eq!(set(person, Some(&id)).await.at("/setAvatar"), &wanted);
    }
    assert_eq!(ada.ask("{ me { avatar } }").await.at("/me/avatar"), url);
    assert_eq!(set(&ada, None).await.at("/setAvatar/user/avatar"), &Value::Null);
    assert_eq!(set(&ada, Some(&eve.wire_id())).await.codes(), ["BAD_USER_INPUT"]);
}
