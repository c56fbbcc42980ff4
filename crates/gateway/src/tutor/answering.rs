use std::sync::Arc;

use ai::{
    AnswerQuestion, Failure, Pieces, Restriction, ai_chat,
    answering::{self, Ended},
    citing::{Context, cited},
    extractive,
    passages::{AskedWords, Passage, choose, citable, likely},
    prompting::{affordable, retell, sources_of},
};
use chrono::Duration;
use kernel::{CourseId, Error, Result, Viewer};

use super::{
    indexing,
    streaming::{Came, stream},
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
        None => failed(name, Failure::Interrupted, String::new()),
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
        return Ok(failed("", Failure::AttemptOpen, String::new()));
    };
    indexing::catch_up(app, course).await?;
    let mut grounds = grounds(app, chat, viewer, course).await?;
    if grounds.passages.is_empty() {
        return Ok(Ended { response: extractive::NOTHING.into(), ..complete(extractive::NAME) });
    }
    match &app.model {
        None => {
            let answer = extractive::answer(&grounds.words, &grounds.passages, restriction);
            finish(app, chat, (extractive::NAME, 0), &grounds, extractive::pieces(&answer)).await
        }
        Some(model) => {
            let open = citable(app.db.read(), viewer, (course, app.world.now()), &sources_of(&grounds.earlier)).await?;
            let earlier = retell(&grounds.earlier, &open);
            let prompt = affordable(&chat.message, &mut grounds.passages, &earlier, restriction);
            let asked = prompt.most_tokens() - i64::from(prompt.max_tokens);
            match model.answer(&prompt).await {
                Ok(pieces) => finish(app, chat, (model.name(), asked), &grounds, pieces).await,
                Err(error) => Ok(failed(model.name(), failure(&error), String::new())),
            }
        }
    }
}

/// What is allowed by now: whoever asked may have begun a quiz since. None when nothing is.
async fn allowed(app: &App, chat: &ai_chat::Model, course: CourseId) -> Result<Option<Restriction>> {
    let now = app.world.now();
    let has_open_attempt = assessment::has_open_attempt(app.db.read(), chat.user_id, course, now).await?;
    let terms = ai::terms_of(app.db.read(), course).await?;
    match ai::restriction(terms, has_open_attempt) {
        Ok(Restriction::Allowed) => Ok(Some(chat.restriction)),
        Ok(restriction) => Ok(Some(restriction)),
        Err(Error::Broken(_)) => Ok(None),
        Err(error) => Err(error),
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

/// Writes down what comes, and sees what it stands on.
async fn finish(
    app: &Arc<App>,
    chat: &ai_chat::Model,
    (model, asked): (&str, i64),
    grounds: &Grounds,
    pieces: Pieces,
) -> Result<Ended> {
    let Came { mut text, usage, error } = stream(app, chat.id, pieces).await?;
    if let Some(error) = error {
        return Ok(failed(model, failure(&error), text));
    }
    if text.trim().is_empty() {
        return Ok(failed(model, Failure::Unreadable, text));
    }
    let citations = cited(&text, &grounds.passages);
    let tokens = match model {
        extractive::NAME => 0,
        _ => usage.unwrap_or_else(|| asked + ai::about_tokens(&text)),
    };
    if citations.is_empty() {
        text.push_str(extractive::UNGROUNDED);
    }
    Ok(Ended { response: text, context: Context { citations }, tokens, ..complete(model) })
}

fn complete(model: &str) -> Ended {
    Ended { response: String::new(), context: Context::default(), tokens: 0, model: model.into(), failure: None }
}

fn failed(model: &str, failure: Failure, response: String) -> Ended {
    Ended { response, failure: Some(failure), ..complete(model) }
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
