use assessment::{QuestionType, quiz, quiz_question};
use kernel::{CourseId, EntityId, MediaId, QuestionId, QuizId, SectionId};
use learning::EnrollmentStatus;
use media::{FileType, storage::keys};
use sea_orm::Set;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::lifecycle::{enrolls, let_it};
use crate::{
    media::{
        captions::captions,
        files::{film, upload},
    },
    sweeps::placed_file,
};

async fn duplicate(person: &Person, course: &str, title: Option<&str>) -> Answer {
    let query = "mutation ($id: ID!, $title: String) { duplicateCourse(input: {id: $id, title: $title}) {
        course { id title slug status version enrollmentCount ratingCount tags description price { amount currency }
            instructor { name } sections { id title isPreview mediaFiles { id fileName processingStatus }
                quizzes { id title questionCount } } mediaFiles { totalCount } }
        userErrors { code field } } }";
    person.ask_with(query, json!({"id": course, "title": title})).await
}

/// Nothing makes quizzes yet.
async fn quiz(app: &TestApp, course: &str, section: &str) {
    let (course, section) = (CourseId::from_wire(course).unwrap(), SectionId::from_wire(section).unwrap());
    let write = app.app.write_as_system(async |tx| {
        let id: QuizId = tx.new_id()?;
        let row = quiz::ActiveModel {
            id: Set(id),
            course_id: Set(course),
            section_id: Set(Some(section)),
            title: Set("Test".into()),
            is_published: Set(true),
            ..Default::default()
        };
        tx.insert_all(vec![tx.stamp(row, tx.now)]).await?;
        let question: QuestionId = tx.new_id()?;
        let row = quiz_question::ActiveModel {
            id: Set(question),
            quiz_id: Set(Some(id)),
            question_text: Set("Why?".into()),
            question_type: Set(QuestionType::Essay),
            correct_answer: Set(json!(null)),
            ..Default::default()
        };
        tx.insert_all(vec![tx.stamp(row, tx.now)]).await
    });
    write.await.unwrap();
}

#[on_both]
async fn a_copy_is_a_draft_of_ones_own_with_all_that_is_taught_and_nothing_that_was_learnt(app: TestApp) {
    let (teacher, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = teacher.drafts("Rust").await;
    let (file, section) = placed_file(&app, &teacher, &course).await;
    quiz(&app, &course, &section).await;
    let change = "mutation ($id: ID!) { updateCourse(input: {id: $id, tags: [\"a\", \"b\"], price: {amount: \"5\", currency: \"EUR\"}}) {
        userErrors { code } } }";
    teacher.ask_with(change, json!({"id": course})).await.data();
    let_it(&teacher, "publishCourse", json!({"id": course})).await.data();
    enrolls(&app, &ada, &course, EnrollmentStatus::Active).await;
    let copied = duplicate(&teacher, &course, None).await;
    let copy = copied.at("/duplicateCourse/course");
    assert_eq!(
        json!([copy["title"], copy["slug"], copy["status"], copy["version"], copy["enrollmentCount"], copy["tags"]]),
        json!(["Rust (copy)", "rust-copy", "DRAFT", 1, 0, ["a", "b"]])
    );
    assert_eq!(copy["price"], json!({"amount": "5.00", "currency": "EUR"}));
    assert_eq!(json!([copy["description"], copy["instructor"]["name"]]), json!(["Text.", "Tomas"]));
    let theirs = &copy["sections"][0];
    assert_ne!(theirs["id"], section);
    assert_ne!(theirs["mediaFiles"][0]["id"], file);
    assert_eq!(json!([theirs["title"], theirs["mediaFiles"][0]["fileName"]]), json!(["With a file", "a.mp4"]));
    assert_eq!(json!([theirs["quizzes"][0]["title"], theirs["quizzes"][0]["questionCount"]]), json!(["Test", 1]));
    assert_eq!(duplicate(&teacher, &course, Some(" Mine ")).await.at("/duplicateCourse/course/title"), "Mine");
    assert_eq!(duplicate(&teacher, &course, Some("")).await.user_errors(), ["COURSE_TITLE_REQUIRED"]);
    let versions = "query ($id: ID!) { courseVersions(courseId: $id) { totalCount } }";
    let of_copy = teacher.ask_with(versions, json!({"id": copy["id"]})).await;
    assert_eq!(of_copy.at("/courseVersions/totalCount"), 0);
}

#[on_both]
async fn copied_files_have_bytes_of_their_own(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    let original = upload(&app, &teacher, FileType::Video, &film(&app, "film.mp4", "320x180")).await;
    let attach = "mutation ($file: ID!, $course: ID!) { attachMedia(input: {mediaId: $file, courseId: $course}) { userErrors { code } } }";
    teacher.ask_with(attach, json!({"file": original.to_wire(), "course": course})).await.data();
    captions(&teacher, &original.to_wire()).await;
    app.run_jobs().await;
    let copied = duplicate(&teacher, &course, None).await;
    let copy = copied.at("/duplicateCourse/course/id").clone();
    let file = async || {
        let query = "query ($id: ID!) { course(id: $id) { mediaFiles { nodes {
            id processingStatus transcodingData durationSeconds captions { language } } } } }";
        teacher.ask_with(query, json!({"id": copy})).await.at("/course/mediaFiles/nodes/0").clone()
    };
    assert_eq!(file().await["processingStatus"], "PENDING");
    assert_eq!(app.run_jobs().await, ["copy_file"]);
    let done = file().await;
    assert_eq!(json!([done["processingStatus"], done["durationSeconds"]]), json!(["COMPLETED", 4]));
    assert!(done["transcodingData"]["stream"].is_object(), "{done}");
    assert_eq!(done["captions"].as_array().unwrap().len(), 1);
    let id = MediaId::from_wire(done["id"].as_str().unwrap()).unwrap();
    let stored = files_below(&app.data.join("media").join(keys::media(id)));
    let of_original = files_below(&app.data.join("media").join(keys::media(original)));
    assert_eq!(stored.len(), of_original.len(), "{stored:?} {of_original:?}");
    let remove = "mutation ($id: ID!) { deleteMedia(input: {mediaId: $id, force: true}) { userErrors { code } } }";
    teacher.ask_with(remove, json!({"id": original.to_wire()})).await.data();
    app.run_jobs().await;
    assert_eq!(files_below(&app.data.join("media").join(keys::media(original))), Vec::<Vec<u8>>::new());
    assert_eq!(files_below(&app.data.join("media").join(keys::media(id))), stored);
}

#[on_both]
async fn a_copy_whose_original_is_gone_says_so(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    placed_file(&app, &teacher, &course).await;
    let copied = duplicate(&teacher, &course, None).await;
    assert_eq!(app.run_jobs().await, ["copy_file"]);
    let query = "query ($id: ID!) { course(id: $id) { mediaFiles { nodes { processingStatus processingError } } } }";
    let file = teacher.ask_with(query, json!({"id": copied.at("/duplicateCourse/course/id")})).await;
    let failed =
        json!({"processingStatus": "FAILED", "processingError": "The file that it was to be a copy of is gone."});
    assert_eq!(file.at("/course/mediaFiles/nodes/0"), &failed);
}

#[on_both]
async fn who_copies_may_begin_courses_and_change_this_one(app: TestApp) {
    let (teacher, eve, mina) = (app.instructor("Tomas").await, app.instructor("Eve").await, app.student("Mina").await);
    let (draft, open) = (teacher.drafts("Draft").await, teacher.publishes("Open").await);
    assert_eq!(duplicate(&eve, &draft, None).await.codes(), ["NOT_FOUND"]);
    assert_eq!(duplicate(&eve, &open, None).await.codes(), ["FORBIDDEN"]);
    let staff = "mutation ($course: ID!, $user: ID!) { addCourseStaff(input: {courseId: $course, userId: $user, role: EDITOR}) {
        userErrors { code } } }";
    teacher.ask_with(staff, json!({"course": draft, "user": eve.wire_id()})).await.data();
    teacher.ask_with(staff, json!({"course": draft, "user": mina.wire_id()})).await.data();
    let copied = duplicate(&eve, &draft, None).await;
    assert_eq!(copied.at("/duplicateCourse/course/instructor/name"), "Eve");
    assert_eq!(duplicate(&mina, &draft, None).await.codes(), ["FORBIDDEN"], "who edits may not begin one for all that");
    let unseen: Value = teacher
        .ask_with("query ($id: ID!) { node(id: $id) { id } }", json!({"id": copied.at("/duplicateCourse/course/id")}))
        .await
        .at("/node")
        .clone();
    assert_eq!(unseen, Value::Null, "it is hers alone");
}

/// The contents of all files in a folder and below.
fn files_below(folder: &std::path::Path) -> Vec<Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(folder) else { return vec![] };
    let mut contents = vec![];
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            contents.extend(files_below(&path));
        } else {
            contents.push(std::fs::read(path).unwrap());
        }
    }
    contents.sort();
    contents
}

#[on_both]
async fn copies_take_room_like_any_other_file(app: TestApp) {
    let app = app.tuned(|app| app.uploads.quota = 2);
    let teacher = app.instructor("Tomas").await;
    let course = teacher.drafts("Rust").await;
    placed_file(&app, &teacher, &course).await;
    let original = teacher.ask("{ myTaughtCourses { totalCount } }").await.at("/myTaughtCourses/totalCount").clone();
    assert_eq!(original, 1);
    // One byte each: the second copy has no room, however many are made at once.
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let (teacher, course) = (teacher.clone(), course.clone());
            tokio::spawn(async move { duplicate(&teacher, &course, None).await })
        })
        .collect();
    let mut refused = 0;
    for task in tasks {
        let answer = task.await.unwrap();
        if !answer.user_errors().is_empty() {
            assert_eq!(answer.user_errors(), ["UPLOAD_QUOTA_EXCEEDED"]);
            assert_eq!(answer.at("/duplicateCourse/userErrors/0/field"), &json!(["input", "id"]));
            refused += 1;
        }
    }
    assert_eq!(refused, 3);
    assert_eq!(teacher.ask("{ myTaughtCourses { totalCount } }").await.at("/myTaughtCourses/totalCount"), 2);
}
