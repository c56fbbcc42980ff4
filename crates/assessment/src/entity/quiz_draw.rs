use kernel::{BankId, DrawId, QuizId};
use sea_orm::entity::prelude::*;

/// A place in a quiz for questions that each attempt draws from a bank.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quiz_draws")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DrawId,
    pub quiz_id: QuizId,
    pub bank_id: BankId,
    /// How many are drawn.
    pub count: i32,
    /// What each is worth, in hundredths, whatever the bank says.
    pub points: i32,
    /// Where it stands among the questions of the quiz.
    pub order_index: i32,
}

impl ActiveModelBehavior for ActiveModel {}
