use std::sync::Arc;

use ai::{
    Model, ModelError, budgeting,
    passages::{Passage, collect},
    questions::{self, Asking, Draft, Known, SuggestQuestions, Wanted, propose},
    rules::{AI_UNAVAILABLE, SUGGESTIONS_NOTHING, SUGGESTIONS_UNREADABLE},
};
use kernel::{Error, Result, Rule};

use super::indexing;
use crate::app::App;

/// What came of a request.
enum Outcome {
    /// These, written by this model or by none.
    Made(Option<String>, Vec<Draft>),
    Failed(Rule, String),
}

impl Outcome {
    /// Without what was proposed before.
    fn fresh(self, known: &Known, passages: &[Passage], most: u32) -> Self {
        let Self::Made(model, drafts) = self else {
            return self;
        };
        let mut drafts = known.fresh(passages, drafts);
        drafts.truncate(most as usize);
        if drafts.is_empty() { failed(SUGGESTIONS_NOTHING) } else { Self::Made(model, drafts) }
    }
}

/// Makes the questions that an author asked for. Done twice, it is done once; a model may have been asked twice by then.
pub async fn suggest_questions(app: &Arc<App>, job: SuggestQuestions) -> Result<()> {
    let Some(wanted) = questions::wanted(app.db.read(), job.run).await? else {
        return Ok(());
    };
    indexing::catch_up(app, wanted.course).await?;
    let passages = collect(app.db.read(), wanted.course, &wanted.about).await?;
    let known = questions::known(app.db.read(), wanted.course).await?;
    let outcome = match &app.model {
        _ if passages.is_empty() => failed(SUGGESTIONS_NOTHING),
        Some(model) => ask(app, &**model, &wanted, &passages).await?.fresh(&known, &passages, wanted.most),
        // Of all that it could ask, what it has not asked yet.
        None => Outcome::Made(None, propose(&passages, usize::MAX)).fresh(&known, &passages, wanted.most),
    };
    let write = app.write_as_system(async |tx| match outcome {
        Outcome::Made(model, drafts) => questions::finish(tx, wanted.run, model.as_deref(), &passages, drafts).await,
        Outcome::Failed(rule, says) => questions::fail(tx, wanted.run, rule, &says).await,
    });
    write.await
}

/// What is asked for is paid by the budget of who asked, and of the course.
async fn ask(app: &Arc<App>, model: &dyn Model, wanted: &Wanted, passages: &[Passage]) -> Result<Outcome> {
    let (asking, school) = (Asking::new(passages, wanted.most), app.ai_budget);
    let (user, course, tokens) = (wanted.user, wanted.course, asking.prompt.most_tokens());
    let kept = app.write_as_system(async |tx| budgeting::reserve(tx, &school, user, course, tokens).await).await;
    let reservation = match kept {
        Ok(reservation) => reservation,
        Err(Error::Broken(problems)) => return Ok(refused(problems)),
        Err(error) => return Err(error),
    };
    let answer = asking.ask(model).await;
    let write = app.write_as_system(async |tx| match &answer {
        Ok(answered) => budgeting::settle(tx, reservation, answered.tokens).await,
        Err(_) => budgeting::refund(tx, reservation).await,
    });
    write.await?;
    Ok(match answer {
        Ok(answered) if answered.drafts.is_empty() => failed(SUGGESTIONS_UNREADABLE),
        Ok(answered) => Outcome::Made(Some(model.name().into()), answered.drafts),
        Err(error) => unavailable(&error),
    })
}

fn refused(problems: Vec<kernel::Problem>) -> Outcome {
    match problems.into_iter().next() {
        Some(problem) => Outcome::Failed(problem.rule, problem.message.into()),
        None => failed(AI_UNAVAILABLE),
    }
}

/// What the model said of it is for the log only.
fn unavailable(error: &ModelError) -> Outcome {
    tracing::warn!(%error, "a model suggested no questions");
    failed(AI_UNAVAILABLE)
}

fn failed(rule: Rule) -> Outcome {
    Outcome::Failed(rule, rule.says.into())
}
