use accounts::may_erase;
use kernel::{Result, Tx, UserId};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde_json::Value;

use crate::{quiz_accommodation, quiz_answer, quiz_attempt, score_override};

/// A person has gone: points stay for the quiz's figures, what the person wrote does not.
pub async fn erase_answers(tx: &Tx, user: UserId) -> Result<()> {
    let permit = may_erase(&tx.viewer, user)?;
    let theirs = quiz_answer::Column::AttemptId.in_subquery(attempts(user));
    let blank = vec![(quiz_answer::Column::Answer, Expr::val(Value::Null))];
    tx.redact::<_, _, quiz_answer::Entity>(&permit, theirs, blank).await?;
    let theirs = quiz_answer::Column::AttemptId.in_subquery(attempts(user));
    let silent = vec![(quiz_answer::Column::Feedback, Expr::val(""))];
    tx.redact::<_, _, quiz_answer::Entity>(&permit, theirs, silent).await?;
    // It could be tried out what was answered.
    let unmarked = vec![(quiz_attempt::Column::AnswersDigest, Expr::val(Option::<String>::None))];
    tx.redact::<_, _, quiz_attempt::Entity>(&permit, quiz_attempt::Column::UserId.eq(user), unmarked).await?;
    let silent = vec![(quiz_accommodation::Column::Reason, Expr::val(""))];
    let granted = quiz_accommodation::Column::UserId.eq(user);
    tx.redact::<_, _, quiz_accommodation::Entity>(&permit, granted, silent).await?;
    let silent = vec![(score_override::Column::Reason, Expr::val(""))];
    let theirs = score_override::Column::AttemptId.in_subquery(attempts(user));
    tx.redact::<_, _, score_override::Entity>(&permit, theirs, silent).await?;
    Ok(())
}

/// The ids of a person's attempts, deleted ones too.
#[expect(clippy::disallowed_methods, reason = "erasing leaves nothing behind")]
pub fn attempts(user: UserId) -> SelectStatement {
    use quiz_attempt::{Column, Entity};
    Entity::find().filter(Column::UserId.eq(user)).select_only().column(Column::Id).into_query()
}

/// Those of a person whose results are no longer held back, deleted ones too.
#[expect(clippy::disallowed_methods, reason = "a copy of one's data leaves nothing out")]
pub fn released_attempts(user: UserId) -> SelectStatement {
    use quiz_attempt::{Column, Entity};
    let released = Entity::find().filter(Column::UserId.eq(user)).filter(Column::IsHeld.eq(false));
    released.select_only().column(Column::Id).into_query()
}
