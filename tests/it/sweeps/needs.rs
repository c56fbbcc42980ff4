//! The table of permissions and the schema's sentences are what is so.

use std::collections::BTreeMap;

use gateway::graphql::{NEEDS, Need};
use kernel::Permission;
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::things::{Ids, things};

fn need_of(field: &str) -> Option<Need> {
    NEEDS.iter().find(|(name, _)| *name == field).map(|(_, need)| *need)
}

#[on_both]
async fn descriptions_say_what_the_table_says_and_nothing_else(app: TestApp) {
    let introspection = "{ __schema { types { name fields { name description } } } }";
    let types = app.ask(introspection).await.at("/__schema/types").clone();
    let mut stated = 0;
    for root in ["Query", "Mutation"] {
        let told = types.as_array().unwrap().iter().find(|ty| ty["name"] == root).unwrap();
        let definition = super::sdl::types().into_iter().find(|definition| definition.name.node == root).unwrap();
        for field in super::sdl::fields(&definition) {
            let name = field.name.node.as_str();
            let text = field.description.as_ref().unwrap().node.clone();
            let also = told["fields"].as_array().unwrap().iter().find(|field| field["name"] == name).unwrap();
            assert_eq!(also["description"], *text, "{root}.{name}: introspection and SDL differ");
            let sentence = need_of(&format!("{root}.{name}")).map(Need::sentence).unwrap_or_default();
            assert!(text.contains(&sentence), "{root}.{name}: {text}");
            let rest = text.replace(&sentence, "");
            assert!(!rest.contains("permission"), "{root}.{name} says by hand: {rest}");
            stated += usize::from(!sentence.is_empty());
        }
    }
    assert_eq!(stated, NEEDS.len(), "the table names what is not there");
}

/// How each field is asked for, and what those without the permission get: a code, or what the answer has at a pointer.
pub(super) enum Without {
    Refused(&'static str),
    Sees(&'static str, Value),
}

fn probes(ids: &Ids) -> BTreeMap<&'static str, (String, Without)> {
    let mut all = probes_of_courses(ids);
    all.extend(super::enrollments::probes(&ids.draft, &ids.user, &ids.enrollment));
    all.extend(super::budgets::probes(&ids.draft));
    all.extend(super::suggestions::probes(&ids.draft, &ids.quizzes.quiz, &ids.suggestions));
    all.extend(super::tutor::probes(&ids.draft));
    all.extend(super::webhooks::probes(&ids.webhook));
    all
}

fn probes_of_courses(ids: &Ids) -> BTreeMap<&'static str, (String, Without)> {
    use Without::{Refused, Sees};
    let mutation =
        |name: &str, input: String| format!("mutation {{ {name}(input: {{{input}}}) {{ userErrors {{ code }} }} }}");
    let Ids {
        user,
        suspended,
        role,
        spare,
        draft,
        job,
        file,
        section,
        captions,
        category,
        deleted,
        version,
        certificate,
        opinion,
        quizzes,
        handed_in,
        ..
    } = ids;
    let super::opinions::Opinion { review, reply } = opinion;
    let priced = format!("courseId: \"{draft}\", price: {{amount: \"1\", currency: \"EUR\"}}");
    let of_staff = format!("courseId: \"{draft}\", userId: \"{user}\"");
    let of_file = format!("mediaId: \"{file}\"");
    let course = format!("id: \"{draft}\"");
    let of_quizzes =
        super::quizzes::probes(quizzes).into_iter().map(|(field, document)| (field, (document, Refused("NOT_FOUND"))));
    let mut all = BTreeMap::from([
        ("Query.auditEvents", ("{ auditEvents { totalCount } }".into(), Refused("FORBIDDEN"))),
        ("Query.events", ("{ events { totalCount } }".into(), Refused("FORBIDDEN"))),
        (
            "Query.coursePublishReadiness",
            (format!("{{ coursePublishReadiness({course}) {{ ready }} }}"), Refused("NOT_FOUND")),
        ),
        (
            "Query.courseVersions",
            (format!("{{ courseVersions(courseId: \"{draft}\") {{ totalCount }} }}"), Refused("NOT_FOUND")),
        ),
        (
            "Query.deletedCourses",
            ("{ deletedCourses { totalCount } }".into(), Sees("/deletedCourses/totalCount", json!(0))),
        ),
        (
            "Query.courseAnalytics",
            (format!("{{ courseAnalytics({course}) {{ funnel {{ enrolled }} }} }}"), Refused("NOT_FOUND")),
        ),
        ("Query.learners", (format!("{{ learners(courseId: \"{draft}\") {{ totalCount }} }}"), Refused("NOT_FOUND"))),
        ("Query.courses", ("{ courses { totalCount } }".into(), Sees("/courses/totalCount", json!(0)))),
        ("Query.jobs", ("{ jobs { totalCount } }".into(), Refused("FORBIDDEN"))),
        ("Query.playback", (format!("{{ playback(mediaId: \"{file}\") {{ url }} }}"), Refused("NOT_FOUND"))),
        ("Query.roles", ("{ roles { name } }".into(), Sees("/roles", json!([{"name": "student"}])))),
        ("Query.moderationQueue", ("{ moderationQueue { totalCount } }".into(), Refused("FORBIDDEN"))),
        (
            "Mutation.moderateReview",
            (
                mutation("moderateReview", format!("reviewId: \"{review}\", action: HIDE, reason: \"x\"")),
                Refused("NOT_FOUND"),
            ),
        ),
        (
            "Mutation.replyToReview",
            (mutation("replyToReview", format!("reviewId: \"{review}\", comment: \"x\"")), Refused("NOT_FOUND")),
        ),
        (
            "Mutation.updateReply",
            (mutation("updateReply", format!("id: \"{reply}\", comment: \"y\"")), Refused("NOT_FOUND")),
        ),
        ("Mutation.deleteReply", (mutation("deleteReply", format!("id: \"{reply}\"")), Refused("NOT_FOUND"))),
        ("Query.user", (format!("{{ user(id: \"{user}\") {{ email }} }}"), Sees("/user", Value::Null))),
        ("Query.users", ("{ users { totalCount } }".into(), Refused("FORBIDDEN"))),
        (
            "Mutation.assignRole",
            (mutation("assignRole", format!("userId: \"{user}\", roleId: \"{role}\"")), Refused("NOT_FOUND")),
        ),
        (
            "Mutation.addCaptionTrack",
            (
                mutation(
                    "addCaptionTrack",
                    format!(
                        "{of_file}, language: \"de\", label: \"x\", content: \"WEBVTT\\n\\n00:01.000 --> 00:02.000\""
                    ),
                ),
                Refused("NOT_FOUND"),
            ),
        ),
        (
            "Mutation.deleteCaptionTrack",
            (mutation("deleteCaptionTrack", format!("id: \"{captions}\"")), Refused("NOT_FOUND")),
        ),
        (
            "Mutation.attachMedia",
            (mutation("attachMedia", format!("{of_file}, courseId: \"{draft}\"")), Refused("NOT_FOUND")),
        ),
        ("Mutation.createCategory", (mutation("createCategory", "name: \"new\"".into()), Refused("FORBIDDEN"))),
        (
            "Mutation.updateCategory",
            (mutation("updateCategory", format!("id: \"{category}\", icon: \"x\"")), Refused("FORBIDDEN")),
        ),
        ("Mutation.moveCategory", (mutation("moveCategory", format!("id: \"{category}\"")), Refused("FORBIDDEN"))),
        ("Mutation.deleteCategory", (mutation("deleteCategory", format!("id: \"{category}\"")), Refused("FORBIDDEN"))),
        ("Mutation.setCoursePrice", (mutation("setCoursePrice", priced.clone()), Refused("NOT_FOUND"))),
        ("Mutation.scheduleDiscount", (mutation("scheduleDiscount", priced), Refused("NOT_FOUND"))),
        ("Mutation.endDiscount", (mutation("endDiscount", format!("courseId: \"{draft}\"")), Refused("NOT_FOUND"))),
        (
            "Mutation.setCoursePrerequisites",
            (mutation("setCoursePrerequisites", format!("courseId: \"{draft}\", courseIds: []")), Refused("NOT_FOUND")),
        ),
        (
            "Mutation.addCourseStaff",
            (mutation("addCourseStaff", format!("{of_staff}, role: EDITOR")), Refused("NOT_FOUND")),
        ),
        ("Mutation.removeCourseStaff", (mutation("removeCourseStaff", of_staff.clone()), Refused("NOT_FOUND"))),
        ("Mutation.transferCourse", (mutation("transferCourse", of_staff), Refused("NOT_FOUND"))),
        ("Mutation.deleteMedia", (mutation("deleteMedia", of_file.clone()), Refused("NOT_FOUND"))),
        ("Mutation.detachMedia", (mutation("detachMedia", of_file.clone()), Refused("NOT_FOUND"))),
        (
            "Mutation.reorderMedia",
            (mutation("reorderMedia", format!("sectionId: \"{section}\", order: [\"{file}\"]")), Refused("NOT_FOUND")),
        ),
        ("Mutation.retryProcessing", (mutation("retryProcessing", of_file.clone()), Refused("NOT_FOUND"))),
        (
            "Mutation.updateMedia",
            (mutation("updateMedia", format!("{of_file}, fileName: \"y.mp4\"")), Refused("NOT_FOUND")),
        ),
        ("Mutation.createCourse", (mutation("createCourse", "title: \"x\"".into()), Refused("FORBIDDEN"))),
        (
            "Mutation.reissueCertificate",
            (mutation("reissueCertificate", format!("id: \"{certificate}\"")), Refused("NOT_FOUND")),
        ),
        (
            "Mutation.revokeCertificate",
            (mutation("revokeCertificate", format!("id: \"{certificate}\", reason: \"x\"")), Refused("NOT_FOUND")),
        ),
        (
            "Mutation.createRole",
            (mutation("createRole", "name: \"new\", displayName: \"New\"".into()), Refused("FORBIDDEN")),
        ),
        (
            "Mutation.createSection",
            (mutation("createSection", format!("courseId: \"{draft}\", title: \"x\"")), Refused("NOT_FOUND")),
        ),
        (
            "Mutation.createUpload",
            (
                mutation(
                    "createUpload",
                    format!("purpose: COURSE_THUMBNAIL, courseId: \"{draft}\", {}", super::uploads::A_PICTURE),
                ),
                Refused("NOT_FOUND"),
            ),
        ),
        ("Mutation.deleteRole", (mutation("deleteRole", format!("id: \"{spare}\"")), Refused("NOT_FOUND"))),
        (
            "Mutation.applyCourseDraft",
            (
                mutation(
                    "applyCourseDraft",
                    format!("courseId: \"{draft}\", operations: [{{updateCourse: {{title: \"x\"}}}}]"),
                ),
                Refused("NOT_FOUND"),
            ),
        ),
        ("Mutation.exportCourse", (mutation("exportCourse", format!("courseId: \"{draft}\"")), Refused("NOT_FOUND"))),
        ("Mutation.importCourse", (mutation("importCourse", of_file.clone()), Refused("FORBIDDEN"))),
        ("Mutation.duplicateCourse", (mutation("duplicateCourse", course.clone()), Refused("NOT_FOUND"))),
        (
            "Mutation.restoreCourseVersion",
            (
                mutation("restoreCourseVersion", format!("courseId: \"{draft}\", versionId: \"{version}\"")),
                Refused("NOT_FOUND"),
            ),
        ),
        ("Mutation.archiveCourse", (mutation("archiveCourse", course.clone()), Refused("NOT_FOUND"))),
        ("Mutation.deleteCourse", (mutation("deleteCourse", course.clone()), Refused("NOT_FOUND"))),
        ("Mutation.restoreCourse", (mutation("restoreCourse", format!("id: \"{deleted}\"")), Refused("NOT_FOUND"))),
        (
            "Mutation.updateSection",
            (mutation("updateSection", format!("id: \"{section}\", title: \"x\"")), Refused("NOT_FOUND")),
        ),
        (
            "Mutation.deleteSection",
            (mutation("deleteSection", format!("id: \"{section}\", force: true")), Refused("NOT_FOUND")),
        ),
        (
            "Mutation.reorderCurriculum",
            (
                mutation(
                    "reorderCurriculum",
                    format!("courseId: \"{draft}\", expectedVersion: 3, order: [{{sectionId: \"{section}\"}}]"),
                ),
                Refused("NOT_FOUND"),
            ),
        ),
        ("Mutation.publishCourse", (mutation("publishCourse", course.clone()), Refused("NOT_FOUND"))),
        (
            "Mutation.reactivateUser",
            (mutation("reactivateUser", format!("userId: \"{suspended}\"")), Refused("NOT_FOUND")),
        ),
        ("Mutation.retryJob", (mutation("retryJob", format!("id: \"{job}\"")), Refused("NOT_FOUND"))),
        (
            "Mutation.revokeRole",
            (mutation("revokeRole", format!("userId: \"{user}\", roleId: \"{role}\"")), Refused("NOT_FOUND")),
        ),
        (
            "Mutation.suspendUser",
            (mutation("suspendUser", format!("userId: \"{user}\", reason: \"x\"")), Refused("NOT_FOUND")),
        ),
        ("Mutation.unpublishCourse", (mutation("unpublishCourse", course.clone()), Refused("NOT_FOUND"))),
        ("Mutation.updateCourse", (mutation("updateCourse", format!("{course}, title: \"y\"")), Refused("NOT_FOUND"))),
        (
            "Mutation.updateRole",
            (mutation("updateRole", format!("id: \"{role}\", description: \"x\"")), Refused("NOT_FOUND")),
        ),
    ]);
    all.extend(of_quizzes);
    let of_attempts = super::attempts::probes(quizzes, user, handed_in).into_iter();
    all.extend(of_attempts.map(|(field, document)| (field, (document, Refused("NOT_FOUND")))));
    all
}

/// Who copies a course, or makes one of a file, may begin one, and sees what is copied, which is no permission.
async fn make_editor(root: &Person, person: &Person, course: &str) {
    let input = format!("courseId: \"{course}\", userId: \"{}\", role: EDITOR", person.wire_id());
    let document = format!("mutation {{ addCourseStaff(input: {{{input}}}) {{ userErrors {{ code }} }} }}");
    assert!(root.ask(&document).await.user_errors().is_empty());
}

#[on_both]
async fn without_the_permission_one_is_refused(app: TestApp) {
    let root = app.admin("Root").await;
    let probes = probes(&things(&app, &root, 0).await);
    let mut listed: Vec<_> = NEEDS.iter().map(|(field, _)| *field).collect();
    listed.sort_unstable();
    assert_eq!(probes.keys().copied().collect::<Vec<_>>(), listed, "every entry of the table needs a probe");
    let student = app.student("Eve").await;
    for (number, (field, (document, without))) in probes.iter().enumerate() {
        let answer = student.ask(document).await;
        let code = match without {
            Without::Refused(code) => code,
            Without::Sees(pointer, value) => {
                assert_eq!(answer.at(pointer), value, "{field}");
                continue;
            }
        };
        assert_eq!(answer.codes(), [*code], "{field}");
        // Nor does any other permission let in; it may show the thing, though, and so change the code.
        let needed = need_of(field).unwrap().permissions();
        let others: Vec<_> = Permission::ALL.into_iter().filter(|it| !needed.contains(it)).collect();
        let other = app.with_permissions(&format!("other{number}"), &others).await;
        let codes = other.ask(document).await;
        assert!(codes.codes() == ["FORBIDDEN"] || codes.codes() == ["NOT_FOUND"], "{field}: {codes:?}");
    }
}

#[on_both]
async fn with_the_permission_one_is_let_in(app: TestApp) {
    let root = app.admin("Root").await;
    let mut needs = vec![];
    for (field, need) in NEEDS {
        needs.extend(need.permissions().iter().map(|permission| (*field, *permission)));
    }
    for (number, (field, permission)) in needs.into_iter().enumerate() {
        let things = things(&app, &root, number).await;
        let (document, without) = probes(&things).remove(field).unwrap();
        let person = app.with_permissions(&format!("person{number}"), &[permission]).await;
        if ["Mutation.duplicateCourse", "Mutation.importCourse"].contains(&field) {
            make_editor(&root, &person, &things.draft).await;
        }
        // Nobody but its owner changes one.
        super::webhooks::belong_to(&app, &person).await;
        let answer = person.ask(&document.replace("\"new\"", &format!("\"new{number}\""))).await;
        match without {
            Without::Refused(_) => assert_eq!(answer.codes(), [""; 0], "{field} {permission:?}"),
            Without::Sees(pointer, value) => assert_ne!(answer.at(pointer), &value, "{field} {permission:?}"),
        }
    }
}

/// What no entry names nobody is refused for want of a permission.
#[on_both]
async fn what_is_not_in_the_table_needs_no_permission(app: TestApp) {
    let student = app.student("Eve").await;
    for root in ["Query", "Mutation"] {
        for (field, query) in super::sdl::root_fields(root) {
            if need_of(&format!("{root}.{field}")).is_none() && field != "logout" {
                let answer = student.ask(&query).await;
                assert!(!answer.codes().contains(&"FORBIDDEN"), "{query}: {answer:?}");
            }
        }
    }
}
