use assessment::{GradeMethod, QuizType, ShowKeyAfter, quiz, quiz_question, quiz_version};
use courses::CourseStatus;
use kernel::QuestionId;
use sea_orm::{ActiveEnum, Set};
use serde_json::{Value, json};

use super::{
    super::{
        dice::{DAY, Dice, Kind, Seconds},
        plan::{
            School,
            attempts::{FINAL, PASSING, QUESTIONS, time_limit},
            courses::{Course, QUIZZES},
        },
        words::questions::{Question, questions},
    },
    Dated,
};

/// The sections that the first two quizzes close.
const AFTER_SECTION: [Option<usize>; QUIZZES] = [Some(1), Some(4), None];

pub fn quizzes(school: &School) -> impl Iterator<Item = Dated<quiz::ActiveModel>> {
    let courses = school.courses.iter();
    courses.flat_map(|course| (0..QUIZZES).map(move |at| (course.created + 4 * DAY, model(course, at))))
}

fn model(course: &Course, at: usize) -> quiz::ActiveModel {
    let section = AFTER_SECTION[at];
    let title = section.map_or_else(
        || format!("Final quiz: {}", course.source.title()),
        |section| format!("Check yourself: {}", course.source.section(section)),
    );
    let (quiz_type, max_attempts, about) = [
        (QuizType::Practice, 10, "Ten questions without a clock. Take it as often as you like to."),
        (QuizType::Graded, 3, "Ten questions in twenty minutes; seven right answers are enough."),
        (QuizType::Final, 2, "Ten questions about the whole course, the last of them to be answered at length."),
    ][at];
    quiz::ActiveModel {
        id: Set(course.quizzes[at]),
        course_id: Set(course.id),
        section_id: Set(section.map(|section| course.sections[section])),
        title: Set(title),
        description: Set(about.into()),
        quiz_type: Set(quiz_type),
        passing_score: Set(PASSING[at]),
        time_limit: Set(time_limit(at)),
        max_attempts: Set(max_attempts),
        is_randomized: Set(at != FINAL),
        is_published: Set(course.status == CourseStatus::Published),
        order_index: Set(at as i32),
        // Who tries oneself learns at once what would have been right.
        show_key_after: Set(if at == FINAL { ShowKeyAfter::Never } else { ShowKeyAfter::Submission }),
        grade_method: Set(GradeMethod::Highest),
        is_required: Set(false),
        grace_period: Set(5),
        ..Default::default()
    }
}

/// What published quizzes were when they were published: what their attempts are graded by.
pub fn versions(school: &School) -> impl Iterator<Item = Dated<quiz_version::ActiveModel>> {
    let courses = school.courses.iter().enumerate();
    let published = courses.filter(|(_, course)| course.status == CourseStatus::Published);
    published.flat_map(move |(row, course)| {
        (0..QUIZZES).map(move |at| {
            let quiz = course.quizzes[at];
            let questions = questions_of(school, row, at).into_iter().enumerate();
            let items = questions.map(|(place, question)| {
                json!({"kind": "question", "id": question_id(school, row, at, place), "question": stored(question)})
            });
            let model = quiz_version::ActiveModel {
                id: Set(Dice::new(school.seed, Kind::QuizVersion, row * QUIZZES + at).id(asked(course))),
                quiz_id: Set(quiz),
                number: Set(1),
                snapshot: Set(snapshot(model(course, at), items.collect())),
                ..Default::default()
            };
            (asked(course), model)
        })
    })
}

fn stored(question: Question) -> Value {
    json!({
        "text": question.text,
        "type": question.kind.to_value(),
        "options": question.options,
        "correctAnswer": question.key,
        "explanation": question.explanation,
        "points": 100,
    })
}

/// As publishing it keeps it, with what the table says where the model says nothing.
fn snapshot(quiz: quiz::ActiveModel, items: Value) -> Value {
    json!({
        "title": quiz.title.as_ref(),
        "description": quiz.description.as_ref(),
        "quizType": quiz.quiz_type.as_ref(),
        "passingScore": quiz.passing_score.as_ref(),
        "timeLimit": quiz.time_limit.as_ref(),
        "maxAttempts": quiz.max_attempts.as_ref(),
        "isRandomized": quiz.is_randomized.as_ref(),
        "opensAt": null,
        "dueAt": null,
        "showKeyAfter": quiz.show_key_after.as_ref(),
        "gradeMethod": quiz.grade_method.as_ref(),
        "isRequired": quiz.is_required.as_ref(),
        "gracePeriod": quiz.grace_period.as_ref(),
        "items": items,
    })
}

pub fn all_questions(school: &School) -> impl Iterator<Item = Dated<quiz_question::ActiveModel>> {
    let places = (0..school.courses.len()).flat_map(|row| (0..QUIZZES).map(move |at| (row, at)));
    places.flat_map(move |(row, quiz)| {
        let course = &school.courses[row];
        let questions = questions_of(school, row, quiz).into_iter().enumerate();
        questions.map(move |(at, question)| {
            let model = quiz_question::ActiveModel {
                id: Set(question_id(school, row, quiz, at)),
                quiz_id: Set(Some(course.quizzes[quiz])),
                question_text: Set(question.text),
                question_type: Set(question.kind),
                options: Set(question.options),
                correct_answer: Set(question.key),
                explanation: Set(question.explanation),
                points: Set(100),
                order_index: Set(at as i32),
                ..Default::default()
            };
            (asked(course), model)
        })
    })
}

pub fn questions_of(school: &School, course: usize, quiz: usize) -> Vec<Question> {
    let mut dice = Dice::new(school.seed, Kind::Quiz, course * QUIZZES + quiz);
    questions(school.courses[course].source.glossary(), quiz, &mut dice)
}

pub fn question_id(school: &School, course: usize, quiz: usize, at: usize) -> QuestionId {
    let row = (course * QUIZZES + quiz) * QUESTIONS + at;
    Dice::new(school.seed, Kind::Question, row).id(asked(&school.courses[course]))
}

fn asked(course: &Course) -> Seconds {
    course.created + 4 * DAY
}
