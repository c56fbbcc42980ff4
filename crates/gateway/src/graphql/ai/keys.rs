//! What is loaded of conversations with the tutor.

use std::collections::HashMap;

use ai::{
    ChatDetails, ChatRow, ConversationRow,
    questions::{self, RunRow, SuggestionRow},
    reading::{
        self, chats_of_conversations, chats_of_courses, chats_of_users, count_chats_of_conversations,
        count_chats_of_courses, count_chats_of_users,
    },
};
use chrono::{DateTime, Utc};
use kernel::{ChatId, ConversationId, CourseId, QuestionSuggestionId, SuggestionRunId, TutorSourceId, UserId};

use crate::graphql::{
    keys::{edge, key},
    loader::{Key, Reader},
};

/// Which version of its words a source has at this moment, if it may be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VersionOfSource(pub TutorSourceId, pub DateTime<Utc>);

impl Key for VersionOfSource {
    type Value = i32;

    async fn load(reader: &Reader, keys: &[Self]) -> kernel::Result<HashMap<Self, Self::Value>> {
        // A request has one moment.
        let Some(Self(_, now)) = keys.first() else {
            return Ok(HashMap::new());
        };
        let ids: Vec<TutorSourceId> = keys.iter().map(|key| key.0).collect();
        let found = ai::passages::versions(reader.db.read(), &reader.viewer, *now, &ids).await?;
        Ok(found.into_iter().map(|(id, version)| (Self(id, *now), version)).collect())
    }
}

key! {
    /// An exchange with the tutor.
    ChatById: ChatId => ChatRow, reading::chats
}
key! {
    /// The heavy columns of an exchange.
    DetailsOfChat: ChatId => ChatDetails, reading::chat_details
}
key! {
    /// A conversation.
    ConversationById: ConversationId => ConversationRow, reading::conversations
}
key! {
    /// Questions that were asked for.
    RunById: SuggestionRunId => RunRow, questions::runs
}
key! {
    /// A question that was proposed.
    SuggestionById: QuestionSuggestionId => SuggestionRow, questions::suggestions_by_id
}
key! {
    /// What was proposed at a time.
    SuggestionsOfRun: SuggestionRunId => Vec<SuggestionRow>, questions::suggestions_of_runs
}
edge! {
    /// What a person asked.
    ChatsOfUser, ChatCountOfUser: UserId => ChatRow, chats_of_users, count_chats_of_users
}
edge! {
    /// What was asked about a course.
    ChatsOfCourse, ChatCountOfCourse: CourseId => ChatRow, chats_of_courses, count_chats_of_courses
}
edge! {
    /// What was said in a conversation.
    ChatsOfConversation, ChatCountOfConversation: ConversationId => ChatRow, chats_of_conversations, count_chats_of_conversations
}
