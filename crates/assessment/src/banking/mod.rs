//! Question banks: questions of a course that its quizzes draw from.

mod creating;
mod deleting;
mod reading;
mod updating;

pub use creating::{NewBank, create_bank};
pub use deleting::delete_bank;
pub use reading::{
    banks, banks_of_courses, count_banks_of_courses, count_questions_of_banks, draws, draws_of_quizzes,
    questions_of_banks,
};
pub use updating::{BankChange, update_bank};

use kernel::{BankId, Check, Error, Live, Result, Tx};
use sea_orm::{ColumnTrait, QueryFilter};

use crate::{
    BankRow, question_bank,
    rules::{BANK_DESCRIPTION_TOO_LONG, BANK_NAME_INVALID},
    wording::{is_text, is_text_or_none},
};

fn check(name: Option<&str>, description: Option<&str>) -> Result<()> {
    let mut check = Check::new();
    check.require(name.is_none_or(|name| is_text(name, 255)), BANK_NAME_INVALID.at("name"));
    let is_description = description.is_none_or(|text| is_text_or_none(text, 20_000));
    check.require(is_description, BANK_DESCRIPTION_TOO_LONG.at("description"));
    check.done()
}

/// The bank as the transaction has made it.
async fn now(tx: &Tx, bank: BankId) -> Result<BankRow> {
    let found = question_bank::Entity::live().filter(question_bank::Column::Id.eq(bank)).into_partial_model();
    found.one(&tx.conn).await?.ok_or(Error::NotFound)
}
