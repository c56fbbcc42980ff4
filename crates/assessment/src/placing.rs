//! Where the quizzes of a course stand, and bringing about that they stand otherwise.

use courses::{Placement, edit, moved, versions::Placed};
use kernel::{AuditRecord, CourseId, EntityId, Live, QuizId, Result, SectionId, Tx, dialect};
use learning::Asked;
use sea_orm::{ColumnTrait, ConnectionTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use serde_json::json;

use crate::quiz::{Column, Entity};

/// The quizzes of a course as they stand.
pub async fn placement(db: &impl ConnectionTrait, course: CourseId) -> Result<Placement<QuizId>> {
    let quizzes = Entity::live().filter(Column::CourseId.eq(course)).select_only();
    let quizzes = quizzes.column(Column::SectionId).column(Column::Id);
    let quizzes = quizzes.order_by_asc(Column::OrderIndex).order_by_asc(Column::CreatedAt).order_by_asc(Column::Id);
    let mut placement = Placement::new();
    for (section, quiz) in quizzes.into_tuple::<(Option<SectionId>, QuizId)>().all(db).await? {
        placement.entry(section).or_default().push(quiz);
    }
    Ok(placement)
}

/// Puts quizzes where the placement has them; what it does not name stays. The quizzes are the course's.
pub async fn place(tx: &mut Tx, course: CourseId, wanted: &Placement<QuizId>) -> Result<()> {
    let permit = edit(tx, course).await?;
    let at_present = placement(&tx.conn, course).await?;
    for (section, quizzes) in moved(&at_present, wanted).filter(|(_, quizzes)| !quizzes.is_empty()) {
        let which = dialect::any_of(tx.backend(), (Entity, Column::Id), quizzes).and(Column::CourseId.eq(course));
        let sets = vec![
            (Column::SectionId, Expr::val(section)),
            (Column::OrderIndex, dialect::place_in(tx.backend(), (Entity, Column::Id), quizzes)),
        ];
        tx.change_where::<_, _, Entity>(&permit, which, sets).await?;
        let order: Vec<_> = quizzes.iter().map(|quiz| quiz.to_wire()).collect();
        let record = AuditRecord::new("course.quizzes_placed", course);
        tx.record(record.with("section", section.map(EntityId::to_wire)).with("order", json!(order))).await?;
    }
    Ok(())
}

/// What stands where, and what it is called.
pub async fn contents(db: &impl ConnectionTrait, course: CourseId) -> Result<Vec<Placed>> {
    let quizzes = Entity::live().filter(Column::CourseId.eq(course)).select_only();
    let quizzes = quizzes.column(Column::SectionId).column(Column::Id).column(Column::Title);
    let quizzes = quizzes.order_by_asc(Column::SectionId).order_by_asc(Column::OrderIndex);
    let quizzes = quizzes.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id);
    let quizzes = quizzes.into_tuple::<(Option<SectionId>, QuizId, String)>().all(db).await?;
    Ok(quizzes.into_iter().map(|(section, id, title)| Placed { section, id: id.0, title }).collect())
}

/// The sections of a course that learners find a quiz in; none stands for the course as a whole.
pub async fn published_in(db: &impl ConnectionTrait, course: CourseId) -> Result<Vec<Option<SectionId>>> {
    let quizzes = Entity::live().filter(Column::CourseId.eq(course)).filter(Column::IsPublished.eq(true));
    Ok(quizzes.select_only().column(Column::SectionId).distinct().into_tuple().all(db).await?)
}

/// The published quizzes of a course that have to be passed to complete it, where learners find them.
pub async fn required_in(db: &impl ConnectionTrait, course: CourseId) -> Result<Vec<Asked>> {
    let quizzes = Entity::live().filter(Column::CourseId.eq(course)).filter(Column::IsPublished.eq(true));
    let quizzes = quizzes.filter(Column::IsRequired.eq(true)).select_only();
    let quizzes = quizzes.column(Column::SectionId).column(Column::Id);
    let quizzes = quizzes.order_by_asc(Column::OrderIndex).order_by_asc(Column::CreatedAt).order_by_asc(Column::Id);
    let quizzes = quizzes.into_tuple::<(Option<SectionId>, QuizId)>().all(db).await?;
    Ok(quizzes.into_iter().map(|(section, quiz)| Asked { section, quiz }).collect())
}
