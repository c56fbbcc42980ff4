use std::collections::BTreeMap;

use kernel::Viewer;
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::quizzes::{Quizzes, quizzes};
use crate::{courses::categories::add, media::captions::captions};

const PRICE: &str = "price: {amount: \"1\", currency: \"EUR\"}";

/// Every mutation, how a signed-in stranger would turn it on somebody else's things, and what that answers. Those that
/// act on nobody's but one's own things say so.
fn attempts(
    draft: &str,
    published: &str,
    session: &str,
    job: &str,
    token: &str,
    people: &People,
    files: &Files,
) -> BTreeMap<&'static str, Attempt> {
    let on = |mutation: &str, fields: &str| {
        [draft, published]
            .map(|id| {
                format!(
                    "mutation {{ {mutation}(input: {{{}}}) {{ userErrors {{ code }} }} }}",
                    fields.replace("ID", &format!("\"{id}\""))
                )
            })
            .to_vec()
    };
    // Roles that the stranger does not see, and the one that they have.
    let on_roles = |mutation: &str, fields: &str| {
        [&people.their_role, &people.own_role]
            .map(|role| {
                let fields = fields.replace("ROLE", &format!("\"{role}\""));
                let fields = fields.replace("USER", &format!("\"{}\"", people.teacher));
                format!("mutation {{ {mutation}(input: {{{fields}}}) {{ userErrors {{ code }} }} }}")
            })
            .to_vec()
    };
    let hidden_then_seen = &["NOT_FOUND", "FORBIDDEN"];
    let on_categories = |mutation: &str, fields: &str| {
        people
            .categories
            .each_ref()
            .map(|id| {
                let fields = fields.replace("ID", &format!("\"{id}\""));
                format!("mutation {{ {mutation}(input: {{{fields}}}) {{ userErrors {{ code }} }} }}")
            })
            .to_vec()
    };
    let on_certificates = |mutation: &str, more: &str| {
        let documents = people.certificates.each_ref();
        documents
            .map(|id| format!("mutation {{ {mutation}(input: {{id: \"{id}\"{more}}}) {{ userErrors {{ code }} }} }}"))
            .to_vec()
    };
    let on_staff = |fields: &str| fields.replace("USER", &format!("\"{}\"", people.aide));
    // A file of a draft, then one of a published course; the same for courses and sections.
    let on_files = |mutation: &str, fields: &str| {
        [(&files.hidden, draft, &files.hidden_section), (&files.seen, published, &files.seen_section)]
            .map(|(file, course, section)| {
                let fields = fields.replace("FILE", &format!("\"{file}\"")).replace("COURSE", &format!("\"{course}\""));
                let fields = fields.replace("SECTION", &format!("\"{section}\""));
                let captions = if *file == files.seen { &files.seen_captions } else { &files.hidden_captions };
                let fields = fields.replace("CAPTIONS", &format!("\"{captions}\""));
                format!("mutation {{ {mutation}(input: {{{fields}}}) {{ userErrors {{ code }} }} }}")
            })
            .to_vec()
    };
    let on_upload = |mutation: &str, more: &str| {
        let upload = &files.upload;
        vec![format!("mutation {{ {mutation}(input: {{uploadId: \"{upload}\"{more}}}) {{ userErrors {{ code }} }} }}")]
    };
    let on_quizzes = super::quizzes::attempts(&files.quizzes)
        .map(|(name, documents, codes)| (name, Attempt::Turned(documents, codes)));
    let mut all = BTreeMap::from([
        (
            "addCaptionTrack",
            Attempt::Turned(
                on_files("addCaptionTrack", "mediaId: FILE, language: \"en\", label: \"x\", content: \"\""),
                hidden_then_seen,
            ),
        ),
        ("deleteCaptionTrack", Attempt::Turned(on_files("deleteCaptionTrack", "id: CAPTIONS"), hidden_then_seen)),
        ("attachMedia", Attempt::Turned(on_files("attachMedia", "mediaId: FILE, courseId: COURSE"), hidden_then_seen)),
        ("deleteMedia", Attempt::Turned(on_files("deleteMedia", "mediaId: FILE, force: true"), hidden_then_seen)),
        ("detachMedia", Attempt::Turned(on_files("detachMedia", "mediaId: FILE"), hidden_then_seen)),
        (
            "reorderMedia",
            Attempt::Turned(on_files("reorderMedia", "sectionId: SECTION, order: [FILE]"), hidden_then_seen),
        ),
        ("retryProcessing", Attempt::Turned(on_files("retryProcessing", "mediaId: FILE"), hidden_then_seen)),
        ("updateMedia", Attempt::Turned(on_files("updateMedia", "mediaId: FILE, fileName: \"x\""), hidden_then_seen)),
        (
            "createUpload",
            Attempt::Turned(
                on("createUpload", &format!("purpose: COURSE_THUMBNAIL, courseId: ID, {}", super::uploads::A_PICTURE)),
                hidden_then_seen,
            ),
        ),
        ("signUploadParts", Attempt::Turned(on_upload("signUploadParts", ", parts: [1]"), &["NOT_FOUND"])),
        ("completeUpload", Attempt::Turned(on_upload("completeUpload", ""), &["NOT_FOUND"])),
        ("abortUpload", Attempt::Turned(on_upload("abortUpload", ""), &["NOT_FOUND"])),
        // With a file it is turned away, too: media/picturing.rs.
        (
            "uploadImage",
            Attempt::Turned(
                on("uploadImage", "file: \"sent-file:0\", purpose: COURSE_THUMBNAIL, courseId: ID"),
                &["BAD_USER_INPUT", "BAD_USER_INPUT"],
            ),
        ),
        (
            "createCourse",
            Attempt::Turned(
                vec!["mutation { createCourse(input: {title: \"x\"}) { userErrors { code } } }".into()],
                &["FORBIDDEN"],
            ),
        ),
        ("updateCourse", Attempt::Turned(on("updateCourse", "id: ID, title: \"x\""), &["NOT_FOUND", "FORBIDDEN"])),
        ("publishCourse", Attempt::Turned(on("publishCourse", "id: ID"), &["NOT_FOUND", "FORBIDDEN"])),
        ("unpublishCourse", Attempt::Turned(on("unpublishCourse", "id: ID"), &["NOT_FOUND", "FORBIDDEN"])),
        (
            "createCategory",
            Attempt::Turned(
                vec!["mutation { createCategory(input: {name: \"x\"}) { userErrors { code } } }".into()],
                &["FORBIDDEN"],
            ),
        ),
        ("updateCategory", Attempt::Turned(on_categories("updateCategory", "id: ID, name: \"x\""), hidden_then_seen)),
        ("moveCategory", Attempt::Turned(on_categories("moveCategory", "id: ID"), hidden_then_seen)),
        ("deleteCategory", Attempt::Turned(on_categories("deleteCategory", "id: ID"), hidden_then_seen)),
        ("setCoursePrice", Attempt::Turned(on("setCoursePrice", &format!("courseId: ID, {PRICE}")), hidden_then_seen)),
        (
            "scheduleDiscount",
            Attempt::Turned(on("scheduleDiscount", &format!("courseId: ID, {PRICE}")), hidden_then_seen),
        ),
        ("endDiscount", Attempt::Turned(on("endDiscount", "courseId: ID"), hidden_then_seen)),
        (
            "setCoursePrerequisites",
            Attempt::Turned(on("setCoursePrerequisites", "courseId: ID, courseIds: []"), hidden_then_seen),
        ),
        (
            "addCourseStaff",
            Attempt::Turned(
                on("addCourseStaff", &on_staff("courseId: ID, userId: USER, role: EDITOR")),
                hidden_then_seen,
            ),
        ),
        (
            "removeCourseStaff",
            Attempt::Turned(on("removeCourseStaff", &on_staff("courseId: ID, userId: USER")), hidden_then_seen),
        ),
        (
            "transferCourse",
            Attempt::Turned(on("transferCourse", &on_staff("courseId: ID, userId: USER")), hidden_then_seen),
        ),
        (
            "createSection",
            Attempt::Turned(on("createSection", "courseId: ID, title: \"x\""), &["NOT_FOUND", "FORBIDDEN"]),
        ),
        ("archiveCourse", Attempt::Turned(on("archiveCourse", "id: ID"), hidden_then_seen)),
        ("deleteCourse", Attempt::Turned(on("deleteCourse", "id: ID, force: true"), hidden_then_seen)),
        (
            "applyCourseDraft",
            Attempt::Turned(
                on("applyCourseDraft", "courseId: ID, operations: [{updateCourse: {title: \"x\"}}]"),
                hidden_then_seen,
            ),
        ),
        ("exportCourse", Attempt::Turned(on("exportCourse", "courseId: ID"), hidden_then_seen)),
        ("importCourse", Attempt::Turned(on_files("importCourse", "mediaId: FILE"), &["FORBIDDEN", "FORBIDDEN"])),
        ("duplicateCourse", Attempt::Turned(on("duplicateCourse", "id: ID"), hidden_then_seen)),
        (
            "restoreCourseVersion",
            Attempt::Turned(
                on("restoreCourseVersion", "courseId: ID, versionId: \"course_version_00000000000000000000000000\""),
                hidden_then_seen,
            ),
        ),
        // One that is there is not among the deleted.
        ("restoreCourse", Attempt::Turned(on("restoreCourse", "id: ID"), &["NOT_FOUND", "NOT_FOUND"])),
        ("updateSection", Attempt::Turned(on_files("updateSection", "id: SECTION, title: \"x\""), hidden_then_seen)),
        ("deleteSection", Attempt::Turned(on_files("deleteSection", "id: SECTION, force: true"), hidden_then_seen)),
        (
            "reorderCurriculum",
            Attempt::Turned(
                on_files("reorderCurriculum", "courseId: COURSE, expectedVersion: 1, order: [{sectionId: SECTION}]"),
                hidden_then_seen,
            ),
        ),
        (
            "revokeSession",
            Attempt::Turned(
                vec![format!("mutation {{ revokeSession(input: {{id: \"{session}\"}}) {{ userErrors {{ code }} }} }}")],
                &["NOT_FOUND"],
            ),
        ),
        (
            "retryJob",
            Attempt::Turned(
                vec![format!("mutation {{ retryJob(input: {{id: \"{job}\"}}) {{ userErrors {{ code }} }} }}")],
                &["NOT_FOUND"],
            ),
        ),
        (
            "revokeApiToken",
            Attempt::Turned(
                vec![format!("mutation {{ revokeApiToken(input: {{id: \"{token}\"}}) {{ userErrors {{ code }} }} }}")],
                &["NOT_FOUND"],
            ),
        ),
        (
            "createRole",
            Attempt::Turned(on_roles("createRole", "name: \"own\", displayName: \"x\""), &["FORBIDDEN", "FORBIDDEN"]),
        ),
        ("updateRole", Attempt::Turned(on_roles("updateRole", "id: ROLE, displayName: \"x\""), hidden_then_seen)),
        ("deleteRole", Attempt::Turned(on_roles("deleteRole", "id: ROLE"), hidden_then_seen)),
        ("assignRole", Attempt::Turned(on_roles("assignRole", "userId: USER, roleId: ROLE"), hidden_then_seen)),
        ("revokeRole", Attempt::Turned(on_roles("revokeRole", "userId: USER, roleId: ROLE"), hidden_then_seen)),
        (
            "suspendUser",
            Attempt::Turned(on_roles("suspendUser", "userId: USER, reason: \"x\""), &["NOT_FOUND", "NOT_FOUND"]),
        ),
        ("reactivateUser", Attempt::Turned(on_roles("reactivateUser", "userId: USER"), &["NOT_FOUND", "NOT_FOUND"])),
        // Turned on others' things it says for each packet that it is not for one: learning/playback.rs.
        ("recordPlayback", Attempt::OnlyOnesOwn),
        ("completeItem", Attempt::Turned(on_files("completeItem", "courseId: COURSE, itemId: FILE"), hidden_then_seen)),
        (
            "uncompleteItem",
            Attempt::Turned(on_files("uncompleteItem", "courseId: COURSE, itemId: FILE"), hidden_then_seen),
        ),
        ("issueCertificate", Attempt::OnlyOnesOwn),
        ("reissueCertificate", Attempt::Turned(on_certificates("reissueCertificate", ""), &["NOT_FOUND", "NOT_FOUND"])),
        (
            "revokeCertificate",
            Attempt::Turned(on_certificates("revokeCertificate", ", reason: \"x\""), &["NOT_FOUND", "NOT_FOUND"]),
        ),
        ("setAvatar", Attempt::OnlyOnesOwn),
        ("changePassword", Attempt::OnlyOnesOwn),
        ("completeTwoFactor", Attempt::OnlyOnesOwn),
        ("confirmTotp", Attempt::OnlyOnesOwn),
        ("disableTotp", Attempt::OnlyOnesOwn),
        ("regenerateRecoveryCodes", Attempt::OnlyOnesOwn),
        ("startTotp", Attempt::OnlyOnesOwn),
        ("createApiToken", Attempt::OnlyOnesOwn),
        ("revokeOtherSessions", Attempt::OnlyOnesOwn),
        ("updatePreferences", Attempt::OnlyOnesOwn),
        ("updateProfile", Attempt::OnlyOnesOwn),
        ("verifyEmail", Attempt::OnlyOnesOwn),
        ("resendVerification", Attempt::OnlyOnesOwn),
        ("requestPasswordReset", Attempt::OnlyOnesOwn),
        ("resetPassword", Attempt::OnlyOnesOwn),
        ("requestEmailChange", Attempt::OnlyOnesOwn),
        ("confirmEmailChange", Attempt::OnlyOnesOwn),
        ("undoEmailChange", Attempt::OnlyOnesOwn),
        ("requestDataExport", Attempt::OnlyOnesOwn),
        ("requestAccountDeletion", Attempt::OnlyOnesOwn),
        ("cancelAccountDeletion", Attempt::OnlyOnesOwn),
        ("register", Attempt::OnlyOnesOwn),
        ("login", Attempt::OnlyOnesOwn),
        ("refreshSession", Attempt::OnlyOnesOwn),
        ("logout", Attempt::OnlyOnesOwn),
    ]);
    all.extend(on_quizzes);
    let on_attempts = super::attempts::turned(&files.quizzes, &files.sat);
    all.extend(on_attempts.map(|(name, documents, codes)| (name, Attempt::Turned(documents, codes))));
    all
}

/// Whom the stranger meets.
struct People {
    teacher: String,
    /// On the staff of the teacher's courses.
    aide: String,
    /// One that is hidden, and one that is shown.
    categories: [String; 2],
    their_role: String,
    own_role: String,
    /// Of somebody who finished the draft and the published course.
    certificates: [String; 2],
}

/// What the stranger finds in the courses.
struct Files {
    hidden: String,
    hidden_section: String,
    hidden_captions: String,
    seen: String,
    seen_section: String,
    seen_captions: String,
    upload: String,
    /// Of the course that is hidden, and of the one that is seen.
    quizzes: [Quizzes; 2],
    /// Who sits the second, the attempt, and an answer.
    sat: [String; 4],
}

async fn files(app: &TestApp, teacher: &Person, draft: &str, published: &str) -> Files {
    let (hidden, hidden_section) = placed_file(app, teacher, draft).await;
    let (seen, seen_section) = placed_file(app, teacher, published).await;
    let (hidden_captions, seen_captions) = (captions(teacher, &hidden).await, captions(teacher, &seen).await);
    let upload = crate::media::uploading::announced(teacher, "a.png", b"x").await;
    let quizzes = [quizzes(teacher, draft).await, super::quizzes::published(teacher, published).await];
    let sat = super::attempts::sat(app, teacher, &quizzes[1]).await;
    Files { hidden, hidden_section, hidden_captions, seen, seen_section, seen_captions, upload, quizzes, sat }
}

/// A file in a new section of the course: the ids of both.
pub async fn placed_file(app: &TestApp, teacher: &Person, course: &str) -> (String, String) {
    let section = teacher.adds_section(course, "With a file").await;
    let file = crate::media::files::file(app, teacher, "a.mp4").await;
    let query = "mutation ($file: ID!, $course: ID!, $section: ID) {
        attachMedia(input: {mediaId: $file, courseId: $course, sectionId: $section}) { userErrors { code } } }";
    let placed = teacher.ask_with(query, json!({"file": file, "course": course, "section": section})).await;
    assert_eq!(placed.user_errors(), [""; 0]);
    (file, section)
}

pub(super) enum Attempt {
    /// The documents, and the code that each is turned away with.
    Turned(Vec<String>, &'static [&'static str]),
    OnlyOnesOwn,
}

#[on_both]
async fn a_stranger_changes_nothing(app: TestApp) {
    let (teacher, stranger) = (app.instructor("Tomas").await, app.student("Eve").await);
    let (draft, published) = (teacher.drafts("Draft").await, teacher.publishes("Open").await);
    let session = teacher.ask("{ mySessions { nodes { id } } }").await;
    let session = session.at("/mySessions/nodes/0/id").as_str().unwrap().to_string();
    let job = dead_job(&app).await;
    teacher.creates_token(&["courses.create"]).await;
    let token = teacher.ask("{ myApiTokens { nodes { id } } }").await;
    let token = token.at("/myApiTokens/nodes/0/id").as_str().unwrap().to_string();
    let people = people(&app, &teacher, &stranger, &[&draft, &published]).await;
    let files = files(&app, &teacher, &draft, &published).await;
    let mut attempts = attempts(&draft, &published, &session, &job, &token, &people, &files);
    attempts.extend(super::enrollments::attempts(&app, [&draft, &published], &people.aide).await);
    attempts.extend(super::opinions::attempts(&app, &teacher, &draft, &published).await);
    attempts.extend(super::budgets::attempts([&draft, &published]));
    attempts.extend(super::suggestions::attempts(&app, &teacher, [&draft, &published]).await);
    attempts.extend(super::tutor::attempts(&app, [&draft, &published]).await);
    let mutations: Vec<String> = super::sdl::root_fields("Mutation").into_iter().map(|(name, _)| name).collect();
    let listed: Vec<String> = attempts.keys().map(ToString::to_string).collect();
    let mut sorted = mutations.clone();
    sorted.sort();
    assert_eq!(sorted, listed, "every mutation needs a row in this table");
    let before = everything(&app).await;
    for (mutation, attempt) in attempts {
        let Attempt::Turned(documents, codes) = attempt else { continue };
        for (document, code) in documents.iter().zip(codes) {
            assert_eq!(stranger.ask(document).await.codes(), [*code], "{mutation}");
        }
    }
    assert_eq!(everything(&app).await, before);
}

async fn people(app: &TestApp, teacher: &Person, stranger: &Person, courses: &[&str]) -> People {
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let roles = "{ me { id roles { role { id } } } }";
    let (theirs, own) = (teacher.ask(roles).await, stranger.ask(roles).await);
    let aide = app.student("Aida").await;
    for course in courses {
        assert_eq!(teacher.appoints(course, &aide, "ASSISTANT").await.user_errors(), [""; 0]);
    }
    // The first role of both is the student's.
    let ben = app.student("Ben").await;
    let certificates = [
        super::certificates::certificate_of(app, &ben, courses[0]).await,
        super::certificates::certificate_of(app, &ben, courses[1]).await,
    ];
    People {
        teacher: text(theirs.at("/me/id")),
        aide: aide.wire_id(),
        categories: [add(app, "Hidden", None, 0, false).await, add(app, "Shown", None, 0, true).await],
        their_role: text(theirs.at("/me/roles/1/role/id")),
        own_role: text(own.at("/me/roles/0/role/id")),
        certificates,
    }
}

/// The whole of what mutations could have changed.
async fn everything(app: &TestApp) -> Value {
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
        super::tutor::everything(app).await
    ]);
    let quizzes = [super::quizzes::everything(db).await, super::attempts::everything(db).await];
    let tokens = json!([tokens, format!("{uploads:?}"), format!("{certificates:?}"), opinions, quizzes]);
    let people = json!([format!("{users:?}"), format!("{roles:?}"), format!("{given:?}"), format!("{jobs:?}")]);
    json!([format!("{courses:?}"), format!("{sections:?}"), format!("{sessions:?}"), tokens, people])
}

/// The id of a job that staff may try again.
pub async fn dead_job(app: &TestApp) -> String {
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Unknown {}

    impl kernel::Job for Unknown {
        const KIND: &'static str = "no_such_kind";
    }

    let job = app.app.write_as_system(async |tx| tx.enqueue(&Unknown {}).await).await.unwrap();
    app.run_jobs().await;
    kernel::EntityId::to_wire(job)
}
