use std::sync::Arc;

use ai::{AnswerState, ChatRow, reading};
use async_graphql::{Context, SimpleObject, Subscription};
use futures_util::{Stream, stream::unfold};
use kernel::{ChatId, Error, Viewer};
use tokio::time::{Instant, Interval, interval};

use super::AiChat;
use crate::{
    app::App,
    graphql::{
        context::Req,
        error::Result,
        id::Id,
        loader::{Loaders, Reader},
    },
};

/// So many times as often as other subscriptions look: one reads along.
const FASTER: u32 = 4;

#[derive(Default)]
pub struct TutorSubscription;

#[Subscription]
impl TutorSubscription {
    /// An answer of the tutor as it comes: first what there is, then what is added, to the end, when `message` has its
    /// citations. Whoever comes late misses nothing; after a cut, subscribe again, or read `node`. An error with the code
    /// `NOT_FOUND` when there is no such answer, or not for you (any more).
    async fn tutor_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which exchange.")] message_id: Id<ChatId>,
    ) -> Result<impl Stream<Item = Result<TutorAnswerPart>> + use<>> {
        let req = ctx.req();
        let follow = Follow {
            app: req.app.clone(),
            loaders: req.loaders.clone(),
            viewer: req.viewer(),
            chat: message_id.at(&["messageId"])?,
            looks: interval(req.app.look_every / FASTER),
            told: None,
            is_over: false,
        };
        Ok(unfold(follow, async |mut follow| follow.next().await.map(|event| (event, follow))))
    }
}

/// A part of an answer of the tutor.
#[derive(SimpleObject)]
pub struct TutorAnswerPart {
    /// What has been added since the part before, Markdown: all that there was in the first one.
    text: String,
    /// The exchange as it is now. Its `state` is `COMPLETE` or `FAILED` in the last part, and in no other.
    message: AiChat,
}

/// What is news: how far the answer is, and how much of it has come.
type State = (AnswerState, usize);

/// Looks at the row again and again, as that of a file is looked at: see `media/subscriptions.rs`.
struct Follow {
    app: Arc<App>,
    loaders: Arc<Loaders>,
    viewer: Viewer,
    chat: ChatId,
    looks: Interval,
    told: Option<State>,
    is_over: bool,
}

impl Follow {
    async fn next(&mut self) -> Option<Result<TutorAnswerPart>> {
        while !self.is_over {
            self.looks.tick().await;
            match self.look().await {
                // The session has ended: the connection says so itself.
                Ok(None) => return None,
                Ok(Some(row)) => {
                    let state = (row.state, row.response.len());
                    let told = self.told.replace(state);
                    if told != Some(state) {
                        self.is_over = matches!(row.state, AnswerState::Complete | AnswerState::Failed);
                        let text = row.response.get(told.map_or(0, |(_, length)| length)..).unwrap_or_default().into();
                        return Some(Ok(TutorAnswerPart { text, message: row.into() }));
                    }
                }
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(error.into()));
                }
            }
        }
        None
    }

    async fn look(&mut self) -> kernel::Result<Option<ChatRow>> {
        let app = &self.app;
        let Some(known) = accounts::identify_again(&app.db, &self.viewer, app.world.now()).await? else {
            return Ok(None);
        };
        self.viewer = known.viewer;
        let mut found = reading::chats(app.db.read(), &self.viewer, &[self.chat]).await?;
        let row = found.remove(&self.chat).ok_or(Error::NotFound)?;
        // Each event is an answer of its own, with the time and the edges that one may take.
        let reader = Reader { db: app.db.clone(), viewer: self.viewer.clone() };
        self.loaders.renew(reader, Instant::now() + app.timeout);
        Ok(Some(row))
    }
}
