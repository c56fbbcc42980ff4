use kernel::{BankId, CourseId, Permit, QuizId, Result, SectionId, Tx};
use sea_orm::{ActiveEnum, Set};

use super::{PortableBank, PortableDraw, PortableQuiz};
use crate::{
    QuestionType, QuizType, authoring::Home, question::StoredQuestion, question_bank, quiz, quiz_draw, quiz_question,
    versions::freeze_as_it_is,
};

/// Adds the banks of a package to its course.
pub async fn add_portable_banks<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    course: CourseId,
    banks: Vec<PortableBank>,
) -> Result<Vec<BankId>> {
    let mut ids = vec![];
    for portable in banks {
        portable.check()?;
        let row = question_bank::ActiveModel {
            id: Set(tx.new_id()?),
            course_id: Set(course),
            name: Set(portable.name),
            description: Set(portable.description),
            version: Set(1),
            ..Default::default()
        };
        let bank = tx.insert(permit, row).await?.id;
        add_questions(tx, permit, Home::Bank(bank), (0..).zip(portable.questions)).await?;
        ids.push(bank);
    }
    Ok(ids)
}

/// Adds the quizzes of a package to its course. What is published is frozen as it came.
pub async fn add_portable_quizzes<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    (course, sections, banks): (CourseId, &[SectionId], &[BankId]),
    quizzes: Vec<PortableQuiz>,
) -> Result<()> {
    for (place, portable) in (0..).zip(quizzes) {
        portable.check(banks.len())?;
        let section = portable.section.and_then(|section| sections.get(section)).copied();
        let row = row(tx, (course, section, place), &portable)?;
        let quiz = tx.insert(permit, row).await?;
        add_items(tx, permit, (quiz.id, banks), portable).await?;
        if quiz.is_published {
            freeze_as_it_is(tx, permit, &quiz).await?;
        }
    }
    Ok(())
}

fn row(tx: &mut Tx, place: (CourseId, Option<SectionId>, i32), portable: &PortableQuiz) -> Result<quiz::ActiveModel> {
    let settings = &portable.settings;
    Ok(quiz::ActiveModel {
        id: Set(tx.new_id()?),
        course_id: Set(place.0),
        section_id: Set(place.1),
        title: Set(portable.title.clone()),
        description: Set(portable.description.clone()),
        quiz_type: Set(QuizType::try_from_value(&portable.quiz_type)?),
        passing_score: Set(portable.passing_score),
        time_limit: Set(portable.time_limit),
        max_attempts: Set(portable.max_attempts),
        is_randomized: Set(portable.is_randomized),
        is_published: Set(portable.is_published),
        order_index: Set(place.2),
        version: Set(1),
        opens_at: Set(settings.opens_at),
        due_at: Set(settings.due_at),
        show_key_after: Set(settings.show_key_after),
        grade_method: Set(settings.grade_method),
        is_required: Set(settings.is_required),
        grace_period: Set(settings.grace_period),
        ..Default::default()
    })
}

/// Questions and draws have their places in one list.
async fn add_items<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    (quiz, banks): (QuizId, &[BankId]),
    portable: PortableQuiz,
) -> Result<()> {
    let before = |place: usize| portable.draws.iter().filter(|draw| draw.after <= place).count();
    let number = |place: usize| i32::try_from(place).unwrap_or(i32::MAX);
    let places = (0..portable.questions.len()).map(|place| number(place + before(place))).collect::<Vec<_>>();
    let count = portable.questions.len();
    add_questions(tx, permit, Home::Quiz(quiz), places.into_iter().zip(portable.questions)).await?;
    for (others, PortableDraw { bank, count: drawn, points, after }) in portable.draws.into_iter().enumerate() {
        let Some(bank) = banks.get(bank) else { continue };
        let row = quiz_draw::ActiveModel {
            id: Set(tx.new_id()?),
            quiz_id: Set(quiz),
            bank_id: Set(*bank),
            count: Set(drawn),
            points: Set(points),
            order_index: Set(number(after.min(count) + others)),
            ..Default::default()
        };
        tx.insert(permit, row).await?;
    }
    Ok(())
}

async fn add_questions<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    home: Home,
    questions: impl Iterator<Item = (i32, StoredQuestion)>,
) -> Result<()> {
    let (quiz, bank) = match home {
        Home::Quiz(quiz) => (Some(quiz), None),
        Home::Bank(bank) => (None, Some(bank)),
    };
    for (place, portable) in questions {
        let row = quiz_question::ActiveModel {
            id: Set(tx.new_id()?),
            quiz_id: Set(quiz),
            bank_id: Set(bank),
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
