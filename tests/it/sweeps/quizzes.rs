//! What the sweeps turn on quizzes, question banks and what is in them.

use kernel::Live;
use sea_orm::{DatabaseConnection, EntityTrait, QueryOrder};
use serde_json::json;
use testkit::{Person, TestApp};

use super::audited::{
    Trail::{self, Records},
    mutation, ready,
};
use crate::assessment::{adds_bank, adds_draw, adds_question, creates_quiz};

/// A quiz with a question and a draw of one from a bank, which has a question of its own.
pub struct Quizzes {
    pub course: String,
    pub quiz: String,
    pub question: String,
    pub bank: String,
    pub draw: String,
}

pub async fn quizzes(person: &Person, course: &str) -> Quizzes {
    let (quiz, bank) = (creates_quiz(person, course, "Quiz").await, adds_bank(person, course, "Bank").await);
    let question = adds_question(person, &json!({"quizId": quiz})).await;
    adds_question(person, &json!({"bankId": bank})).await;
    let draw = adds_draw(person, &quiz, &bank, 1).await;
    Quizzes { course: course.into(), quiz, question, bank, draw }
}

/// The same, and learners see the quiz.
pub async fn published(person: &Person, course: &str) -> Quizzes {
    let quizzes = quizzes(person, course).await;
    let published = person.ask(&mutation("publishQuiz", &format!("id: \"{}\"", quizzes.quiz))).await;
    assert_eq!(published.user_errors(), [""; 0]);
    quizzes
}

const CONTENT: &str = "content: {trueFalse: {isTrue: true}}";

/// Every mutation, and its input.
fn inputs(of: &Quizzes) -> [(&'static str, String); 16] {
    let Quizzes { course, quiz, question, bank, draw } = of;
    [
        ("createQuiz", format!("courseId: \"{course}\", title: \"x\"")),
        ("createQuestionBank", format!("courseId: \"{course}\", name: \"x\"")),
        ("updateQuiz", format!("id: \"{quiz}\", title: \"x\"")),
        ("publishQuiz", format!("id: \"{quiz}\"")),
        ("unpublishQuiz", format!("id: \"{quiz}\"")),
        ("deleteQuiz", format!("id: \"{quiz}\", force: true")),
        ("addQuestion", format!("quizId: \"{quiz}\", questionText: \"x\", {CONTENT}")),
        ("reorderQuestions", format!("quizId: \"{quiz}\", order: [\"{question}\"], expectedVersion: 1")),
        ("addBankDraw", format!("quizId: \"{quiz}\", bankId: \"{bank}\", count: 1")),
        ("importQuestions", format!("quizId: \"{quiz}\", format: GIFT, content: \"x{{T}}\"")),
        ("updateQuestion", format!("id: \"{question}\", questionText: \"x\"")),
        ("deleteQuestion", format!("id: \"{question}\"")),
        ("updateBankDraw", format!("id: \"{draw}\", count: 2")),
        ("deleteBankDraw", format!("id: \"{draw}\"")),
        ("updateQuestionBank", format!("id: \"{bank}\", name: \"x\"")),
        ("deleteQuestionBank", format!("id: \"{bank}\"")),
    ]
}

/// What is hidden is not found; a course and a quiz that one sees are somebody else's; questions, banks and draws are never seen.
pub fn attempts(quizzes: &[Quizzes; 2]) -> [(&'static str, Vec<String>, &'static [&'static str]); 16] {
    let seen = inputs(&quizzes[1]);
    let mut seen = seen.into_iter();
    inputs(&quizzes[0]).map(|(name, hidden)| {
        let (_, shown) = seen.next().unwrap();
        let is_seen = !shown.starts_with("id: \"question") && !shown.starts_with("id: \"quiz_draw");
        let codes: &[&str] = if is_seen { &["NOT_FOUND", "FORBIDDEN"] } else { &["NOT_FOUND", "NOT_FOUND"] };
        (name, [hidden, shown].map(|input| mutation(name, &input)).to_vec(), codes)
    })
}

pub fn probes(of: &Quizzes) -> Vec<(&'static str, String)> {
    let Quizzes { quiz, question, .. } = of;
    const FIELDS: [&str; 16] = [
        "Mutation.createQuiz",
        "Mutation.createQuestionBank",
        "Mutation.updateQuiz",
        "Mutation.publishQuiz",
        "Mutation.unpublishQuiz",
        "Mutation.deleteQuiz",
        "Mutation.addQuestion",
        "Mutation.reorderQuestions",
        "Mutation.addBankDraw",
        "Mutation.importQuestions",
        "Mutation.updateQuestion",
        "Mutation.deleteQuestion",
        "Mutation.updateBankDraw",
        "Mutation.deleteBankDraw",
        "Mutation.updateQuestionBank",
        "Mutation.deleteQuestionBank",
    ];
    let mutations = FIELDS.into_iter().zip(inputs(of));
    let queries = [
        ("Query.exportQuestions", format!("{{ exportQuestions(quizId: \"{quiz}\", format: GIFT) {{ content }} }}")),
        ("Query.quizPublishReadiness", format!("{{ quizPublishReadiness(id: \"{quiz}\") {{ ready }} }}")),
        (
            "Query.previewGrade",
            format!("{{ previewGrade(questionId: \"{question}\", answer: {{trueFalse: true}}) {{ points }} }}"),
        ),
    ];
    mutations.map(|(field, (name, input))| (field, mutation(name, &input))).chain(queries).collect()
}

/// All rows of quizzes and banks.
pub async fn everything(db: &DatabaseConnection) -> String {
    use assessment::{question_bank, quiz, quiz_draw, quiz_question};
    async fn all<E: kernel::Audited>(db: &DatabaseConnection, id: E::Column) -> String
    where
        <E as EntityTrait>::Model: std::fmt::Debug,
    {
        format!("{:?}", E::live().order_by_asc(id).all(db).await.unwrap())
    }
    [
        all::<quiz::Entity>(db, quiz::Column::Id).await,
        all::<quiz_question::Entity>(db, quiz_question::Column::Id).await,
        all::<question_bank::Entity>(db, question_bank::Column::Id).await,
        all::<quiz_draw::Entity>(db, quiz_draw::Column::Id).await,
    ]
    .concat()
}

/// Who teaches a draft with all of it.
async fn made(app: &TestApp) -> (Person, Quizzes) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.drafts("Rust").await;
    let quizzes = quizzes(&tomas, &course).await;
    (tomas, quizzes)
}

macro_rules! records {
    ($name:literal, $action:literal) => {
        (
            $name,
            Records(
                $action,
                ready!(|app| {
                    let (tomas, quizzes) = made(&app).await;
                    let (_, input) = inputs(&quizzes).into_iter().find(|(name, _)| *name == $name).unwrap();
                    (tomas.viewer, mutation($name, &input))
                }),
            ),
        )
    };
}

pub fn of_quizzes() -> [(&'static str, Trail); 16] {
    [
        records!("createQuiz", "quiz.created"),
        records!("createQuestionBank", "question_bank.created"),
        records!("updateQuiz", "quiz.updated"),
        records!("publishQuiz", "quiz.published"),
        (
            "unpublishQuiz",
            Records(
                "quiz.unpublished",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let course = tomas.drafts("Rust").await;
                    let quiz = published(&tomas, &course).await.quiz;
                    (tomas.viewer, mutation("unpublishQuiz", &format!("id: \"{quiz}\"")))
                }),
            ),
        ),
        records!("deleteQuiz", "quiz.deleted"),
        records!("addQuestion", "question.created"),
        (
            "reorderQuestions",
            Records(
                "quiz.questions_reordered",
                ready!(|app| {
                    let (tomas, Quizzes { quiz, question, draw, .. }) = made(&app).await;
                    let input = format!("quizId: \"{quiz}\", order: [\"{draw}\", \"{question}\"], expectedVersion: 3");
                    (tomas.viewer, mutation("reorderQuestions", &input))
                }),
            ),
        ),
        records!("addBankDraw", "quiz.draw_added"),
        records!("importQuestions", "quiz.questions_imported"),
        records!("updateQuestion", "question.updated"),
        records!("deleteQuestion", "question.deleted"),
        records!("updateBankDraw", "quiz.draw_updated"),
        records!("deleteBankDraw", "quiz.draw_deleted"),
        records!("updateQuestionBank", "question_bank.updated"),
        (
            "deleteQuestionBank",
            Records(
                "question_bank.deleted",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let course = tomas.drafts("Rust").await;
                    let bank = adds_bank(&tomas, &course, "Bank").await;
                    (tomas.viewer, mutation("deleteQuestionBank", &format!("id: \"{bank}\"")))
                }),
            ),
        ),
    ]
}
