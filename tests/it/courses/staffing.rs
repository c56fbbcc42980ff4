use std::collections::BTreeSet;

use courses::{course, course_staff};
use kernel::{EntityId, Live, ProfileId, Viewer};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

const STAFF: &str = "query ($id: ID!) { course(id: $id) { instructor { name } staff { user { name } role } } }";

async fn removes(person: &Person, course: &str, who: &Person) -> Answer {
    let query = "mutation ($input: RemoveCourseStaffInput!) { removeCourseStaff(input: $input) { course { title } userErrors { code field } } }";
    person.ask_with(query, json!({"input": {"courseId": course, "userId": who.wire_id()}})).await
}

async fn transfers(person: &Person, course: &str, heir: &Person) -> Answer {
    let query = "mutation ($input: TransferCourseInput!) { transferCourse(input: $input) { course { instructor { name } } userErrors { code field } } }";
    person.ask_with(query, json!({"input": {"courseId": course, "userId": heir.wire_id()}})).await
}

/// The owner, then everybody on the staff with their role.
async fn people(viewer: &Person, course: &str) -> (Value, Vec<(String, String)>) {
    let answer = viewer.ask_with(STAFF, json!({"id": course})).await;
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let staff = answer.at("/course/staff").as_array().unwrap().iter();
    let mut staff: Vec<_> = staff.map(|one| (text(&one["user"]["name"]), text(&one["role"]))).collect();
    staff.sort();
    (answer.at("/course/instructor/name").clone(), staff)
}

fn named(staff: &[(&str, &str)]) -> Vec<(String, String)> {
    staff.iter().map(|(name, role)| (name.to_string(), role.to_string())).collect()
}

/// What somebody does to a course, and the error that it ends with, if any.
async fn attempts(person: &Person, course: &str, file: &str) -> [Option<String>; 4] {
    let bodies = [
        format!("updateCourse(input: {{id: \"{course}\", shortDescription: \"x\"}})"),
        format!("createSection(input: {{courseId: \"{course}\", title: \"x\"}})"),
        format!("updateMedia(input: {{mediaId: \"{file}\", fileName: \"x.mp4\"}})"),
        format!("addCourseStaff(input: {{courseId: \"{course}\", userId: \"{}\", role: EDITOR}})", person.wire_id()),
    ];
    let mut codes = [const { None }; 4];
    for (code, body) in codes.iter_mut().zip(bodies) {
        let answer = person.ask(&format!("mutation {{ {body} {{ userErrors {{ code }} }} }}")).await;
        *code = answer.codes().first().map(ToString::to_string);
    }
    codes
}

#[on_both]
async fn each_role_sees_all_of_the_course_and_does_what_it_may(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let draft = tomas.drafts("Secret").await;
    let (file, section) = crate::sweeps::placed_file(&app, &tomas, &draft).await;
    let seen = "query ($course: ID!, $section: ID!, $file: ID!) { course(id: $course) { title createdBy { name } metadata }
        section: node(id: $section) { id } file: node(id: $file) { id } myTaughtCourses { totalCount nodes { title } } }";
    let variables = json!({"course": draft, "section": section, "file": file});
    let forbidden = || Some("FORBIDDEN".to_string());
    for (name, role, may_edit) in [("Ina", "INSTRUCTOR", true), ("Edith", "EDITOR", true), ("Asta", "ASSISTANT", false)]
    {
        let person = app.student(name).await;
        let hidden = person.ask_with(seen, variables.clone()).await;
        let nothing =
            json!({"course": null, "section": null, "file": null, "myTaughtCourses": {"totalCount": 0, "nodes": []}});
        assert_eq!(hidden.data(), &nothing, "{role}");
        assert_eq!(attempts(&person, &draft, &file).await, [const { "NOT_FOUND" }; 4].map(|code| Some(code.into())));
        assert_eq!(tomas.appoints(&draft, &person, role).await.user_errors(), [""; 0]);
        let shown = person.ask_with(seen, variables.clone()).await;
        let all = json!({"course": {"title": "Secret", "createdBy": {"name": "Tomas"}, "metadata": {}}, "section": {"id": section},
            "file": {"id": file}, "myTaughtCourses": {"totalCount": 1, "nodes": [{"title": "Secret"}]}});
        assert_eq!(shown.data(), &all, "{role}");
        let edits = if may_edit { [None, None, None, forbidden()] } else { [(); 4].map(|()| forbidden()) };
        assert_eq!(attempts(&person, &draft, &file).await, edits, "{role}");
        // Off the staff again, they are a stranger again.
        assert_eq!(removes(&tomas, &draft, &person).await.user_errors(), [""; 0]);
        assert_eq!(person.ask_with(seen, variables.clone()).await.data(), &nothing, "{role}");
    }
}

#[on_both]
async fn everybody_sees_who_works_on_an_open_course(app: TestApp) {
    let (tomas, ina) = (app.instructor("Tomas").await, app.student("Ina").await);
    let (open, draft) = (tomas.publishes("Open").await, tomas.drafts("Draft").await);
    for course in [&open, &draft] {
        tomas.appoints(course, &ina, "INSTRUCTOR").await.data();
    }
    let seen = async |id: &str| app.ask_as(&Viewer::Anonymous, STAFF, json!({"id": id})).await.at("/course").clone();
    let all = json!({"instructor": {"name": "Tomas"}, "staff": [{"user": {"name": "Ina"}, "role": "INSTRUCTOR"}]});
    assert_eq!((seen(&open).await, seen(&draft).await), (all, Value::Null));
}

#[on_both]
async fn adding_somebody_again_changes_their_role(app: TestApp) {
    let (tomas, ina) = (app.instructor("Tomas").await, app.student("Ina").await);
    let course = tomas.drafts("Rust").await;
    // People outside see profiles, not accounts.
    let query = "mutation ($input: AddCourseStaffInput!) { addCourseStaff(input: $input) { userErrors { code } } }";
    let profile = ProfileId::from(ina.id).to_wire();
    let input = json!({"courseId": course, "userId": profile, "role": "ASSISTANT"});
    assert_eq!(tomas.ask_with(query, json!({"input": input})).await.user_errors(), [""; 0]);
    assert_eq!(people(&tomas, &course).await, (json!("Tomas"), named(&[("Ina", "ASSISTANT")])));
    for _ in 0..2 {
        assert_eq!(tomas.appoints(&course, &ina, "EDITOR").await.user_errors(), [""; 0]);
        assert_eq!(people(&tomas, &course).await, (json!("Tomas"), named(&[("Ina", "EDITOR")])));
    }
    let bad = json!({"courseId": course, "userId": course, "role": "EDITOR"});
    let refused = tomas.ask_with(query, json!({"input": bad})).await;
    assert_eq!(refused.codes(), ["BAD_USER_INPUT"]);
    assert_eq!(refused.0["errors"][0]["extensions"]["field"], json!(["input", "userId"]));
}

#[on_both]
async fn who_can_not_be_on_the_staff_is_refused_by_name(app: TestApp) {
    let (tomas, gone, admin) = (app.instructor("Tomas").await, app.student("Gone").await, app.admin("Root").await);
    let course = tomas.drafts("Rust").await;
    let suspend = format!(
        "mutation {{ suspendUser(input: {{userId: \"{}\", reason: \"x\"}}) {{ userErrors {{ code }} }} }}",
        gone.wire_id()
    );
    assert!(admin.ask(&suspend).await.user_errors().is_empty());
    let refused = async |who: &Person| {
        let answer = tomas.appoints(&course, who, "EDITOR").await;
        assert_eq!(answer.at("/addCourseStaff/userErrors/0/field"), &json!(["input", "userId"]));
        answer.user_errors()[0].to_string()
    };
    assert_eq!(refused(&tomas).await, "COURSE_STAFF_IS_OWNER");
    assert_eq!(refused(&gone).await, "COURSE_STAFF_NOT_ACTIVE");
    assert_eq!(removes(&tomas, &course, &admin).await.user_errors(), ["COURSE_STAFF_NOT_MEMBER"]);
    for n in 0..50 {
        let one = app.student(&format!("Aide{n}")).await;
        assert_eq!(tomas.appoints(&course, &one, "ASSISTANT").await.user_errors(), [""; 0], "{n}");
    }
    assert_eq!(refused(&admin).await, "COURSE_STAFF_TOO_MANY");
    assert_eq!(transfers(&tomas, &course, &admin).await.user_errors(), ["COURSE_STAFF_TOO_MANY"]);
}

#[on_both]
async fn one_leaves_by_oneself_but_takes_nobody_along(app: TestApp) {
    let (tomas, ina, edith) = (app.instructor("Tomas").await, app.student("Ina").await, app.student("Edith").await);
    let course = tomas.drafts("Rust").await;
    for (person, role) in [(&ina, "INSTRUCTOR"), (&edith, "EDITOR")] {
        tomas.appoints(&course, person, role).await.data();
    }
    assert_eq!(removes(&ina, &course, &edith).await.codes(), ["FORBIDDEN"]);
    assert_eq!(transfers(&ina, &course, &ina).await.codes(), ["FORBIDDEN"]);
    let left = removes(&edith, &course, &edith).await;
    assert_eq!(left.data(), &json!({"removeCourseStaff": {"course": null, "userErrors": []}}));
    assert_eq!(people(&tomas, &course).await.1, named(&[("Ina", "INSTRUCTOR")]));
    // There is room for them again.
    assert_eq!(tomas.appoints(&course, &edith, "ASSISTANT").await.user_errors(), [""; 0]);
}

#[on_both]
async fn a_course_is_given_to_somebody_else(app: TestApp) {
    let (tomas, ina) = (app.instructor("Tomas").await, app.instructor("Ina").await);
    let student = app.student("Sam").await;
    let course = tomas.drafts("Rust").await;
    assert_eq!(transfers(&tomas, &course, &student).await.user_errors(), ["COURSE_OWNER_MAY_NOT_TEACH"]);
    tomas.appoints(&course, &ina, "ASSISTANT").await.data();
    let given = transfers(&tomas, &course, &ina).await;
    assert_eq!(given.at("/transferCourse/course/instructor/name"), "Ina");
    assert_eq!(people(&tomas, &course).await, (json!("Ina"), named(&[("Tomas", "INSTRUCTOR")])));
    assert_eq!(transfers(&tomas, &course, &tomas).await.codes(), ["FORBIDDEN"]);
    let admin = app.admin("Root").await;
    assert_eq!(transfers(&admin, &course, &tomas).await.user_errors(), [""; 0]);
    assert_eq!(transfers(&admin, &course, &tomas).await.user_errors(), [""; 0]);
    assert_eq!(people(&tomas, &course).await, (json!("Tomas"), named(&[("Ina", "INSTRUCTOR")])));
}

#[on_both]
async fn however_many_give_it_away_at_once_it_has_one_owner(app: TestApp) {
    let (tomas, admin) = (app.instructor("Tomas").await, app.admin("Root").await);
    let course = tomas.drafts("Rust").await;
    let mut heirs = vec![];
    for n in 0..16 {
        heirs.push(app.instructor(&format!("Heir{n}")).await);
    }
    let tasks: Vec<_> = heirs
        .into_iter()
        .flat_map(|heir| {
            let adds = (admin.clone(), course.clone(), heir.clone());
            let gives = (admin.clone(), course.clone(), heir);
            [
                tokio::spawn(async move { adds.0.appoints(&adds.1, &adds.2, "EDITOR").await }),
                tokio::spawn(async move { transfers(&gives.0, &gives.1, &gives.2).await }),
            ]
        })
        .collect();
    for task in tasks {
        let errors = task.await.unwrap();
        assert!(errors.user_errors().iter().all(|code| *code == "COURSE_STAFF_IS_OWNER"), "{errors:?}");
    }
    let (owner, staff) = people(&admin, &course).await;
    let everybody: BTreeSet<_> = staff.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!((staff.len(), everybody.len()), (16, 16), "{staff:?}");
    assert!(!everybody.contains(owner.as_str().unwrap()));
}

#[on_both]
async fn sixteen_who_add_the_same_person_add_them_once(app: TestApp) {
    let (tomas, ina) = (app.instructor("Tomas").await, app.student("Ina").await);
    let course = tomas.drafts("Rust").await;
    let tasks: Vec<_> = (0..16)
        .map(|n| {
            let (tomas, ina, course) = (tomas.clone(), ina.clone(), course.clone());
            let role = if n % 2 == 0 { "EDITOR" } else { "ASSISTANT" };
            tokio::spawn(async move { tomas.appoints(&course, &ina, role).await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().user_errors(), [""; 0]);
    }
    assert_eq!(course_staff::Entity::live().count(app.db().read()).await.unwrap(), 1);
}

#[on_both]
async fn who_has_gone_is_on_no_staff_and_who_inherits_only_owns(app: TestApp) {
    let (tomas, ina, zoe) = (app.instructor("Tomas").await, app.instructor("Ina").await, app.instructor("Zoe").await);
    let (theirs, other) = (tomas.publishes("Rust").await, zoe.publishes("Go").await);
    tomas.appoints(&theirs, &ina, "EDITOR").await.data();
    zoe.appoints(&other, &tomas, "INSTRUCTOR").await.data();
    let mut tx = app.tx().await;
    courses::hand_over(&tx, tomas.id, Some(ina.id)).await.unwrap();
    tx.take_events();
    tx.commit().await.unwrap();
    assert_eq!(people(&ina, &theirs).await, (json!("Ina"), vec![]));
    assert_eq!(people(&zoe, &other).await, (json!("Zoe"), vec![]));
    let left = course_staff::Entity::live().filter(course_staff::Column::UserId.eq(tomas.id));
    assert_eq!(left.count(app.db().read()).await.unwrap(), 0);
    let owned = course::Entity::live().filter(course::Column::InstructorId.eq(tomas.id));
    assert_eq!(owned.count(app.db().read()).await.unwrap(), 0);
}
