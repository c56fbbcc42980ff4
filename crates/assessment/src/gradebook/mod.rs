//! What came of a quiz for all who sat it, for those who grade.

mod analysing;
mod deleted;
mod exporting;
mod results;

pub use analysing::{ItemAnalysis, LEAST, OptionCount, item_analysis};
pub use deleted::{DeletedQuizRow, attempt_counts, count_deleted_quizzes, deleted_quizzes};
pub use exporting::export_grades;
pub use results::{QuizResultRow, count_results, grades_of_learners, quiz_results};

use courses::look;
use kernel::{Error, QuizId, Result, Viewer, allow};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

use crate::{policy::Grade, quiz};

/// The quiz, if the viewer may grade there. A deleted one, too: nobody loses what learners have of it.
async fn gradable(db: &impl ConnectionTrait, viewer: &Viewer, id: QuizId) -> Result<quiz::Model> {
    let seen = quiz::Entity::visible_to(viewer).filter(quiz::Column::Id.eq(id)).one(db).await?;
    let found = match seen {
        None => quiz::Entity::deleted_for(viewer).filter(quiz::Column::Id.eq(id)).one(db).await?,
        seen => seen,
    };
    let quiz = found.ok_or(Error::NotFound)?;
    allow::<Grade, _>(viewer, look(db, viewer, quiz.course_id).await?)?;
    Ok(quiz)
}
