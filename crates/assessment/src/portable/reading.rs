use std::collections::HashMap;

use kernel::{BankId, CourseId, Live, QuizId, Result, SectionId};
use sea_orm::{
    ActiveEnum, ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};

use super::{PortableBank, PortableDraw, PortableQuiz, PortableSettings};
use crate::{question::StoredQuestion, question_bank, quiz, quiz_draw, quiz_question};

/// All banks of a course with their questions, and which is which.
pub async fn portable_banks(db: &impl ConnectionTrait, course: CourseId) -> Result<(Vec<PortableBank>, Vec<BankId>)> {
    use question_bank::{Column, Entity};
    let of_course = Entity::live().filter(Column::CourseId.eq(course));
    let ids = of_course.clone().select_only().column(Column::Id).into_query();
    let questions = quiz_question::Entity::live().filter(quiz_question::Column::BankId.in_subquery(ids));
    let questions = questions.order_by_asc(quiz_question::Column::OrderIndex).order_by_asc(quiz_question::Column::Id);
    let mut of_bank: HashMap<BankId, Vec<StoredQuestion>> = HashMap::new();
    for question in questions.all(db).await? {
        if let Some(bank) = question.bank_id {
            of_bank.entry(bank).or_default().push(question.into());
        }
    }
    let banks = of_course.order_by_asc(Column::Id).all(db).await?;
    let ids = banks.iter().map(|bank| bank.id).collect();
    let portable = banks.into_iter().map(|bank| PortableBank {
        questions: of_bank.remove(&bank.id).unwrap_or_default(),
        name: bank.name,
        description: bank.description,
    });
    Ok((portable.collect(), ids))
}

/// All quizzes of a course, in the order of its sections and within them; those of the whole course come first.
pub async fn portable_quizzes(
    db: &impl ConnectionTrait,
    course: CourseId,
    sections: &[SectionId],
    banks: &[BankId],
) -> Result<Vec<PortableQuiz>> {
    let of_course = quiz::Entity::live().filter(quiz::Column::CourseId.eq(course));
    let ids = of_course.clone().select_only().column(quiz::Column::Id).into_query();
    let (mut questions, draws) = (questions(db, ids.clone()).await?, draws(db, ids).await?);
    let quizzes = of_course.order_by_asc(quiz::Column::OrderIndex).order_by_asc(quiz::Column::Id).all(db).await?;
    let place = |quiz: &quiz::Model| sections.iter().position(|section| Some(*section) == quiz.section_id);
    let mut portable: Vec<_> = quizzes
        .into_iter()
        .map(|quiz| {
            let questions = questions.remove(&quiz.id).unwrap_or_default();
            let places: Vec<i32> = questions.iter().map(|question| question.order_index).collect();
            let of_quiz = draws.iter().filter(|draw| draw.quiz_id == quiz.id);
            let draws = of_quiz.filter_map(|draw| portable_draw(draw, &places, banks)).collect();
            portable_quiz(place(&quiz), quiz, questions, draws)
        })
        .collect();
    portable.sort_by_key(|quiz| quiz.section);
    Ok(portable)
}

async fn questions(
    db: &impl ConnectionTrait,
    quizzes: SelectStatement,
) -> Result<HashMap<QuizId, Vec<quiz_question::Model>>> {
    use quiz_question::{Column, Entity};
    let questions = Entity::live().filter(Column::QuizId.in_subquery(quizzes));
    let questions = questions.order_by_asc(Column::OrderIndex).order_by_asc(Column::Id);
    let mut of_quiz: HashMap<QuizId, Vec<quiz_question::Model>> = HashMap::new();
    for question in questions.all(db).await? {
        if let Some(quiz) = question.quiz_id {
            of_quiz.entry(quiz).or_default().push(question);
        }
    }
    Ok(of_quiz)
}

async fn draws(db: &impl ConnectionTrait, quizzes: SelectStatement) -> Result<Vec<quiz_draw::Model>> {
    use quiz_draw::{Column, Entity};
    let draws = Entity::live().filter(Column::QuizId.in_subquery(quizzes));
    Ok(draws.order_by_asc(Column::OrderIndex).order_by_asc(Column::Id).all(db).await?)
}

fn portable_draw(draw: &quiz_draw::Model, places: &[i32], banks: &[BankId]) -> Option<PortableDraw> {
    let bank = banks.iter().position(|bank| *bank == draw.bank_id)?;
    let after = places.iter().filter(|place| **place < draw.order_index).count();
    Some(PortableDraw { bank, count: draw.count, points: draw.points, after })
}

fn portable_quiz(
    section: Option<usize>,
    quiz: quiz::Model,
    questions: Vec<quiz_question::Model>,
    draws: Vec<PortableDraw>,
) -> PortableQuiz {
    PortableQuiz {
        section,
        title: quiz.title,
        description: quiz.description,
        quiz_type: quiz.quiz_type.to_value(),
        passing_score: quiz.passing_score,
        time_limit: quiz.time_limit,
        max_attempts: quiz.max_attempts,
        is_randomized: quiz.is_randomized,
        is_published: quiz.is_published,
        questions: questions.into_iter().map(StoredQuestion::from).collect(),
        settings: PortableSettings {
            opens_at: quiz.opens_at,
            due_at: quiz.due_at,
            show_key_after: quiz.show_key_after,
            grade_method: quiz.grade_method,
            is_required: quiz.is_required,
            grace_period: quiz.grace_period,
        },
        draws,
    }
}
