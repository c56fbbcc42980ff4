//! How an answer comes to be, as its row has it: begun once, written on while it comes, ended once.

use kernel::{ChatId, Live, Result, Tx, allow};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QuerySelect, sea_query::Expr};

use crate::{
    AnswerQuestion, AnswerState, Failure, Restriction,
    ai_chat::{Column, Entity, Model},
    citing::Context,
    extractive, paying,
    policy::Tutor,
    prompting::MOST_TOKENS,
};

/// How an answer ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// Markdown; what has come, when it failed.
    pub response: String,
    pub context: Context,
    pub tokens: i64,
    /// Which model answered.
    pub model: String,
    pub failure: Option<Failure>,
    /// What was allowed while it was made.
    pub restriction: Restriction,
    pub is_truncated: bool,
}

/// Begins an answer. None when there is nothing to do: it has ended or its conversation is gone, or somebody has begun it and
/// was lost. Then it ends here, because a model must not be asked twice. Where no model was and is asked, and nobody has read a
/// word, it begins anew.
pub async fn begin(tx: &Tx, job: &AnswerQuestion, model: &str) -> Result<Option<Model>> {
    let found = Entity::live().filter(Column::Id.eq(job.chat)).lock_exclusive().one(&tx.conn).await?;
    let Some(chat) = found else {
        paying::give_back(tx, job.reservation).await?;
        return Ok(None);
    };
    if chat.finished_at.is_some() {
        return Ok(None);
    }
    if chat.state == AnswerState::Streaming && !is_free(&chat, model) {
        interrupt(tx, chat).await?;
        return Ok(None);
    }
    let permit = allow::<Tutor, _>(&tx.viewer, tx.viewer.clone())?;
    let sets = vec![(Column::State, Expr::val(AnswerState::Streaming)), (Column::Model, Expr::val(model))];
    tx.change_where::<_, _, Entity>(&permit, Column::Id.eq(chat.id), sets).await?;
    Ok(Some(chat))
}

fn is_free(begun: &Model, model: &str) -> bool {
    [begun.model.as_str(), model] == [extractive::NAME; 2] && begun.response.is_empty()
}

/// Notes how far the answer has come. False when nobody waits for it any more.
pub async fn note(tx: &Tx, chat: ChatId, response: &str) -> Result<bool> {
    let permit = allow::<Tutor, _>(&tx.viewer, tx.viewer.clone())?;
    let sets = vec![(Column::Response, Expr::val(response))];
    Ok(tx.change_where::<_, _, Entity>(&permit, is_open(chat), sets).await? > 0)
}

/// Ends the answer, and pays for it. Whoever comes second changes nothing; nor does who comes when it was deleted.
pub async fn end(tx: &Tx, chat: &Model, ended: Ended) -> Result<()> {
    let permit = allow::<Tutor, _>(&tx.viewer, tx.viewer.clone())?;
    let state = if ended.failure.is_none() { AnswerState::Complete } else { AnswerState::Failed };
    let context = serde_json::to_value(&ended.context);
    let context = context.map_err(|error| kernel::Error::Internal(format!("a context can't be written: {error}")))?;
    let sets = vec![
        (Column::State, Expr::val(state)),
        (Column::Failure, Expr::val(ended.failure)),
        (Column::Response, Expr::val(ended.response)),
        (Column::IsGrounded, Expr::val(!ended.context.citations.is_empty())),
        (Column::IsTruncated, Expr::val(ended.is_truncated)),
        (Column::Restriction, Expr::val(ended.restriction)),
        (Column::ContextData, Expr::val(context)),
        (Column::TokensUsed, Expr::val(i32::try_from(Ord::min(ended.tokens, MOST_TOKENS)).unwrap_or_default())),
        (Column::Model, Expr::val(ended.model)),
        (Column::FinishedAt, Expr::val(tx.now)),
    ];
    tx.change_where::<_, _, Entity>(&permit, is_open(chat.id), sets).await?;
    // Also when it was deleted meanwhile, or stopped: the model has been asked, and who stops it in time would have no limit.
    paying::settle(tx, chat, ended.tokens).await
}

/// Ends the answers that nobody works on any more; answers how many.
pub async fn end_lost(tx: &Tx, since: chrono::Duration) -> Result<usize> {
    let lost = Entity::live().filter(Column::FinishedAt.is_null()).filter(Column::UpdatedAt.lt(tx.now - since));
    let lost = lost.lock_exclusive().all(&tx.conn).await?;
    let ended = lost.len();
    for chat in lost {
        interrupt(tx, chat).await?;
    }
    Ok(ended)
}

async fn interrupt(tx: &Tx, chat: Model) -> Result<()> {
    let ended = Ended {
        response: chat.response.clone(),
        context: Context::default(),
        tokens: 0,
        model: chat.model.clone(),
        failure: Some(Failure::Interrupted),
        restriction: chat.restriction,
        is_truncated: false,
    };
    end(tx, &chat, ended).await
}

fn is_open(chat: ChatId) -> Expr {
    Column::Id.eq(chat).and(Column::FinishedAt.is_null())
}
