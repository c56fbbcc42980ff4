//! A course's quizzes and question banks for a copy of the course.

use std::collections::HashMap;

use courses::edit;
use kernel::{BankId, CourseId, Live, Permit, QuizId, Result, SectionId, Tx};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, Set};

use crate::{
    authoring::Home,
    question_bank,
    quiz::{self, Column, Entity, Model},
    quiz_draw, quiz_question,
    versions::freeze_as_it_is,
};

/// Gives a copied course quizzes and banks of its own, with their questions; nobody has sat them.
pub async fn copy_quizzes(
    tx: &mut Tx,
    from: CourseId,
    to: CourseId,
    sections: &[(SectionId, SectionId)],
) -> Result<()> {
    let permit = edit(tx, to).await?;
    let sections: HashMap<SectionId, SectionId> = sections.iter().copied().collect();
    let banks = copy_banks(tx, &permit, from, to).await?;
    let quizzes = Entity::live().filter(Column::CourseId.eq(from)).order_by_asc(Column::Id).all(&tx.conn).await?;
    for quiz in quizzes {
        let (original, section) = (quiz.id, quiz.section_id.and_then(|section| sections.get(&section).copied()));
        let row = row(tx, quiz, (to, section))?;
        let copy = tx.insert(&permit, row).await?;
        copy_questions(tx, &permit, Home::Quiz(original), Home::Quiz(copy.id)).await?;
        copy_draws(tx, &permit, (original, copy.id), &banks).await?;
        if copy.is_published {
            freeze_as_it_is(tx, &permit, &copy).await?;
        }
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
        version: Set(1),
        opens_at: Set(quiz.opens_at),
        due_at: Set(quiz.due_at),
        show_key_after: Set(quiz.show_key_after),
        grade_method: Set(quiz.grade_method),
        is_required: Set(quiz.is_required),
        grace_period: Set(quiz.grace_period),
        ..Default::default()
    })
}

/// Which bank has become which.
async fn copy_banks<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    from: CourseId,
    to: CourseId,
) -> Result<HashMap<BankId, BankId>> {
    use question_bank::{ActiveModel, Column, Entity};
    let mut copies = HashMap::new();
    for bank in Entity::live().filter(Column::CourseId.eq(from)).order_by_asc(Column::Id).all(&tx.conn).await? {
        let (id, name, description) = (Set(tx.new_id()?), Set(bank.name), Set(bank.description));
        let row = ActiveModel { id, course_id: Set(to), name, description, version: Set(1), ..Default::default() };
        let copy = tx.insert(permit, row).await?.id;
        copy_questions(tx, permit, Home::Bank(bank.id), Home::Bank(copy)).await?;
        copies.insert(bank.id, copy);
    }
    Ok(copies)
}

async fn copy_questions<A, P>(tx: &mut Tx, permit: &Permit<A, P>, from: Home, to: Home) -> Result<()> {
    use quiz_question::Column;
    let of = match from {
        Home::Quiz(quiz) => Column::QuizId.eq(quiz),
        Home::Bank(bank) => Column::BankId.eq(bank),
    };
    let (quiz, bank) = match to {
        Home::Quiz(quiz) => (Some(quiz), None),
        Home::Bank(bank) => (None, Some(bank)),
    };
    let questions = quiz_question::Entity::live().filter(of).order_by_asc(Column::Id).all(&tx.conn).await?;
    for question in questions {
        let row = quiz_question::ActiveModel {
            id: Set(tx.new_id()?),
            quiz_id: Set(quiz),
            bank_id: Set(bank),
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

async fn copy_draws<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    (from, to): (QuizId, QuizId),
    banks: &HashMap<BankId, BankId>,
) -> Result<()> {
    use quiz_draw::{ActiveModel, Column, Entity};
    for draw in Entity::live().filter(Column::QuizId.eq(from)).order_by_asc(Column::Id).all(&tx.conn).await? {
        let Some(bank) = banks.get(&draw.bank_id) else { continue };
        let row = ActiveModel {
            id: Set(tx.new_id()?),
            quiz_id: Set(to),
            bank_id: Set(*bank),
            count: Set(draw.count),
            points: Set(draw.points),
            order_index: Set(draw.order_index),
            ..Default::default()
        };
        tx.insert(permit, row).await?;
    }
    Ok(())
}
