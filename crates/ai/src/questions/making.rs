//! What comes of a request, written by the job that makes it.

use kernel::{CourseId, Error, Live, Permit, Result, Rule, SuggestionRunId, Tx, UserId, allow};
use sea_orm::{ColumnTrait, ConnectionTrait, ExprTrait, QueryFilter, Set, sea_query::Expr};

use super::Draft;
use crate::{
    RunStatus,
    citing::Citation,
    passages::{About, Passage},
    policy::Make,
    question_suggestion,
    suggestion_run::{Column, Entity, Model},
};

/// The most letters of a passage that stand for it where nothing of it is quoted.
const QUOTED: usize = 300;

/// What a request that is under way wants.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub run: SuggestionRunId,
    pub course: CourseId,
    /// Whose budget pays.
    pub user: UserId,
    pub about: About,
    pub most: u32,
}

/// A request, while nothing has come of it.
pub async fn wanted(db: &impl ConnectionTrait, run: SuggestionRunId) -> Result<Option<Wanted>> {
    let open = Entity::live().filter(Column::Id.eq(run)).filter(Column::Status.eq(RunStatus::Running));
    let Some(run) = open.one(db).await? else {
        return Ok(None);
    };
    let about = About { sections: read(&run.section_ids)?, media: read(&run.media_ids)? };
    let most = u32::try_from(run.wanted).unwrap_or_default();
    Ok(Some(Wanted { run: run.id, course: run.course_id, user: run.user_id, about, most }))
}

fn read<I: serde::de::DeserializeOwned>(ids: &serde_json::Value) -> Result<Vec<I>> {
    serde_json::from_value(ids.clone()).map_err(|error| Error::Internal(format!("ids can't be read: {error}")))
}

/// These came of it; `model` wrote them, or nobody did. Whoever comes second changes nothing.
pub async fn finish(
    tx: &mut Tx,
    run: SuggestionRunId,
    model: Option<&str>,
    passages: &[Passage],
    drafts: Vec<Draft>,
) -> Result<()> {
    let sets =
        vec![(Column::Status, Expr::val(RunStatus::Ready)), (Column::Model, Expr::val(model.unwrap_or_default()))];
    let Some(permit) = end(tx, run, sets).await? else {
        return Ok(());
    };
    for (position, draft) in (0..).zip(drafts) {
        let row = row(tx, &permit, position, draft, passages)?;
        tx.insert(&permit, row).await?;
    }
    Ok(())
}

/// Nothing came of it, and why.
pub async fn fail(tx: &Tx, run: SuggestionRunId, rule: Rule, says: &str) -> Result<()> {
    let sets = vec![
        (Column::Status, Expr::val(RunStatus::Failed)),
        (Column::ErrorCode, Expr::val(rule.code)),
        (Column::Error, Expr::val(says)),
    ];
    end(tx, run, sets).await.map(drop)
}

/// Of two who end it, one finds it open.
async fn end(tx: &Tx, run: SuggestionRunId, sets: Vec<(Column, Expr)>) -> Result<Option<Permit<Make, Model>>> {
    let Some(found) = Entity::live().filter(Column::Id.eq(run)).one(&tx.conn).await? else {
        return Ok(None);
    };
    let permit = allow::<Make, _>(&tx.viewer, found)?;
    let open = Column::Id.eq(run).and(Column::Status.eq(RunStatus::Running));
    let ended = tx.change_where::<_, _, Entity>(&permit, open, sets).await?;
    Ok((ended > 0).then_some(permit))
}

fn row(
    tx: &mut Tx,
    run: &Model,
    position: i32,
    draft: Draft,
    passages: &[Passage],
) -> Result<question_suggestion::ActiveModel> {
    let missing = || Error::Internal("a question names a passage that there is not".into());
    let source = citation(passages.get(draft.passage).ok_or_else(missing)?, draft.quote);
    let unwritten = |error: serde_json::Error| Error::Internal(format!("a question can't be written: {error}"));
    Ok(question_suggestion::ActiveModel {
        id: Set(tx.new_id()?),
        run_id: Set(run.id),
        course_id: Set(run.course_id),
        position: Set(position),
        kind: Set(draft.content.kind()),
        question_text: Set(draft.text),
        content: Set(serde_json::to_value(&draft.content).map_err(unwritten)?),
        explanation: Set(draft.explanation),
        source: Set(serde_json::to_value(source).map_err(unwritten)?),
        ..Default::default()
    })
}

fn citation(passage: &Passage, quote: Option<String>) -> Citation {
    let whole = passage.words.chars().count() <= QUOTED;
    let beginning: String = passage.words.chars().take(QUOTED).collect();
    Citation {
        number: 1,
        kind: passage.kind,
        source: passage.source_id,
        version: passage.version,
        section: passage.section_id,
        media: passage.media_id,
        title: passage.title.clone(),
        quote: quote.unwrap_or_else(|| if whole { beginning } else { format!("{beginning} ...") }),
        starts_at: passage.starts_at,
        ends_at: passage.ends_at,
    }
}
