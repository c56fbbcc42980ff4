//! All that mutations could have changed.

use kernel::Viewer;
use serde_json::{Value, json};
use testkit::TestApp;

/// The whole of what mutations could have changed.
pub async fn everything(app: &TestApp) -> Value {
    use kernel::Live;
    use sea_orm::QueryOrder;
    let db = app.db().read();
    let courses = courses::course::Entity::live().order_by_asc(courses::course::Column::Id).all(db).await.unwrap();
    let sections = courses::course_section::Entity::live()
        .order_by_asc(courses::course_section::Column::Id)
        .all(db)
        .await
        .unwrap();
    let sessions = accounts::user_session::Entity::live().order_by_asc(accounts::user_session::Column::Id);
    let sessions = sessions.all(db).await.unwrap();
    let tokens =
        accounts::api_token::Entity::live().order_by_asc(accounts::api_token::Column::Id).all(db).await.unwrap();
    let jobs = kernel::jobs::job::Entity::visible_to(&Viewer::System).all(db).await.unwrap();
    let users = accounts::user::Entity::live().order_by_asc(accounts::user::Column::Id).all(db).await.unwrap();
    let roles = accounts::role::Entity::live().order_by_asc(accounts::role::Column::Id).all(db).await.unwrap();
    let given = accounts::user_role::Entity::visible_to(&kernel::Viewer::System);
    let given = given.order_by_asc(accounts::user_role::Column::Id).all(db).await.unwrap();
    let files = media::media_file::Entity::live().order_by_asc(media::media_file::Column::Id).all(db).await.unwrap();
    let captions = media::caption_track::Entity::live().all(db).await.unwrap();
    let categories = courses::course_category::Entity::live().order_by_asc(courses::course_category::Column::Id);
    let categories = categories.all(db).await.unwrap();
    let staff = courses::course_staff::Entity::live().order_by_asc(courses::course_staff::Column::Id);
    let staff = staff.all(db).await.unwrap();
    let uploads = media::upload::Entity::live().all(db).await.unwrap();
    let tokens = json!([
        format!("{tokens:?}"),
        format!("{files:?}"),
        format!("{captions:?}"),
        format!("{staff:?}"),
        format!("{categories:?}")
    ]);
    let certificates = learning::certificate::Entity::live().all(db).await.unwrap();
    let opinions = json!([
        super::opinions::everything(app).await,
        super::budgets::everything(app).await,
        super::suggestions::everything(app).await,
        super::tutor::everything(app).await,
        super::webhooks::everything(app).await
    ]);
    let quizzes = [super::quizzes::everything(db).await, super::attempts::everything(db).await];
    let tokens = json!([tokens, format!("{uploads:?}"), format!("{certificates:?}"), opinions, quizzes]);
    let people = json!([format!("{users:?}"), format!("{roles:?}"), format!("{given:?}"), format!("{jobs:?}")]);
    json!([format!("{courses:?}"), format!("{sections:?}"), format!("{sessions:?}"), tokens, people])
}
