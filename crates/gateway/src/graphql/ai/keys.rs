//! What is loaded of conversations with the tutor.

use ai::{
    ChatDetails, ChatRow, ConversationRow, SourceVersion,
    questions::{self, RunRow, SuggestionRow},
    reading::{
        self, chats_of_conversations, chats_of_courses, chats_of_users, count_chats_of_conversations,
        count_chats_of_courses, count_chats_of_users,
    },
};
use kernel::{ChatId, ConversationId, CourseId, QuestionSuggestionId, SuggestionRunId, TutorSourceId, UserId};

use crate::graphql::keys::{edge, key};

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
    /// Which version of its words a source has by now.
    VersionOfSource: TutorSourceId => SourceVersion, reading::versions
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
