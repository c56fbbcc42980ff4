//! What stands between a quiz and its publication, and what its author may have forgotten. Publishing asks the same.

use courses::{course, course_section};
use kernel::{Error, Live, Problem, QuizId, Result, Viewer};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, prelude::DateTimeUtc};

use crate::{
    ShowKeyAfter,
    question::{Question, StoredQuestion},
    quiz,
    rules::{QUIZ_BANK_TOO_SMALL, QUIZ_NEEDS_QUESTION, QUIZ_QUESTION_BROKEN, QUIZ_WINDOW_OVER},
    versions::{Item, items},
    warnings::*,
};

/// What an author should know before publishing.
#[derive(Clone, Debug)]
pub struct Readiness {
    /// With one of these the quiz is not published.
    pub blockers: Vec<Problem>,
    /// With these it is, though it had better not be.
    pub warnings: Vec<Problem>,
}

/// Only those who work on the course are told.
pub async fn quiz_readiness(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    id: QuizId,
    now: DateTimeUtc,
) -> Result<Readiness> {
    let found = quiz::Entity::taught_by(viewer).filter(quiz::Column::Id.eq(id));
    let quiz = found.one(db).await?.ok_or(Error::NotFound)?;
    let items = items(db, id).await?;
    Ok(Readiness { blockers: blockers(&quiz, &items, now), warnings: warnings(db, &quiz, &items).await? })
}

/// Why the quiz can't be published as it is; nothing when it can.
pub(super) fn blockers(quiz: &quiz::Model, items: &[Item], now: DateTimeUtc) -> Vec<Problem> {
    let mut blockers = vec![];
    if items.is_empty() {
        blockers.push(QUIZ_NEEDS_QUESTION.at("id"));
    }
    if quiz.due_at.is_some_and(|due| due <= now) {
        blockers.push(QUIZ_WINDOW_OVER.at("id"));
    }
    for (number, item) in (1..).zip(items) {
        if item.questions().iter().any(|question| is_broken(&question.question)) {
            let message = match item {
                Item::Question(_) => format!("Question {number} does not hold together: write its content anew."),
                Item::Draw { name, .. } => {
                    format!("A question of the bank \"{name}\" does not hold together: write its content anew.")
                }
            };
            blockers.push(QUIZ_QUESTION_BROKEN.with("id", message));
        }
    }
    blockers.extend(small_banks(items));
    blockers
}

fn is_broken(question: &StoredQuestion) -> bool {
    Question::read(question).and_then(Question::checked).is_err()
}

/// Several draws from one bank never draw the same question.
fn small_banks(items: &[Item]) -> Vec<Problem> {
    let mut wanted: Vec<(kernel::BankId, &str, usize, i64)> = vec![];
    for item in items {
        let Item::Draw { bank, name, count, questions, .. } = item else { continue };
        match wanted.iter_mut().find(|(other, ..)| other == bank) {
            Some((.., total)) => *total += i64::from(*count),
            None => wanted.push((*bank, name, questions.len(), i64::from(*count))),
        }
    }
    let too_small = wanted.into_iter().filter(|(_, _, there, wanted)| *wanted > *there as i64);
    let message = |(_, name, there, wanted)| {
        let message = format!("{wanted} questions are to be drawn from the bank \"{name}\", which has {there}.");
        QUIZ_BANK_TOO_SMALL.with("id", message)
    };
    too_small.map(message).collect()
}

async fn warnings(db: &impl ConnectionTrait, quiz: &quiz::Model, items: &[Item]) -> Result<Vec<Problem>> {
    let course = course::Entity::live().filter(course::Column::Id.eq(quiz.course_id)).one(db).await?;
    let section = match quiz.section_id {
        Some(id) => course_section::Entity::live().filter(course_section::Column::Id.eq(id)).one(db).await?,
        None => None,
    };
    let explains = quiz.show_key_after != ShowKeyAfter::Never;
    let mut questions = items.iter().flat_map(Item::questions);
    let unexplained = explains && questions.any(|question| question.question.explanation.is_empty());
    let found = [
        (quiz.description.trim().is_empty(), QUIZ_WITHOUT_DESCRIPTION),
        (unexplained, QUIZ_QUESTION_UNEXPLAINED),
        (!course.is_some_and(|course| course.is_published), QUIZ_COURSE_UNPUBLISHED),
        (section.is_some_and(|section| !section.is_published), QUIZ_SECTION_UNPUBLISHED),
    ];
    Ok(found.into_iter().filter(|(is_so, _)| *is_so).map(|(_, rule)| rule.at("id")).collect())
}
