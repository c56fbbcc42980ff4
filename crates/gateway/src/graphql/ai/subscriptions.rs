use ai::{AnswerState, ChatRow, reading};
use async_graphql::{Context, SimpleObject, Subscription};
use futures_util::Stream;
use kernel::{ChatId, Error, Viewer};

use super::AiChat;
use crate::{
    app::App,
    graphql::{
        context::Req,
        error::Result,
        id::Id,
        polling::{Polled, poll},
    },
};

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
        Ok(poll(ctx.req(), Answer(message_id.at(&["messageId"])?)))
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

/// An answer that is being written.
struct Answer(ChatId);

impl Polled for Answer {
    // One reads along.
    const FASTER: u32 = 4;
    type Seen = ChatRow;
    /// How far the answer is, and how much of it has come.
    type State = (AnswerState, usize);
    type Told = TutorAnswerPart;

    async fn look(&self, app: &App, viewer: &Viewer) -> kernel::Result<ChatRow> {
        reading::chats(app.db.read(), viewer, &[self.0]).await?.remove(&self.0).ok_or(Error::NotFound)
    }

    fn state(&self, row: &ChatRow, _: &App, _: &Viewer) -> Self::State {
        (row.state, row.response.len())
    }

    async fn tell(
        &self,
        row: ChatRow,
        before: Option<&Self::State>,
        _: &App,
    ) -> kernel::Result<Option<TutorAnswerPart>> {
        let text = row.response.get(before.map_or(0, |(_, length)| *length)..).unwrap_or_default().into();
        Ok(Some(TutorAnswerPart { text, message: row.into() }))
    }

    fn is_last(&self, (state, _): &Self::State) -> bool {
        matches!(state, AnswerState::Complete | AnswerState::Failed)
    }
}
