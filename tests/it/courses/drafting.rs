use kernel::{Viewer, audit_event};
use sea_orm::PaginatorTrait;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::curriculum::version;
use crate::{dump::dump, media::files::file, sweeps::placed_file};

async fn apply(person: &Person, input: Value) -> Answer {
    let query = "mutation ($input: ApplyCourseDraftInput!) { applyCourseDraft(input: $input) {
        course { id title tags version status sections { id title isPreview mediaFiles { fileName } } mediaFiles { totalCount } }
        createdSections { ref sectionId } changes { operation action before after } userErrors { code field } } }";
    person.ask_with(query, json!({"input": input})).await
}

fn fields(answer: &Answer) -> Vec<Value> {
    let errors = answer.at("/applyCourseDraft/userErrors").as_array().unwrap().iter();
    errors.map(|error| json!([error["code"], error["field"]])).collect()
}

#[on_both]
async fn many_changes_are_made_at_once_and_may_refer_to_each_other(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    let old = teacher.adds_section(&course, "Old").await;
    let (film, sheet) = (file(&app, &teacher, "film.mp4").await, file(&app, &teacher, "sheet.pdf").await);
    let operations = json!([
        {"updateCourse": {"title": "Rust 2", "tags": ["a"]}},
        {"createSection": {"ref": "intro", "title": "Intro", "isPreview": true}},
        {"createSection": {"title": "End"}},
        {"attachMedia": {"mediaId": film, "sectionId": "ref:intro"}},
        {"attachMedia": {"mediaId": sheet, "sectionId": "ref:intro"}},
        {"moveMedia": {"mediaId": sheet, "sectionId": "ref:intro", "position": 0}},
        {"moveSection": {"id": "ref:intro", "position": 0}},
        {"updateSection": {"id": old, "title": "Middle"}},
    ]);
    let done = apply(&teacher, json!({"courseId": course, "expectedVersion": 2, "operations": operations})).await;
    assert_eq!(fields(&done), [Value::Null; 0]);
    let now = done.at("/applyCourseDraft/course");
    assert_eq!(json!([now["title"], now["tags"]]), json!(["Rust 2", ["a"]]));
    let sections: Vec<_> =
        now["sections"].as_array().unwrap().iter().map(|it| (&it["title"], &it["mediaFiles"])).collect();
    let files = json!([{"fileName": "sheet.pdf"}, {"fileName": "film.mp4"}]);
    assert_eq!(json!(sections), json!([["Intro", files], ["Middle", []], ["End", []]]));
    let named = json!([{"ref": "intro", "sectionId": now["sections"][0]["id"]}]);
    assert_eq!(done.at("/applyCourseDraft/createdSections"), &named);
    let changes = done.at("/applyCourseDraft/changes").as_array().unwrap();
    let actions: Vec<_> = changes.iter().map(|change| json!([change["operation"], change["action"]])).collect();
    let wanted = [
        json!([0, "course.updated"]),
        json!([1, "section.created"]),
        json!([2, "section.created"]),
        json!([3, "media.attached"]),
        json!([4, "media.attached"]),
        json!([5, "course.files_placed"]),
        json!([6, "course.curriculum_reordered"]),
        json!([7, "section.updated"]),
    ];
    assert_eq!(actions, wanted);
    assert_eq!(changes[7]["before"], json!({"title": "Old"}));
    assert_eq!(changes[7]["after"], json!({"title": "Middle"}));
    let stale = apply(&teacher, json!({"courseId": course, "expectedVersion": 2, "operations": []})).await;
    assert_eq!(fields(&stale), [json!(["STALE_VERSION", ["input", "expectedVersion"]])]);
    assert_eq!(stale.at("/applyCourseDraft/course/title"), "Rust 2");
}

#[on_both]
async fn what_is_wrong_is_told_by_row_and_nothing_is_done(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    let (film, full) = placed_file(&app, &teacher, &course).await;
    let (foreign, elsewhere) = placed_file(&app, &teacher, &teacher.drafts("Other").await).await;
    let hers = file(&app, &app.instructor("Eve").await, "hers.mp4").await;
    let before = dump(&app).await;
    let operations = json!([
        {"createSection": {"ref": "bad", "title": " "}},
        {"attachMedia": {"mediaId": film, "sectionId": "ref:bad"}},
        {"updateCourse": {"title": "", "language": "English"}},
        {"createSection": {"ref": "good", "title": "Good"}},
        {"createSection": {"ref": "good", "title": "Twice"}},
        {"deleteSection": {"id": full}},
        {"updateSection": {"id": "ref:nobody", "title": "x"}},
        {"updateSection": {"id": elsewhere, "title": "x"}},
        {"attachMedia": {"mediaId": foreign}},
        {"attachMedia": {"mediaId": hers}},
        {"detachMedia": {"mediaId": foreign}},
        {"moveMedia": {"mediaId": film, "sectionId": elsewhere, "position": 0}},
    ]);
    let refused = apply(&teacher, json!({"courseId": course, "operations": operations.clone()})).await;
    let at = |row: &str, name: &str, field: &str| json!(["input", "operations", row, name, field]);
    let row = |row: &str, name: &str| json!(["input", "operations", row, name]);
    let wanted = [
        json!(["SECTION_TITLE_REQUIRED", at("0", "createSection", "title")]),
        json!(["COURSE_TITLE_REQUIRED", at("2", "updateCourse", "title")]),
        json!(["COURSE_LANGUAGE_INVALID", at("2", "updateCourse", "language")]),
        json!(["DRAFT_REF_TAKEN", at("4", "createSection", "ref")]),
        json!(["SECTION_NOT_EMPTY", at("5", "deleteSection", "id")]),
        json!(["DRAFT_REF_UNKNOWN", at("6", "updateSection", "id")]),
        json!(["DRAFT_TARGET_NOT_FOUND", row("7", "updateSection")]),
        json!(["MEDIA_ATTACHED_ELSEWHERE", at("8", "attachMedia", "mediaId")]),
        json!(["DRAFT_TARGET_NOT_FOUND", row("9", "attachMedia")]),
        json!(["DRAFT_TARGET_NOT_FOUND", row("10", "detachMedia")]),
        json!(["DRAFT_TARGET_NOT_FOUND", row("11", "moveMedia")]),
    ];
    assert_eq!(fields(&refused), wanted, "what hangs on a row that failed is not told again");
    let tried = apply(&teacher, json!({"courseId": course, "operations": operations, "dryRun": true})).await;
    assert_eq!(fields(&tried), wanted, "a dry run says the same");
    assert_eq!(dump(&app).await, before);
    let malformed = json!([
        {"updateSection": {"id": course}},
        {"moveSection": {"id": full, "position": -1}},
        {"createSection": {"title": ""}},
        {"detachMedia": {"mediaId": course}},
        {"updateCourse": {"categoryId": course}},
    ]);
    let malformed = apply(&teacher, json!({"courseId": course, "operations": malformed})).await;
    let wanted = [
        json!(["DRAFT_VALUE_INVALID", at("0", "updateSection", "id")]),
        json!(["DRAFT_VALUE_INVALID", at("1", "moveSection", "position")]),
        json!(["SECTION_TITLE_REQUIRED", at("2", "createSection", "title")]),
        json!(["DRAFT_VALUE_INVALID", at("3", "detachMedia", "mediaId")]),
        json!(["DRAFT_VALUE_INVALID", at("4", "updateCourse", "categoryId")]),
    ];
    assert_eq!(fields(&malformed), wanted, "each by its row");
    assert_eq!(dump(&app).await, before);
    let none = apply(&teacher, json!({"courseId": course, "operations": [{}]})).await;
    assert_eq!(none.codes(), ["GRAPHQL_VALIDATION_FAILED"], "exactly one");
}

#[on_both]
async fn a_dry_run_tells_what_would_be_and_leaves_no_trace(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    let (_, section) = placed_file(&app, &teacher, &course).await;
    let before = dump(&app).await;
    let operations = json!([
        {"createSection": {"ref": "new", "title": "New"}},
        {"deleteSection": {"id": section, "force": true}},
        {"updateCourse": {"title": "Rust 2"}},
    ]);
    let input = json!({"courseId": course, "operations": operations});
    let mut dry = input.clone();
    dry["dryRun"] = json!(true);
    let tried = apply(&teacher, dry).await;
    assert_eq!(fields(&tried), [Value::Null; 0]);
    assert_eq!(tried.at("/applyCourseDraft/course/title"), "Rust", "as it is");
    assert_eq!(tried.at("/applyCourseDraft/createdSections"), &json!([]));
    assert_eq!(dump(&app).await, before);
    let done = apply(&teacher, input).await;
    let changes = |answer: &Answer| {
        let changes = answer.at("/applyCourseDraft/changes").as_array().unwrap().iter();
        changes.map(|change| json!([change["operation"], change["action"], change["before"]])).collect::<Vec<_>>()
    };
    assert_eq!(changes(&tried), changes(&done), "it was told as it came");
    let actions: Vec<_> = changes(&done).iter().map(|change| change[1].clone()).collect();
    assert_eq!(actions, ["section.created", "section.deleted", "course.files_placed", "course.updated"]);
    assert_eq!(done.at("/applyCourseDraft/course/mediaFiles/totalCount"), 1);
}

#[on_both]
async fn a_course_can_be_written_from_its_beginning(app: TestApp) {
    let (teacher, mina) = (app.instructor("Tomas").await, app.student("Mina").await);
    let operations = json!([
        {"createCourse": {"title": "Rust", "description": "d"}},
        {"createSection": {"ref": "a", "title": "A"}},
    ]);
    let tried = apply(&teacher, json!({"operations": operations.clone(), "dryRun": true})).await;
    assert_eq!(tried.at("/applyCourseDraft/course"), &Value::Null);
    let after = |number: usize| tried.at(&format!("/applyCourseDraft/changes/{number}/after")).clone();
    let begins = json!({"title": "Rust", "slug": "rust", "description": "d", "price": 0, "currency": "USD",
        "difficulty": "beginner", "language": "en"});
    assert_eq!(after(0), begins);
    let section = json!({"courseId": after(1)["courseId"], "title": "A", "order": 0, "isPublished": true,
        "isPreview": false});
    assert_eq!(after(1), section);
    assert!(after(1)["courseId"].is_string());
    let done = apply(&teacher, json!({"operations": operations.clone()})).await;
    assert_eq!(done.at("/applyCourseDraft/course/sections/0/title"), "A");
    let before = dump(&app).await;
    let bad = json!([
        {"createCourse": {"title": ""}}, {"createSection": {"title": "", "ref": "a"}}, {"createSection": {"title": "B"}},
        {"updateSection": {"id": "ref:a", "title": "A"}}, {"updateCourse": {"language": "English"}}]);
    let refused = apply(&teacher, json!({"operations": bad})).await;
    let at = |row: &str, name: &str, field: &str| json!(["input", "operations", row, name, field]);
    let wanted = [
        json!(["COURSE_TITLE_REQUIRED", at("0", "createCourse", "title")]),
        json!(["SECTION_TITLE_REQUIRED", at("1", "createSection", "title")]),
        json!(["COURSE_LANGUAGE_INVALID", at("4", "updateCourse", "language")]),
    ];
    assert_eq!(fields(&refused), wanted, "the rest is looked at, too");
    assert_eq!(dump(&app).await, before);
    let course = done.at("/applyCourseDraft/course/id");
    for input in [
        json!({"operations": []}),
        json!({"operations": [{"createSection": {"title": "x"}}]}),
        json!({"operations": [{"createCourse": {"title": "x"}}, {"createCourse": {"title": "y"}}]}),
        json!({"courseId": course, "operations": operations.clone()}),
    ] {
        assert_eq!(apply(&teacher, input).await.user_errors(), ["DRAFT_WITHOUT_COURSE"]);
    }
    let row = json!(["input", "operations", "0", "createCourse"]);
    assert_eq!(fields(&apply(&mina, json!({"operations": operations})).await), [json!(["DRAFT_TARGET_DENIED", row])]);
}

#[on_both]
async fn two_hundred_operations_are_enough(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    let many = |number: usize| vec![json!({"updateCourse": {"shortDescription": "x"}}); number];
    let refused = apply(&teacher, json!({"courseId": course, "operations": many(201)})).await;
    assert_eq!(fields(&refused), [json!(["DRAFT_TOO_MANY_OPERATIONS", ["input", "operations"]])]);
    assert_eq!(apply(&teacher, json!({"courseId": course, "operations": many(200)})).await.user_errors(), [""; 0]);
}

#[on_both]
async fn of_16_drafts_of_one_version_at_once_one_is_applied_whole(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    let seen = version(&teacher, &course).await;
    let trail = audit_event::Entity::visible_to(&Viewer::System).count(app.db().read()).await.unwrap();
    let tasks: Vec<_> = (0..16)
        .map(|n| {
            let (teacher, course) = (teacher.clone(), course.clone());
            let section = |title: &str| json!({"createSection": {"title": format!("{n} {title}")}});
            let operations = json!([section("a"), section("b"), {"updateCourse": {"title": format!("{n}")}}]);
            let input = json!({"courseId": course, "expectedVersion": seen, "operations": operations});
            tokio::spawn(async move { apply(&teacher, input).await })
        })
        .collect();
    let mut applied = vec![];
    for task in tasks {
        let answer = task.await.unwrap();
        match answer.user_errors().first() {
            None => applied.push(answer.at("/applyCourseDraft/course").clone()),
            Some(code) => assert_eq!(*code, "STALE_VERSION"),
        }
    }
    let [course] = &*applied else { panic!("{applied:?}") };
    let title = course["title"].as_str().unwrap();
    let sections: Vec<_> = course["sections"].as_array().unwrap().iter().map(|it| it["title"].clone()).collect();
    assert_eq!(sections, [json!(format!("{title} a")), json!(format!("{title} b"))]);
    let now = audit_event::Entity::visible_to(&Viewer::System).count(app.db().read()).await.unwrap();
    assert_eq!(now, trail + 3);
}
