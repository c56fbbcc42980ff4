//! Whose conversations they are.

use kernel::Live;
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::{Class, asks, enrols, ids, seen};

const QUESTION: &str = "Who is the owner of a value?";

async fn listed(person: &Person, query: &str) -> Vec<String> {
    let answer = person.ask(query).await;
    let list = answer.data().as_object().unwrap().values().next().unwrap().clone();
    let titles = |node: &Value| node["title"].as_str().unwrap().to_string();
    assert_eq!(list["totalCount"], list["nodes"].as_array().unwrap().len());
    list["nodes"].as_array().unwrap().iter().map(titles).collect()
}

const OWN: &str = "{ conversations { totalCount nodes { title } } }";

async fn opens(class: &Class, is_open: bool) {
    let query = "mutation ($input: SetTutorPolicyInput!) { setTutorPolicy(input: $input) { userErrors { code } } }";
    let input = json!({"courseId": class.course, "isOpenToStaff": is_open});
    assert_eq!(class.tomas.ask_with(query, json!({"input": input})).await.user_errors(), [""; 0]);
}

async fn conversation(person: &Person, id: &str) -> Value {
    let query = "query ($id: ID!) { conversation(id: $id) { title isOpenToStaff messages { nodes { message } } } }";
    person.ask_with(query, json!({"id": id})).await.at("/conversation").clone()
}

#[on_both]
async fn the_one_in_which_one_asked_last_comes_first(app: TestApp) {
    let class = Class::open(&app).await;
    let other = class.tomas.publishes("Other").await;
    let (_, first) = ids(&asks(&class.ada, &class.course, None, "First?").await);
    app.run_jobs().await;
    app.world.pass(chrono::Duration::seconds(1));
    asks(&class.ada, &other, None, "Second?").await.data();
    assert_eq!(listed(&class.ada, OWN).await, ["Second?", "First?"]);
    app.world.pass(chrono::Duration::seconds(1));
    asks(&class.ada, &class.course, Some(&first), "Third?").await.data();
    assert_eq!(listed(&class.ada, OWN).await, ["First?", "Second?"]);
    let of_course = format!("{{ conversations(courseId: \"{other}\") {{ totalCount nodes {{ title }} }} }}");
    assert_eq!(listed(&class.ada, &of_course).await, ["Second?"]);
    let messages = [json!({"message": "First?"}), json!({"message": "Third?"})];
    assert_eq!(conversation(&class.ada, &first).await["messages"]["nodes"], json!(messages));
}

#[on_both]
async fn a_conversation_is_ones_own_whatever_rights_others_have(app: TestApp) {
    let class = Class::open(&app).await;
    let (message, talk) = ids(&asks(&class.ada, &class.course, None, QUESTION).await);
    app.run_jobs().await;
    let delete = "mutation ($id: ID!) { deleteConversation(input: {id: $id}) { userErrors { code } } }";
    let rate = "mutation ($id: ID!) { rateAnswer(input: {messageId: $id, rating: HELPFUL}) { userErrors { code } } }";
    for other in [&class.tomas, &app.admin("Root").await, &app.student("Eve").await] {
        assert_eq!(conversation(other, &talk).await, json!(null));
        assert_eq!(seen(other, &message).await, json!(null));
        assert_eq!(listed(other, OWN).await, [""; 0]);
        assert_eq!(other.ask_with(delete, json!({"id": talk})).await.codes(), ["NOT_FOUND"]);
        assert_eq!(other.ask_with(rate, json!({"id": message})).await.codes(), ["NOT_FOUND"]);
    }
    // Nor does a program of one's own read what one said.
    let token = class.ada.creates_token(&[]).await;
    let program = app.viewer_of(&token).await.unwrap();
    let read = app.ask_as(&program, super::MESSAGE, json!({"id": message})).await;
    assert_eq!(read.at("/node"), &json!(null));
    class.ada.ask_with(delete, json!({"id": talk})).await.data();
    assert_eq!([conversation(&class.ada, &talk).await, seen(&class.ada, &message).await], [json!(null), json!(null)]);
    let left = crate::dump::dump(&app).await;
    assert!(!left.contains(QUESTION), "what is deleted is gone");
}

#[on_both]
async fn staff_reads_what_was_begun_while_the_course_said_so_and_as_long_as_it_does(app: TestApp) {
    let class = Class::open(&app).await;
    let (_, before) = ids(&asks(&class.ada, &class.course, None, "Before?").await);
    app.run_jobs().await;
    opens(&class, true).await;
    let asked = asks(&class.ada, &class.course, None, "During?").await;
    assert_eq!(asked.at("/askTutor/conversation/isOpenToStaff"), true, "the learner is told");
    let (message, during) = ids(&asked);
    app.run_jobs().await;
    asks(&class.ada, &class.course, Some(&before), "Later?").await.data();
    app.run_jobs().await;
    let list = format!(
        "{{ learnerConversations(courseId: \"{}\") {{ totalCount nodes {{ title user {{ name }} }} }} }}",
        class.course
    );
    let aide = app.student("Aida").await;
    class.tomas.appoints(&class.course, &aide, "ASSISTANT").await.data();
    for staff in [&class.tomas, &aide] {
        assert_eq!(listed(staff, &list).await, ["During?"]);
        assert_eq!(conversation(staff, &before).await, json!(null));
        assert_eq!(conversation(staff, &during).await["messages"]["nodes"], json!([{"message": "During?"}]));
        assert_eq!(seen(staff, &message).await["state"], "COMPLETE");
        // To read is not to write.
        let go_on = asks(staff, &class.course, Some(&during), "And?").await;
        assert_eq!(go_on.codes(), ["NOT_FOUND"]);
        let rate =
            "mutation ($id: ID!) { rateAnswer(input: {messageId: $id, rating: HELPFUL}) { userErrors { code } } }";
        assert_eq!(staff.ask_with(rate, json!({"id": message})).await.codes(), ["FORBIDDEN"]);
    }
    let eve = app.student("Eve").await;
    enrols(&app, &eve, &class.course).await;
    assert_eq!(eve.ask(&list).await.codes(), ["FORBIDDEN"]);
    assert_eq!(conversation(&eve, &during).await, json!(null));
    opens(&class, false).await;
    assert_eq!(listed(&class.tomas, &list).await, [""; 0]);
    assert_eq!(conversation(&class.tomas, &during).await, json!(null));
    assert_eq!(conversation(&class.ada, &during).await["isOpenToStaff"], true, "what was said was said so");
}

async fn rates(person: &Person, message: &str, rating: Option<&str>, comment: &str) -> Answer {
    let query = "mutation ($input: RateAnswerInput!) { rateAnswer(input: $input) { message { rating ratingComment } userErrors { code field } } }";
    person.ask_with(query, json!({"input": {"messageId": message, "rating": rating, "comment": comment}})).await
}

#[on_both]
async fn an_answer_is_rated_when_it_has_come(app: TestApp) {
    let class = Class::open(&app).await;
    let (message, _) = ids(&asks(&class.ada, &class.course, None, QUESTION).await);
    let early = rates(&class.ada, &message, Some("HELPFUL"), "").await;
    assert_eq!(
        early.at("/rateAnswer/userErrors"),
        &json!([{"code": "TUTOR_NOT_ANSWERED", "field": ["input", "messageId"]}])
    );
    app.run_jobs().await;
    let rated = rates(&class.ada, &message, Some("UNHELPFUL"), " Not what I asked. ").await;
    let expected = json!({"rating": "UNHELPFUL", "ratingComment": "Not what I asked."});
    assert_eq!(rated.at("/rateAnswer/message"), &expected);
    let long = rates(&class.ada, &message, Some("HELPFUL"), &"x".repeat(1_001)).await;
    assert_eq!(long.user_errors(), ["TUTOR_COMMENT_INVALID"]);
    let taken_back = rates(&class.ada, &message, None, "").await;
    assert_eq!(taken_back.at("/rateAnswer/message"), &json!({"rating": null, "ratingComment": ""}));
}

#[on_both]
async fn a_conversation_has_an_end(app: TestApp) {
    let class = Class::open(&app).await;
    let (_, talk) = ids(&asks(&class.ada, &class.course, None, QUESTION).await);
    app.run_jobs().await;
    let mut tx = app.tx().await;
    let one = ai::ai_chat::Entity::live().one(&tx.conn).await.unwrap().unwrap();
    let mut more = vec![];
    for _ in 1..200 {
        let copy = ai::ai_chat::Model { id: tx.new_id().unwrap(), ..one.clone() };
        more.push(copy.into_active_model().reset_all());
    }
    tx.insert_all(more).await.unwrap();
    tx.commit().await.unwrap();
    let full = asks(&class.ada, &class.course, Some(&talk), "One more?").await;
    assert_eq!(full.user_errors(), ["TUTOR_CONVERSATION_FULL"]);
}

#[on_both]
async fn the_trail_says_that_somebody_asked_and_not_what(app: TestApp) {
    let class = Class::open(&app).await;
    asks(&class.ada, &class.course, None, "A very private question?").await.data();
    let admin = app.admin("Root").await;
    let trail = admin.ask("{ auditEvents(first: 100) { nodes { action after reason } } }").await.data().to_string();
    assert!(trail.contains("tutor.asked") && !trail.contains("private"), "{trail}");
}

#[on_both]
async fn a_copy_of_a_course_has_its_terms(app: TestApp) {
    let class = Class::open(&app).await;
    opens(&class, true).await;
    let query = "mutation ($id: ID!) { duplicateCourse(input: {id: $id}) { course { id } userErrors { code } } }";
    let copy = class.tomas.ask_with(query, json!({"id": class.course})).await;
    let copy = copy.at("/duplicateCourse/course/id").as_str().unwrap().to_string();
    let policy = format!("{{ tutorPolicy(courseId: \"{copy}\") {{ duringAttempts isOpenToStaff }} }}");
    let expected = json!({"duringAttempts": "BLOCKED", "isOpenToStaff": true});
    assert_eq!(class.tomas.ask(&policy).await.at("/tutorPolicy"), &expected);
}

/// As `sweeps/statements.rs` does for other lists.
#[on_both]
async fn the_number_of_statements_does_not_depend_on_the_rows(app: TestApp) {
    let class = Class::open(&app).await;
    for _ in 0..12 {
        asks(&class.ada, &class.course, None, QUESTION).await.data();
    }
    app.run_jobs().await;
    let query = "{ conversations(first: ROWS) { totalCount nodes { title user { name } course { title } messages(first: ROWS) {
        totalCount nodes { conversation { id } citations { stale section { title } media { id } course { title } } } } } } }";
    let mut counts = vec![];
    for rows in ["1", "3", "12"] {
        let (answer, statements) = app.statements(class.ada.ask(&query.replace("ROWS", rows))).await;
        assert!(!answer.at("/conversations/nodes/0/messages/nodes/0/citations/0/section").is_null());
        counts.push(statements.len());
    }
    assert_eq!(counts, [counts[0]; 3]);
}
