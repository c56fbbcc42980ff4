//! Every mutation records what it did, or there is a reason why not.

use std::{collections::BTreeMap, pin::Pin};

use kernel::{Viewer, audit_event};
use sea_orm::QueryOrder;
use testkit::{Person, TestApp};

use super::stranger::dead_job;
use crate::accounts::two_factor::about_to;

pub type Ready = Pin<Box<dyn Future<Output = (Viewer, String)> + Send>>;

pub enum Trail {
    /// The action, and what makes all ready for it: who does it by which document.
    Records(&'static str, fn(TestApp) -> Ready),
    /// Why it needs no trace.
    Nothing(&'static str),
}

use Trail::{Nothing, Records};

macro_rules! ready {
    (|$app:ident| $body:expr) => {
        |$app: TestApp| Box::pin(async move { $body })
    };
}

pub(super) use ready;

pub fn mutation(name: &str, input: &str) -> String {
    let input = if input.is_empty() { String::new() } else { format!("(input: {{{input}}})") };
    format!("mutation {{ {name}{input} {{ userErrors {{ code }} }} }}")
}

pub(super) fn listed() -> BTreeMap<&'static str, Trail> {
    let mut all = BTreeMap::from([
        (
            "requestPasswordReset",
            Nothing("sends a letter, or none: that is recorded when it is sent, see accounts/trail.rs"),
        ),
        ("resendVerification", Nothing("sends a letter, or none; changes nothing")),
        ("refreshSession", Nothing("goes on with a session; a stolen token is recorded, see accounts/trail.rs")),
    ]);
    all.extend(of_oneself());
    all.extend(super::letters::of_letters());
    all.extend(super::letters::of_leaving());
    all.extend(of_two_factors());
    all.extend(of_api_tokens());
    all.extend(of_others());
    all.extend(of_courses());
    all.extend(super::shelf::of_staff());
    all.extend(super::shelf::of_categories());
    all.extend(super::shelf::of_prices());
    all.extend(super::files::of_files());
    all.extend(super::curriculum::of_sections());
    all.extend(super::curriculum::of_lifecycle());
    all.extend(super::curriculum::of_versions());
    all.extend(super::uploads::of_uploads());
    all.extend(super::packages::of_packages());
    all.extend(super::enrollments::of_enrollments());
    all.extend(super::enrollments::of_waitlists());
    all.extend(super::progress::of_progress());
    all.extend(super::certificates::of_certificates());
    all.extend(super::opinions::of_reviews());
    all.extend(super::budgets::of_budgets());
    all.extend(super::suggestions::of_suggestions());
    all.extend(super::quizzes::of_quizzes());
    all.extend(super::attempts::of_attempts());
    all.extend(super::attempts::of_grading());
    all.extend(super::tutor::of_tutor());
    all.extend(super::webhooks::of_webhooks());
    all.extend(super::attempts::of_regrading());
    all
}

fn of_oneself() -> [(&'static str, Trail); 9] {
    [
        (
            "updatePreferences",
            Records(
                "user.preferences_changed",
                ready!(|app| {
                    (app.student("Ada").await.viewer, mutation("updatePreferences", "preferences: {theme: \"dark\"}"))
                }),
            ),
        ),
        ("register", Records("user.registered", ready!(|_app| (Viewer::Anonymous, mutation("register", REGISTER))))),
        (
            "login",
            Records(
                "session.started",
                ready!(|app| {
                    app.ask(&mutation("register", REGISTER)).await.data();
                    (Viewer::Anonymous, mutation("login", REGISTER))
                }),
            ),
        ),
        ("logout", Records("session.ended", ready!(|app| (app.student("Ada").await.viewer, mutation("logout", ""))))),
        (
            "revokeSession",
            Records(
                "session.ended",
                ready!(|app| {
                    let ada = app.student("Ada").await;
                    let id = ada.ask("{ mySessions { nodes { id } } }").await.at("/mySessions/nodes/0/id").to_string();
                    (ada.viewer, mutation("revokeSession", &format!("id: {id}")))
                }),
            ),
        ),
        (
            "revokeOtherSessions",
            Records(
                "user.sessions_ended",
                ready!(|app| {
                    let ada = app.student("Ada").await;
                    let mut tx = app.tx().await;
                    accounts::sign_in(&mut tx, ada.id, accounts::Device::default()).await.unwrap();
                    tx.commit().await.unwrap();
                    (ada.viewer, mutation("revokeOtherSessions", ""))
                }),
            ),
        ),
        (
            "changePassword",
            Records(
                "user.password_changed",
                ready!(|app| {
                    app.ask(&mutation("register", REGISTER)).await.data();
                    let login = format!(
                        "mutation {{ login(input: {{{REGISTER}}}) {{ outcome {{ ... on Session {{ accessToken }} }} }} }}"
                    );
                    let login = app.ask(&login).await;
                    let token = login.at("/login/outcome/accessToken").as_str().unwrap();
                    let now = kernel::World::now(&*app.world);
                    let person = accounts::authenticate(app.db(), token, now).await.unwrap().unwrap();
                    let change = "currentPassword: \"correct horse\", newPassword: \"battery staple\"";
                    (Viewer::User(person.into()), mutation("changePassword", change))
                }),
            ),
        ),
        (
            "updateProfile",
            Records(
                "user.profile_changed",
                ready!(|app| (app.student("Ada").await.viewer, mutation("updateProfile", "bio: \"Poet.\""))),
            ),
        ),
        (
            "setAvatar",
            Records(
                "user.profile_changed",
                ready!(|app| {
                    let ada = app.student("Ada").await;
                    let mut tx =
                        kernel::Tx::begin(app.db(), &ada.viewer, kernel::World::now(&*app.world), app.world.clone())
                            .await
                            .unwrap();
                    accounts::set_avatar(&mut tx, Some("https://files.example.org/me.png".into())).await.unwrap();
                    tx.commit().await.unwrap();
                    (ada.viewer, mutation("setAvatar", "mediaId: null"))
                }),
            ),
        ),
    ]
}

const REGISTER: &str = "email: \"max@example.org\", password: \"correct horse\"";

fn of_two_factors() -> [(&'static str, Trail); 5] {
    [
        ("startTotp", Records("user.two_factor_started", ready!(|app| about_to(app, "startTotp").await))),
        ("completeTwoFactor", Records("session.started", ready!(|app| about_to(app, "completeTwoFactor").await))),
        ("confirmTotp", Records("user.two_factor_enabled", ready!(|app| about_to(app, "confirmTotp").await))),
        ("disableTotp", Records("user.two_factor_disabled", ready!(|app| about_to(app, "disableTotp").await))),
        (
            "regenerateRecoveryCodes",
            Records("user.recovery_codes_replaced", ready!(|app| about_to(app, "regenerateRecoveryCodes").await)),
        ),
    ]
}

fn of_api_tokens() -> [(&'static str, Trail); 2] {
    [
        (
            "createApiToken",
            Records(
                "api_token.created",
                ready!(|app| {
                    let input = "name: \"Sync\", scopes: [\"courses.create\"]";
                    (app.instructor("Tomas").await.viewer, mutation("createApiToken", input))
                }),
            ),
        ),
        (
            "revokeApiToken",
            Records(
                "api_token.revoked",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    tomas.creates_token(&["courses.create"]).await;
                    let id =
                        tomas.ask("{ myApiTokens { nodes { id } } }").await.at("/myApiTokens/nodes/0/id").to_string();
                    (tomas.viewer, mutation("revokeApiToken", &format!("id: {id}")))
                }),
            ),
        ),
    ]
}

fn of_others() -> [(&'static str, Trail); 8] {
    [
        (
            "retryJob",
            Records(
                "job.retried",
                ready!(|app| {
                    let root = app.admin("Root").await;
                    (root.viewer, mutation("retryJob", &format!("id: \"{}\"", dead_job(&app).await)))
                }),
            ),
        ),
        (
            "createRole",
            Records(
                "role.created",
                ready!(|app| {
                    (app.admin("Root").await.viewer, mutation("createRole", "name: \"aide\", displayName: \"Aide\""))
                }),
            ),
        ),
        (
            "updateRole",
            Records(
                "role.updated",
                ready!(|app| {
                    let (root, role) = with_role(&app).await;
                    (root.viewer, mutation("updateRole", &format!("id: \"{role}\", priority: 7")))
                }),
            ),
        ),
        (
            "deleteRole",
            Records(
                "role.deleted",
                ready!(|app| {
                    let (root, role) = with_role(&app).await;
                    (root.viewer, mutation("deleteRole", &format!("id: \"{role}\"")))
                }),
            ),
        ),
        (
            "assignRole",
            Records(
                "role.assigned",
                ready!(|app| {
                    let (root, role) = with_role(&app).await;
                    let input = format!("userId: \"{}\", roleId: \"{role}\"", root.wire_id());
                    (root.viewer, mutation("assignRole", &input))
                }),
            ),
        ),
        (
            "revokeRole",
            Records(
                "role.revoked",
                ready!(|app| {
                    let (root, role) = with_role(&app).await;
                    root.assigns(&role, &root.wire_id()).await.data();
                    let input = format!("userId: \"{}\", roleId: \"{role}\"", root.wire_id());
                    (root.viewer, mutation("revokeRole", &input))
                }),
            ),
        ),
        (
            "suspendUser",
            Records(
                "user.suspended",
                ready!(|app| {
                    let input = format!("userId: \"{}\", reason: \"Spam.\"", app.student("Ada").await.wire_id());
                    (app.admin("Root").await.viewer, mutation("suspendUser", &input))
                }),
            ),
        ),
        (
            "reactivateUser",
            Records(
                "user.reactivated",
                ready!(|app| {
                    let (root, ada) = (app.admin("Root").await, app.student("Ada").await);
                    let input = format!("userId: \"{}\"", ada.wire_id());
                    root.ask(&mutation("suspendUser", &format!("{input}, reason: \"Spam.\""))).await.data();
                    (root.viewer, mutation("reactivateUser", &input))
                }),
            ),
        ),
    ]
}

async fn with_role(app: &TestApp) -> (Person, String) {
    let root = app.admin("Root").await;
    let role = root.makes_role("helper", 500, &[]).await;
    (root, role)
}

fn of_courses() -> [(&'static str, Trail); 4] {
    [
        (
            "createCourse",
            Records(
                "course.created",
                ready!(|app| (app.instructor("Tomas").await.viewer, mutation("createCourse", "title: \"Rust\""))),
            ),
        ),
        (
            "updateCourse",
            Records(
                "course.updated",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let id = tomas.drafts("Rust").await;
                    (tomas.viewer, mutation("updateCourse", &format!("id: \"{id}\", title: \"Go\"")))
                }),
            ),
        ),
        (
            "publishCourse",
            Records(
                "course.published",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let id = tomas.drafts("Rust").await;
                    tomas.adds_section(&id, "Beginning").await;
                    (tomas.viewer, mutation("publishCourse", &format!("id: \"{id}\"")))
                }),
            ),
        ),
        (
            "unpublishCourse",
            Records(
                "course.unpublished",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let id = tomas.publishes("Rust").await;
                    (tomas.viewer, mutation("unpublishCourse", &format!("id: \"{id}\"")))
                }),
            ),
        ),
    ]
}

#[test]
fn every_mutation_is_listed() {
    let mut mutations: Vec<_> = super::sdl::root_fields("Mutation").into_iter().map(|(name, _)| name).collect();
    mutations.sort();
    let listed = listed();
    assert_eq!(mutations, listed.keys().map(ToString::to_string).collect::<Vec<_>>(), "say what new ones record");
    assert!(listed.values().all(|trail| !matches!(trail, Nothing(why) if why.is_empty())));
}

pub(super) async fn trail(app: &TestApp) -> Vec<audit_event::Model> {
    let all = audit_event::Entity::visible_to(&Viewer::System).order_by_asc(audit_event::Column::Id);
    all.all(app.db().read()).await.unwrap()
}

/// What the feed of events tells of: all that was done, in one order without gaps.
async fn fed(app: &TestApp) -> Vec<uuid::Uuid> {
    let system = &Viewer::System;
    app.app.write_as_system(async |tx| kernel::events::number(tx).await).await.unwrap();
    let rows = kernel::events::event::Entity::visible_to(system).order_by_asc(kernel::events::event::Column::Position);
    let rows = rows.all(app.db().read()).await.unwrap();
    let places: Vec<_> = rows.iter().filter_map(|row| row.position).collect();
    assert_eq!(places, (1..=places.len() as i64).collect::<Vec<_>>());
    rows.into_iter().map(|row| row.id.0).collect()
}

/// Each on a database of its own: they know nothing of each other.
async fn each_records(open: impl AsyncFn() -> TestApp) {
    for (name, records) in listed() {
        let Records(action, ready) = records else { continue };
        let app = open().await;
        let (viewer, document) = ready(app.clone()).await;
        let before = trail(&app).await;
        let answer = app.ask_as(&viewer, &document, serde_json::json!({})).await;
        assert_eq!(answer.user_errors(), [""; 0], "{name}");
        let fed = fed(&app).await;
        let new: Vec<_> = trail(&app).await.into_iter().filter(|event| !before.contains(event)).collect();
        let found = new.iter().find(|event| event.action == action);
        let found = found.unwrap_or_else(|| panic!("{name} does not record {action}: {new:?}"));
        assert_eq!(found.request_id.as_deref(), Some("test"), "{name}");
        assert!(new.iter().all(|event| fed.contains(&event.id.0)), "{name} is not in the feed of events");
        assert!(found.actor_id.is_some() && (viewer.id().is_none() || found.actor_id == viewer.id()), "{name}");
        app.finish().await;
    }
}

#[test]
fn the_listed_mutations_record_on_sqlite() {
    testkit::run(each_records(TestApp::on_sqlite));
}

#[test]
fn the_listed_mutations_record_on_postgres() {
    testkit::run(each_records(TestApp::on_postgres));
}
