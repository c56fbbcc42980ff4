use kernel::{AuditRecord, Result, Tx};

use super::{Format, LineError, MOST_BYTES, read};
use crate::{
    authoring::{Home, count_on, free_places, insert_question, open},
    question::Question,
    rules::{IMPORT_EMPTY, IMPORT_TOO_LARGE},
};

/// What came of an import.
#[derive(Debug, Default)]
pub struct Imported {
    /// Those that were found; added unless it was a dry run, or something is wrong.
    pub questions: Vec<Question>,
    pub errors: Vec<LineError>,
}

/// Adds the questions of a file at the end of a quiz or a bank: all of them, or none and what is wrong with each. A dry run asks
/// all that the real thing asks, and adds nothing.
pub async fn import_questions(
    tx: &mut Tx,
    home: Home,
    format: Format,
    content: &str,
    is_dry_run: bool,
) -> Result<Imported> {
    let opened = open(tx, home).await?;
    if content.len() > MOST_BYTES {
        return Err(IMPORT_TOO_LARGE.at("content").into());
    }
    let questions = match read(format, content) {
        Ok(questions) => questions,
        Err(errors) => return Ok(Imported { errors, ..Imported::default() }),
    };
    if questions.is_empty() {
        return Err(IMPORT_EMPTY.at("content").into());
    }
    let place = free_places(tx, home, questions.len() as u64).await?;
    if is_dry_run {
        return Ok(Imported { questions, ..Imported::default() });
    }
    for (place, question) in (place..).zip(questions.clone()) {
        insert_question(tx, &opened.permit, (home, place), question).await?;
    }
    count_on(tx, &opened).await?;
    let record = match home {
        Home::Quiz(quiz) => AuditRecord::new("quiz.questions_imported", quiz),
        Home::Bank(bank) => AuditRecord::new("question_bank.questions_imported", bank),
    };
    tx.record(record.with("count", questions.len())).await?;
    Ok(Imported { questions, ..Imported::default() })
}
