//! Inputs and payloads of what one does with the tutor.

use ai::{Question, Terms, TermsChange};
use async_graphql::{ID, InputObject, SimpleObject};
use kernel::{ChatId, ConversationId, CourseId};

use super::{
    AiChat, Conversation,
    enums::{TutorAnswerRating, TutorRestriction},
};
use crate::graphql::{error::UserError, id::Id};

/// What you want to know.
#[derive(Debug, InputObject)]
pub struct AskTutorInput {
    /// The course that you ask about.
    pub course_id: Id<CourseId>,
    /// The conversation that you go on with. Left out, a new one begins.
    pub conversation_id: Option<Id<ConversationId>>,
    /// Your question, 1 to 2,000 characters, plain text.
    pub message: String,
}

/// Which conversation to delete.
#[derive(Debug, InputObject)]
pub struct DeleteConversationInput {
    /// Its id.
    pub id: Id<ConversationId>,
}

/// What an answer was worth.
#[derive(Debug, InputObject)]
pub struct RateAnswerInput {
    /// The exchange.
    pub message_id: Id<ChatId>,
    /// What it was worth; null to take back what you said.
    pub rating: Option<TutorAnswerRating>,
    /// Why, in at most 1,000 characters.
    #[graphql(default)]
    pub comment: String,
}

/// On which terms a course has a tutor. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct SetTutorPolicyInput {
    /// The course.
    pub course_id: Id<CourseId>,
    /// What the tutor may do while somebody sits a quiz that counts.
    pub during_attempts: Option<TutorRestriction>,
    /// May the course's staff read conversations? It holds for those that are begun from now on, and learners are told.
    pub is_open_to_staff: Option<bool>,
}

/// What came of asking.
#[derive(SimpleObject)]
pub struct AskTutorPayload {
    /// The exchange, with an answer that is on its way: `tutorAnswer` tells of it. Null when the question was refused.
    pub message: Option<AiChat>,
    /// The conversation that it is part of. Null when the question was refused.
    pub conversation: Option<Conversation>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of deleting a conversation.
#[derive(SimpleObject)]
pub struct DeleteConversationPayload {
    /// The id of what is gone. Null when nothing is.
    pub deleted_conversation_id: Option<ID>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of rating an answer.
#[derive(SimpleObject)]
pub struct RateAnswerPayload {
    /// The exchange as it is now. Null when the input was refused.
    pub message: Option<AiChat>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of setting the terms.
#[derive(SimpleObject)]
pub struct SetTutorPolicyPayload {
    /// The terms as they are now. Null when the input was refused.
    pub tutor_policy: Option<TutorPolicy>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// On which terms a course has a tutor.
#[derive(Clone, SimpleObject)]
pub struct TutorPolicy {
    /// What the tutor may do while you sit a quiz that counts.
    pub during_attempts: TutorRestriction,
    /// May the course's staff read conversations that are begun from now on?
    pub is_open_to_staff: bool,
}

impl From<Terms> for TutorPolicy {
    fn from(terms: Terms) -> Self {
        Self { during_attempts: terms.during_attempts.into(), is_open_to_staff: terms.is_open_to_staff }
    }
}

impl AskTutorInput {
    pub fn into_domain(self) -> kernel::Result<Question> {
        let conversation = self.conversation_id.map(|id| id.at(&["input", "conversationId"])).transpose()?;
        Ok(Question { course: self.course_id.at(&["input", "courseId"])?, conversation, message: self.message })
    }
}

impl SetTutorPolicyInput {
    pub fn into_domain(self) -> kernel::Result<(CourseId, TermsChange)> {
        let during_attempts = self.during_attempts.map(Into::into);
        let change = TermsChange { during_attempts, is_open_to_staff: self.is_open_to_staff };
        Ok((self.course_id.at(&["input", "courseId"])?, change))
    }
}
