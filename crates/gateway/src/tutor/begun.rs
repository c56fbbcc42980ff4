use ai::{Restriction, ai_chat};
use kernel::{CourseId, Error, Result};

use crate::app::App;

/// An answer that has begun.
pub struct Begun<'a> {
    pub chat: &'a ai_chat::Model,
    pub course: CourseId,
    pub restriction: Restriction,
    pub model: &'a str,
    /// In tokens, what the model was told.
    pub asked: i64,
}

impl Begun<'_> {
    /// What is allowed by now. None when nothing is.
    pub async fn allowed(&self, app: &App) -> Result<Option<Restriction>> {
        allowed(app, self.chat, self.course).await
    }

    /// Is as much allowed as when it began?
    pub async fn may_go_on(&self, app: &App) -> Result<bool> {
        Ok(self.allowed(app).await? == Some(self.restriction))
    }
}

/// What is allowed by now: whoever asked may have begun a quiz since. None when nothing is.
pub async fn allowed(app: &App, chat: &ai_chat::Model, course: CourseId) -> Result<Option<Restriction>> {
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
