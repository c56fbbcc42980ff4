use kernel::{Error, QuestionId, Result, Viewer};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder};

use super::{Format, write};
use crate::{
    QuestionRow,
    authoring::Home,
    question_bank, quiz,
    quiz_question::{Column, Entity},
};

/// A question that the format has no form for.
#[derive(Clone, Debug)]
pub struct Refused {
    pub question: QuestionId,
    /// From 1.
    pub number: usize,
    pub message: String,
}

/// The questions of a quiz or a bank as a file; draws are not questions of the quiz. For those who work on the course. Either
/// all of them, or those that the format has no form for.
pub async fn export_questions(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    home: Home,
    format: Format,
) -> Result<Result<String, Vec<Refused>>> {
    let of_home = match home {
        Home::Quiz(id) => {
            let found = quiz::Entity::taught_by(viewer).filter(quiz::Column::Id.eq(id));
            found.one(db).await?.ok_or(Error::NotFound)?;
            Column::QuizId.eq(id)
        }
        Home::Bank(id) => {
            let found = question_bank::Entity::visible_to(viewer).filter(question_bank::Column::Id.eq(id));
            found.one(db).await?.ok_or(Error::NotFound)?;
            Column::BankId.eq(id)
        }
    };
    let rows = Entity::visible_to(viewer).filter(of_home).order_by_asc(Column::OrderIndex).order_by_asc(Column::Id);
    let rows: Vec<QuestionRow> = rows.into_partial_model().all(db).await?;
    let questions = rows.iter().map(QuestionRow::question).collect::<Result<Vec<_>>>()?;
    Ok(write(format, &questions).map_err(|refused| {
        let refused = refused
            .into_iter()
            .filter_map(|(place, message)| Some(Refused { question: rows.get(place)?.id, number: place + 1, message }));
        refused.collect()
    }))
}
