//! What must hold of questions to the tutor.

kernel::rules! {
    TUTOR_MESSAGE_INVALID: "A message has 1 to 2,000 characters.";
    TUTOR_BLOCKED: "The tutor of this course does not answer while you sit a quiz that counts.";
    TUTOR_BUSY: "The tutor is still answering in this conversation.";
    TUTOR_CONVERSATION_FULL: "This conversation has 200 messages: begin another one.";
    TUTOR_NOT_ANSWERED: "Only an answer that has come to its end is rated.";
    TUTOR_COMMENT_INVALID: "A comment has at most 1,000 characters.";
}
