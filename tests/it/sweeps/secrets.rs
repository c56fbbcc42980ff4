use std::collections::BTreeMap;

use async_graphql::parser::types::{FieldDefinition, TypeDefinition, TypeKind};
use gateway::seed::{Size, seed};
use kernel::{EntityId, Viewer};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use testkit::{TestApp, on_both};

/// Who may see each field, as `fields.txt` lists them.
fn listed() -> BTreeMap<String, String> {
    let lines = include_str!("fields.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).map(|(field, class)| (field.into(), class.into())).collect()
}

fn is_structure(name: &str) -> bool {
    name.ends_with("Connection") || name.ends_with("Edge")
}

#[test]
fn every_field_of_the_schema_is_listed_and_nothing_else() {
    let mut fields: Vec<String> = super::sdl::types()
        .iter()
        .filter(|definition| !is_structure(&definition.name.node) && definition.name.node != "Node")
        .flat_map(|definition| {
            let name = definition.name.node.to_string();
            super::sdl::fields(definition)
                .into_iter()
                .map(move |field| format!("{name}.{}", field.name.node))
                .collect::<Vec<_>>()
        })
        .collect();
    fields.sort();
    let listed = listed();
    assert_eq!(
        fields,
        listed.keys().cloned().collect::<Vec<_>>(),
        "add new fields to fields.txt, with who may see them"
    );
    for (field, class) in listed {
        assert!(["public", "own", "authors", "staff", "secret"].contains(&class.as_str()), "{field} {class}");
    }
}

/// Walks every row of every table as nobody and as a stranger: what is not public is not there.
#[on_both]
async fn a_stranger_sees_nothing_that_is_not_public(app: TestApp) {
    seed(app.db(), &Size { courses: 12, users: 12, enrollments: 40, seed: 3 }, "hash").await.unwrap();
    let ada = app.student("Ada").await;
    ada.creates_token(&[]).await;
    let tomas = app.instructor("Tomas").await;
    let (film, _) = super::stranger::placed_file(&app, &tomas, &tomas.publishes("Rust").await).await;
    crate::media::captions::captions(&tomas, &film).await;
    let quizzed = super::quizzes::published(&tomas, &tomas.publishes("Quizzed").await).await;
    super::attempts::sat(&app, &tomas, &quizzed).await;
    crate::media::uploading::announced(&tomas, "a.png", b"x").await;
    let file = crate::courses::packaging::brings(&app, &tomas, b"x").await;
    tomas
        .ask(&format!("mutation {{ importCourse(input: {{mediaId: \"{file}\"}}) {{ userErrors {{ code }} }} }}"))
        .await
        .data();
    super::opinions::told(&app, &tomas, &tomas.publishes("Opinions").await).await;
    let draft = tomas.drafts("Engines").await;
    super::suggestions::made(&app, &tomas, &tomas.publishes("Questions").await).await;
    tomas
        .ask(&format!("mutation {{ exportCourse(input: {{courseId: \"{draft}\"}}) {{ userErrors {{ code }} }} }}"))
        .await
        .data();
    super::webhooks::tried(&app, "Wanda").await;
    super::enrollments::waits(&app, &ada.wire_id(), &draft).await;
    ada.ask("mutation { requestDataExport { userErrors { code } } }").await.data();
    app.app.write_as_system(gateway::jobs::ensure_recurring).await.unwrap();
    let mut rows = all_rows(&app).await;
    assert!(rows.values().all(|ids| !ids.is_empty()), "{rows:?}");
    // What is the stranger's own came after, but for the role that all students share.
    let stranger = app.student("Eve").await;
    let role = stranger.ask("{ me { roles { role { id } } } }").await.at("/me/roles/0/role/id").clone();
    rows.entry("Role").or_default().retain(|id| role != *id);
    let (types, listed) = (super::sdl::types(), listed());
    for viewer in [&Viewer::Anonymous, &stranger.viewer] {
        for definition in &types {
            let Some(ids) = rows.get(definition.name.node.as_str()) else { continue };
            let query = everything_of(&types, definition);
            for ids in ids.chunks(50) {
                let answer = app.ask_as(viewer, &query, json!({"ids": ids})).await;
                for node in answer.at("/nodes").as_array().unwrap() {
                    only_public(&listed, definition, node);
                }
            }
        }
    }
}

/// With all permissions the same walk finds something behind every kind of field: it does not pass by being blind.
#[on_both]
async fn the_walk_sees_what_staff_may_see(app: TestApp) {
    seed(app.db(), &Size { courses: 12, users: 12, enrollments: 40, seed: 3 }, "hash").await.unwrap();
    let admin = app.admin("Root").await;
    let rows = all_rows(&app).await;
    let types = super::sdl::types();
    for definition in &types {
        let name = definition.name.node.as_str();
        // Sessions, tokens, exports and chats are their owner's alone, and who is not active has no public side.
        let own = ["FileUpload", "UserSession", "ApiToken", "DataExport", "AiChat", "Conversation", "PublicProfile"];
        let (Some(ids), false) = (rows.get(name), own.contains(&name)) else {
            continue;
        };
        let answer = app
            .ask_as(&admin.viewer, &everything_of(&types, definition), json!({"ids": &ids[..ids.len().min(50)]}))
            .await;
        assert!(answer.at("/nodes").as_array().unwrap().iter().all(|node| !node.is_null()), "{name}");
    }
}

/// `nodes` with every field of one type: leaves as they are, connections by their count, the rest by its type.
fn everything_of(types: &[TypeDefinition], definition: &TypeDefinition) -> String {
    let fields: Vec<String> = super::sdl::fields(definition).into_iter().map(|field| select(types, field)).collect();
    format!(
        "query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ __typename ... on {} {{ {} }} }} }}",
        definition.name.node,
        fields.join(" ")
    )
}

fn select(types: &[TypeDefinition], field: &FieldDefinition) -> String {
    let ty = field.ty.node.to_string();
    let ty = ty.trim_matches(['[', ']', '!']);
    let has_selection = |definition: &TypeDefinition| {
        !super::sdl::fields(definition).is_empty() || matches!(definition.kind, TypeKind::Union(_))
    };
    let is_object = types.iter().any(|definition| definition.name.node == ty && has_selection(definition));
    match (is_object, is_structure(ty)) {
        (_, true) => format!("{} {{ totalCount }}", field.name.node),
        (true, _) => format!("{} {{ __typename }}", field.name.node),
        _ => field.name.node.to_string(),
    }
}

#[track_caller]
fn only_public(listed: &BTreeMap<String, String>, definition: &TypeDefinition, node: &Value) {
    for (field, value) in node.as_object().into_iter().flatten() {
        let key = format!("{}.{field}", definition.name.node);
        if field == "__typename" || listed[&key] == "public" {
            continue;
        }
        let is_empty = value.is_null() || value["totalCount"] == 0 || value.as_array().is_some_and(Vec::is_empty);
        assert!(is_empty, "{key} shows {value} to a stranger");
    }
}

/// The id of every row there is, deleted ones included, by the type that shows it.
#[expect(clippy::disallowed_methods, reason = "deleted rows are walked, too")]
async fn all_rows(app: &TestApp) -> BTreeMap<&'static str, Vec<String>> {
    while app.app.write_as_system(async |tx| kernel::events::number(tx).await).await.unwrap() {}
    macro_rules! ids {
        ($($node:literal: $entity:path => $id:ident,)*) => {
            BTreeMap::from([$(($node, <$entity>::find().all(app.db().read()).await.unwrap().into_iter()
                .map(|row| kernel::$id::from(uuid::Uuid::from(row.id)).to_wire()).collect()),)*])
        };
    }
    ids! {
        "AiChat": ai::ai_chat::Entity => ChatId,
        "ApiToken": accounts::api_token::Entity => ApiTokenId,
        "AuditEvent": kernel::audit_event::Entity => AuditEventId,
        "AuthoredQuestion": assessment::quiz_question::Entity => QuestionId,
        "BankDraw": assessment::quiz_draw::Entity => DrawId,
        "CaptionTrack": media::caption_track::Entity => CaptionTrackId,
        "Conversation": ai::tutor_conversation::Entity => ConversationId,
        "Certificate": learning::certificate::Entity => CertificateId,
        "Course": courses::course::Entity => CourseId,
        "CourseCategory": courses::course_category::Entity => CategoryId,
        "CourseProgress": learning::course_progress::Entity => CourseProgressId,
        "CourseSection": courses::course_section::Entity => SectionId,
        "CourseExport": courses::course_export::Entity => CourseExportId,
        "CourseImport": courses::course_import::Entity => CourseImportId,
        "CourseVersion": courses::course_version::Entity => CourseVersionId,
        "DataExport": accounts::data_export::Entity => DataExportId,
        "Enrollment": learning::enrollment::Entity => EnrollmentId,
        "Event": kernel::events::event::Entity => EventId,
        "FileUpload": media::upload::Entity => UploadId,
        "Job": kernel::jobs::job::Entity => JobId,
        "MediaFile": media::media_file::Entity => MediaId,
        "PublicProfile": accounts::user::Entity => ProfileId,
        "QuestionSuggestion": ai::question_suggestion::Entity => QuestionSuggestionId,
        "QuestionBank": assessment::question_bank::Entity => BankId,
        "Quiz": assessment::quiz::Entity => QuizId,
        "QuizAccommodation": assessment::quiz_accommodation::Entity => AccommodationId,
        "QuizAttempt": assessment::quiz_attempt::Entity => AttemptId,
        "QuizRegrade": assessment::quiz_regrade::Entity => RegradeId,
        "QuizVersion": assessment::quiz_version::Entity => QuizVersionId,
        "Review": reviews::review::Entity => ReviewId,
        "ReviewReply": reviews::review_reply::Entity => ReviewReplyId,
        "Role": accounts::role::Entity => RoleId,
        "SuggestionRun": ai::suggestion_run::Entity => SuggestionRunId,
        "User": accounts::user::Entity => UserId,
        "UserRole": accounts::user_role::Entity => UserRoleId,
        "UserSession": accounts::user_session::Entity => SessionId,
        "VideoProgress": learning::video_progress::Entity => VideoProgressId,
        "Webhook": webhooks::webhook::Entity => WebhookId,
        "WebhookDelivery": webhooks::webhook_delivery::Entity => WebhookDeliveryId,
        "WaitlistEntry": learning::waitlist_entry::Entity => WaitlistEntryId,
    }
}
