use std::sync::Arc;

use ai::{
    AnswerQuestion, Failure, Pieces, Restriction, ai_chat,
    answering::{self, Ended},
    citing::{Context, cited},
    extractive,
    passages::{AskedWords, Passage, choose, citable, likely},
    prompting::{affordable, retell, sources_of},
    tidying::shown,
};
use chrono::Duration;
use kernel::{CourseId, Error, Result, Viewer};

use super::{
    begun::{Begun, allowed},
    indexing,
    streaming::stream,
};
use crate::{app::App, jobs::EndLostAnswers};

/// No answer takes that long: who worked on it is gone.
const LOST_AFTER: Duration = Duration::minutes(15);

/// Answers a question, or ends what somebody else has begun and left.
pub async fn answer(app: &Arc<App>, job: AnswerQuestion) -> Result<()> {
    let name = app.model.as_ref().map_or(extractive::NAME, |model| model.name());
    let begun = app.write_as_system(async |tx| {
        let Some(chat) = answering::begin(tx, &job, name).await? else {
            return Ok(None);
        };
        let viewer = accounts::on_behalf_of(tx, chat.user_id).await?;
        Ok(Some((chat, viewer)))
    });
    let Some((chat, viewer)) = begun.await? else {
        return Ok(());
    };
    let ended = match viewer.zip(chat.course_id) {
        Some((viewer, course)) => work(app, &chat, &viewer, course).await?,
        // Nobody reads it.
        None => failed(name, chat.restriction, Failure::Interrupted, String::new()),
    };
    app.write_as_system(async |tx| answering::end(tx, &chat, ended).await).await
}

/// Ends the answers that nobody works on any more, whatever became of their jobs.
pub async fn end_lost(app: &Arc<App>, _: EndLostAnswers) -> Result<()> {
    let ended = app.write_as_system(async |tx| answering::end_lost(tx, LOST_AFTER).await).await?;
    tracing::debug!(ended, "answers that were lost");
    Ok(())
}

/// What a question is answered from.
struct Grounds {
    words: AskedWords,
    passages: Vec<Passage>,
    earlier: Vec<ai_chat::Model>,
}

async fn work(app: &Arc<App>, chat: &ai_chat::Model, viewer: &Viewer, course: CourseId) -> Result<Ended> {
    let Some(restriction) = allowed(app, chat, course).await? else {
        return Ok(failed("", chat.restriction, Failure::AttemptOpen, String::new()));
    };
    indexing::catch_up(app, course).await?;
    let mut grounds = grounds(app, chat, viewer, course).await?;
    if grounds.passages.is_empty() {
        return Ok(Ended { response: extractive::NOTHING.into(), restriction, ..complete(extractive::NAME) });
    }
    let begun = |model, asked| Begun { chat, course, restriction, model, asked };
    match &app.model {
        None => {
            let answer = extractive::answer(&grounds.words, &grounds.passages, restriction);
            finish(app, begun(extractive::NAME, 0), &grounds, extractive::pieces(&answer)).await
        }
        Some(model) => {
            let open = citable(app.db.read(), viewer, (course, app.world.now()), &sources_of(&grounds.earlier)).await?;
            let earlier = retell(&grounds.earlier, &open);
            let prompt = affordable(&chat.message, &mut grounds.passages, &earlier, restriction);
            let asked = prompt.most_tokens() - i64::from(prompt.max_tokens);
            match model.answer(&prompt).await {
                Ok(pieces) => finish(app, begun(model.name(), asked), &grounds, pieces).await,
                Err(error) => Ok(failed(model.name(), restriction, failure(&error), String::new())),
            }
        }
    }
}

async fn grounds(app: &App, chat: &ai_chat::Model, viewer: &Viewer, course: CourseId) -> Result<Grounds> {
    let earlier = ai::earlier(app.db.read(), chat).await?;
    let about = match courses::look(app.db.read(), viewer, course).await {
        Ok(taught) => taught.course,
        // By now they don't even see the course.
        Err(Error::NotFound) => return Ok(Grounds { words: AskedWords::default(), passages: vec![], earlier }),
        Err(error) => return Err(error),
    };
    let mut words = AskedWords::of(&chat.message, &about.language);
    if let Some(last) = earlier.last() {
        words = words.with_earlier(&last.message, &about.language);
    }
    let found = likely(app.db.read(), viewer, (course, app.world.now()), &words).await?;
    let passages = if words.as_slice().is_empty() { found } else { choose(&about.title, &words, found) };
    Ok(Grounds { words, passages, earlier })
}

/// Writes down what comes, and sees what it stands on. What is allowed may change meanwhile.
async fn finish(app: &Arc<App>, begun: Begun<'_>, grounds: &Grounds, pieces: Pieces) -> Result<Ended> {
    let Begun { restriction, model, asked, .. } = begun;
    let is_model = model != extractive::NAME;
    let sources = is_model.then_some(grounds.passages.len());
    let came = stream(app, &begun, sources, pieces).await?;
    let tokens = if is_model { came.usage.unwrap_or_else(|| asked + ai::about_tokens(&came.text)) } else { 0 };
    let response = shown(&came.text, sources, true);
    match begun.allowed(app).await? {
        // What has come so far helps them, too. The model has said it, and is paid.
        None => {
            let tokens = if came.error.is_none() { tokens } else { 0 };
            return Ok(Ended { tokens, ..failed(model, restriction, Failure::AttemptOpen, String::new()) });
        }
        Some(Restriction::Hints) if restriction != Restriction::Hints => {
            let hints = extractive::answer(&grounds.words, &grounds.passages, Restriction::Hints);
            return Ok(ended(hints, grounds, Ended { tokens, restriction: Restriction::Hints, ..complete(model) }));
        }
        Some(_) => {}
    }
    if let Some(error) = came.error {
        return Ok(failed(model, restriction, failure(&error), response));
    }
    if response.trim().is_empty() {
        return Ok(failed(model, restriction, Failure::Unreadable, response));
    }
    let is_truncated = came.is_truncated && is_model;
    Ok(ended(response, grounds, Ended { tokens, restriction, is_truncated, ..complete(model) }))
}

fn ended(mut response: String, grounds: &Grounds, ended: Ended) -> Ended {
    let citations = cited(&response, &grounds.passages);
    if citations.is_empty() {
        response.push_str(extractive::UNGROUNDED);
    }
    Ended { response, context: Context { citations }, ..ended }
}

fn complete(model: &str) -> Ended {
    Ended {
        response: String::new(),
        context: Context::default(),
        tokens: 0,
        model: model.into(),
        failure: None,
        restriction: Restriction::Allowed,
        is_truncated: false,
    }
}

fn failed(model: &str, restriction: Restriction, failure: Failure, response: String) -> Ended {
    Ended { response, restriction, failure: Some(failure), ..complete(model) }
}

fn failure(error: &ai::ModelError) -> Failure {
    tracing::warn!(%error, "a model failed");
    match error {
        ai::ModelError::Unavailable => Failure::Unavailable,
        ai::ModelError::TimedOut => Failure::TimedOut,
        ai::ModelError::Cut => Failure::CutOff,
        ai::ModelError::Garbage => Failure::Unreadable,
        ai::ModelError::Refused(_) => Failure::Refused,
    }
}
