//! Questions that a machine proposes, for the sweeps.

use kernel::{CourseId, EntityId, Live, QuestionSuggestionId};
use sea_orm::{ActiveModelTrait, ColumnTrait, QueryFilter, QueryOrder, Set};
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::{
    audited::{
        Trail::{self, Records},
        mutation, ready,
    },
    needs::Without::{self, Refused, Sees},
    stranger::Attempt::{self, Turned},
};
use crate::assessment::creates_quiz;

const TEXT: &str = "Ownership is the most unusual feature of Rust. Each value in Rust has exactly one owner at a time.";

/// Has questions made about a course: the ids of the request and of what was proposed.
pub async fn made(app: &TestApp, person: &Person, course: &str) -> (String, Vec<String>) {
    let query = "mutation ($input: CreateSectionInput!) { createSection(input: $input) { userErrors { code } } }";
    let input = json!({"courseId": course, "title": "Ownership", "description": TEXT});
    assert_eq!(person.ask_with(query, json!({"input": input})).await.user_errors(), [""; 0]);
    let query = "mutation ($id: ID!) { suggestQuestions(input: {courseId: $id}) { run { id } userErrors { code } } }";
    let answer = person.ask_with(query, json!({"id": course})).await;
    app.run_jobs().await;
    let of_course = ai::question_suggestion::Column::CourseId.eq(CourseId::from_wire(course).unwrap());
    let made = ai::question_suggestion::Entity::live().filter(of_course);
    let made = made.order_by_asc(ai::question_suggestion::Column::Position).all(app.db().read()).await.unwrap();
    let run = answer.at("/suggestQuestions/run/id").as_str().unwrap().to_string();
    (run, made.into_iter().map(|row| QuestionSuggestionId::to_wire(row.id)).collect())
}

/// As `statements.rs` does for other lists.
#[on_both]
async fn the_number_of_statements_does_not_depend_on_the_rows(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    made(&app, &tomas, &course).await;
    more_of_them(&app, 110).await;
    let admin = app.admin("Root").await;
    let query = format!(
        "{{ questionSuggestions(courseId: \"{course}\", first: ROWS) {{ totalCount nodes {{ text options correctAnswers
            source {{ quote stale section {{ title }} media {{ fileName }} }} decidedBy {{ name }} question {{ questionText }}
            course {{ title }} run {{ status createdBy {{ name }} suggestions {{ status }} }} }} }} }}"
    );
    let mut counts = vec![];
    for rows in [1, 10, 100] {
        let (answer, statements) = app.statements(admin.ask(&query.replace("ROWS", &rows.to_string()))).await;
        assert_eq!(answer.at("/questionSuggestions/nodes").as_array().unwrap().len(), rows);
        counts.push((statements.len(), statements));
    }
    assert!(counts.iter().all(|(count, _)| *count == counts[0].0), "{counts:#?}");
}

/// The first one again and again.
async fn more_of_them(app: &TestApp, number: usize) {
    let first = ai::question_suggestion::Entity::live().one(app.db().read()).await.unwrap().unwrap();
    let mut tx = app.tx().await;
    let mut rows = vec![];
    for _ in 0..number {
        let row = ai::question_suggestion::ActiveModel::from(first.clone());
        let row = ai::question_suggestion::ActiveModel { id: Set(tx.new_id().unwrap()), ..row };
        rows.push(ActiveModelTrait::reset_all(row));
    }
    tx.insert_all(rows).await.unwrap();
    tx.commit().await.unwrap();
}

/// Suggestions for courses that the stranger does not see, and for those that they do: neither are theirs to know of.
pub async fn attempts(app: &TestApp, teacher: &Person, courses: [&str; 2]) -> Vec<(&'static str, Attempt)> {
    let quiz = creates_quiz(teacher, courses[1], "Suggested").await;
    let asks = courses.map(|course| mutation("suggestQuestions", &format!("courseId: \"{course}\"")));
    let mut suggestions = vec![];
    for course in courses {
        suggestions.extend(made(app, teacher, course).await.1.into_iter().take(1));
    }
    let on =
        |name: &str, more: &str| suggestions.iter().map(|id| mutation(name, &format!("id: \"{id}\"{more}"))).collect();
    let hidden = &["NOT_FOUND", "NOT_FOUND"];
    vec![
        ("suggestQuestions", Turned(asks.to_vec(), &["NOT_FOUND", "FORBIDDEN"])),
        ("rejectSuggestion", Turned(on("rejectSuggestion", ""), hidden)),
        ("acceptSuggestion", Turned(on("acceptSuggestion", &format!(", quizId: \"{quiz}\"")), hidden)),
    ]
}

/// All that there is of them.
pub async fn everything(app: &TestApp) -> Value {
    let runs = ai::suggestion_run::Entity::live().all(app.db().read()).await.unwrap();
    let made = ai::question_suggestion::Entity::live().all(app.db().read()).await.unwrap();
    json!([format!("{runs:?}"), format!("{made:?}")])
}

/// For `needs.rs`: a course that is somebody else's, with suggestions.
pub fn probes(
    course: &str,
    quiz: &str,
    (run, suggestions): &(String, Vec<String>),
) -> Vec<(&'static str, (String, Without))> {
    let list = format!("{{ questionSuggestions(courseId: \"{course}\") {{ totalCount }} }}");
    let run = format!("{{ suggestionRun(id: \"{run}\") {{ status }} }}");
    let refused = |name: &str, input: &str| (mutation(name, input), Refused("NOT_FOUND"));
    vec![
        ("Query.questionSuggestions", (list, Sees("/questionSuggestions/totalCount", json!(0)))),
        ("Query.suggestionRun", (run, Sees("/suggestionRun", json!(null)))),
        ("Mutation.suggestQuestions", refused("suggestQuestions", &format!("courseId: \"{course}\""))),
        (
            "Mutation.acceptSuggestion",
            refused("acceptSuggestion", &format!("id: \"{}\", quizId: \"{quiz}\"", suggestions[0])),
        ),
        ("Mutation.rejectSuggestion", refused("rejectSuggestion", &format!("id: \"{}\"", suggestions[0]))),
    ]
}

pub fn of_suggestions() -> [(&'static str, Trail); 3] {
    [
        (
            "acceptSuggestion",
            Records(
                "question_suggestion.accepted",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let course = tomas.drafts("Rust").await;
                    let (quiz, (_, made)) =
                        (creates_quiz(&tomas, &course, "Quiz").await, made(&app, &tomas, &course).await);
                    (tomas.viewer, mutation("acceptSuggestion", &format!("id: \"{}\", quizId: \"{quiz}\"", made[0])))
                }),
            ),
        ),
        (
            "suggestQuestions",
            Records(
                "course.questions_suggested",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let id = tomas.drafts("Rust").await;
                    (tomas.viewer, mutation("suggestQuestions", &format!("courseId: \"{id}\"")))
                }),
            ),
        ),
        (
            "rejectSuggestion",
            Records(
                "question_suggestion.rejected",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let (_, made) = made(&app, &tomas, &tomas.drafts("Rust").await).await;
                    (tomas.viewer, mutation("rejectSuggestion", &format!("id: \"{}\"", made[0])))
                }),
            ),
        ),
    ]
}
