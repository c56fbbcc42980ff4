//! A course's quizzes for a copy of the course.

use std::collections::HashMap;

use courses::edit;
use kernel::{CourseId, Live, Permit, QuizId, Result, SectionId, Tx};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, Set};

use crate::{
    quiz::{self, Column, Entity, Model},
    quiz_question,
};

/// Gives a copied course quizzes of its own, with their questions; nobody has sat them.
pub async fn copy_quizzes(
    tx: &mut Tx,
    from: CourseId,
    to: CourseId,
    sections: &[(SectionId, SectionId)],
) -> Result<()> {
    let permit = edit(tx, to).await?;
    let sections: HashMap<SectionId, SectionId> = sections.iter().copied().collect();
    let quizzes = Entity::live().filter(Column::CourseId.eq(from)).order_by_asc(Column::Id).all(&tx.conn).await?;
    for quiz in quizzes {
        let (original, section) = (quiz.id, quiz.section_id.and_then(|section| sections.get(&section).copied()));
        let row = row(tx, quiz, (to, section))?;
        let copy = tx.insert(&permit, row).await?.id;
        copy_questions(tx, &permit, original, copy).await?;
    }
    Ok(())
}

fn row(tx: &mut Tx, quiz: Model, place: (CourseId, Option<SectionId>)) -> Result<quiz::ActiveModel> {
    Ok(quiz::ActiveModel {
        id: Set(tx.new_id()?),
        course_id: Set(place.0),
        section_id: Set(place.1),
        title: Set(quiz.title),
        description: Set(quiz.description),
        quiz_type: Set(quiz.quiz_type),
        passing_score: Set(quiz.passing_score),
        time_limit: Set(quiz.time_limit),
        max_attempts: Set(quiz.max_attempts),
        is_randomized: Set(quiz.is_randomized),
        is_published: Set(quiz.is_published),
        order_index: Set(quiz.order_index),
        ..Default::default()
    })
}

async fn copy_questions<A, P>(tx: &mut Tx, permit: &Permit<A, P>, from: QuizId, to: QuizId) -> Result<()> {
    use quiz_question::Column::{Id, QuizId};
    let questions = quiz_question::Entity::live().filter(QuizId.eq(from)).order_by_asc(Id).all(&tx.conn).await?;
    for question in questions {
        let row = quiz_question::ActiveModel {
            id: Set(tx.new_id()?),
            quiz_id: Set(Some(to)),
            question_text: Set(question.question_text),
            question_type: Set(question.question_type),
            options: Set(question.options),
            correct_answer: Set(question.correct_answer),
            explanation: Set(question.explanation),
            points: Set(question.points),
            order_index: Set(question.order_index),
            ..Default::default()
        };
        tx.insert(permit, row).await?;
    }
    Ok(())
}
