use std::collections::BTreeMap;

use testkit::{TestApp, on_both};

pub use super::found::{dead_job, placed_file};
use super::{
    everything::everything,
    found::{Files, People, files, people},
};

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
    attempts.extend(super::webhooks::attempts(&app).await);
    let mutations: Vec<String> = super::sdl::root_fields("Mutation").into_iter().map(|(name, _)| name).collect();
    let listed: Vec<String> = attempts.keys().map(ToString::to_string).collect();
    let mut sorted = mutations.clone();
    sorted.sort();
    assert_eq!(sorted, listed, "every mutation needs a row in this table");
    let before = everything(&app).await;
    for (mutation, attempt) in attempts {
        let Attempt::Turned(documents, codes) = attempt else { continue };
        for (document, code) in documents.iter().zip(codes) {
            let answer = stranger.ask(document).await;
            let errors = answer.codes();
            let codes = if errors.is_empty() { answer.user_errors() } else { errors };
            assert_eq!(codes, [*code], "{mutation}");
        }
    }
    assert_eq!(everything(&app).await, before);
}
