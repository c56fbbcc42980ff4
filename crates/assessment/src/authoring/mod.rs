//! How quizzes and their questions come about and change. Every change locks the course, then the quiz or the bank, asks what the
//! viewer is on the course's staff, and counts the version of what it changed.

mod creating;
mod deleting;
mod drawing;
mod home;
mod ordering;
mod publishing;
mod questions;
mod readiness;
mod settings;
mod updating;

pub use creating::{NewQuiz, create_quiz};
pub use deleting::delete_quiz;
pub use drawing::{DrawChange, DrawEdited, NewDraw, add_draw, delete_draw, update_draw};
pub use home::{Edited, Home};
pub(crate) use home::{Opened, count_on, open, open_bank};
pub use ordering::{ItemId, reorder_questions};
pub use publishing::{publish_quiz, unpublish_quiz};
pub use questions::{QuestionChange, add_question, delete_question, update_question};
pub(crate) use questions::{free_places, insert_question};
pub use readiness::{Readiness, quiz_readiness};
pub use settings::QuizChange;
pub use updating::update_quiz;

use kernel::{Error, Live, QuizId, Result, Tx};
use sea_orm::{ColumnTrait, QueryFilter};

use crate::{QuizRow, quiz};

/// The quiz as the transaction has made it.
pub(crate) async fn now(tx: &Tx, quiz: QuizId) -> Result<QuizRow> {
    let found = quiz::Entity::live().filter(quiz::Column::Id.eq(quiz)).into_partial_model();
    found.one(&tx.conn).await?.ok_or(Error::NotFound)
}
