//! Quizzes as they travel with their course: with the keys of their questions, which is why only editors get them.

use std::collections::HashMap;

use kernel::{Check, CourseId, Live, Permit, QuizId, Result, SectionId, Tx};
use sea_orm::{ActiveEnum, ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set};
use serde::{Deserialize, Serialize};

use crate::{
    QuestionType, QuizType,
    question::{Question, StoredQuestion},
    quiz, quiz_question,
    rules::QUIZ_PACKAGE_INVALID,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PortableQuiz {
    /// Its section's place in the course, from 0; none for a quiz of the whole course.
    pub section: Option<usize>,
    pub title: String,
    pub description: String,
    #[serde(rename = "type")]
    pub quiz_type: String,
    /// In hundredths of a percent.
    pub passing_score: i32,
    /// In minutes.
    pub time_limit: Option<i32>,
    pub max_attempts: i32,
    pub is_randomized: bool,
    pub is_published: bool,
    pub questions: Vec<StoredQuestion>,
}

/// All quizzes of a course, in the order of its sections and within them; those of the whole course come first.
pub async fn portable_quizzes(
    db: &impl ConnectionTrait,
    course: CourseId,
    sections: &[SectionId],
) -> Result<Vec<PortableQuiz>> {
    let of_course = quiz::Entity::live().filter(quiz::Column::CourseId.eq(course));
    let ids = of_course.clone().select_only().column(quiz::Column::Id).into_query();
    let questions = quiz_question::Entity::live().filter(quiz_question::Column::QuizId.in_subquery(ids));
    let questions = questions.order_by_asc(quiz_question::Column::OrderIndex).order_by_asc(quiz_question::Column::Id);
    let mut of_quiz: HashMap<QuizId, Vec<StoredQuestion>> = HashMap::new();
    for question in questions.all(db).await? {
        if let Some(quiz) = question.quiz_id {
            of_quiz.entry(quiz).or_default().push(question.into());
        }
    }
    let quizzes = of_course.order_by_asc(quiz::Column::OrderIndex).order_by_asc(quiz::Column::Id).all(db).await?;
    let place = |quiz: &quiz::Model| sections.iter().position(|section| Some(*section) == quiz.section_id);
    let mut portable: Vec<_> = quizzes
        .into_iter()
        .map(|quiz| PortableQuiz {
            section: place(&quiz),
            questions: of_quiz.remove(&quiz.id).unwrap_or_default(),
            title: quiz.title,
            description: quiz.description,
            quiz_type: quiz.quiz_type.to_value(),
            passing_score: quiz.passing_score,
            time_limit: quiz.time_limit,
            max_attempts: quiz.max_attempts,
            is_randomized: quiz.is_randomized,
            is_published: quiz.is_published,
        })
        .collect();
    portable.sort_by_key(|quiz| quiz.section);
    Ok(portable)
}

impl PortableQuiz {
    pub fn check(&self) -> Result<()> {
        let is_title = (1..=255).contains(&self.title.trim().chars().count());
        let is_limited = self.time_limit.is_none_or(|minutes| minutes > 0) && self.max_attempts > 0;
        let is_score = (0..=10_000).contains(&self.passing_score);
        let is_known = QuizType::try_from_value(&self.quiz_type).is_ok();
        let mut check = Check::new();
        check.require(is_title && is_limited && is_score && is_known, QUIZ_PACKAGE_INVALID.at("quizzes"));
        check.require(self.questions.iter().all(is_good), QUIZ_PACKAGE_INVALID.at("quizzes"));
        check.done()
    }
}

/// Does it hold together, and would an author have been let write it?
fn is_good(stored: &StoredQuestion) -> bool {
    Question::read(stored).and_then(Question::checked).is_ok()
}

/// Adds the quizzes of a package to its course.
pub async fn add_portable_quizzes<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    (course, sections): (CourseId, &[SectionId]),
    quizzes: Vec<PortableQuiz>,
) -> Result<()> {
    for (place, portable) in (0..).zip(quizzes) {
        portable.check()?;
        let section = portable.section.and_then(|section| sections.get(section)).copied();
        let quiz_type = QuizType::try_from_value(&portable.quiz_type)?;
        let row = quiz::ActiveModel {
            id: Set(tx.new_id()?),
            course_id: Set(course),
            section_id: Set(section),
            title: Set(portable.title),
            description: Set(portable.description),
            quiz_type: Set(quiz_type),
            passing_score: Set(portable.passing_score),
            time_limit: Set(portable.time_limit),
            max_attempts: Set(portable.max_attempts),
            is_randomized: Set(portable.is_randomized),
            is_published: Set(portable.is_published),
            order_index: Set(place),
            ..Default::default()
        };
        let quiz = tx.insert(permit, row).await?.id;
        add_questions(tx, permit, quiz, portable.questions).await?;
    }
    Ok(())
}

async fn add_questions<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    quiz: QuizId,
    questions: Vec<StoredQuestion>,
) -> Result<()> {
    for (place, portable) in (0..).zip(questions) {
        let row = quiz_question::ActiveModel {
            id: Set(tx.new_id()?),
            quiz_id: Set(Some(quiz)),
            question_type: Set(QuestionType::try_from_value(&portable.question_type)?),
            question_text: Set(portable.text),
            options: Set(portable.options),
            correct_answer: Set(portable.correct_answer),
            explanation: Set(portable.explanation),
            points: Set(portable.points),
            order_index: Set(place),
            ..Default::default()
        };
        tx.insert(permit, row).await?;
    }
    Ok(())
}
