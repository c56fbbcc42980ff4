//! Enrolments in the sweeps: what strangers get, which permissions are asked for, what the trail keeps.

use gateway::seed::{Size, seed};
use kernel::EntityId;
use learning::{EnrollmentStatus, enrollment, waitlist_entry};
use sea_orm::Set;
use serde_json::json;
use testkit::{Person, TestApp, on_both};

use super::{
    audited::{
        Trail::{self, Records},
        mutation, ready,
    },
    needs::Without::{self, Refused, Sees},
    stranger::Attempt::{self, OnlyOnesOwn, Turned},
};

/// An enrolment that nobody asked for, with its seat: its id.
pub async fn enrolled(app: &TestApp, user: &str, course: &str) -> String {
    let (user, course) = (EntityId::from_wire(user).unwrap(), EntityId::from_wire(course).unwrap());
    let write = app.app.write_as_system(async |tx| {
        let id: kernel::EnrollmentId = tx.new_id()?;
        let row = enrollment::ActiveModel {
            id: Set(id),
            user_id: Set(user),
            course_id: Set(course),
            enrolled_at: Set(tx.now),
            status: Set(EnrollmentStatus::Active),
            ..Default::default()
        };
        tx.insert_all(vec![tx.stamp(row, tx.now)]).await?;
        courses::take_seat(tx, course, courses::Seat::Extra, false).await?;
        Ok(id.to_wire())
    });
    write.await.unwrap()
}

/// Somebody waits, whether there is a waitlist or not.
pub async fn waits(app: &TestApp, user: &str, course: &str) {
    let (user, course) = (EntityId::from_wire(user).unwrap(), EntityId::from_wire(course).unwrap());
    let write = app.app.write_as_system(async |tx| {
        let row = waitlist_entry::ActiveModel {
            id: Set(tx.new_id()?),
            user_id: Set(user),
            course_id: Set(course),
            joined_at: Set(tx.now),
            ..Default::default()
        };
        tx.insert_all(vec![tx.stamp(row, tx.now)]).await
    });
    write.await.unwrap();
}

/// On other people's enrolments: in courses that the stranger does not see, and in those that they do.
pub async fn attempts(app: &TestApp, courses: [&str; 2], user: &str) -> Vec<(&'static str, Attempt)> {
    let learner = app.student("Lea").await;
    let enrollment = enrolled(app, &learner.wire_id(), courses[1]).await;
    let on_courses = |name: &str, more: &str| {
        courses.map(|course| mutation(name, &format!("courseId: \"{course}\"{more}"))).to_vec()
    };
    let on_enrollment = |name: &str, more: &str| vec![mutation(name, &format!("enrollmentId: \"{enrollment}\"{more}"))];
    let (hidden_then_seen, hidden) = (&["NOT_FOUND", "FORBIDDEN"], &["NOT_FOUND"]);
    let grants = on_courses("grantEnrollment", &format!(", userId: \"{user}\""));
    let rows = on_courses("bulkEnroll", &format!(", rows: [{{userId: \"{user}\"}}]"));
    vec![
        ("grantEnrollment", Turned(grants, hidden_then_seen)),
        ("bulkEnroll", Turned(rows, hidden_then_seen)),
        ("setEnrollmentPolicy", Turned(on_courses("setEnrollmentPolicy", ", capacity: 1"), hidden_then_seen)),
        ("extendEnrollment", Turned(on_enrollment("extendEnrollment", ""), hidden)),
        ("suspendEnrollment", Turned(on_enrollment("suspendEnrollment", ", reason: \"x\""), hidden)),
        ("resumeEnrollment", Turned(on_enrollment("resumeEnrollment", ""), hidden)),
        ("enroll", OnlyOnesOwn),
        ("dropEnrollment", OnlyOnesOwn),
        ("joinWaitlist", OnlyOnesOwn),
        ("leaveWaitlist", OnlyOnesOwn),
    ]
}

/// For `needs.rs`: a course with an enrolment, for which somebody waits.
pub fn probes(course: &str, user: &str, enrollment: &str) -> Vec<(&'static str, (String, Without))> {
    let course = format!("courseId: \"{course}\"");
    let enrollment = format!("enrollmentId: \"{enrollment}\"");
    let waitlist = format!("{{ waitlist({course}) {{ totalCount }} }}");
    let grant = format!("{course}, userId: \"{user}\", overCapacity: true");
    let rows = format!("{course}, rows: [{{userId: \"{user}\"}}]");
    let refused = |name: &str, input: &str| (mutation(name, input), Refused("NOT_FOUND"));
    let eligibility = format!("{{ certificateEligibility({course}, userId: \"{user}\") {{ eligible }} }}");
    vec![
        ("Query.certificateEligibility", (eligibility, Refused("NOT_FOUND"))),
        ("Query.enrollments", ("{ enrollments { totalCount } }".into(), Sees("/enrollments/totalCount", json!(0)))),
        ("Query.waitlist", (waitlist, Sees("/waitlist/totalCount", json!(0)))),
        ("Mutation.grantEnrollment", refused("grantEnrollment", &grant)),
        ("Mutation.bulkEnroll", refused("bulkEnroll", &rows)),
        ("Mutation.setEnrollmentPolicy", refused("setEnrollmentPolicy", &format!("{course}, capacity: 5"))),
        ("Mutation.extendEnrollment", refused("extendEnrollment", &enrollment)),
        ("Mutation.suspendEnrollment", refused("suspendEnrollment", &format!("{enrollment}, reason: \"x\""))),
        ("Mutation.resumeEnrollment", refused("resumeEnrollment", &enrollment)),
    ]
}

/// As `statements.rs` does for other lists.
#[on_both]
async fn the_number_of_statements_does_not_depend_on_the_rows(app: TestApp) {
    seed(app.db(), &Size { courses: 30, users: 100, enrollments: 600, seed: 5 }, "hash").await.unwrap();
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    for viewer in crate::learning::rush::crowd(&app, 110).await {
        waits(&app, &viewer.id().unwrap().to_wire(), &course).await;
    }
    let admin = app.admin("Root").await;
    let of_waitlist = "nodes { status position user { name } course { title viewerWaitlistEntry { id } } }";
    for query in [
        format!("{{ waitlist(courseId: \"{course}\", first: ROWS) {{ totalCount {of_waitlist} }} }}"),
        "{ enrollments(first: ROWS) { totalCount nodes { status hasAccess courseVersion reference user { name } course { title viewerEnrollment { id } } } } }".into(),
    ] {
        let mut counts = vec![];
        for rows in [1, 10, 100] {
            let (answer, statements) = app.statements(admin.ask(&query.replace("ROWS", &rows.to_string()))).await;
            answer.data();
            counts.push((statements.len(), statements));
        }
        assert!(counts.iter().all(|(count, _)| *count == counts[0].0), "{query}: {counts:#?}");
    }
}

pub fn of_enrollments() -> [(&'static str, Trail); 8] {
    [
        (
            "enroll",
            Records(
                "enrollment.created",
                ready!(|app| {
                    let (_, course) = open_course(&app).await;
                    (app.student("Ada").await.viewer, mutation("enroll", &course))
                }),
            ),
        ),
        (
            "dropEnrollment",
            Records(
                "enrollment.dropped",
                ready!(|app| {
                    let (_, course) = open_course(&app).await;
                    let ada = app.student("Ada").await;
                    ada.ask(&mutation("enroll", &course)).await.data();
                    (ada.viewer, mutation("dropEnrollment", &course))
                }),
            ),
        ),
        (
            "grantEnrollment",
            Records(
                "enrollment.granted",
                ready!(|app| {
                    let (tomas, course) = open_course(&app).await;
                    let ada = app.student("Ada").await.wire_id();
                    (tomas.viewer, mutation("grantEnrollment", &format!("{course}, userId: \"{ada}\"")))
                }),
            ),
        ),
        (
            "bulkEnroll",
            Records(
                "enrollment.granted",
                ready!(|app| {
                    let (tomas, course) = open_course(&app).await;
                    app.student("Ada").await;
                    let rows = format!("{course}, rows: [{{email: \"ada@example.org\"}}]");
                    (tomas.viewer, mutation("bulkEnroll", &rows))
                }),
            ),
        ),
        (
            "extendEnrollment",
            Records(
                "enrollment.extended",
                ready!(|app| {
                    let (tomas, id) = with_learner(&app).await;
                    let input = format!("{id}, expiresAt: \"2027-01-01T00:00:00Z\"");
                    (tomas.viewer, mutation("extendEnrollment", &input))
                }),
            ),
        ),
        (
            "suspendEnrollment",
            Records(
                "enrollment.suspended",
                ready!(|app| {
                    let (tomas, id) = with_learner(&app).await;
                    (tomas.viewer, mutation("suspendEnrollment", &format!("{id}, reason: \"x\"")))
                }),
            ),
        ),
        (
            "resumeEnrollment",
            Records(
                "enrollment.resumed",
                ready!(|app| {
                    let (tomas, id) = with_learner(&app).await;
                    tomas.ask(&mutation("suspendEnrollment", &format!("{id}, reason: \"x\""))).await.data();
                    (tomas.viewer, mutation("resumeEnrollment", &id))
                }),
            ),
        ),
        (
            "setEnrollmentPolicy",
            Records(
                "course.enrollment_policy_set",
                ready!(|app| {
                    let (tomas, course) = open_course(&app).await;
                    (tomas.viewer, mutation("setEnrollmentPolicy", &format!("{course}, capacity: 3")))
                }),
            ),
        ),
    ]
}

pub fn of_waitlists() -> [(&'static str, Trail); 2] {
    [
        (
            "joinWaitlist",
            Records(
                "waitlist.joined",
                ready!(|app| {
                    let course = full_course(&app).await;
                    (app.student("Ada").await.viewer, mutation("joinWaitlist", &course))
                }),
            ),
        ),
        (
            "leaveWaitlist",
            Records(
                "waitlist.left",
                ready!(|app| {
                    let course = full_course(&app).await;
                    let ada = app.student("Ada").await;
                    ada.ask(&mutation("joinWaitlist", &course)).await.data();
                    (ada.viewer, mutation("leaveWaitlist", &course))
                }),
            ),
        ),
    ]
}

/// An owner, and the words that name their published course.
async fn open_course(app: &TestApp) -> (Person, String) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    (tomas, format!("courseId: \"{course}\""))
}

async fn full_course(app: &TestApp) -> String {
    let (tomas, course) = open_course(app).await;
    let full = format!("{course}, capacity: 0, hasWaitlist: true");
    tomas.ask(&mutation("setEnrollmentPolicy", &full)).await.data();
    course
}

/// An owner, and the words that name an enrolment in their course.
async fn with_learner(app: &TestApp) -> (Person, String) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let enrollment = enrolled(app, &app.student("Ada").await.wire_id(), &course).await;
    (tomas, format!("enrollmentId: \"{enrollment}\""))
}
