use assessment::{QuizType, quiz, quiz_question};
use courses::CourseStatus;
use kernel::QuestionId;
use sea_orm::Set;

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
        ..Default::default()
    }
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
