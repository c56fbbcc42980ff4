use courses::{bump, course_section, edit};
use kernel::{AuditRecord, CourseId, EntityId, Live, Result, SectionId, Tx};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};

use super::{QuizChange, now};
use crate::{
    GradeMethod, QuizRow, QuizType, ShowKeyAfter,
    quiz::{ActiveModel, Column, Entity},
    rules::{QUIZ_SECTION_NOT_FOUND, QUIZ_TOO_MANY, QUIZ_WINDOW_INVALID},
};

/// A quiz to be; what the change leaves out has a default.
#[derive(Clone, Debug)]
pub struct NewQuiz {
    pub course: CourseId,
    pub section: Option<SectionId>,
    pub title: String,
    pub change: QuizChange,
}

/// They are one list in the curriculum.
const MOST_QUIZZES: u64 = 500;

/// Adds a quiz without questions at the end of its section: a draft that learners don't see.
pub async fn create_quiz(tx: &mut Tx, new: NewQuiz) -> Result<QuizRow> {
    let permit = edit(tx, new.course).await?;
    let mut change = QuizChange { title: Some(new.title), ..new.change };
    change.check()?;
    if let (Some(Some(opens)), Some(Some(due))) = (change.opens_at, change.due_at)
        && opens >= due
    {
        return Err(QUIZ_WINDOW_INVALID.at("dueAt").into());
    }
    check_section(tx, new.course, new.section).await?;
    let quizzes = Entity::live().filter(Column::CourseId.eq(new.course));
    if quizzes.clone().count(&tx.conn).await? >= MOST_QUIZZES {
        return Err(QUIZ_TOO_MANY.at("courseId").into());
    }
    let last = quizzes.order_by_desc(Column::OrderIndex).one(&tx.conn).await?;
    let mut row = ActiveModel {
        id: Set(tx.new_id()?),
        course_id: Set(new.course),
        section_id: Set(new.section),
        description: Set(String::new()),
        quiz_type: Set(QuizType::Practice),
        show_key_after: Set(ShowKeyAfter::Submission),
        grade_method: Set(GradeMethod::Highest),
        is_published: Set(false),
        order_index: Set(last.map_or(0, |last| last.order_index.saturating_add(1))),
        version: Set(1),
        ..Default::default()
    };
    change.apply(&mut row);
    let quiz = tx.insert(&permit, row).await?;
    bump(tx, &permit, new.course).await?;
    let record = AuditRecord::new("quiz.created", quiz.id).with("courseId", new.course.to_wire());
    tx.record(record.with("title", &*quiz.title)).await?;
    now(tx, quiz.id).await
}

async fn check_section(tx: &Tx, course: CourseId, section: Option<SectionId>) -> Result<()> {
    use course_section::{Column, Entity};
    let Some(section) = section else { return Ok(()) };
    let found = Entity::live().filter(Column::Id.eq(section)).filter(Column::CourseId.eq(course));
    match found.one(&tx.conn).await? {
        Some(_) => Ok(()),
        None => Err(QUIZ_SECTION_NOT_FOUND.at("sectionId").into()),
    }
}
